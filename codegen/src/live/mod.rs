//! The live server: connecting, reading the schema, and asking PREPARE what it makes of a statement. This is the only
//! part of the generator that talks to a server, and it executes nothing but its own queries of
//! `information_schema`. What to do with the answers is for others to say.

mod column_type;
mod connect;
mod introspect;
mod literal;
mod option_file;
mod prepare;
mod record;
mod schema_name;
mod session;
mod wire_type;

pub use connect::{ConnectOptions, Connection, connect};
pub use introspect::introspect;

pub use prepare::{ServerRefusal, prepare};
pub use session::pin;
