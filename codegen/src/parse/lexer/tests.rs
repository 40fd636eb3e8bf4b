use proptest::prelude::*;

use super::{Kind, Mode, lex};
use crate::catalog::{Family, Server};

fn server(family: Family, version: (u16, u16, u16), modes: &[&str]) -> Server {
    Server {
        family,
        version,
        sql_mode: modes.iter().map(|mode| (*mode).to_owned()).collect(),
        lower_case_table_names: 0,
        collation: "utf8mb4_general_ci".to_owned(),
    }
}

fn mysql() -> Mode {
    Mode::of(&server(Family::MySql, (9, 7, 4), &[]))
}

fn mariadb() -> Mode {
    Mode::of(&server(Family::MariaDb, (10, 11, 19), &[]))
}

/// The tokens but for white space, each as `kind text`.
fn tokens(source: &str, mode: Mode) -> Vec<String> {
    let lexed = lex(source, mode);
    let kept = lexed.tokens.iter().filter(|token| token.kind != Kind::Whitespace);
    kept.map(|token| {
        let kind = match token.kind {
            Kind::Whitespace => "whitespace",
            Kind::LineComment | Kind::BlockComment => "comment",
            Kind::ExecutableOpen => "open",
            Kind::ExecutableClose => "close",
            Kind::Word => "word",
            Kind::QuotedWord => "quoted",
            Kind::String => "string",
            Kind::NationalString => "national",
            Kind::Hex => "hex",
            Kind::Bits => "bits",
            Kind::Number => "number",
            Kind::Variable => "variable",
            Kind::Named { nullable: false } => "named",
            Kind::Named { nullable: true } => "nullable",
            Kind::Question => "question",
            Kind::Semicolon => "semicolon",
            Kind::Op(_) => "op",
            Kind::Stray => "stray",
            Kind::Keyword(_) => "keyword",
        };
        format!("{kind} {}", token.text(source))
    })
    .collect()
}

#[track_caller]
fn check_in(mode: Mode, source: &str, expected: &[&str]) {
    assert_eq!(tokens(source, mode), expected, "{source}");
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    check_in(mysql(), source, expected);
}

#[test]
fn names_may_hold_unicode_dollars_and_leading_digits() {
    check("größe $a a$b 1a _x 表", &["word größe", "word $a", "word a$b", "word 1a", "word _x", "word 表"]);
}

#[test]
fn quotes_are_doubled_or_escaped() {
    check(r"'it''s' 'it\'s'", &["string 'it''s'", r"string 'it\'s'"]);
    check("`a``b` x", &["quoted `a``b`", "word x"]);
    check(r#""say ""hi""" x"#, &[r#"string "say ""hi""""#, "word x"]);
    check(r"`\` x", &[r"quoted `\`", "word x"]);
}

#[test]
fn sql_mode_decides_what_quotes_and_backslashes_are() {
    let ansi = Mode::of(&server(Family::MySql, (9, 7, 4), &["ANSI_QUOTES"]));
    check_in(ansi, r#""a" 'b'"#, &[r#"quoted "a""#, "string 'b'"]);
    let plain = Mode::of(&server(Family::MySql, (9, 7, 4), &["NO_BACKSLASH_ESCAPES"]));
    check_in(plain, r"'a\' b", &[r"string 'a\'", "word b"]);
}

#[test]
fn literals_with_prefixes() {
    check("N'a' n'b' nb", &["national N'a'", "national n'b'", "word nb"]);
    check("x'4D' X'4d' 0x4D 0xZ 0X4", &["hex x'4D'", "hex X'4d'", "hex 0x4D", "word 0xZ", "word 0X4"]);
    check("b'01' 0b01 0b2", &["bits b'01'", "bits 0b01", "word 0b2"]);
    check("_utf8mb4'a'", &["word _utf8mb4", "string 'a'"]);
}

#[test]
fn numbers() {
    check(
        "1 1.5 1. .5 1.e5 1e5 1E-3 1e",
        &[
            "number 1",
            "number 1.5",
            "number 1.",
            "number .5",
            "number 1.e5",
            "number 1e5",
            "number 1E-3",
            "word 1e",
        ],
    );
    check("1+1 5--1", &["number 1", "op +", "number 1", "number 5", "op -", "op -", "number 1"]);
}

#[test]
fn after_a_name_and_a_period_digits_are_a_name() {
    check(
        "t.1 t.1e5 `t`.2a",
        &["word t", "op .", "word 1", "word t", "op .", "word 1e5", "quoted `t`", "op .", "word 2a"],
    );
    check("t .5", &["word t", "number .5"]);
    check("t.x'1'", &["word t", "op .", "word x", "string '1'"]);
}

#[test]
fn variables_are_no_parameters() {
    check(
        "@a @`b c` @'d' @\"e\" @a.b @@x @@global.x @",
        &[
            "variable @a",
            "variable @`b c`",
            "variable @'d'",
            "variable @\"e\"",
            "variable @a.b",
            "variable @@x",
            "variable @@global",
            "op .",
            "word x",
            "op @",
        ],
    );
    check("@a:=:b", &["variable @a", "op :=", "named :b"]);
}

#[test]
fn parameters() {
    check(
        ":a :userId :größe :_x :a1",
        &["named :a", "named :userId", "named :größe", "named :_x", "named :a1"],
    );
    check(":a? :b ? ?", &["nullable :a?", "named :b", "question ?", "question ?"]);
    check("a::int :1 : x", &["word a", "op ::", "word int", "op :", "number 1", "op :", "word x"]);
    check("x=:a,:b)", &["word x", "op =", "named :a", "op ,", "named :b", "op )"]);
}

#[test]
fn operators_are_taken_greedily() {
    check(
        "a<=>b->>c->d<<1>>2<=3>=4<>5!=6||7&&8",
        &[
            "word a", "op <=>", "word b", "op ->>", "word c", "op ->", "word d", "op <<", "number 1",
            "op >>", "number 2", "op <=", "number 3", "op >=", "number 4", "op <>", "number 5", "op !=",
            "number 6", "op ||", "number 7", "op &&", "number 8",
        ],
    );
}

#[test]
fn comments_of_all_kinds() {
    check(
        "a -- b\nc # d\ne /* f */ g",
        &["word a", "comment -- b", "word c", "comment # d", "word e", "comment /* f */", "word g"],
    );
    check("a --b", &["word a", "op -", "op -", "word b"]);
    check("a --\tb\nc", &["word a", "comment --\tb", "word c"]);
    check("a --", &["word a", "comment --"]);
    check("a -- b\r\nc", &["word a", "comment -- b", "word c"]);
    check("a */ b", &["word a", "op *", "op /", "word b"]);
    check("/* :a ? ' */ -- :b '", &["comment /* :a ? ' */", "comment -- :b '"]);
    check("'/*' :a '*/'", &["string '/*'", "named :a", "string '*/'"]);
}

#[test]
fn executable_comments_are_code_for_the_servers_that_run_them() {
    let code = |open: &str| vec![format!("open {open}"), "named :a".to_owned(), "close */".to_owned()];
    for (source, for_mysql, for_mariadb) in [
        ("/*! :a */", true, true),
        ("/*!50100 :a */", true, true),
        ("/*!80013 :a */", true, false),
        ("/*!99999 :a */", false, false),
        ("/*!100100 :a */", false, true),
        ("/*!101200 :a */", false, false),
        ("/*M! :a */", false, true),
        ("/*M!100100 :a */", false, true),
        ("/*M!120000 :a */", false, false),
    ] {
        for (mode, runs) in [(mysql(), for_mysql), (mariadb(), for_mariadb)] {
            let expected = match runs {
                true => code(source.trim_end_matches(" :a */")),
                false => vec![format!("comment {source}")],
            };
            assert_eq!(tokens(source, mode), expected, "{source} {mode:?}");
        }
    }
}

#[test]
fn executable_comments_may_hold_comments() {
    check("/*! a /* b */ c */ d", &["open /*!", "word a", "comment /* b */", "word c", "close */", "word d"]);
    check("/*!99999 a /* b */ c */ d", &["comment /*!99999 a /* b */ c */", "word d"]);
}

#[track_caller]
fn check_unterminated(source: &str, what: &str, text: &str, rest: &[&str]) {
    let lexed = lex(source, mysql());
    let [found] = lexed.unterminated.as_slice() else { panic!("{:?}", lexed.unterminated) };
    assert_eq!((found.what, &source[found.start..found.end]), (what, text));
    assert_eq!(tokens(&source[found.end..], mysql()), rest);
}

#[test]
fn what_does_not_end_stops_at_the_next_name() {
    check_unterminated("'abc", "string", "'abc", &[]);
    check_unterminated("a 'b;\n-- name: c\n'd'", "string", "'b;", &["comment -- name: c", "string 'd'"]);
    check_unterminated("`b;\n# name: c\nd", "quoted identifier", "`b;", &["comment # name: c", "word d"]);
    check_unterminated("/* b;\n-- name: c\nd", "comment", "/* b;\n", &["comment -- name: c", "word d"]);
    check_unterminated("'\\", "string", "'\\", &[]);
}

#[test]
fn a_comment_may_hold_whole_queries() {
    check("/* b\n-- name: c\nd */ e", &["comment /* b\n-- name: c\nd */", "word e"]);
}

#[track_caller]
fn covers(source: &str) {
    for family in [Family::MySql, Family::MariaDb] {
        for modes in [&[][..], &["ANSI_QUOTES", "NO_BACKSLASH_ESCAPES"]] {
            let lexed = lex(source, Mode::of(&server(family, (11, 4, 2), modes)));
            let joined: String = lexed.tokens.iter().map(|token| token.text(source)).collect();
            assert_eq!(joined, source);
            assert!(lexed.tokens.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert!(lexed.tokens.iter().all(|token| token.start < token.end));
        }
    }
}

proptest! {
    #[test]
    fn the_tokens_of_any_text_are_the_text(source in any::<String>()) {
        covers(&source);
    }

    #[test]
    fn the_tokens_of_anything_like_sql_are_the_text(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "'", "\"", "`", "\\", "/*", "/*!", "/*!80000", "/*M!", "*/", "--", "-- name: x", "#", "\n", "\r\n",
                " ", ";", ":a", ":", "?", "@", "@@", "@'", ".", "1", "0x", "0b", "e", "x'", "b'", "N'", "->", "ü",
                "😀", "\u{0}", "delimiter", "DELIMITER ;", "a", "(", ")", ",",
            ]),
            0..40,
        ),
    ) {
        covers(&parts.concat());
    }
}
