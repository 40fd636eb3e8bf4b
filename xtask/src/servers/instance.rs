//! One throwaway server: its own folder, port and socket, gone at the end.
//!
//! Knows nothing of where the programs came from, and little of the difference between the two families.

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::url;
use super::watchdog::Watchdog;
use super::{Family, Program};
use crate::{Result, interrupt, process};

/// The account that tests use. Its password is full of what a URL must escape, so every test proves that escaping.
const USER: &str = "porpoise";
pub(super) const PASSWORD: &str = "p@ss:w/rd?#%&+=";

/// The database that exists from the start.
const DATABASE: &str = "porpoise_test";

/// Options of both families: nothing outside the folder, and speed instead of safety, as nothing here outlives the run.
const OPTIONS: &[&str] = &[
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--local-infile=1",
    "--max-connections=500",
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=0",
];

/// The options that must be the same from the first start on.
const STORAGE_OPTIONS: &[&str] =
    &["--secure-file-priv=", "--innodb-doublewrite=OFF", "--innodb-flush-method=nosync"];

/// The longest path of a socket that fits into a `sockaddr_un`, with room for its end.
const LONGEST_SOCKET: usize = 100;

/// A running server that ends, and whose folder goes, with this value; or, should we be killed, with us.
#[derive(Debug)]
pub struct Instance {
    program: Program,
    /// Options besides the usual ones.
    more: Vec<String>,
    /// 0 until a free one was found; kept when it is started again.
    port: u16,
    folder: PathBuf,
    server: Option<Child>,
    watchdog: Watchdog,
}

impl Instance {
    /// Starts a server of a family with these options besides the usual ones, as `--max-connections=5`.
    ///
    /// # Errors
    /// When its programs are not there, or it does not start.
    pub fn of(family: Family, more: &[&str]) -> Result<Self> {
        let missing = || format!("{} is missing: `cargo xtask servers install`", family.name());
        Self::start(&family.find()?.ok_or_else(missing)?, more)
    }

    /// Makes a data directory, starts a server on it and waits until it answers.
    pub(super) fn start(program: &Program, more: &[&str]) -> Result<Self> {
        let folder = temporary_folder(program.family)?;
        let watchdog = Watchdog::start(&folder)?;
        let more = more.iter().map(|option| (*option).to_owned()).collect();
        let mut instance = Self { program: program.clone(), more, port: 0, folder, server: None, watchdog };
        instance.initialize()?;
        // Somebody else may take the free port between our look and the server's start: then it is tried anew.
        loop {
            instance.port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            if instance.serve()? {
                return Ok(instance);
            }
        }
    }

    /// Sends the server a signal by its name, as `TERM`, `KILL`, `STOP` or `CONT`.
    ///
    /// # Errors
    /// When it is not running.
    pub fn signal(&self, name: &str) -> Result<()> {
        let server = self.server.as_ref().ok_or("the server is not running")?;
        if process::send(name, &server.id().to_string())? {
            Ok(())
        } else {
            Err(self.failed(&format!("could not be sent SIG{name}")))
        }
    }

    /// Waits until the server has ended, as it was told by a signal.
    ///
    /// # Errors
    /// When that cannot be known.
    pub fn wait(&mut self) -> Result<()> {
        if let Some(mut server) = self.server.take() {
            server.wait()?;
            self.watchdog.watch(None)?;
        }
        Ok(())
    }

    /// Starts the server again after it has ended, with the data and the port that it had.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.wait()?;
        if self.serve()? { Ok(()) } else { Err("another program has taken the server's port".into()) }
    }

    /// Its TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where and how to connect.
    pub fn url(&self) -> String {
        format!("mysql://{USER}:{}@127.0.0.1:{}/{DATABASE}", url::encode(PASSWORD), self.port)
    }

    /// An error with the end of its log once the server is gone.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.server.as_mut().map(Child::try_wait).transpose()?.flatten() {
            Some(status) => Err(self.failed(&format!("ended by itself ({status})"))),
            None => Ok(()),
        }
    }

    /// What must be gone once it is dropped: its folder, process and port.
    #[cfg(test)]
    pub(crate) fn traces(&self) -> (PathBuf, u32, u16) {
        (self.folder.clone(), self.server.as_ref().map_or(0, Child::id), self.port)
    }

    fn initialize(&mut self) -> Result<()> {
        let mut child = self.spawn(&self.program.initialize, &[])?;
        self.watchdog.watch(Some(child.id()))?;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if let Err(error) = interrupt::check() {
                self.watchdog.finish();
                child.wait()?;
                return Err(error);
            }
            std::thread::sleep(process::TICK);
        };
        self.watchdog.watch(None)?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed(&format!("made no data directory ({status})")))
        }
    }

    /// Starts the server on its port; false when the port was taken meanwhile.
    fn serve(&mut self) -> Result<bool> {
        let init = self.folder.join("init.sql");
        fs::write(&init, accounts())?;
        let mut options = vec![
            option("--socket=", &self.socket()),
            option("--pid-file=", &self.folder.join("pid")),
            option("--init-file=", &init),
            OsString::from(format!("--port={}", self.port)),
        ];
        options.extend(OPTIONS.iter().map(OsString::from));
        options.extend(self.more.iter().map(OsString::from));
        let child = self.spawn(&self.program.serve, &options)?;
        self.watchdog.watch(Some(child.id()))?;
        self.server = Some(child);
        loop {
            let log = self.log();
            if log.contains("ready for connections") {
                return Ok(true);
            }
            if let Err(error) = self.check() {
                let taken = log.contains("Address already in use");
                self.server = None;
                self.watchdog.watch(None)?;
                return if taken { Ok(false) } else { Err(error) };
            }
            interrupt::check()?;
            std::thread::sleep(process::TICK);
        }
    }

    /// Runs one of the server's programs on our folder, in a process group of its own: Ctrl-C is for us, not for it.
    fn spawn(&self, words: &[OsString], options: &[OsString]) -> Result<Child> {
        let log = File::create(self.log_file())?;
        let (program, arguments) = words.split_first().ok_or("a server without a program")?;
        let mut command = Command::new(program);
        command.args(arguments);
        command.arg(option("--datadir=", &self.folder.join("data")));
        command.arg(option("--tmpdir=", &self.folder));
        command.args(STORAGE_OPTIONS).args(options);
        if process::is_root() {
            // Servers refuse to run as root unless told to. It is one folder on the loopback, for minutes.
            command.arg("--user=root");
        }
        command.process_group(0).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        command.current_dir(&self.folder);
        command
            .spawn()
            .map_err(|error| format!("cannot run {}: {error}", Path::new(program).display()).into())
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn log(&self) -> String {
        fs::read(self.log_file())
            .map_or_else(|_| String::new(), |text| String::from_utf8_lossy(&text).into_owned())
    }

    fn failed(&self, what: &str) -> Box<dyn std::error::Error + Send + Sync> {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        let end = lines[lines.len().saturating_sub(15)..].join("\n  ");
        format!("the throwaway {} {what}. The end of its log:\n  {end}", self.program.family.name()).into()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // The watchdog kills and removes: the way out is the same, whether we end well or not at all.
        self.watchdog.finish();
        if let Some(mut server) = self.server.take() {
            // Both do nothing more than reap, unless somebody killed the watchdog.
            let reaped = server.kill().and_then(|()| server.wait());
            if let Err(error) = reaped {
                eprintln!("xtask: cannot end the throwaway {}: {error}", self.program.family.name());
            }
        }
        if self.folder.exists()
            && let Err(error) = fs::remove_dir_all(&self.folder)
        {
            eprintln!("xtask: cannot remove {}: {error}", self.folder.display());
        }
    }
}

/// The SQL that the server runs at each start, one statement to a line.
fn accounts() -> String {
    let account = format!("'{USER}'@'%'");
    format!(
        "CREATE USER IF NOT EXISTS {account} IDENTIFIED BY '{PASSWORD}';\n\
         GRANT ALL PRIVILEGES ON *.* TO {account} WITH GRANT OPTION;\n\
         CREATE DATABASE IF NOT EXISTS {DATABASE};\n"
    )
}

fn temporary_folder(family: Family) -> Result<PathBuf> {
    let prefix = format!("porpoise-{}-", family.word());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    let folder = builder.tempdir()?;
    if folder.path().join("socket").as_os_str().len() <= LONGEST_SOCKET {
        return Ok(folder.keep());
    }
    // The usual folder for temporary files may lie too deep for a socket.
    Ok(builder.tempdir_in("/tmp")?.keep())
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}
