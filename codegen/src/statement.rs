//! What `parse` makes of one statement of a query file, and what `analyze` starts from.

use sqlparser::ast;

use crate::span::Span;

/// What a generated function does with the statement, as the annotation after the name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// `:one`: exactly one row, anything else is an error.
    One,
    /// `:opt`: no row or one.
    Opt,
    /// `:many`: all rows in a `Vec`.
    Many,
    /// `:stream`: an iterator that borrows the connection.
    Stream,
    /// `:exec`: nothing.
    Exec,
    /// `:execrows`: the number of rows affected.
    ExecRows,
    /// `:execlastid`: the value of the AUTO_INCREMENT column.
    ExecLastId,
    /// `:execresult`: everything that the server says of a write.
    ExecResult,
    /// `:batch`: one call with many parameter rows, answers the number of rows affected.
    Batch,
}

impl Command {
    /// Every command, in the order of the documentation.
    pub const ALL: [Command; 9] = [
        Command::One,
        Command::Opt,
        Command::Many,
        Command::Stream,
        Command::Exec,
        Command::ExecRows,
        Command::ExecLastId,
        Command::ExecResult,
        Command::Batch,
    ];

    /// The annotation without its colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Command::One => "one",
            Command::Opt => "opt",
            Command::Many => "many",
            Command::Stream => "stream",
            Command::Exec => "exec",
            Command::ExecRows => "execrows",
            Command::ExecLastId => "execlastid",
            Command::ExecResult => "execresult",
            Command::Batch => "batch",
        }
    }

    /// Whether the function returns rows of the statement.
    pub fn returns_rows(self) -> bool {
        match self {
            Command::One | Command::Opt | Command::Many | Command::Stream => true,
            Command::Exec
            | Command::ExecRows
            | Command::ExecLastId
            | Command::ExecResult
            | Command::Batch => false,
        }
    }
}

/// Something the author wrote, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// One statement of a query file.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The name from `-- name:`, a snake_case Rust identifier.
    pub name: Spanned<String>,
    /// The SQL from its first to its last token.
    pub span: Span,
    /// The plain comment lines under the name, without `--` and one space.
    pub docs: Vec<String>,
    /// The annotation, where one is written.
    pub command: Option<Spanned<Command>>,
    /// The text for the server, in pieces. Joined with `?` for each placeholder it is what PREPARE gets.
    pub sql: Vec<Piece>,
    /// The distinct parameters, in order of first use.
    pub params: Vec<Parameter>,
    /// Every placeholder in the order of the text. The AST holds the n-th one as
    /// `Value::Placeholder("?n")`, counted from 0.
    pub placeholders: Vec<Placeholder>,
    /// `-- @column name: Type` lines.
    pub column_types: Vec<ColumnType>,
    /// Table aliases whose rows become nested structs: `-- @embed u, p` and `sqlc.embed(u)`.
    pub embeds: Vec<Spanned<String>>,
    /// `-- @row Name`.
    pub row_name: Option<Spanned<String>>,
    /// The syntax tree, or why there is none. Spans in the tree hold byte offsets of the file: every location has
    /// line 1, and as column the offset plus one.
    pub ast: Result<Box<ast::Statement>, Unparsed>,
}

/// A piece of the text for the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The author's text, byte for byte.
    Text(String),
    /// The placeholder with this index in [`Statement::placeholders`].
    Placeholder(usize),
}

/// A distinct parameter as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of `:name`; `None` for a bare `?`, which analysis names after the column it meets.
    pub name: Option<String>,
    /// Whether it stands for a list: `IN (:ids)`, `sqlc.slice(ids)`.
    pub list: bool,
    /// `:name?`, `sqlc.narg(name)` or a `-- @param` with an `Option`: the caller may pass NULL.
    pub nullable: bool,
    /// The Rust type of `-- @param name: Type`, without an `Option` around it.
    pub rust_type: Option<Spanned<String>>,
}

/// A place where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Index in [`Statement::params`].
    pub param: usize,
    /// Where it is written.
    pub span: Span,
}

/// A `-- @column name: Type` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnType {
    /// The result column's name.
    pub column: Spanned<String>,
    /// The Rust type, without an `Option` around it.
    pub rust_type: Spanned<String>,
    /// `Some(true)` where the author wrote `Option<...>`; `Some(false)` otherwise.
    pub nullable: bool,
}

/// Why a statement has no syntax tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unparsed {
    /// Where the parser stopped.
    pub span: Span,
    /// What it expected and found, in one sentence.
    pub message: String,
}

impl Statement {
    /// The text for PREPARE: one `?` for each placeholder, `(?, ?)` for a list of pairs.
    /// `arity` says how many values an element of the list at a parameter has (1 for scalars).
    pub fn prepare_text(&self, arity: impl Fn(usize) -> usize) -> String {
        let mut text = String::new();
        for piece in &self.sql {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Placeholder(index) => match arity(self.placeholders[*index].param) {
                    0 | 1 => text.push('?'),
                    n => {
                        text.push('(');
                        text.push_str(&vec!["?"; n].join(", "));
                        text.push(')');
                    }
                },
            }
        }
        text
    }
}
