//! Running other programs: with clear errors, and so that an interrupt reaches them.
//!
//! Knows nothing of servers or of cargo.

use std::ffi::OsStr;
use std::io::IsTerminal as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use crate::{Result, interrupt};

/// How long to sleep between two looks at something that another process is about to do.
pub(crate) const TICK: Duration = Duration::from_millis(20);

/// Runs a program with our own input and output and waits for its end.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    // At a terminal the program stays in our group: it may read what is typed, and Ctrl-C reaches it by itself.
    // Elsewhere it leads a group of its own, so that its children can be told to end too.
    let terminal = std::io::stdin().is_terminal();
    if !terminal {
        command.process_group(0);
    }
    let mut child = command.spawn().map_err(|error| cannot_run(command, &error))?;
    let mut told = 0;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupt::count() > told {
            told = interrupt::count();
            tell(&child, terminal, told);
        }
        std::thread::sleep(TICK);
    }
}

/// Runs a program and fails unless it ends well.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    interrupt::check()?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", shown(command)).into()) }
}

/// What a program prints; fails with its error output unless it ends well.
pub(crate) fn text(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed: {}\n{}", shown(command), output.status, error.trim_end()).into())
}

/// Whether a program is there and ends well; its output is thrown away.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_ok_and(|output| output.status.success())
}

/// Where a program is: in `PATH`, or in the folders for servers, which an ordinary user's `PATH` leaves out.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin", "/usr/local/bin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Whether we are the superuser.
pub(crate) fn is_root() -> bool {
    text(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn output(command: &mut Command) -> Result<Output> {
    command.stdin(Stdio::null());
    let output = command.output().map_err(|error| cannot_run(command, &error))?;
    interrupt::check()?;
    Ok(output)
}

/// Passes an interrupt on to a running program: the first as a request, the second as an order.
fn tell(child: &Child, terminal: bool, count: usize) {
    let signal = if count > 1 { "KILL" } else { "TERM" };
    // The key press that interrupted us has reached everything at the terminal already.
    if terminal && count == 1 && interrupt::is_from_keyboard() {
        return;
    }
    let target = if terminal { child.id().to_string() } else { format!("-{}", child.id()) };
    // It may have ended by itself meanwhile, which is as good.
    if let Err(error) = send(signal, &target) {
        eprintln!("xtask: cannot send SIG{signal} to {target}: {error}");
    }
}

/// Sends a signal by its name to a process, or to a group of them when its number is negative. Sending one needs unsafe
/// code or a crate; every shell can do it. Says whether there was somebody to send it to.
pub(crate) fn send(signal: &str, target: &str) -> Result<bool> {
    let script = r#"kill -s "$1" -- "$2" 2>/dev/null"#;
    Ok(Command::new("sh").args(["-c", script, "sh", signal, target]).status()?.success())
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", shown(command))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
