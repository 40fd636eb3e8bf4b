//! Types of the application's that columns of `queries/keyed/` have.

use std::fmt;

use porpoise::{Cell, Decode, DecodeError, Encode, EncodeError, Value};
use serde::{Deserialize, Serialize};

/// What an account chose; kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Settings {
    /// Whether the page is dark.
    pub dark: bool,
    /// Languages, the first one first.
    pub languages: Vec<String>,
}

/// An e-mail address in lower case. How a type of one's own goes to the server and comes back: by delegating.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Email(String);

impl Email {
    /// The address, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        text.contains('@').then(|| Self(text.to_lowercase()))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Encode for Email {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.0.encode()
    }
}

impl Encode for &Email {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.0.encode()
    }
}

impl Decode for Email {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let text: String = cell.decode()?;
        Self::new(&text).ok_or_else(|| DecodeError::new("expected an e-mail address"))
    }
}
