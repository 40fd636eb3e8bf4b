//! MySQL's dialect of sqlparser with its silent misreadings put right.

use sqlparser::dialect::MySqlDialect;

/// The dialect.
pub(super) type Dialect = MySqlDialect;
