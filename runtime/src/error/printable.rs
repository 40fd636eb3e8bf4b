//! Text that came from a server, or from who claims to be one, made fit to be shown: bounded, and in one line without
//! control characters, which a terminal would obey.

/// How many characters of a foreign text are shown. The servers' own messages have at most 512 bytes.
const SHOWN: usize = 512;

/// The text as it may be shown.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == SHOWN {
            shown.push_str("...");
            break;
        }
        match c {
            '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Control characters, what has no width, and what changes the direction of text.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn foreign_text_is_bounded_and_without_control_characters() {
        assert_eq!(printable("no such table `größe`"), "no such table `größe`");
        assert_eq!(printable("near '\n\t\u{1b}[2J\u{202e}'"), r"near '\n\t\u{1b}[2J\u{202e}'");
        assert_eq!(printable(&"ä".repeat(1 << 20)), format!("{}...", "ä".repeat(512)));
    }
}
