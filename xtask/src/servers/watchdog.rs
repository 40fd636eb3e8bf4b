//! A shell that outlives us by a moment: when our end of its input closes, for whatever reason, it kills what we
//! started and removes the folder. So nothing stays behind even when we are killed with SIGKILL.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Result;

/// Each line names the process group to kill, an empty one none. A killed process may still be writing for a moment,
/// so removing is tried for as long as it takes (but not forever, should the folder be out of our hands).
const SCRIPT: &str = r#"
    trap '' INT TERM HUP
    while read -r line; do group=$line; done
    if [ -n "$group" ]; then kill -s KILL -- "-$group"; fi
    tries=0
    until rm -rf -- "$1" || [ "$tries" -ge 100 ]; do tries=$((tries + 1)); sleep 0.1; done
"#;

/// The shell that watches over one folder and at most one process group at a time.
#[derive(Debug)]
pub(crate) struct Watchdog(Child);

impl Watchdog {
    pub(crate) fn start(folder: &Path) -> Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "watchdog"]).arg(folder);
        // Out of our process group, where Ctrl-C would meet it, and out of the folder that it removes.
        command.process_group(0).current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(command.spawn()?))
    }

    /// Says which process group is ours to kill from now on.
    pub(crate) fn watch(&mut self, group: Option<u32>) -> Result<()> {
        let line = group.map(|group| group.to_string()).unwrap_or_default();
        let input = self.0.stdin.as_mut().ok_or("the watchdog has finished")?;
        Ok(writeln!(input, "{line}")?)
    }

    /// Lets it do its work, and waits until it has.
    pub(crate) fn finish(&mut self) {
        // `wait` closes our end first.
        if let Err(error) = self.0.wait() {
            eprintln!("xtask: cannot wait for the watchdog: {error}");
        }
    }
}
