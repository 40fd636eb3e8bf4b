//! How findings look: source snippets for people, and the same through cargo. The only module that knows the
//! snippet renderer.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Element, Group, Level as Title, Renderer, Snippet, normalize_untrusted_str,
};

use crate::diagnostic::{Diagnostic, Label, Level};
use crate::span::{FileId, Sources};

/// All findings as text, in their order, each ending in a line break and separated by blank lines.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let rendered: Vec<String> =
        diagnostics.iter().map(|diagnostic| one(diagnostic, sources, &renderer)).collect();
    rendered.join("\n")
}

/// What a build script prints for findings: one `cargo::error=` or `cargo::warning=` for each line of the text,
/// since cargo shows each on a line of its own behind the package's name.
pub fn cargo_lines(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let renderer = Renderer::plain();
    let mut lines = String::new();
    for diagnostic in diagnostics {
        lines.push_str(&cargo_text(diagnostic.level, &one(diagnostic, sources, &renderer)));
        // An empty line between two findings.
        lines.push_str(&cargo_text(diagnostic.level, "\n"));
    }
    lines
}

/// Any text for cargo, line by line. Cargo writes `error:` or `warning:` before each line itself.
pub fn cargo_text(level: Level, text: &str) -> String {
    let mut lines = String::new();
    for line in text.lines() {
        lines.push_str(&format!("cargo::{}={line}\n", level.as_str()));
    }
    lines
}

/// A count of what was found, such as `2 errors, 1 warning`; `None` when there is nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let count = |number: usize, what: &str| match number {
        0 => None,
        1 => Some(format!("1 {what}")),
        number => Some(format!("{number} {what}s")),
    };
    let parts: Vec<_> = [count(errors, "error"), count(diagnostics.len() - errors, "warning")]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let title = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut group = Group::with_title(title.primary_title(harmless(&diagnostic.message)).id(diagnostic.code));
    for (index, file) in files(&diagnostic.labels).into_iter().enumerate() {
        group = group.element(snippet(diagnostic, sources, file, index == 0));
    }
    for help in &diagnostic.help {
        group = group.element(Element::from(Title::HELP.message(harmless(help).into_owned())));
    }
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

/// The files of the labels, in order of first use.
fn files(labels: &[Label]) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    file: FileId,
    first: bool,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(file);
    let mut snippet = Snippet::source(masked(&source.text)).path(masked(&source.path));
    for (index, label) in diagnostic.labels.iter().enumerate() {
        if label.span.file != file {
            continue;
        }
        let kind = if first && index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = within(&source.text, label.span.range());
        let text = (!label.text.is_empty()).then(|| harmless(&label.text));
        snippet = snippet.annotation(kind.span(range).label(text));
    }
    snippet
}

/// A range that the renderer can take: inside the text, on character boundaries, not on the two sides of a line
/// break, and covering something where there is something.
fn within(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, mut end) = (floor(range.start), floor(range.end));
    // A line break at the end would underline the beginning of the next line.
    while end > start && text[..end].ends_with(['\n', '\r']) {
        end -= 1;
    }
    if end <= start {
        let next = text[start..].chars().next().filter(|next| !matches!(next, '\n' | '\r'));
        end = start + next.map_or(0, char::len_utf8);
    }
    start..end
}

/// Source text keeps its bytes in place; the renderer replaces the ASCII controls and the bidirectional ones, but
/// not the C1 controls, which some terminals obey. Each of those is two bytes, and so is what stands for it.
fn masked(text: &str) -> Cow<'_, str> {
    if text.contains(is_c1) { Cow::Owned(text.replace(is_c1, "¿")) } else { Cow::Borrowed(text) }
}

fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// Text of a message. Line breaks stay, controls do not: names from a database may hold anything.
fn harmless(text: &str) -> Cow<'_, str> {
    let lines: Vec<_> = text.lines().map(|line| normalize_untrusted_str(&masked(line))).collect();
    Cow::Owned(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{cargo_lines, render, summary};
    use crate::diagnostic::Diagnostic;
    use crate::span::{Sources, Span};

    /// Renders one finding whose places are the given pieces of `text`.
    fn show(text: &str, places: &[(&str, &str)], help: &[&str]) -> String {
        let mut sources = Sources::new();
        let file = sources.add("queries/account.sql", text);
        let mut diagnostic = Diagnostic::error("unknown-column", "no column `emial`");
        for (piece, label) in places {
            let start = text.find(piece).expect("the piece is in the text");
            diagnostic = diagnostic.at(Span::new(file, start, start + piece.len()), *label);
        }
        for line in help {
            diagnostic = diagnostic.help(*line);
        }
        render(&[diagnostic], &sources, false)
    }

    #[test]
    fn a_finding_shows_its_places_and_its_help() {
        let text = "-- name: a\nSELECT emial\nFROM account\n";
        insta::assert_snapshot!(
            show(text, &[("emial", "not in `account`"), ("account", "")], &["did you mean `email`?"]),
            @r"
        error[unknown-column]: no column `emial`
         --> queries/account.sql:2:8
          |
        2 | SELECT emial
          |        ^^^^^ not in `account`
        3 | FROM account
          |      -------
          |
          = help: did you mean `email`?
        "
        );
    }

    #[test]
    fn tabs_wide_characters_and_crlf_keep_the_marks_in_place() {
        let text = "SELECT\r\n\t'größe 日本',\temial\r\nFROM a\r\n";
        let shown = show(text, &[("emial", "here")], &[]);
        let lines: Vec<&str> = shown.lines().collect();
        let source =
            lines.iter().find(|line| line.contains("emial") && line.starts_with('2')).expect("the line");
        let marks = lines.iter().find(|line| line.contains("^^^^^ here")).expect("the marks");
        // 日本 takes four cells and two characters.
        let cells = source[..source.find("emial").unwrap()].chars().count() + 2;
        assert_eq!(marks[..marks.find('^').unwrap()].chars().count(), cells, "{shown}");
        assert!(!shown.contains('\r') && !shown.contains('\t'), "{shown:?}");
    }

    #[test]
    fn any_range_is_rendered() {
        let mut sources = Sources::new();
        let texts = ["", "\n", "a", "a\r\nb", "é\n", "日本\r\n\r\n", "a\n\n\nb"];
        for text in texts {
            let file = sources.add("q.sql", text);
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 2 {
                    let finding = Diagnostic::error("x", "m").at(Span::new(file, start, end), "label");
                    assert!(render(&[finding], &sources, true).contains("label"), "{text:?} {start}..{end}");
                }
            }
        }
    }

    #[test]
    fn controls_in_names_do_not_reach_the_terminal() {
        let mut sources = Sources::new();
        let hostile = "a\u{1b}[31m\u{9b}2J\u{202e}b\u{7}";
        let file = sources.add("q.sql", format!("SELECT `{hostile}`"));
        let finding = Diagnostic::warning("x", format!("no column `{hostile}`"))
            .at(Span::new(file, 7, 12), hostile)
            .help(hostile);
        let shown = render(&[finding], &sources, false);
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{shown:?}");
    }

    #[test]
    fn every_line_for_cargo_is_an_instruction() {
        let mut sources = Sources::new();
        let file = sources.add("q.sql", "SELECT x\nFROM y");
        let findings = [
            Diagnostic::error("e", "first\ncargo::rustc-env=X=1").at(Span::new(file, 7, 16), ""),
            Diagnostic::warning("w", "second"),
        ];
        let lines = cargo_lines(&findings, &sources);
        assert!(
            lines
                .lines()
                .all(|line| line.starts_with("cargo::error=") || line.starts_with("cargo::warning="))
        );
        assert!(lines.contains("cargo::error= --> q.sql:1:8\n"), "{lines}");
        assert!(lines.contains("cargo::warning=warning[w]: second\n"), "{lines}");
        assert_eq!(summary(&findings).as_deref(), Some("1 error, 1 warning"));
        assert_eq!(summary(&[]), None);
    }
}
