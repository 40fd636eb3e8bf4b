//! Options from files in the form of `my.cnf`: groups, quotes, escapes, comments, `!include` and `!includedir`.
//! Errors name file and line and never quote a value.

use std::path::{Path, PathBuf};

use super::named::{expand_home, number, set_by_name};
use super::{Hosts, Options, Secret};
use crate::error::{Error, Result};

/// Files included from one another no deeper than this: a file that includes itself ends here.
const DEEPEST: usize = 10;

/// Longer than any option file is, and short enough to be read whole.
const LONGEST: u64 = 1 << 20;

pub(super) fn read(options: &mut Options, path: &Path, groups: &[&str]) -> Result<()> {
    let path = path.to_str().map_or_else(|| path.to_owned(), expand_home);
    read_file(options, &path, groups, 0)
}

fn read_file(options: &mut Options, path: &Path, groups: &[&str], depth: usize) -> Result<()> {
    let at = |line: usize, what: &str| Error::configuration(format!("{}:{line}: {what}", path.display()));
    if depth > DEEPEST {
        return Err(at(1, "included too deep"));
    }
    let unreadable = |error: std::io::Error| {
        Error::configuration(format!("cannot read the option file {}", path.display())).source(error)
    };
    if std::fs::metadata(path).map_err(unreadable)?.len() > LONGEST {
        return Err(at(1, "the file is too large for an option file"));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    // Outside of any group nothing is ours. An included file starts outside as well.
    let mut ours = false;
    for (number, line) in text.lines().enumerate() {
        let (number, line) = (number + 1, line.trim());
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(directive) = line.strip_prefix('!') {
            include(options, path, directive, groups, depth)
                .map_err(|what| what.unwrap_or_else(|what| at(number, what)))?;
        } else if let Some(rest) = line.strip_prefix('[') {
            let (group, _) = rest.split_once(']').ok_or_else(|| at(number, "a group has no `]`"))?;
            ours = groups.contains(&group.trim());
        } else if ours {
            set(options, line).map_err(|what| at(number, &what))?;
        }
    }
    Ok(())
}

/// Follows `!include FILE` and `!includedir FOLDER` (files ending in `.cnf`, in the order of their names). A relative
/// path starts from the file that includes.
fn include(
    options: &mut Options,
    from: &Path,
    directive: &str,
    groups: &[&str],
    depth: usize,
) -> Result<(), Result<Error, &'static str>> {
    let (word, target) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
    let target = from.parent().unwrap_or(Path::new("")).join(expand_home(target.trim()));
    match word {
        "include" => read_file(options, &target, groups, depth + 1).map_err(Ok),
        "includedir" => {
            let entries =
                std::fs::read_dir(&target).map_err(|_| Err("the included folder cannot be read"))?;
            let mut files: Vec<PathBuf> = entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|extension| extension == "cnf"))
                .collect();
            files.sort();
            files.iter().try_for_each(|file| read_file(options, file, groups, depth + 1)).map_err(Ok)
        }
        _ => Err(Err("a `!` line must be `!include` or `!includedir`")),
    }
}

/// `name`, `name = value`, with `_` and `-` alike, and `loose-` before names that others may not know.
fn set(options: &mut Options, line: &str) -> Result<(), String> {
    let (name, value) = match line.split_once('=') {
        Some((name, value)) => (name.trim(), unquoted(value.trim())?),
        // A comment may follow a name alone.
        None => (line.split('#').next().unwrap_or(line).trim(), String::new()),
    };
    let name = name.replace('_', "-");
    let name = name.strip_prefix("loose-").unwrap_or(&name);
    let wrong = |needs: &str| format!("`{name}` {needs}");
    match name {
        "host" => options.hosts = Hosts::one(value, options.hosts.first().port()),
        "port" => options.hosts = options.hosts.at_port(number(&value).map_err(wrong)?),
        "user" => options.user = Some(value),
        "password" => options.password = Some(Secret(value)),
        "database" => options.database = Some(value),
        // What else the group says is for other programs.
        _ => return set_by_name(options, name, &value).map(drop).map_err(wrong),
    }
    Ok(())
}

/// The value of a line: quotes come off, escapes are what they stand for, and outside of quotes `#` begins a comment.
fn unquoted(text: &str) -> Result<String, String> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let mut characters = text.chars();
    if quote.is_some() {
        characters.next();
    }
    let mut value = String::new();
    let mut closed = false;
    while let Some(c) = characters.next() {
        match c {
            _ if Some(c) == quote => {
                closed = true;
                break;
            }
            '#' if quote.is_none() => break,
            '\\' => value.push_str(&match characters.next() {
                Some('n') => "\n".to_owned(),
                Some('t') => "\t".to_owned(),
                Some('r') => "\r".to_owned(),
                Some('b') => "\u{8}".to_owned(),
                Some('s') => " ".to_owned(),
                Some(other @ ('\\' | '"' | '\'' | '#')) => other.to_string(),
                // As in a path of Windows: no escape at all.
                Some(other) => format!("\\{other}"),
                None => "\\".to_owned(),
            }),
            c => value.push(c),
        }
    }
    match quote {
        Some(_) if !closed => Err("a quote is not closed".to_owned()),
        Some(_) => Ok(value),
        None => Ok(value.trim_end().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes_are_taken_off() {
        for (text, value) in [
            ("plain # comment", "plain"),
            ("\"a # b\" # c", "a # b"),
            ("'it\\'s'", "it's"),
            ("tab\\there\\\\", "tab\there\\"),
            ("\\s lead", "  lead"),
            ("C:\\dir", "C:\\dir"),
            ("", ""),
        ] {
            assert_eq!(unquoted(text).as_deref(), Ok(value), "{text}");
        }
        assert!(unquoted("'open").is_err());
    }
}
