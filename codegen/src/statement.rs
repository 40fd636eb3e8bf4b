//! What `parse` makes of one statement of a query file, and what `analyze` starts from.

use std::ops::Range;
use std::sync::Arc;

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
    /// `:execone`: nothing, and an error unless just one row was met.
    ExecOne,
    /// `:execversion`: the same, where a row that is not met was changed by somebody else.
    ExecVersion,
    /// `:execlastid`: the value of the AUTO_INCREMENT column.
    ExecLastId,
    /// `:execresult`: everything that the server says of a write.
    ExecResult,
    /// `:batch`: one call with many parameter rows, answers the number of rows affected.
    Batch,
    /// `:copyfrom`: an INSERT as LOAD DATA, fed from an iterator.
    CopyFrom,
}

impl Command {
    /// Every command, in the order of the documentation.
    pub const ALL: [Command; 12] = [
        Command::One,
        Command::Opt,
        Command::Many,
        Command::Stream,
        Command::Exec,
        Command::ExecRows,
        Command::ExecOne,
        Command::ExecVersion,
        Command::ExecLastId,
        Command::ExecResult,
        Command::Batch,
        Command::CopyFrom,
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
            Command::ExecOne => "execone",
            Command::ExecVersion => "execversion",
            Command::ExecLastId => "execlastid",
            Command::ExecResult => "execresult",
            Command::Batch => "batch",
            Command::CopyFrom => "copyfrom",
        }
    }

    /// Whether the function returns rows of the statement.
    pub fn returns_rows(self) -> bool {
        match self {
            Command::One | Command::Opt | Command::Many | Command::Stream => true,
            Command::Exec
            | Command::ExecRows
            | Command::ExecOne
            | Command::ExecVersion
            | Command::ExecLastId
            | Command::ExecResult
            | Command::Batch
            | Command::CopyFrom => false,
        }
    }

    /// Whether the function takes many rows of parameters.
    pub fn takes_rows(self) -> bool {
        match self {
            Command::Batch | Command::CopyFrom => true,
            Command::One
            | Command::Opt
            | Command::Many
            | Command::Stream
            | Command::Exec
            | Command::ExecRows
            | Command::ExecOne
            | Command::ExecVersion
            | Command::ExecLastId
            | Command::ExecResult => false,
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
    /// The text for the server, in pieces. Joined with `?` for each placeholder it is what PREPARE gets. Analysis
    /// writes the columns that it knows in place of `*`.
    pub sql: Vec<Piece>,
    /// What `sql` is made of.
    pub written: Written,
    /// The distinct parameters, in order of first use.
    pub params: Vec<Parameter>,
    /// Every placeholder in the order of the text. The AST holds the n-th one as
    /// `Value::Placeholder("?n")`, counted from 0.
    pub placeholders: Vec<Placeholder>,
    /// `-- @column name: Type` lines.
    pub column_types: Vec<ColumnType>,
    /// Table aliases whose rows become nested structs: `-- @embed u, p` and `sqlc.embed(u)`.
    pub embeds: Vec<Spanned<String>>,
    /// `-- @nest p as posts` lines.
    pub nests: Vec<Nest>,
    /// `-- @row Name`.
    pub row_name: Option<Spanned<String>>,
    /// `-- @params Name`.
    pub params_name: Option<Spanned<String>>,
    /// The results of a CALL: `-- @returns field Type(column: Type, ...)`.
    pub returns: Vec<Returned>,
    /// The items of all select lists, sorted by where they begin; none where there is no tree.
    pub items: Vec<Item>,
    /// What of it depends on arguments: `-- @if :x`, `-- @order :sort (...)`.
    pub dynamic: Option<Arc<Dynamic>>,
    /// The syntax tree, or why there is none. Spans in the tree hold byte offsets of the file: every location has
    /// line 1, and as column the offset plus one.
    pub ast: Result<Box<ast::Statement>, Unparsed>,
}

/// A `-- @returns` line: a result of a procedure, which no server tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The field that holds its rows.
    pub field: Spanned<String>,
    /// The struct of a row.
    pub row: Spanned<String>,
    /// Its columns, in order.
    pub columns: Vec<ColumnType>,
}

/// A `-- @nest aliases as field in parent: Type` line: columns of joined tables become a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nest {
    /// All of it.
    pub span: Span,
    /// The aliases of the tables; at least one.
    pub aliases: Vec<Spanned<String>>,
    /// What the collection is called.
    pub field: Spanned<String>,
    /// The collection in which it stands, by its name or an alias of it; `None` for the outer rows.
    pub parent: Option<Spanned<String>>,
    /// What its elements' type is called.
    pub row_name: Option<Spanned<String>>,
}

/// An item of a select list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its bytes, as offsets in the file, with its alias.
    pub range: Range<usize>,
    /// The name that the server gives to its column where it has no alias.
    pub name: String,
}

/// The author's text of a statement, and what the server gets in place of parts of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The offset of its first byte in the file.
    pub start: usize,
    /// What takes the place of which bytes of the file, in any order.
    pub edits: Vec<Edit>,
}

/// What takes the place of some of the author's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes, as offsets in the file.
    pub range: Range<usize>,
    /// What the server gets for them.
    pub with: With,
}

/// What the server gets for some of the author's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum With {
    /// The placeholder with this index in [`Statement::placeholders`].
    Placeholder(usize),
    /// The same between two texts.
    Wrapped {
        /// The placeholder's index.
        placeholder: usize,
        /// What stands before it.
        before: &'static str,
        /// What stands behind it.
        after: &'static str,
    },
    /// This text.
    Text(String),
    /// Nothing: here begins the fragment with this index in [`Dynamic::fragments`].
    Open(usize),
    /// Nothing: here ends the fragment.
    Close(usize),
    /// What is chosen by [`Dynamic::choices`] at this index.
    Choice(usize),
}

/// A piece of the text for the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The author's text, byte for byte.
    Text(String),
    /// The placeholder with this index in [`Statement::placeholders`].
    Placeholder(usize),
    /// Here begins the fragment with this index in [`Dynamic::fragments`].
    Open(usize),
    /// Here ends the fragment.
    Close(usize),
    /// What is chosen by [`Dynamic::choices`] at this index.
    Choice(usize),
}

/// The parts of a statement that depend on arguments, and the statements that it can so be.
#[derive(Clone, Debug, Default)]
pub struct Dynamic {
    /// What decides about fragments, in the order of the text: names of parameters.
    pub switches: Vec<Switch>,
    /// The fragments, those around others first.
    pub fragments: Vec<Fragment>,
    /// `-- @order :sort (...)`.
    pub choices: Vec<Choice>,
    /// The statements that the text can be, but for the one with all fragments and the first of each choice, which is
    /// the statement itself.
    pub variants: Vec<Variant>,
}

/// What decides about fragments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The parameter's name.
    pub name: Spanned<String>,
    /// Its index in [`Statement::params`], where it has a value that is sent; otherwise it is a `bool`.
    pub param: Option<usize>,
}

/// A part of the text that is sent only when the argument is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Index in [`Dynamic::switches`].
    pub switch: usize,
    /// Its bytes, as offsets in the file.
    pub range: Range<usize>,
    /// The directive.
    pub span: Span,
}

/// A place where one of several texts is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The parameter's name.
    pub name: Spanned<String>,
    /// At least one; names are distinct.
    pub options: Vec<ChoiceOption>,
    /// The bytes of the directive, as offsets in the file.
    pub range: Range<usize>,
}

/// One of the texts of a [`Choice`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What it is called, in snake_case.
    pub name: String,
    /// What is sent.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// One of the statements that a text can be.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Which switches are on.
    pub on: Vec<bool>,
    /// Which option of each choice is taken.
    pub picks: Vec<usize>,
    /// The statement, without anything dynamic. Its places are those of the whole text.
    pub statement: Statement,
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

impl Written {
    /// The text for the server with further edits. One of `more` takes the place of those that it overlaps.
    pub fn pieces(&self, more: &[Edit]) -> Vec<Piece> {
        let overlaps = |edit: &Edit| {
            more.iter().any(|new| new.range.start < edit.range.end && edit.range.start < new.range.end)
        };
        // What it stands in for may begin before it: `sqlc.embed(t)`, of which the tree has `t.*` only.
        let widened = more.iter().map(|new| {
            let mut range = new.range.clone();
            let around = |edit: &&Edit| !new.range.is_empty() && edit.range.contains(&new.range.start);
            for edit in self.edits.iter().filter(around) {
                range = range.start.min(edit.range.start)..range.end.max(edit.range.end);
            }
            (range, &new.with)
        });
        let kept = self.edits.iter().filter(|edit| !overlaps(edit));
        let mut edits: Vec<(Range<usize>, &With)> =
            kept.map(|edit| (edit.range.clone(), &edit.with)).chain(widened).collect();
        // Where a fragment begins and ends comes before what takes the place.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let end = self.start + self.text.len();
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut at = self.start;
        for (range, with) in edits {
            if range.start < at || range.end > end {
                continue;
            }
            text.push_str(&self.text[at - self.start..range.start - self.start]);
            at = range.end;
            let (piece, after) = match with {
                With::Text(new) => {
                    text.push_str(new);
                    continue;
                }
                With::Placeholder(index) => (Piece::Placeholder(*index), ""),
                With::Wrapped { placeholder, before, after } => {
                    text.push_str(before);
                    (Piece::Placeholder(*placeholder), *after)
                }
                With::Open(index) => (Piece::Open(*index), ""),
                With::Close(index) => (Piece::Close(*index), ""),
                With::Choice(index) => (Piece::Choice(*index), ""),
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(piece);
            text.push_str(after);
        }
        text.push_str(&self.text[at - self.start..]);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces
    }

    /// The author's bytes from one offset of the file to another.
    pub fn bytes(&self, range: Range<usize>) -> &str {
        let inside = range.start.checked_sub(self.start).zip(range.end.checked_sub(self.start));
        inside.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }
}

impl Statement {
    /// The placeholders that the text for the server has, by their index: all but those in whose place something else
    /// stands.
    pub fn sent_placeholders(&self) -> impl Iterator<Item = (usize, &Placeholder)> {
        self.sql.iter().filter_map(|piece| match piece {
            Piece::Placeholder(index) => Some((*index, self.placeholders.get(*index)?)),
            Piece::Text(_) | Piece::Open(_) | Piece::Close(_) | Piece::Choice(_) => None,
        })
    }

    /// The text for PREPARE: one `?` for each placeholder, `(?, ?)` for a list of pairs; with all fragments and the first
    /// of each choice. `arity` says how many values an element of the list at a parameter has (1 for scalars).
    pub fn prepare_text(&self, arity: impl Fn(usize) -> usize) -> String {
        let mut text = String::new();
        for piece in &self.sql {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Open(_) | Piece::Close(_) => {}
                Piece::Choice(index) => {
                    let choice = self.dynamic.as_ref().and_then(|dynamic| dynamic.choices.get(*index));
                    text.push_str(choice.map_or("", |choice| &choice.options[0].text));
                }
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
