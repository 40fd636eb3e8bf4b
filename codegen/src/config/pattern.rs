//! Patterns with `*` and `?` for names, and with `**` and `/` for files. Knows nothing of what the files hold.

use std::path::{Path, PathBuf};

use super::{Config, Queries};
use crate::error::{Error, Result};

/// Whether a name fits a pattern in which `*` stands for any characters and `?` for one.
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    // Where to go on when what follows the last `*` does not fit: one character further.
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                p += 1;
                retry = Some((p, n + 1));
            }
            Some(&wanted) if wanted == '?' || wanted == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((after_star, next)) => {
                    (p, n) = (after_star, next);
                    retry = Some((after_star, next + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|rest| *rest == '*')
}

/// The files that `[queries]` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPaths {
    /// The files, in the order of the patterns and then by name, each once.
    pub files: Vec<PathBuf>,
    /// The folders in which a new file could come to belong to them.
    pub folders: Vec<PathBuf>,
}

/// Finds the query files of a configuration.
pub(crate) fn find_files(config: &Config) -> Result<QueryPaths> {
    let Queries { include, exclude } = &config.queries;
    let mut found = QueryPaths { files: Vec::new(), folders: Vec::new() };
    let excluded: Vec<Vec<&str>> = exclude.iter().map(|pattern| parts(pattern)).collect();
    for pattern in include {
        let mut pattern = parts(pattern);
        if pattern.is_empty() || config.folder.join(pattern.join("/")).is_dir() {
            pattern.push("*.sql");
        }
        let literal = pattern.iter().take_while(|part| !is_wild(part)).count();
        if literal == pattern.len() {
            let path = config.folder.join(pattern.join("/"));
            if !path.is_file() {
                return Err(Error::new(format!("there is no query file {}", crate::shown(&path)))
                    .help("`include` under [queries] in porpoise.toml names it"));
            }
            push_new(&mut found.files, path);
            continue;
        }
        let mut names = pattern[..literal].iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        push_new(&mut found.folders, join(&config.folder, &names));
        walk(&config.folder, &mut names, &pattern[literal..], &mut |names| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            if !excluded.iter().any(|pattern| fits(pattern, &names)) {
                push_new(&mut found.files, config.folder.join(names.join("/")));
            }
        })?;
    }
    Ok(found)
}

fn parts(pattern: &str) -> Vec<&str> {
    pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect()
}

fn is_wild(part: &str) -> bool {
    part.contains(['*', '?'])
}

fn push_new(paths: &mut Vec<PathBuf>, path: PathBuf) {
    if !paths.contains(&path) {
        paths.push(path);
    }
}

fn join(folder: &Path, names: &[String]) -> PathBuf {
    let joined = folder.join(names.join("/"));
    if names.is_empty() { folder.to_owned() } else { joined }
}

/// Calls `visit` with the path, relative to `folder`, of every file that fits, in the order of names.
fn walk(
    folder: &Path,
    names: &mut Vec<String>,
    pattern: &[&str],
    visit: &mut dyn FnMut(&[String]),
) -> Result<()> {
    let Some((part, rest)) = pattern.split_first() else { return Ok(()) };
    if *part == "**" {
        walk(folder, names, rest, visit)?;
    }
    let here = crate::or_dot(join(folder, names));
    if !here.is_dir() {
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs_err::read_dir(here)? {
        let entry = entry?;
        // Names that are not Unicode cannot be written in a pattern; hidden files are not meant by one.
        if let Ok(name) = entry.file_name().into_string()
            && !name.starts_with('.')
        {
            entries.push((name, entry.path()));
        }
    }
    entries.sort();
    for (name, path) in entries {
        let (fit, deeper) = match *part {
            "**" => (path.is_dir() && !path.is_symlink(), pattern),
            part => (matches(part, &name), rest),
        };
        if !fit {
            continue;
        }
        names.push(name);
        if deeper.is_empty() {
            if path.is_file() {
                visit(names);
            }
        } else {
            walk(folder, names, deeper, visit)?;
        }
        names.pop();
    }
    Ok(())
}

fn fits(pattern: &[&str], names: &[&str]) -> bool {
    match (pattern.split_first(), names.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), None) => fits(rest, names),
        (Some((&"**", rest)), Some((_, deeper))) => fits(rest, names) || fits(pattern, deeper),
        (Some((part, rest)), Some((name, deeper))) => matches(part, name) && fits(rest, deeper),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{find_files, matches};
    use crate::config::Config;

    #[test]
    fn stars_and_question_marks_match_names() {
        assert!(matches("*", "") && matches("*", "anything") && matches("a*c*e", "abcde"));
        assert!(matches("tmp_??", "tmp_ab") && matches("*ab", "aab") && matches("größe_?", "größe_é"));
        assert!(!matches("tmp_??", "tmp_a") && !matches("a*c", "abcd") && !matches("", "a"));
    }

    fn found(files: &[&str], include: &[&str], exclude: &[&str]) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let mut config = Config::in_folder(folder.path());
        config.queries.include = include.iter().map(|text| (*text).to_owned()).collect();
        config.queries.exclude = exclude.iter().map(|text| (*text).to_owned()).collect();
        let found = find_files(&config).unwrap();
        let relative = |paths: Vec<std::path::PathBuf>| {
            paths.iter().map(|path| crate::shown(path.strip_prefix(folder.path()).unwrap())).collect()
        };
        (relative(found.files), relative(found.folders))
    }

    #[test]
    fn files_come_sorted_once_and_without_the_excluded() {
        let files = ["b.sql", "a.sql", "schema.sql", ".hidden.sql", "note.txt", "deep/er/c.sql"];
        assert_eq!(
            found(&files, &["*.sql"], &["schema.sql"]),
            (vec!["a.sql".into(), "b.sql".into()], vec![".".into()])
        );
        let (all, folders) = found(&files, &["b.sql", "**/*.sql"], &["schema.*"]);
        assert_eq!(all, ["b.sql", "a.sql", "deep/er/c.sql"]);
        assert_eq!(folders, ["."]);
        assert_eq!(
            found(&files, &["./deep/er"], &[]),
            (vec!["deep/er/c.sql".into()], vec!["deep/er".into()])
        );
        assert_eq!(found(&files, &["**"], &["**/*.sql"]).0, Vec::<String>::new());
    }

    #[test]
    fn a_file_that_is_named_must_exist() {
        let mut config = Config::in_folder("nowhere");
        config.queries.include = vec!["a.sql".to_owned()];
        assert!(find_files(&config).unwrap_err().to_string().contains("there is no query file"));
    }
}
