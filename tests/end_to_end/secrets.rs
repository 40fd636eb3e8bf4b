//! A password must appear in nothing that is printed, written or generated.

use porpoise::{Connection, Family, Options, Pool};
use porpoise_examples::TemporaryDatabase;

use crate::support::{Database, Folder, porpoise, run, url};

/// The user's password, and the same as it stands in a URL.
const CANARY: &str = "c4nary/p@ss:w0rd?#%";
const CANARY_IN_URL: &str = "c4nary%2Fp%40ss%3Aw0rd%3F%23%25";

/// A user of the server with the canary as password, dropped at the end.
struct User {
    server: Connection,
    name: String,
}

impl User {
    fn create(database: &Database) -> Self {
        // As distinct as the database's name, and within the 32 characters that a user's name may have.
        let name = database.temporary.name().replace("porpoise_", "u");
        let mut server = Connection::open(&database.temporary.options()).expect("a connection");
        let mut run = |sql: String| server.execute_raw_sql(&sql).unwrap_or_else(|error| panic!("{error:?}"));
        run(format!("DROP USER IF EXISTS '{name}'@'%'"));
        run(format!("CREATE USER '{name}'@'%' IDENTIFIED BY '{CANARY}'"));
        run(format!("GRANT ALL ON {}.* TO '{name}'@'%'", database.temporary.name()));
        Self { server, name }
    }

    /// The URL of the database with this user in it.
    fn url(&self, database: &Database, password: &str) -> String {
        let (scheme, rest) = database.url.split_once("://").expect("a URL");
        let address = rest.rsplit_once('@').map_or(rest, |(_, address)| address);
        format!("{scheme}://{}:{password}@{address}", self.name)
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let dropped = self.server.execute_raw_sql(&format!("DROP USER IF EXISTS '{}'@'%'", self.name));
        if let Err(error) = dropped {
            eprintln!("the user {} could not be dropped: {error}", self.name);
        }
    }
}

/// Neither form of the canary, nor enough of it to guess the rest.
#[track_caller]
fn holds_no_secret(what: &str, text: &str) {
    for secret in [CANARY, CANARY_IN_URL, "c4nary", "p%40ss", "p@ss", "w0rd"] {
        assert!(!text.contains(secret), "{what} holds {secret}:\n{text}");
    }
}

#[test]
fn the_command_shows_no_password() {
    let sample = porpoise_examples::CREATE_TABLES;
    let Some(database) = Database::create(Family::MariaDb, sample, &porpoise_examples::SCHEMA) else {
        return;
    };
    let user = User::create(&database);
    let folder = Folder::copy_of("queries");
    folder.write("porpoise.toml", "[generate]\nfolder = \"generated\"\n");
    let url = user.url(&database, CANARY_IN_URL);
    let option_file = Folder::empty();
    let (host, port) = database
        .url
        .rsplit_once('@')
        .and_then(|(_, rest)| rest.split('/').next()?.split_once(':'))
        .expect("the server's port");
    option_file.write(
        "my.cnf",
        &format!(
            "[client]\nhost={host}\nport={port}\nuser={}\npassword=\"{CANARY}\"\ndatabase={}\n",
            user.name,
            database.temporary.name()
        ),
    );
    let option_file = option_file.path("my.cnf").display().to_string();

    let commands: [(&[&str], i32); 7] = [
        (&["pull"], 0),
        (&["generate", "--live"], 0),
        (&["check", "--live"], 0),
        (&["describe", "--live", "--format", "json"], 0),
        (&["describe", "--live"], 0),
        (&["pull", "--option-file", &option_file], 0),
        (&["pull", "--url", &url], 0),
    ];
    for (arguments, status) in commands {
        let ran = run(porpoise(folder.root()).args(arguments).env("DATABASE_URL", &url)).ends(status);
        holds_no_secret(&format!("{arguments:?}"), &format!("{}{}", ran.stdout, ran.stderr));
    }

    // Nor when connecting fails: a wrong user, a wrong port, no such database, a URL that cannot be read.
    let wrong = [
        url.replace(&user.name, "nobody"),
        url.replace(&format!(":{port}/"), ":1/"),
        format!("{url}_none"),
        url.replace("mysql://", "postgres://"),
        // Somebody forgot to escape it.
        user.url(&database, CANARY),
        format!("{url}?{CANARY_IN_URL}=1"),
    ];
    for url in wrong {
        for arguments in [&["pull"][..], &["check", "--live"], &["pull", "--url", &url]] {
            let ran = run(porpoise(folder.root()).args(arguments).env("DATABASE_URL", &url)).ends(2);
            // What the user wrote on the command line is theirs to see, but it is not repeated.
            holds_no_secret("an error", &format!("{}{}", ran.stdout, ran.stderr));
        }
    }

    for (path, bytes) in folder.files() {
        holds_no_secret(&path.display().to_string(), &String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn the_runtime_shows_no_password() {
    let sample = porpoise_examples::CREATE_TABLES;
    let Some(database) = Database::create(Family::MariaDb, sample, &porpoise_examples::SCHEMA) else {
        return;
    };
    let user = User::create(&database);
    let url = user.url(&database, CANARY_IN_URL);

    let options = Options::from_url(&url).unwrap();
    let pool = Pool::new(options.clone()).unwrap();
    let mut connection = pool.get().unwrap();
    let transaction = connection.begin().unwrap();
    holds_no_secret("Debug", &format!("{options:?} {options:#?} {pool:?} {transaction:?}"));
    drop(transaction);
    holds_no_secret("Debug", &format!("{connection:?}"));

    let refused = Options::from_url(&url).unwrap().user("nobody");
    let mut errors = vec![Connection::open(&refused).unwrap_err()];
    for url in
        [user.url(&database, CANARY), url.replace("mysql://", "postgres://"), format!("{url}?x={CANARY}")]
    {
        errors.extend(Options::from_url(&url).and_then(|options| Connection::open(&options)).err());
    }
    assert!(errors.len() >= 3);
    for error in errors {
        holds_no_secret("an error", &format!("{error} {error:?} {:?}", std::error::Error::source(&error)));
    }
}

#[test]
fn a_temporary_database_shows_no_password() {
    let Some(url) = url(Family::MariaDb) else { return };
    let password = url
        .split_once("://")
        .and_then(|(_, rest)| rest.rsplit_once('@'))
        .and_then(|(user, _)| user.split_once(':').map(|(_, password)| password.to_owned()));
    let database = TemporaryDatabase::create(&url, "").unwrap();
    if let Some(password) = password.filter(|password| password.len() > 3) {
        assert!(!format!("{database:?}").contains(&password));
    }
}
