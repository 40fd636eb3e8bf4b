//! The setting by which a server takes data from its clients.
#![allow(dead_code, reason = "each test program uses its own part of this module")]

use porpoise::Connection;

use super::{Database, row};

/// MySQL takes no data from its clients unless told to, for the server as a whole. Whoever changes that is alone, also
/// among test programs, and puts it back.
pub(crate) struct LocalFiles {
    connection: Connection,
    before: bool,
}

impl LocalFiles {
    pub(crate) fn set(database: &Database, on: bool) -> Self {
        let mut connection = database.connect();
        let alone: i64 = row(&mut connection, "SELECT GET_LOCK('porpoise_local_infile', 120)", &[]);
        assert_eq!(alone, 1);
        let before = row(&mut connection, "SELECT @@GLOBAL.local_infile <> 0", &[]);
        let mut files = Self { connection, before };
        files.put(on);
        files
    }

    fn put(&mut self, on: bool) {
        self.connection.execute_raw_sql(&format!("SET GLOBAL local_infile = {on}")).unwrap();
    }
}

impl Drop for LocalFiles {
    fn drop(&mut self) {
        self.put(self.before);
    }
}
