//! Rewrites the tokens of syntax that sqlparser does not know into tokens with the same meaning that it does.
//! Places are kept: what is put in takes the place of what it stands for. The text for the server is untouched.

use sqlparser::tokenizer::TokenWithSpan;

/// Applies every rule.
pub(super) fn rewrite(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    tokens
}
