//! Comments and string literals.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Outer doc comments. One attribute for each line, because several lines in one would print as a block comment.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| spaced(line));
    quote!(#(#[doc = #lines])*)
}

/// Inner doc comments.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| spaced(line));
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// A string literal that reads like the text: raw where quotes, backslashes or line breaks would be escaped, but for a
/// line break at its end alone.
pub(super) fn string(text: &str) -> Literal {
    let escapes = text.strip_suffix('\n').unwrap_or(text).contains(['"', '\\', '\n']);
    // A raw literal cannot hold a carriage return, and what cannot be seen is better escaped.
    if escapes && text.chars().all(is_visible) {
        let hashes = "#".repeat(hashes(text));
        if let Ok(literal) = format!("r{hashes}\"{text}\"{hashes}").parse() {
            return literal;
        }
    }
    Literal::string(text)
}

/// Whether a character shows in an editor as what it is: no control character, nothing without width, and nothing
/// that changes the direction of text, which rustc refuses in literals.
fn is_visible(c: char) -> bool {
    let hidden =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c == '\n' || c == '\t' || !(c.is_control() || hidden)
}

/// The number of hashes that a raw literal needs: one more than the most that follow a quote in it.
fn hashes(text: &str) -> usize {
    let after_quotes =
        text.split('"').skip(1).map(|after| after.chars().take_while(|&c| c == '#').count() + 1);
    after_quotes.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::string;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let literal = string(text).to_string();
        assert_eq!(literal, expected);
        let parsed: syn::LitStr = syn::parse_str(&literal).unwrap();
        assert_eq!(parsed.value(), text);
    }

    #[test]
    fn a_line_break_at_the_end_is_escaped() {
        check("a\n", r#""a\n""#);
        check("\n", r#""\n""#);
        check("a\nb\n", "r\"a\nb\n\"");
    }

    #[test]
    fn plain_text_is_a_plain_literal() {
        check("SELECT 1", "\"SELECT 1\"");
        check("SELECT 'a', 'größe', '😀'", "\"SELECT 'a', 'größe', '😀'\"");
    }

    #[test]
    fn text_with_quotes_backslashes_or_lines_is_raw() {
        check("SELECT\n  1", "r\"SELECT\n  1\"");
        check(r"LIKE '\_'", r#"r"LIKE '\_'""#);
        check("SELECT \"a\"", "r#\"SELECT \"a\"\"#");
        check("'ก่า'\n'", "r\"'ก่า'\n'\"");
        check("a\"#b\"##c", "r###\"a\"#b\"##c\"###");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        check("a\r\nb", "\"a\\r\\nb\"");
        check("a\n\u{202e}b", "\"a\\n\\u{202e}b\"");
        check("\0", "\"\\0\"");
    }
}
