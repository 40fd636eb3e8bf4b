//! MySQL's dialect of sqlparser with its silent misreadings put right: the precedence of operators, and the few
//! expressions that it takes for something else. It keeps the identity of [`MySqlDialect`], which sqlparser asks
//! for in many places. Knows no tables and no types.

use std::any::TypeId;

use sqlparser::ast::{
    BinaryOperator, CastKind, DataType, DateTimeField, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArgumentList, FunctionArguments, Ident, Interval, ObjectName, ObjectNamePart, SearchModifier,
    Statement, UnaryOperator,
};
use sqlparser::dialect::{Dialect, MySqlDialect, Precedence};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, Word};

/// What the server and its `sql_mode` change in the grammar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server {
    /// HIGH_NOT_PRECEDENCE: NOT binds as tightly as `!`.
    pub(super) high_not: bool,
    /// System-versioned tables.
    pub(super) versioned_tables: bool,
}

// How tightly operators bind, as the grammars of both servers have it: a higher number binds more tightly.
// <https://dev.mysql.com/doc/refman/9.7/en/operator-precedence.html>
const OR: u8 = 5;
const XOR: u8 = 7;
const AND: u8 = 10;
const NOT: u8 = 15;
const COMPARISON: u8 = 20;
/// LIKE, REGEXP, IN, BETWEEN, MEMBER OF: in the grammars, operands of comparisons.
const PREDICATE: u8 = 21;
const BIT_OR: u8 = 22;
const BIT_AND: u8 = 23;
const SHIFT: u8 = 24;
const PLUS: u8 = 30;
const TIMES: u8 = 40;
const BIT_XOR: u8 = 42;
/// `||` under PIPES_AS_CONCAT.
const CONCAT: u8 = 43;
const SIGN: u8 = 44;
const BANG: u8 = 46;
const BINARY: u8 = 47;
const ARROW: u8 = 60;
/// The left side of `:=` is always a variable alone.
const ASSIGNMENT: u8 = 90;
const NO_OPERATOR: u8 = 0;

/// What INTERVAL takes after its value.
pub(super) const UNITS: [&str; 20] = [
    "MICROSECOND",
    "SECOND",
    "MINUTE",
    "HOUR",
    "DAY",
    "WEEK",
    "MONTH",
    "QUARTER",
    "YEAR",
    "SECOND_MICROSECOND",
    "MINUTE_MICROSECOND",
    "MINUTE_SECOND",
    "HOUR_MICROSECOND",
    "HOUR_SECOND",
    "HOUR_MINUTE",
    "DAY_MICROSECOND",
    "DAY_SECOND",
    "DAY_MINUTE",
    "DAY_HOUR",
    "YEAR_MONTH",
];

/// Names of types that a column may have as its name. sqlparser reads such a name before a string as a typed
/// literal, as PostgreSQL does; here the string is an alias. Only DATE, TIME and TIMESTAMP make literals.
const TYPES_THAT_ARE_NAMES: [Keyword; 14] = [
    Keyword::BIT,
    Keyword::BOOL,
    Keyword::BOOLEAN,
    Keyword::BYTEA,
    Keyword::DATETIME,
    Keyword::ENUM,
    Keyword::JSON,
    Keyword::NUMBER,
    Keyword::POINT,
    Keyword::STRING,
    Keyword::TEXT,
    Keyword::UUID,
    Keyword::XML,
    Keyword::YEAR,
];

impl Server {
    fn prefix(self, parser: &mut Parser<'_>) -> Result<Option<Expr>, ParserError> {
        let token = &parser.peek_token_ref().token;
        let next = &parser.peek_nth_token_ref(1).token;
        let unary = match token {
            Token::ExclamationMark => Some((UnaryOperator::Not, BANG)),
            Token::Minus => Some((UnaryOperator::Minus, SIGN)),
            Token::Plus => Some((UnaryOperator::Plus, SIGN)),
            Token::Tilde => Some((UnaryOperator::BitwiseNot, SIGN)),
            Token::Word(word) if word.keyword == Keyword::NOT && self.high_not => {
                Some((UnaryOperator::Not, BANG))
            }
            _ => None,
        };
        if let Some((op, precedence)) = unary {
            parser.advance_token();
            let expr = Box::new(parser.parse_subexpr(precedence)?);
            return Ok(Some(Expr::UnaryOp { op, expr }));
        }
        let Token::Word(word) = token else { return Ok(None) };
        match word.keyword {
            Keyword::BINARY => {
                parser.advance_token();
                Ok(Some(Expr::Cast {
                    kind: CastKind::Cast,
                    expr: Box::new(parser.parse_subexpr(BINARY)?),
                    data_type: DataType::Binary(None),
                    format: None,
                }))
            }
            Keyword::INTERVAL => {
                parser.advance_token();
                interval(parser).map(Some)
            }
            Keyword::MATCH => {
                parser.advance_token();
                match_against(parser).map(Some)
            }
            keyword
                if matches!(next, Token::SingleQuotedString(_))
                    && TYPES_THAT_ARE_NAMES.contains(&keyword) =>
            {
                Ok(Some(Expr::Identifier(parser.parse_identifier()?)))
            }
            _ => Ok(None),
        }
    }

    fn infix(self, parser: &mut Parser<'_>, left: &Expr) -> Result<Option<Expr>, ParserError> {
        let binary =
            |op, right| Ok(Some(Expr::BinaryOp { left: Box::new(left.clone()), op, right: Box::new(right) }));
        let token = parser.peek_token_ref().token.clone();
        match &token {
            Token::Assignment => {
                parser.advance_token();
                let right = parser.parse_subexpr(NO_OPERATOR)?;
                binary(BinaryOperator::Assignment, right)
            }
            Token::Arrow | Token::LongArrow => {
                if !matches!(left, Expr::Identifier(_) | Expr::CompoundIdentifier(_)) {
                    return parser.expected_ref("a column before the arrow", parser.peek_token_ref());
                }
                let op = match token {
                    Token::Arrow => BinaryOperator::Arrow,
                    _ => BinaryOperator::LongArrow,
                };
                parser.advance_token();
                let right = Expr::Value(parser.parse_value()?);
                let extracted = Expr::BinaryOp { left: Box::new(left.clone()), op, right: Box::new(right) };
                if !parser.parse_keyword(Keyword::COLLATE) {
                    return Ok(Some(extracted));
                }
                let collation = parser.parse_object_name(false)?;
                Ok(Some(Expr::Collate { expr: Box::new(extracted), collation }))
            }
            Token::Word(word) if word.keyword == Keyword::NOT => {
                let next = parser.peek_nth_token_ref(1).token.clone();
                let Token::Word(next) = next else { return Ok(None) };
                if predicate_after_not(&next) {
                    parser.advance_token();
                    return predicate(parser, left, &next, true).map(Some);
                }
                Ok(None)
            }
            Token::Word(word) if predicate_after_not(word) => predicate(parser, left, word, false).map(Some),
            Token::Word(word) if is(word, "DIV") => {
                parser.advance_token();
                let right = parser.parse_subexpr(TIMES)?;
                binary(BinaryOperator::MyIntegerDivide, right)
            }
            Token::Word(word) if is(word, "MOD") => {
                parser.advance_token();
                let right = parser.parse_subexpr(TIMES)?;
                binary(BinaryOperator::Modulo, right)
            }
            Token::Word(word) if is(word, "SOUNDS") => {
                // The manuals define `a SOUNDS LIKE b` as this comparison.
                let sounds = word.clone().into_ident(parser.peek_token_ref().span);
                parser.advance_token();
                parser.advance_token();
                let right = parser.parse_subexpr(PREDICATE)?;
                let soundex = |expr| call(Ident::with_span(sounds.span, "SOUNDEX"), vec![expr]);
                Ok(Some(Expr::BinaryOp {
                    left: Box::new(soundex(left.clone())),
                    op: BinaryOperator::Eq,
                    right: Box::new(soundex(right)),
                }))
            }
            _ => Ok(None),
        }
    }
}

/// Predicates whose right side sqlparser does not read as the servers do.
fn predicate_after_not(word: &Word) -> bool {
    matches!(word.keyword, Keyword::BETWEEN | Keyword::REGEXP | Keyword::RLIKE)
}

/// `BETWEEN a AND b`, where `b` may be a predicate itself, and `REGEXP a`, where `a` may be NULL.
fn predicate(parser: &mut Parser<'_>, left: &Expr, word: &Word, negated: bool) -> Result<Expr, ParserError> {
    parser.advance_token();
    let expr = Box::new(left.clone());
    if word.keyword == Keyword::BETWEEN {
        let low = Box::new(parser.parse_subexpr(PREDICATE)?);
        parser.expect_keyword(Keyword::AND)?;
        let high = Box::new(parser.parse_subexpr(COMPARISON)?);
        return Ok(Expr::Between { expr, negated, low, high });
    }
    let pattern = Box::new(parser.parse_subexpr(PREDICATE)?);
    Ok(Expr::RLike { negated, expr, pattern, regexp: word.keyword == Keyword::REGEXP })
}

/// Whether a word is this one, without quotes.
fn is(word: &Word, text: &str) -> bool {
    word.quote_style.is_none() && word.value.eq_ignore_ascii_case(text)
}

fn call(name: Ident, args: Vec<Expr>) -> Expr {
    let args = args.into_iter().map(|arg| FunctionArg::Unnamed(FunctionArgExpr::Expr(arg))).collect();
    Expr::Function(Function {
        name: ObjectName(vec![ObjectNamePart::Identifier(name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}

/// `INTERVAL expr unit`, after the word INTERVAL.
fn interval(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    let value = Box::new(parser.parse_expr()?);
    let unit = parser.peek_token_ref();
    let known = matches!(&unit.token, Token::Word(word) if UNITS.iter().any(|unit| is(word, unit)));
    if !known {
        return parser.expected_ref("a unit such as DAY after the value of INTERVAL", unit);
    }
    let leading_field: DateTimeField = parser.parse_date_time_field()?;
    Ok(Expr::Interval(Interval {
        value,
        leading_field: Some(leading_field),
        leading_precision: None,
        last_field: None,
        fractional_seconds_precision: None,
    }))
}

/// `MATCH (a, b) AGAINST (expr ...)`, after the word MATCH. Where what it looks for is a literal or a parameter,
/// sqlparser has a node of its own. Where it is an expression, which that node cannot hold, this is a call of a
/// function `MATCH` whose last argument is the expression.
fn match_against(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    let parenthesized = parser.consume_token(&Token::LParen);
    let columns = parser.parse_comma_separated(|parser| parser.parse_object_name(false))?;
    if parenthesized {
        parser.expect_token(&Token::RParen)?;
    }
    let name = Ident::with_span(parser.peek_token_ref().span, "MATCH");
    parser.expect_keyword(Keyword::AGAINST)?;
    parser.expect_token(&Token::LParen)?;
    let sought = parser.parse_subexpr(PREDICATE)?;
    const NATURAL: [Keyword; 4] = [Keyword::IN, Keyword::NATURAL, Keyword::LANGUAGE, Keyword::MODE];
    const EXPANSION: [Keyword; 3] = [Keyword::WITH, Keyword::QUERY, Keyword::EXPANSION];
    const BOOLEAN: [Keyword; 3] = [Keyword::IN, Keyword::BOOLEAN, Keyword::MODE];
    let opt_search_modifier = if parser.parse_keywords(&NATURAL) {
        if parser.parse_keywords(&EXPANSION) {
            Some(SearchModifier::InNaturalLanguageModeWithQueryExpansion)
        } else {
            Some(SearchModifier::InNaturalLanguageMode)
        }
    } else if parser.parse_keywords(&BOOLEAN) {
        Some(SearchModifier::InBooleanMode)
    } else {
        parser.parse_keywords(&EXPANSION).then_some(SearchModifier::WithQueryExpansion)
    };
    parser.expect_token(&Token::RParen)?;
    if let Expr::Value(match_value) = sought {
        return Ok(Expr::MatchAgainst { columns, match_value, opt_search_modifier });
    }
    let column = |ObjectName(parts): ObjectName| {
        Expr::CompoundIdentifier(parts.into_iter().filter_map(|part| part.as_ident().cloned()).collect())
    };
    let mut args: Vec<Expr> = columns.into_iter().map(column).collect();
    args.push(sought);
    Ok(call(name, args))
}

/// What [`MySqlDialect`] says goes.
macro_rules! as_mysql_says {
    ($($method:ident)*) => {
        $(fn $method(&self) -> bool {
            MySqlDialect {}.$method()
        })*
    };
}

impl Dialect for Server {
    fn dialect(&self) -> TypeId {
        TypeId::of::<MySqlDialect>()
    }

    fn parse_prefix(&self, parser: &mut Parser<'_>) -> Option<Result<Expr, ParserError>> {
        self.prefix(parser).transpose()
    }

    fn parse_infix(
        &self,
        parser: &mut Parser<'_>,
        expr: &Expr,
        _precedence: u8,
    ) -> Option<Result<Expr, ParserError>> {
        self.infix(parser, expr).transpose()
    }

    fn get_next_precedence(&self, parser: &Parser<'_>) -> Option<Result<u8, ParserError>> {
        let followed_by_like = || {
            let next = &parser.peek_nth_token_ref(1).token;
            matches!(next, Token::Word(word) if word.keyword == Keyword::LIKE)
        };
        let precedence = match &parser.peek_token_ref().token {
            Token::ShiftLeft | Token::ShiftRight => SHIFT,
            Token::StringConcat => CONCAT,
            Token::Arrow | Token::LongArrow => ARROW,
            Token::Assignment => ASSIGNMENT,
            Token::Word(word) if is(word, "MOD") => TIMES,
            Token::Word(word) if is(word, "SOUNDS") && followed_by_like() => PREDICATE,
            // Infix operators of other databases.
            Token::Word(word) if matches!(word.keyword, Keyword::MATCH | Keyword::OPERATOR) => NO_OPERATOR,
            Token::Tilde | Token::LBracket | Token::ExclamationMark | Token::AtSign => NO_OPERATOR,
            _ => return None,
        };
        Some(Ok(precedence))
    }

    fn prec_value(&self, precedence: Precedence) -> u8 {
        match precedence {
            Precedence::Or => OR,
            Precedence::Xor => XOR,
            Precedence::And => AND,
            Precedence::UnaryNot => NOT,
            Precedence::Eq | Precedence::Is => COMPARISON,
            Precedence::Between | Precedence::Like => PREDICATE,
            Precedence::Pipe => BIT_OR,
            Precedence::Ampersand => BIT_AND,
            Precedence::PlusMinus => PLUS,
            Precedence::MulDivModOp => TIMES,
            Precedence::Caret => BIT_XOR,
            // No operators of these kinds reach the parser, but for AT TIME ZONE within CAST.
            Precedence::AtTz => BIT_XOR,
            Precedence::Colon | Precedence::PgOther | Precedence::DoubleColon => ARROW,
            Precedence::Period => 100,
        }
    }

    fn parse_statement(&self, parser: &mut Parser<'_>) -> Option<Result<Statement, ParserError>> {
        MySqlDialect {}.parse_statement(parser)
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        MySqlDialect {}.is_identifier_start(ch)
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        MySqlDialect {}.is_identifier_part(ch)
    }

    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        MySqlDialect {}.is_delimited_identifier_start(ch)
    }

    fn identifier_quote_style(&self, identifier: &str) -> Option<char> {
        MySqlDialect {}.identifier_quote_style(identifier)
    }

    fn is_table_factor_alias(&self, explicit: bool, keyword: &Keyword, parser: &mut Parser<'_>) -> bool {
        MySqlDialect {}.is_table_factor_alias(explicit, keyword, parser)
    }

    /// Compound units, such as DAY_HOUR.
    fn allow_extract_custom(&self) -> bool {
        true
    }

    /// `FROM (a)`, and `FROM ((SELECT 1) AS a)`.
    fn supports_parens_around_table_factor(&self) -> bool {
        true
    }

    fn supports_table_versioning(&self) -> bool {
        self.versioned_tables
    }

    as_mysql_says! {
        supports_string_literal_backslash_escape
        supports_string_literal_concatenation
        ignores_wildcard_escapes
        supports_numeric_prefix
        supports_bitwise_shift_operators
        supports_multiline_comment_hints
        require_interval_qualifier
        supports_limit_comma
        supports_create_table_select
        supports_insert_set
        supports_user_host_grantee
        supports_table_hints
        requires_single_line_comment_whitespace
        supports_match_against
        supports_select_modifiers
        supports_set_names
        supports_comma_separated_set_assignments
        supports_update_order_by
        supports_data_type_signed_suffix
        supports_cross_join_constraint
        supports_double_ampersand_operator
        supports_binary_kw_as_cast
        supports_comment_optimizer_hint
        supports_constraint_keyword_without_name
        supports_key_column_option
        supports_group_by_with_modifier
        supports_left_associative_joins_without_parens
    }
}
