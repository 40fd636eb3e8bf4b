//! Finding MariaDB on this machine, or installing it from the system's own packages.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::{Family, Program};
use crate::{Result, process};

/// The programs without the service: these packages have no script that starts a server of the system.
const PACKAGES: &[&str] = &["mariadb-server-core", "mariadb-client-core"];

/// The character set of Debian's configuration files, which a throwaway server does not read.
const CHARACTER_SET: &[&str] = &["--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci"];

/// MariaDB, if this machine has it.
pub(crate) fn find() -> Result<Option<Program>> {
    let (Some(server), Some(init)) = (process::find("mariadbd"), process::find("mariadb-install-db")) else {
        return Ok(None);
    };
    let version = version(&server)?;
    let mut initialize = words(&init);
    initialize.extend(["--auth-root-authentication-method=socket", "--skip-test-db"].map(OsString::from));
    // A small log is quicker to make, and the server keeps the size that it finds.
    initialize.push("--innodb-log-file-size=32M".into());
    let mut serve = words(&server);
    serve.push("--innodb-log-file-size=32M".into());
    serve.extend(CHARACTER_SET.iter().map(OsString::from));
    Ok(Some(Program { family: Family::MariaDb, version, initialize, serve }))
}

/// Installs MariaDB's programs with apt, as the superuser or through a sudo that asks for no password.
pub(crate) fn install() -> Result<()> {
    let by_hand = format!(
        "install MariaDB 10.11 or later so that `mariadbd` and `mariadb-install-db` are there; on Debian:\n    apt-get update && apt-get install --no-install-recommends {}",
        PACKAGES.join(" ")
    );
    let mut prefix: Vec<&str> = Vec::new();
    if process::find("apt-get").is_none() {
        return Err(format!("MariaDB is missing, and so is apt-get: {by_hand}").into());
    }
    if !process::is_root() {
        if !process::succeeds(Command::new("sudo").args(["-n", "true"])) {
            return Err(
                format!("MariaDB is missing, and installing it needs the superuser: {by_hand}").into()
            );
        }
        prefix.extend(["sudo", "-n"]);
    }
    eprintln!("installing {} ...", PACKAGES.join(" and "));
    let apt = |words: &[&str]| {
        let environment = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
        let all: Vec<&str> = prefix.iter().chain(&environment).chain(words).copied().collect();
        process::text(Command::new(all[0]).args(&all[1..]))
    };
    apt(&["update"])?;
    let mut words = vec!["install", "--yes", "--no-install-recommends"];
    words.extend(PACKAGES);
    apt(&words).map(drop).map_err(|error| format!("{error}\nIf that cannot be mended, {by_hand}").into())
}

fn words(program: &Path) -> Vec<OsString> {
    vec![program.into(), "--no-defaults".into()]
}

/// `mariadbd  Ver 10.11.19-MariaDB-... for debian-linux-gnu on x86_64 (Debian n/a)` to `10.11.19`.
fn version(server: &Path) -> Result<String> {
    let line = process::text(Command::new(server).args(["--no-defaults", "--version"]))?;
    Ok(super::version_in(&line).unwrap_or_else(|| line.trim().to_owned()))
}
