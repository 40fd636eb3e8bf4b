//! Option files of the MySQL and MariaDB clients (my.cnf): the options that reaching a server needs, out of the
//! groups asked for. Everything else in the file is for other programs.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What was found. No `Debug`, because it holds the password.
#[derive(Default)]
pub(super) struct Found {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) socket: Option<String>,
    pub(super) database: Option<String>,
}

/// A chain of `!include` longer than this is a circle.
const MAX_DEPTH: usize = 10;

/// Reads the file and what it includes. A later group of the list wins over an earlier one, and within a group the
/// last line wins, wherever it stands.
pub(super) fn read(path: &Path, groups: &[String]) -> Result<Found> {
    let mut settings = Vec::new();
    collect(path, 0, &mut settings)?;
    if !settings.iter().any(|setting| groups.contains(&setting.group)) {
        let wanted: Vec<_> = groups.iter().map(|group| format!("[{group}]")).collect();
        return Err(Error::new(format!("{} has no options in {}", path.display(), wanted.join(", ")))
            .help("write the group into the file, or name another under [database] in porpoise.toml"));
    }
    let mut found = Found::default();
    for group in groups {
        for setting in settings.iter().filter(|setting| setting.group == *group) {
            apply(setting, &mut found)?;
        }
    }
    Ok(found)
}

struct Setting {
    group: String,
    key: String,
    value: String,
    place: String,
}

fn apply(setting: &Setting, found: &mut Found) -> Result<()> {
    let value = || Some(setting.value.clone());
    match setting.key.as_str() {
        "host" => found.host = value(),
        "user" => found.user = value(),
        "password" => found.password = value(),
        "socket" => found.socket = value(),
        "database" => found.database = value(),
        "port" => {
            let port = setting.value.parse().map_err(|_| {
                Error::new(format!("{}: the port is not a number from 0 to 65535", setting.place))
            })?;
            found.port = Some(port);
        }
        _ => {}
    }
    Ok(())
}

fn collect(path: &Path, depth: usize, settings: &mut Vec<Setting>) -> Result<()> {
    if depth > MAX_DEPTH {
        return Err(Error::new(format!("{}: option files include each other in a circle", path.display())));
    }
    let text = fs_err::read_to_string(path)?;
    let mut group = String::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(folder) = line.strip_prefix("!includedir") {
            for file in files_of(&relative(path, folder.trim()))? {
                collect(&file, depth + 1, settings)?;
            }
        } else if let Some(file) = line.strip_prefix("!include") {
            collect(&relative(path, file.trim()), depth + 1, settings)?;
        } else if let Some(name) = line.strip_prefix('[') {
            let name = name.split(']').next().unwrap_or_default();
            group = name.trim().to_owned();
        } else {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            settings.push(Setting {
                group: group.clone(),
                key: key.trim().trim_start_matches("loose-").replace('_', "-").to_ascii_lowercase(),
                value: unquote(value.trim()),
                place: format!("{}:{}", path.display(), index + 1),
            });
        }
    }
    Ok(())
}

fn relative(to: &Path, path: &str) -> PathBuf {
    to.parent().unwrap_or(Path::new("")).join(path)
}

/// The option files of a folder in the order of their names, which makes the result the same everywhere.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "cnf" || extension == "ini") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A value as the clients read it: quotes around it are not part of it, a `#` outside quotes begins a comment, and
/// `\b \t \n \r \\ \s` are escapes.
fn unquote(value: &str) -> String {
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let closed = quote.and_then(|quote| value[1..].rfind(quote).map(|end| &value[1..=end]));
    let inner = match closed {
        Some(inner) => inner,
        None => value.find(" #").map_or(value, |comment| value[..comment].trim_end()),
    };
    let mut text = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => text.push('\u{8}'),
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('s') => text.push(' '),
            Some('\\') => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{read, unquote};

    fn groups(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn later_groups_win_and_other_groups_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.cnf");
        let more = folder.path().join("more");
        fs_err::create_dir(&more).unwrap();
        fs_err::write(more.join("b.cnf"), "[client]\nuser = from_b\n").unwrap();
        fs_err::write(more.join("a.cnf"), "[client]\nuser = from_a\nsocket=/run/s.sock\n").unwrap();
        fs_err::write(more.join("c.txt"), "[client]\nuser = from_c\n").unwrap();
        fs_err::write(
            &path,
            "# comment\n[mysqld]\nport=1\n[client]\nhost = db.example\nport=3307\nskip-ssl\n\
             password = 'pa#ss\\sword'\n!includedir more\n[porpoise]\ndatabase=\"shop\" # mine\n",
        )
        .unwrap();
        let found = read(&path, &groups(&["client", "porpoise"])).unwrap();
        assert_eq!(found.host.as_deref(), Some("db.example"));
        assert_eq!(found.port, Some(3307));
        assert_eq!(found.password.as_deref(), Some("pa#ss word"));
        assert_eq!(found.user.as_deref(), Some("from_b"));
        assert_eq!(found.socket.as_deref(), Some("/run/s.sock"));
        assert_eq!(found.database.as_deref(), Some("shop"));
    }

    #[test]
    fn a_missing_group_and_a_wrong_port_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.cnf");
        fs_err::write(&path, "[client]\nport=hunter2\n!include my.cnf\n").unwrap();
        let error = read(&path, &groups(&["client"])).err().unwrap().to_string();
        assert!(error.contains("in a circle"), "{error}");
        fs_err::write(&path, "[client]\nport=hunter2\n").unwrap();
        let error = read(&path, &groups(&["client"])).err().unwrap().to_string();
        assert!(error.ends_with("my.cnf:2: the port is not a number from 0 to 65535"), "{error}");
        let error = read(&path, &groups(&["porpoise"])).err().unwrap().to_string();
        assert!(error.contains("has no options in [porpoise]"), "{error}");
    }

    #[test]
    fn values_are_read_as_the_clients_read_them() {
        for (written, value) in [
            ("a b", "a b"),
            ("'a\"b'", "a\"b"),
            ("\"a\" # c", "a"),
            ("a # c", "a"),
            ("a#b", "a#b"),
            ("'", "'"),
            ("C:\\\\x\\y", "C:\\x\\y"),
            ("", ""),
        ] {
            assert_eq!(unquote(written), value, "{written}");
        }
    }
}
