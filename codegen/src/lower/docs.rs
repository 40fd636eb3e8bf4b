//! Rustdoc out of text that others wrote: comments of query files and COMMENTs of the schema. What they hold must
//! not become a doctest, a broken link, an HTML tag, or a warning. Knows nothing of where the text comes from.

use super::ident::Ident;

/// The comment lines of a query. Markdown in them stays: emphasis, headings, lists, `code` within one line.
pub(crate) fn from_lines(lines: &[String]) -> Vec<String> {
    trim(lines.iter().flat_map(|line| line.split('\n')).map(|line| escape(line, Style::Markdown)).collect())
}

/// A COMMENT of the schema, which is plain text.
pub(crate) fn from_comment(comment: &str) -> Vec<String> {
    trim(comment.lines().map(|line| escape(line, Style::Plain)).collect())
}

/// A name as inline code.
pub(crate) fn code(name: &str) -> String {
    let name = clean(name);
    if name.is_empty() || name.contains('`') { escape(&name, Style::Plain) } else { format!("`{name}`") }
}

/// A link to a function of the same module, where rustdoc can read its name.
pub(crate) fn function(function: &Ident) -> String {
    if function.is_raw() { code(function.plain()) } else { format!("[`{function}()`]") }
}

/// Leaves empty lines at both ends out, and makes one of several.
fn trim(lines: Vec<String>) -> Vec<String> {
    let mut trimmed: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() || trimmed.last().is_some_and(|last| !last.is_empty()) {
            trimmed.push(line);
        }
    }
    if trimmed.last().is_some_and(String::is_empty) {
        trimmed.pop();
    }
    trimmed
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Markdown,
    Plain,
}

/// One space between words and none at the ends: an indented line would be a code block, and so a doctest.
/// Control characters are spaces too, and those that change the direction of text, which rustc refuses, are gone.
fn clean(line: &str) -> String {
    let visible: String = line
        .chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escape(line: &str, style: Style) -> String {
    let line = clean(line);
    let mut escaped = String::new();
    let mut rest = line.as_str();
    if rest.starts_with(['~', '>', '+']) || style == Style::Plain && rest.starts_with(['#', '-', '=', '*']) {
        escaped.push('\\');
        escaped.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    while let Some(first) = rest.chars().next() {
        if let Some(length) = code_span(rest).filter(|_| !escaped.ends_with('`')) {
            escaped.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if let Some(length) = url(rest) {
            escaped.push_str(&format!("<{}>", &rest[..length]));
            rest = &rest[length..];
        } else {
            let special = match style {
                Style::Markdown => matches!(first, '\\' | '`' | '[' | ']' | '<'),
                Style::Plain => matches!(first, '\\' | '`' | '[' | ']' | '<' | '*' | '_' | '&' | '|' | '~'),
            };
            if special {
                escaped.push('\\');
            }
            escaped.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    escaped
}

/// The length of a code span at the start of the text: one backtick, something, one backtick.
fn code_span(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('`')?;
    let length = inside.find('`')?;
    let single = length > 0 && !inside[length + 1..].starts_with('`');
    (single && !inside[..length].trim().is_empty()).then_some(length + 2)
}

/// The length of a URL at the start of the text, without the punctuation that ends a sentence.
fn url(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let scheme = text.len() - rest.len();
    let legal = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let end = rest.find(|c| !legal(c)).unwrap_or(rest.len());
    let host = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    (!host.is_empty()).then_some(scheme + host.len())
}

#[cfg(test)]
mod tests {
    use super::{code, from_comment, from_lines};

    #[track_caller]
    fn markdown(line: &str, expected: &str) {
        assert_eq!(from_lines(&[line.to_owned()]), [expected], "{line:?}");
    }

    #[test]
    fn markdown_of_a_query_comment_stays() {
        markdown("# Errors", "# Errors");
        markdown("uses `a[0] < b` and *care*", "uses `a[0] < b` and *care*");
        markdown("- one", "- one");
    }

    #[test]
    fn paragraphs_stay_apart() {
        let lines = ["", "a", "", "", "b", ""].map(str::to_owned);
        assert_eq!(from_lines(&lines), ["a", "", "b"]);
    }

    #[test]
    fn nothing_becomes_a_link_a_tag_or_a_doctest() {
        markdown("[Vec] and Vec<T>", r"\[Vec\] and Vec\<T>");
        markdown("    let x = 1;", "let x = 1;");
        markdown("```rust", r"\`\`\`rust");
        markdown("~~~", r"\~~~");
        markdown(">     quoted code", r"\> quoted code");
        markdown(r"C:\new", r"C:\\new");
        markdown("a ` b", r"a \` b");
        markdown("see https://example.org/a_b?c=1.", "see <https://example.org/a_b?c=1>.");
        markdown("end */ here", "end */ here");
        markdown("a\u{202e}b\tc\r", "ab c");
    }

    #[test]
    fn a_comment_of_the_schema_is_plain_text() {
        assert_eq!(from_comment("# of items\n\n\n*net* a_b\n"), [r"\# of items", "", r"\*net\* a\_b"]);
    }

    #[test]
    fn names_are_code_where_they_can_be() {
        assert_eq!(code("uk_email"), "`uk_email`");
        assert_eq!(code("a`b"), r"a\`b");
        assert_eq!(code("a\nb"), "`a b`");
    }
}
