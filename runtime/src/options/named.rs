//! The options that URL and option file have in common, by name, and how their values are written.

use std::path::PathBuf;
use std::time::Duration;

use super::{Options, TlsMode};
use crate::error::Result;

/// Reads an option that URL and option file share; `Ok(false)` for a name that is none. An error does not quote the
/// value, which may be secret.
pub(super) fn set_by_name(options: &mut Options, name: &str, value: &str) -> Result<bool, &'static str> {
    match name {
        "socket" => options.socket = Some(expand_home(value)),
        "ssl-mode" => options.tls.mode = TlsMode::from_name(value)?,
        "ssl-ca" => options.tls.ca = Some(expand_home(value)),
        "ssl-cert" => options.tls.certificate = Some(expand_home(value)),
        "ssl-key" => options.tls.key = Some(expand_home(value)),
        "server-key" | "server-public-key-path" => options.server_key = Some(expand_home(value)),
        "compress" => options.compress = flag(value)?,
        "collation" => options.collation = Some(value.to_owned()),
        "sql-mode" => options.sql_mode = Some(value.to_owned()),
        "statement-cache" => options.statement_cache = number(value)?,
        "max-packet" => options.max_packet = Some(number(value)?),
        "connect-timeout" => options.connect_timeout = span(value)?,
        "read-timeout" => options.read_timeout = limit(value)?,
        "write-timeout" => options.write_timeout = limit(value)?,
        "statement-timeout" => options.statement_timeout = limit(value)?,
        "acquire-timeout" => options.acquire_timeout = span(value)?,
        "idle-timeout" => options.idle_timeout = limit(value)?,
        "max-lifetime" => options.max_lifetime = limit(value)?,
        "validate-after" => options.validate_after = span(value)?,
        "max-size" => options.max_size = number(value)?,
        "min-idle" => options.min_idle = number(value)?,
        "overflow" => options.overflow = number(value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

pub(super) fn number<N: std::str::FromStr>(value: &str) -> Result<N, &'static str> {
    value.parse().map_err(|_| "needs a number")
}

fn flag(value: &str) -> Result<bool, &'static str> {
    match value.to_ascii_lowercase().as_str() {
        "" | "1" | "on" | "true" | "yes" => Ok(true),
        "0" | "off" | "false" | "no" => Ok(false),
        _ => Err("needs `true` or `false`"),
    }
}

/// `10`, `10s`, `500ms`, `5m`, `1h`.
fn span(value: &str) -> Result<Duration, &'static str> {
    const SHAPE: &str = "needs a time span as `10s`, `500ms`, `5m` or `1h`";
    let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let count: u64 = value[..digits].parse().map_err(|_| SHAPE)?;
    let unit = match &value[digits..] {
        "ms" => return Ok(Duration::from_millis(count)),
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(SHAPE),
    };
    count.checked_mul(unit).map(Duration::from_secs).ok_or(SHAPE)
}

/// A span, where 0 means none.
fn limit(value: &str) -> Result<Option<Duration>, &'static str> {
    span(value).map(|span| Some(span).filter(|span| !span.is_zero()))
}

/// A path that may begin with `~/`.
pub(super) fn expand_home(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_units() {
        for (text, expected) in
            [("10", 10_000), ("10s", 10_000), ("500ms", 500), ("2m", 120_000), ("1h", 3_600_000)]
        {
            assert_eq!(span(text), Ok(Duration::from_millis(expected)), "{text}");
        }
        assert!(span("").is_err() && span("s").is_err() && span("1d").is_err());
        assert_eq!(limit("0"), Ok(None));
    }
}
