//! What a session is pinned to: first for reading the schema, where one fixed setting makes the server print
//! definitions the same way everywhere, then for PREPARE, where it is what the generated code will run under.

use mysql::prelude::Queryable;

use crate::catalog::{Family, Server};
use crate::error::{Error, Result};

use super::Connection;
use super::record::records;

/// The oldest servers whose `information_schema` holds what is asked of it.
const OLDEST: &[(Family, (u16, u16, u16))] = &[(Family::MySql, (8, 0, 16)), (Family::MariaDb, (10, 6, 0))];

/// Names that `sql_mode` shows beside the flags which they stand for. ORACLE and MSSQL are not among them: MariaDB
/// reads another language under them than under their flags.
const COMBINATIONS: &[&str] = &["ANSI", "DB2", "MAXDB", "MYSQL323", "MYSQL40", "POSTGRESQL", "TRADITIONAL"];

/// The collation pinned for connections.
pub(super) fn collation(family: Family) -> &'static str {
    match family {
        Family::MySql => "utf8mb4_0900_ai_ci",
        Family::MariaDb => "utf8mb4_general_ci",
    }
}

/// Finds out which server it is and pins the session for reading the schema.
pub(super) fn open(mut conn: mysql::Conn) -> Result<Connection> {
    let greeting = records(
        &mut conn,
        "the server's version",
        "SELECT VERSION() AS version, DATABASE() AS db",
        Vec::new(),
    )?;
    let Some(greeting) = greeting.first() else {
        return Err(Error::new("the server does not say its version"));
    };
    let text = greeting.text("version")?;
    let (family, version) = version(&text)
        .ok_or_else(|| Error::new(format!("the server calls itself `{text}`, which has no version in it")))?;
    let Some(schema) = greeting.optional("db")? else {
        return Err(Error::new("the connection has no database")
            .help("end the URL with one, as in mysql://user:password@host:3306/database"));
    };
    if let Some((_, oldest)) = OLDEST.iter().find(|(of, oldest)| *of == family && version < *oldest) {
        let (name, oldest) = (family.as_str(), shown(*oldest));
        return Err(Error::new(format!("{name} {} is too old", shown(version)))
            .help(format!("{name} {oldest} is the oldest that Porpoise reads schemas from")));
    }
    let mut connection = Connection { conn, family, version, schema };
    set(&mut connection, "", collation(family))?;
    Ok(connection)
}

/// Pins the session to what statements are checked against.
pub fn pin(connection: &mut Connection, server: &Server) -> Result<()> {
    set(connection, &server.sql_mode.join(","), &server.collation)
}

pub(super) fn set(connection: &mut Connection, sql_mode: &str, collation: &str) -> Result<()> {
    let collation_is_a_word = collation.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let charset = collation.split('_').next().unwrap_or_default();
    if !collation_is_a_word || charset.is_empty() {
        return Err(Error::new(format!("`{collation}` is not the name of a collation")));
    }
    let failed = |error| Error::new("cannot set up the session").because(error);
    connection.conn.query_drop(format!("SET NAMES {charset} COLLATE {collation}")).map_err(failed)?;
    connection.conn.query_drop("SET SESSION time_zone = '+00:00', lc_messages = 'en_US'").map_err(failed)?;
    connection.conn.exec_drop("SET SESSION sql_mode = ?", (sql_mode,)).map_err(|error| {
        Error::new(format!("the server does not take the sql_mode `{sql_mode}`")).because(error)
    })
}

/// The flags of the `sql_mode` that statements are checked under: the configured one, or the server's own.
pub(super) fn sql_mode(connection: &mut Connection, configured: Option<&str>) -> Result<Vec<String>> {
    let query = match configured {
        // The server itself says which flags a combination stands for.
        Some(mode) => {
            set(connection, mode, collation(connection.family))
                .map_err(|error| error.help("sql_mode stands under [schema] in porpoise.toml"))?;
            "SELECT @@SESSION.sql_mode AS mode"
        }
        None => "SELECT @@GLOBAL.sql_mode AS mode",
    };
    let answer = records(&mut connection.conn, "sql_mode", query, Vec::new())?;
    let text = answer.first().map(|record| record.text("mode")).transpose()?.unwrap_or_default();
    set(connection, "", collation(connection.family))?;
    Ok(flags(&text))
}

fn flags(text: &str) -> Vec<String> {
    let mut flags: Vec<String> = text
        .split(',')
        .map(|flag| flag.trim().to_ascii_uppercase())
        .filter(|flag| !flag.is_empty() && !COMBINATIONS.contains(&flag.as_str()))
        .collect();
    flags.sort();
    flags.dedup();
    flags
}

fn shown((major, minor, patch): (u16, u16, u16)) -> String {
    format!("{major}.{minor}.{patch}")
}

/// Family and version out of `10.11.19-MariaDB-0+deb12u1`, `5.5.5-10.4.1-MariaDB`, `9.7.4-1`, `8.0.36-28-Percona`.
fn version(text: &str) -> Option<(Family, (u16, u16, u16))> {
    let maria = text.to_ascii_lowercase().contains("mariadb");
    let family = if maria { Family::MariaDb } else { Family::MySql };
    // MariaDB before 11 hides behind this prefix from clients that cannot count to 10.
    let text = text.strip_prefix("5.5.5-").filter(|_| maria).unwrap_or(text);
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(|number| number.parse::<u16>().ok());
    let mut next = || numbers.next().flatten();
    Some((family, (next()?, next()?, next().unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::{Family, flags, version};

    #[test]
    fn versions_are_found_in_what_servers_say() {
        for (text, expected) in [
            ("10.11.19-MariaDB-0+deb12u1", Some((Family::MariaDb, (10, 11, 19)))),
            ("5.5.5-10.6.1-MariaDB-log", Some((Family::MariaDb, (10, 6, 1)))),
            ("9.7.4-1", Some((Family::MySql, (9, 7, 4)))),
            ("8.0.36-28-Percona", Some((Family::MySql, (8, 0, 36)))),
            ("8.4", Some((Family::MySql, (8, 4, 0)))),
            ("unknown", None),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }

    #[test]
    fn combinations_leave_the_flags_that_they_stand_for() {
        assert_eq!(
            flags("REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ANSI"),
            ["ANSI_QUOTES", "IGNORE_SPACE", "PIPES_AS_CONCAT", "REAL_AS_FLOAT"],
        );
        assert!(flags("").is_empty());
    }
}
