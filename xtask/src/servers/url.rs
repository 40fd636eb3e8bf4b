//! Percent-encoding for the user part of a URL.

/// Encodes everything that could mean something in a URL or a shell.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn everything_but_unreserved_characters_is_escaped() {
        assert_eq!(encode("aZ09-_.~"), "aZ09-_.~");
        assert_eq!(encode("p@ss:w/rd?#%&+="), "p%40ss%3Aw%2Frd%3F%23%25%26%2B%3D");
        assert_eq!(encode("a b'\"\\é"), "a%20b%27%22%5C%C3%A9");
    }
}
