//! Reading apt's lists of sources, in the style of one line per source and in that of stanzas (deb822).
//!
//! Pure text in, plain data out.

/// One mirror of one archive, with what apt was told about trusting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mirror {
    uri: String,
    suites: Vec<String>,
    components: Vec<String>,
    /// The value of `Signed-By`: a path, or a whole key over several lines.
    signed_by: Option<String>,
    trusted: bool,
}

impl Mirror {
    /// Whether it is the archive itself and not one of security updates or of somebody else's packages: those have
    /// another key, or no `main`, or a suite that the archive has not.
    pub(crate) fn is_debian_archive(&self) -> bool {
        const SUITES: &[&str] =
            &["stable", "testing", "unstable", "sid", "bookworm", "trixie", "forky", "duke", "bullseye"];
        self.suites.iter().any(|suite| SUITES.contains(&suite.as_str()))
            && self.components.iter().any(|component| component == "main")
            && self
                .signed_by
                .as_deref()
                .is_none_or(|key| key.contains('\n') || key.contains("debian-archive"))
    }

    /// A stanza for another suite of the same mirror; only the lists of packages are wanted.
    pub(crate) fn stanza(&self, suite: &str) -> String {
        let mut text =
            format!("Types: deb\nURIs: {}\nSuites: {suite}\nComponents: main\nTargets: Packages\n", self.uri);
        if let Some(key) = &self.signed_by {
            text.push_str(&format!("Signed-By: {key}\n"));
        }
        if self.trusted {
            text.push_str("Trusted: yes\n");
        }
        text
    }
}

/// `deb [signed-by=/a/key.gpg arch=amd64] http://mirror/debian bookworm main contrib`
pub(crate) fn parse_lines(text: &str) -> Vec<Mirror> {
    text.lines().filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<Mirror> {
    let line = line.split('#').next()?.trim();
    let rest = line.strip_prefix("deb")?;
    // `deb-src` is another word.
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once(']')?,
        None => ("", rest),
    };
    let option = |name: &str| {
        let mut options = options.split_whitespace().filter_map(|option| option.split_once('='));
        options.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let mut words = rest.split_whitespace().map(str::to_owned);
    Some(Mirror {
        uri: words.next()?,
        suites: vec![words.next()?],
        components: words.collect(),
        signed_by: option("signed-by"),
        trusted: option("trusted").as_deref() == Some("yes"),
    })
}

/// Stanzas of `Field: value`, where a line that begins with a space goes on with the field before it.
pub(crate) fn parse_stanzas(text: &str) -> Vec<Mirror> {
    let mut mirrors = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    // A last empty line ends the last stanza.
    for line in text.lines().chain([""]) {
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            mirrors.extend(mirrors_of(&std::mem::take(&mut fields)));
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    mirrors
}

fn mirrors_of(fields: &[(String, String)]) -> Vec<Mirror> {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let words = |name: &str| -> Vec<String> {
        field(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let wanted = words("types").iter().any(|kind| kind == "deb") && field("enabled") != Some("no");
    let uris = if wanted { words("uris") } else { Vec::new() };
    let mirror = |uri| Mirror {
        uri,
        suites: words("suites"),
        components: words("components"),
        signed_by: field("signed-by").map(str::to_owned),
        trusted: field("trusted") == Some("yes"),
    };
    uris.into_iter().map(mirror).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mirror, parse_lines, parse_stanzas};

    const KEY: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

    fn mirror(suites: &[&str]) -> Mirror {
        Mirror {
            uri: "http://mirror.example/debian".to_owned(),
            suites: suites.iter().map(|suite| (*suite).to_owned()).collect(),
            components: vec!["main".to_owned()],
            signed_by: Some(KEY.to_owned()),
            trusted: false,
        }
    }

    #[test]
    fn one_line_sources_are_read_with_their_options() {
        let text = format!(
            "# a comment\n\ndeb-src http://mirror.example/debian bookworm main\n\
             deb [arch=amd64 signed-by={KEY}] http://mirror.example/debian bookworm main # why\n\
             deb http://other.example/x ./\n"
        );
        let read = parse_lines(&text);
        assert_eq!(read[0], mirror(&["bookworm"]));
        assert_eq!(read.len(), 2);
        assert!(!read[1].is_debian_archive());
    }

    #[test]
    fn stanzas_are_read_with_comments_between_their_fields() {
        let text = format!(
            "Types: deb\n# http://old.example/\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\n\
             Components: main\nSigned-By: {KEY}\n\nTypes: deb-src\nURIs: http://no.example/\nSuites: bookworm\n\n\
             Enabled: no\nTypes: deb\nURIs: http://off.example/\nSuites: bookworm\nComponents: main\n"
        );
        assert_eq!(parse_stanzas(&text), [mirror(&["bookworm", "bookworm-updates"])]);
    }

    #[test]
    fn a_key_inside_a_stanza_is_kept_line_by_line() {
        let text = "Types: deb\nURIs: http://m.example/debian\nSuites: trixie\nComponents: main\n\
                    Signed-By:\n -----BEGIN\n .\n abc=\n -----END\n";
        let read = parse_stanzas(text);
        assert!(read[0].is_debian_archive());
        let stanza = read[0].stanza("sid");
        assert!(stanza.ends_with("Signed-By: \n -----BEGIN\n .\n abc=\n -----END\n"), "{stanza}");
    }

    #[test]
    fn only_the_archive_itself_is_taken_for_it() {
        assert!(mirror(&["bookworm", "bookworm-updates"]).is_debian_archive());
        assert!(!mirror(&["bookworm-security"]).is_debian_archive());
        let foreign =
            Mirror { signed_by: Some("/etc/apt/keyrings/tool.gpg".to_owned()), ..mirror(&["bookworm"]) };
        assert!(!foreign.is_debian_archive());
        let without_main = Mirror { components: vec!["contrib".to_owned()], ..mirror(&["bookworm"]) };
        assert!(!without_main.is_debian_archive());
    }

    #[test]
    fn a_stanza_for_another_suite_keeps_mirror_and_key() {
        let expected = format!(
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: sid\nComponents: main\nTargets: Packages\nSigned-By: {KEY}\n"
        );
        assert_eq!(mirror(&["bookworm"]).stanza("sid"), expected);
    }
}
