//! String literals as `information_schema` prints them: single quotes, doubled within, with backslash escapes.

/// Where the literal that begins at `start` ends: one past its closing quote.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\'' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The value of a text that is one literal and nothing else.
pub(super) fn unquote(text: &str) -> Option<String> {
    if !text.starts_with('\'') || end(text, 0)? != text.len() {
        return None;
    }
    let mut value = String::new();
    let mut chars = text[1..text.len() - 1].chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                chars.next();
                value.push('\'');
            }
            '\\' => match chars.next()? {
                '0' => value.push('\0'),
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                'b' => value.push('\u{8}'),
                'Z' => value.push('\u{1a}'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn only_a_whole_literal_has_a_value() {
        assert_eq!(unquote(r"'it''s \\ \'x\' \n'").as_deref(), Some("it's \\ 'x' \n"));
        assert_eq!(unquote("''").as_deref(), Some(""));
        for text in ["", "'", "'a", "'a' 'b'", "a'", "'a''", r"'a\'", "concat('a','b')"] {
            assert_eq!(unquote(text), None, "{text}");
        }
    }
}
