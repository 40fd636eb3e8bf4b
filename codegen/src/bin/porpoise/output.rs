//! What the command prints: findings and errors on stderr, results on stdout. Nothing here knows a command.

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;
use porpoise_codegen::{Diagnostic, Error, Sources, render, shown};

/// How a command ended that could do its work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Clean,
    /// Something is wrong with the queries, or stale.
    Findings,
}

impl Outcome {
    /// Findings if there are any errors among these.
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Self {
        if diagnostics.iter().any(Diagnostic::is_error) { Outcome::Findings } else { Outcome::Clean }
    }
}

/// `--color`.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Even into a file.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it the choice of this process.
    pub(crate) fn choose(self) {
        let choice = match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Shows findings and their number.
pub(crate) fn findings(diagnostics: &[Diagnostic], sources: &Sources) {
    if let Some(summary) = render::summary(diagnostics) {
        // The stream takes the colors out again where they are not wanted.
        anstream::eprintln!("{}\n{summary}", render::render(diagnostics, sources, true));
    }
}

/// A line on how the work goes.
pub(crate) fn note(text: impl Display) {
    anstream::eprintln!("{text}");
}

/// A result. A reader that has gone away, as of `| head`, is no error.
pub(crate) fn result(text: impl Display) {
    let _ = write!(anstream::stdout(), "{text}");
}

/// Why a command could not do its work.
pub(crate) fn error(error: &Error) {
    anstream::eprintln!("\u{1b}[1;91merror\u{1b}[0m: {}", without_urls(error.to_string()));
}

/// A wrong command line.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let text = without_urls(error.render().ansi().to_string());
    if error.use_stderr() {
        anstream::eprint!("{text}");
    } else {
        result(text);
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// An error may quote an argument, and a URL with a password may stand where another argument belongs.
fn without_urls(mut text: String) -> String {
    for argument in std::env::args().filter(|argument| argument.contains("://")) {
        let value = argument.split_once('=').map_or(argument.as_str(), |(_, value)| value);
        // As a path it may have been shortened before it was shown.
        for quoted in [&argument, value, &shown(argument.as_ref()), &shown(value.as_ref())] {
            text = text.replace(quoted, &masked(&argument));
        }
    }
    text
}

/// `mysql://ada:secret@host/shop` as `mysql://***@host/shop`; without a host, nothing behind the scheme is shown.
fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((_, host)) if !host.contains(['?', '&', '=']) => format!("{scheme}://***@{host}"),
        _ => format!("{scheme}://***"),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_url_is_shown_without_its_password() {
        assert_eq!(masked("mysql://ada:s3cr@t@host/shop"), "mysql://***@host/shop");
        assert_eq!(masked("--ulr=mysql://ada:s3cret@host/shop"), "--ulr=mysql://***@host/shop");
        assert_eq!(masked("mysql://s3cret"), "mysql://***");
        assert_eq!(masked("mysql://a@h/d?password=s3cret"), "mysql://***");
    }
}
