//! Reads `-- @nest p as posts`: which tables of a join make up a collection, what it is called, and what it stands in.

use super::annotation::Line;
use super::errors;
use crate::diagnostic::Diagnostic;
use crate::span::FileId;
use crate::statement::{Nest, Spanned};

/// `aliases as field [in parent] [: Type]`; aliases have commas between them, and names may stand in backticks.
pub(super) fn read(file: FileId, rest: Line<'_>, word: Line<'_>, out: &mut Vec<Diagnostic>) -> Option<Nest> {
    let nest = nest(file, rest);
    if nest.is_none() {
        let span = if rest.text.is_empty() { word.span(file) } else { rest.span(file) };
        out.push(errors::bad_nest(span));
    }
    nest
}

fn nest(file: FileId, rest: Line<'_>) -> Option<Nest> {
    let (first, mut left) = name(file, rest)?;
    let mut aliases = vec![first];
    while let Some(after) = mark(left, ",") {
        let (alias, after) = name(file, after)?;
        aliases.push(alias);
        left = after;
    }
    let (field, mut left) = name(file, keyword(left, "as")?)?;
    let mut parent = None;
    if let Some(after) = keyword(left, "in") {
        let (found, after) = name(file, after)?;
        parent = Some(found);
        left = after;
    }
    let mut row_name = None;
    if let Some(after) = mark(left, ":") {
        let (found, after) = name(file, after)?;
        row_name = Some(found);
        left = after;
    }
    left.text.is_empty().then(|| Nest { span: rest.span(file), aliases, field, parent, row_name })
}

/// The name at the front, and what follows it.
fn name(file: FileId, line: Line<'_>) -> Option<(Spanned<String>, Line<'_>)> {
    if let Some(quoted) = line.text.strip_prefix('`') {
        let mut end = 0;
        loop {
            end += quoted[end..].find('`')?;
            if quoted[end..].starts_with("``") {
                end += 2;
            } else {
                break;
            }
        }
        let value = quoted[..end].replace("``", "`");
        let span = line.until(end + 2).span(file);
        return (!value.is_empty()).then(|| (Spanned { value, span }, line.after(end + 2)));
    }
    let end = line.text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '`'));
    let end = end.unwrap_or(line.text.len());
    (end > 0).then(|| (line.until(end).spanned(file), line.after(end)))
}

fn mark<'a>(line: Line<'a>, mark: &str) -> Option<Line<'a>> {
    line.text.starts_with(mark).then(|| line.after(mark.len()))
}

fn keyword<'a>(line: Line<'a>, keyword: &str) -> Option<Line<'a>> {
    let (word, rest) = line.split_word();
    word.text.eq_ignore_ascii_case(keyword).then_some(rest)
}
