//! Options from a URL. Errors never quote the URL, because it holds the password.

use std::borrow::Cow;

use url::{ParseError, Url};

use super::named::set_by_name;
use super::{Options, Secret};
use crate::error::{Error, Result};

pub(super) fn parse(text: &str) -> Result<Options> {
    let (text, others) = first_host(text);
    let url = Url::parse(&text).map_err(|error| Error::configuration(reason(error)))?;
    if !matches!(url.scheme(), "mysql" | "mariadb") {
        return Err(Error::configuration("the URL must begin with `mysql://` or `mariadb://`"));
    }
    let mut options = Options::default();
    let mut addresses = vec![address(&url)?];
    for other in others {
        let url =
            Url::parse(&format!("mysql://{other}")).map_err(|error| Error::configuration(reason(error)))?;
        addresses.push(address(&url)?);
    }
    options = options.hosts(addresses);
    if !url.username().is_empty() {
        options.user = Some(decoded(url.username(), "user")?);
    }
    if let Some(password) = url.password() {
        options.password = Some(Secret(decoded(password, "password")?));
    }
    let database = url.path().trim_start_matches('/');
    if !database.is_empty() {
        options.database = Some(decoded(database, "database")?);
    }
    for (name, value) in url.query_pairs() {
        let name = name.replace('_', "-");
        match set_by_name(&mut options, &name, &value) {
            Ok(true) => {}
            Ok(false) if may_be_secret(&url, &name) => {
                return Err(Error::configuration("the URL has an option that is not known"));
            }
            Ok(false) => {
                return Err(Error::configuration(format!(
                    "the URL has an option `{name}` that is not known"
                )));
            }
            Err(needs) => {
                return Err(Error::configuration(format!("the option `{name}` of the URL {needs}")));
            }
        }
    }
    Ok(options)
}

/// A URL of several hosts as one of the first host alone, and the others.
fn first_host(text: &str) -> (Cow<'_, str>, Vec<&str>) {
    let begin = text.find("://").map_or(0, |at| at + 3);
    let end = text[begin..].find(['/', '?', '#']).map_or(text.len(), |length| begin + length);
    let begin = text[begin..end].rfind('@').map_or(begin, |at| begin + at + 1);
    let mut hosts = text[begin..end].split(',');
    let first = hosts.next().unwrap_or_default();
    let others: Vec<&str> = hosts.collect();
    if others.is_empty() {
        return (Cow::Borrowed(text), others);
    }
    (Cow::Owned(format!("{}{first}{}", &text[..begin], &text[end..])), others)
}

/// Host and port.
fn address(url: &Url) -> Result<(String, u16)> {
    let host = match url.host_str().filter(|host| !host.is_empty()) {
        // An address of IPv6 stands in brackets, which belong to the URL.
        Some(host) => decoded(host, "host")?.trim_start_matches('[').trim_end_matches(']').to_owned(),
        None => "localhost".to_owned(),
    };
    Ok((host, url.port().unwrap_or(3306)))
}

/// `mysql://user:1?secret@host` reads as a host, a port and an option, where somebody forgot to encode a password.
fn may_be_secret(url: &Url, option: &str) -> bool {
    let no_user_but_port = url.username().is_empty() && url.port().is_some();
    no_user_but_port || !option.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

fn reason(error: ParseError) -> String {
    match error {
        ParseError::InvalidPort => {
            "the URL has no valid port: a `/`, `?`, `#` or `@` in the password must be \
                                    percent-encoded"
                .to_owned()
        }
        other => format!("the URL cannot be read: {other}"),
    }
}

fn decoded(text: &str, part: &'static str) -> Result<String> {
    let wrong = || Error::configuration(format!("the {part} of the URL is not percent-encoded UTF-8"));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = text.get(at + 1..at + 3).ok_or_else(wrong)?;
            out.push(u8::from_str_radix(digits, 16).map_err(|_| wrong())?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TlsMode;
    use std::time::Duration;

    #[test]
    fn all_parts_are_read_and_decoded() {
        let options =
            parse("mysql://ad%40a:p%2Fw%3A@db.example:3307/sh%20op?ssl-mode=verify_identity&max_size=3&idle-timeout=90")
                .unwrap();
        assert_eq!(options.hosts.first().to_string(), "db.example:3307");
        assert_eq!(options.user.as_deref(), Some("ad@a"));
        assert_eq!(options.password.map(|secret| secret.0).as_deref(), Some("p/w:"));
        assert_eq!(options.database.as_deref(), Some("sh op"));
        assert_eq!(options.tls.mode, TlsMode::VerifyIdentity);
        assert_eq!(options.max_size, 3);
        assert_eq!(options.idle_timeout, Some(Duration::from_secs(90)));
    }

    #[test]
    fn an_address_of_ipv6_loses_its_brackets() {
        assert_eq!(parse("mariadb://[::1]/x").unwrap().hosts.first().name(), "::1");
    }

    #[test]
    fn several_hosts_stand_side_by_side() {
        let options = parse("mysql://ada:a%2Cb@db1,db2:3307,[::1]:3308/shop?max-size=3").unwrap();
        let hosts: Vec<String> = options.hosts.in_order().iter().map(|host| host.to_string()).collect();
        assert_eq!(hosts, ["db1:3306", "db2:3307", "[::1]:3308"]);
        assert_eq!((options.database.as_deref(), options.max_size), (Some("shop"), 3));
        let error = parse("mysql://db1,db2:x/shop").unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Configuration);
    }

    #[test]
    fn errors_never_quote_the_url() {
        for url in [
            "mysql://u:canary@h:notaport/d",
            "postgres://u:canary@h/d",
            "mysql://u:canary@h/d?ssl-mode=canary",
            "mysql://u:canary%@h/d",
            "mysql://u:1?canary@h/d",
            "mysql://u:1?canary#@h/d",
            "mysql://u:1@h?canary@h/d",
            "canary",
        ] {
            let error = parse(url).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }

    #[test]
    fn an_unknown_option_is_an_error_that_names_it() {
        let error = parse("mysql://h/d?sslmode=required").unwrap_err();
        assert!(error.to_string().contains("`sslmode`"), "{error}");
    }

    #[test]
    fn preferred_tls_is_refused_with_a_reason() {
        let error = parse("mysql://h/d?ssl-mode=PREFERRED").unwrap_err();
        assert!(error.to_string().contains("strip"), "{error}");
    }
}
