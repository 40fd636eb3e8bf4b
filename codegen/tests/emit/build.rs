//! Typed queries and tables in few words, as analysis and introspection would make them.

use porpoise_codegen::catalog::{
    Catalog, Check, Column, Family, ForeignKey, Index, IndexKind, IndexPart, IntWidth, Server, SqlType,
    Table, TableKind, TableName, TextKind,
};
use porpoise_codegen::lower::{Input, Lowered, QueryFile, lower};
use porpoise_codegen::statement::{
    ColumnType, Command, Parameter, Piece, Placeholder, Spanned, Statement, Unparsed,
};
use porpoise_codegen::typed::{
    Cardinality, Collection, Embedded, ManyRows, Nesting, Nullability, Origin, ParamShape, ParamType, Reason,
    TypedColumn, TypedParam, TypedQuery,
};
use porpoise_codegen::{Diagnostic, FileId, Generate, Sources, Span, Types};

pub fn int() -> SqlType {
    SqlType::INT
}

pub fn unsigned() -> SqlType {
    SqlType::Int { width: IntWidth::Int, unsigned: true }
}

pub fn varchar(length: u64) -> SqlType {
    SqlType::Text { kind: TextKind::Varchar, length: Some(length), charset: None, collation: None }
}

pub fn decimal(precision: u8, scale: u8) -> SqlType {
    SqlType::Decimal { precision, scale, unsigned: false }
}

pub fn enumeration(values: &[&str]) -> SqlType {
    SqlType::Enum { values: values.iter().map(|&value| value.to_owned()).collect() }
}

pub fn set(values: &[&str]) -> SqlType {
    SqlType::Set { values: values.iter().map(|&value| value.to_owned()).collect() }
}

pub fn name(name: &str) -> TableName {
    TableName { schema: None, name: name.to_owned() }
}

pub fn catalog(tables: Vec<Table>) -> Catalog {
    let server = Server {
        family: Family::MariaDb,
        version: (10, 11, 19),
        sql_mode: vec!["NO_ENGINE_SUBSTITUTION".to_owned(), "STRICT_TRANS_TABLES".to_owned()],
        lower_case_table_names: 0,
        collation: "utf8mb4_general_ci".to_owned(),
    };
    Catalog { server, tables, routines: Vec::new() }
}

pub fn table(table: &str, columns: Vec<Column>) -> Table {
    Table {
        name: name(table),
        kind: TableKind::Base,
        comment: String::new(),
        columns,
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        triggers: Vec::new(),
    }
}

pub fn column(name: &str, ty: SqlType) -> Column {
    Column {
        name: name.to_owned(),
        ty,
        nullable: false,
        default: None,
        on_update: None,
        generated: None,
        auto_increment: false,
        invisible: false,
        comment: String::new(),
    }
}

pub fn nullable(name: &str, ty: SqlType) -> Column {
    Column { nullable: true, ..column(name, ty) }
}

pub fn index(name: &str, kind: IndexKind, columns: &[&str]) -> Index {
    let part = |name: &&str| IndexPart::Column { name: (*name).to_owned(), prefix: None, descending: false };
    Index { name: name.to_owned(), kind, parts: columns.iter().map(part).collect(), invisible: false }
}

pub fn foreign_key(key: &str, columns: &[&str], references: &str) -> ForeignKey {
    ForeignKey {
        name: key.to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        references: name(references),
        referenced_columns: vec!["id".to_owned()],
        on_delete: "RESTRICT".to_owned(),
        on_update: "RESTRICT".to_owned(),
    }
}

pub fn check(name: &str, expression: &str) -> Check {
    Check { name: name.to_owned(), expression: expression.to_owned(), enforced: true }
}

/// Query files under construction.
pub struct Files<'a> {
    pub catalog: &'a Catalog,
    pub sources: Sources,
    pub files: Vec<QueryFile>,
}

impl<'a> Files<'a> {
    pub fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, sources: Sources::new(), files: Vec::new() }
    }

    /// A file with queries, each of which is given the place where its text stands.
    pub fn file(mut self, path: &str, queries: Vec<Query>) -> Self {
        let mut text = String::new();
        let starts: Vec<usize> = queries
            .iter()
            .map(|query| {
                text.push_str(&format!("-- name: {} :{}\n", query.name, query.command.as_str()));
                let start = text.len();
                text.push_str(&query.sql);
                text.push_str(";\n\n");
                start
            })
            .collect();
        let file = self.sources.add(path, text);
        let queries = queries.into_iter().zip(starts);
        let mut written = QueryFile::new(file);
        written.queries = queries.map(|(query, start)| query.typed(self.catalog, file, start)).collect();
        self.files.push(written);
        self
    }

    pub fn lower(&self, types: &Types, generate: &Generate) -> (Lowered, Vec<Diagnostic>) {
        lower(&Input {
            catalog: self.catalog,
            as_told: self.catalog,
            fingerprint: "0123456789abcdef",
            files: &self.files,
            types,
            generate,
            sources: &self.sources,
        })
    }

    /// The generated code where nothing may be wrong.
    #[track_caller]
    pub fn lower_well(&self, types: &Types, generate: &Generate) -> Lowered {
        let (lowered, diagnostics) = self.lower(types, generate);
        assert_eq!(diagnostics, []);
        lowered
    }
}

/// A query under construction.
pub struct Query {
    name: String,
    command: Command,
    sql: String,
    docs: Vec<String>,
    columns: Vec<ColumnSpec>,
    embeds: Vec<(String, usize, usize, bool)>,
    outer_key: Option<Vec<usize>>,
    collections: Vec<CollectionSpec>,
    params: Vec<(String, ParamShape, Option<String>)>,
    reads: Vec<TableName>,
    writes: Vec<TableName>,
    locks: bool,
    last_id: Option<SqlType>,
    many: Option<ManyRows>,
    row_name: Option<String>,
    params_name: Option<String>,
}

struct CollectionSpec {
    name: String,
    within: Option<usize>,
    columns: Vec<usize>,
    key: Vec<usize>,
}

struct ColumnSpec {
    name: String,
    ty: SqlType,
    nullable: Option<String>,
    origin: Option<Origin>,
    rust_type: Option<String>,
    written: String,
}

/// A query; `:name` in the text is a parameter, and so is a bare `?`, named by its turn.
pub fn query(name: &str, command: Command, sql: &str) -> Query {
    Query {
        name: name.to_owned(),
        command,
        sql: sql.to_owned(),
        docs: Vec::new(),
        columns: Vec::new(),
        embeds: Vec::new(),
        outer_key: None,
        collections: Vec::new(),
        params: Vec::new(),
        reads: Vec::new(),
        writes: Vec::new(),
        locks: false,
        last_id: None,
        many: None,
        row_name: None,
        params_name: None,
    }
}

impl Query {
    pub fn docs(mut self, docs: &[&str]) -> Self {
        self.docs = docs.iter().map(|&line| line.to_owned()).collect();
        self
    }

    /// An expression's column. `nullable` says why it can be NULL; empty where it cannot.
    pub fn expression(mut self, name: &str, ty: SqlType, nullable: &str) -> Self {
        self.columns.push(ColumnSpec {
            name: name.to_owned(),
            ty,
            nullable: Some(nullable.to_owned()).filter(|reason| !reason.is_empty()),
            origin: None,
            rust_type: None,
            written: name.to_owned(),
        });
        self
    }

    /// A column of a table, as it is; `written` is the select item, whose place the column is given.
    pub fn column(mut self, catalog: &Catalog, origin: &str, written: &str) -> Self {
        let (table, name) = origin.split_once('.').unwrap();
        let table = catalog.table(None, table).unwrap();
        let column = table.column(name).unwrap();
        self.columns.push(ColumnSpec {
            name: column.name.clone(),
            ty: column.ty.clone(),
            nullable: column.nullable.then(|| format!("the column `{}` can be", column.name)),
            origin: Some(Origin { table: table.name.clone(), column: column.name.clone() }),
            rust_type: None,
            written: written.to_owned(),
        });
        self
    }

    /// All visible columns of a table.
    pub fn whole(mut self, catalog: &Catalog, table: &str, written: &str) -> Self {
        for column in catalog.table(None, table).unwrap().columns.iter().filter(|column| !column.invisible) {
            self = self.column(catalog, &format!("{table}.{}", column.name), written);
        }
        self
    }

    /// The type of `-- @column` for the column before.
    pub fn rust_type(mut self, rust_type: &str) -> Self {
        self.columns.last_mut().unwrap().rust_type = Some(rust_type.to_owned());
        self
    }

    /// The whole row of a table as a nested struct.
    pub fn embed(mut self, catalog: &Catalog, name: &str, table: &str, optional: bool) -> Self {
        let start = self.columns.len();
        self = self.whole(catalog, table, &format!("{name}.*"));
        self.embeds.push((name.to_owned(), start, self.columns.len(), optional));
        self
    }

    /// Which columns tell outer rows apart where there are collections.
    pub fn outer_key(mut self, key: &[usize]) -> Self {
        self.outer_key = Some(key.to_vec());
        self
    }

    /// A collection in the outer rows or in an earlier one; its type's name may stand behind a colon.
    pub fn nest(mut self, name: &str, within: Option<usize>, columns: &[usize], key: &[usize]) -> Self {
        self.collections.push(CollectionSpec {
            name: name.to_owned(),
            within,
            columns: columns.to_vec(),
            key: key.to_vec(),
        });
        self
    }

    pub fn param(mut self, name: &str, ty: SqlType) -> Self {
        let ty = ParamType { ty, nullable: false, origin: None, met: Vec::new() };
        self.params.push((name.to_owned(), ParamShape::Scalar(ty), None));
        self
    }

    /// A parameter that meets a column, with its type and nullability.
    pub fn param_of(mut self, catalog: &Catalog, name: &str, origin: &str) -> Self {
        self.params.push((name.to_owned(), ParamShape::Scalar(param_of(catalog, origin)), None));
        self
    }

    pub fn list(mut self, name: &str, ty: SqlType) -> Self {
        let ty = ParamType { ty, nullable: false, origin: None, met: Vec::new() };
        self.params.push((name.to_owned(), ParamShape::List(ty), None));
        self
    }

    pub fn list_of(mut self, catalog: &Catalog, name: &str, origin: &str) -> Self {
        self.params.push((name.to_owned(), ParamShape::List(param_of(catalog, origin)), None));
        self
    }

    pub fn tuples(mut self, name: &str, types: Vec<SqlType>) -> Self {
        let types = types
            .into_iter()
            .map(|ty| ParamType { ty, nullable: false, origin: None, met: Vec::new() })
            .collect();
        self.params.push((name.to_owned(), ParamShape::Tuples(types), None));
        self
    }

    /// A parameter of any shape.
    pub fn shape(mut self, name: &str, shape: ParamShape) -> Self {
        self.params.push((name.to_owned(), shape, None));
        self
    }

    /// `-- @params`.
    pub fn params_named(mut self, name: &str) -> Self {
        self.params_name = Some(name.to_owned());
        self
    }

    /// The type of `-- @param` for the parameter before.
    pub fn param_type(mut self, rust_type: &str) -> Self {
        self.params.last_mut().unwrap().2 = Some(rust_type.to_owned());
        self
    }

    pub fn reads(mut self, tables: &[&str]) -> Self {
        self.reads = tables.iter().map(|table| name(table)).collect();
        self
    }

    pub fn writes(mut self, tables: &[&str]) -> Self {
        self.writes = tables.iter().map(|table| name(table)).collect();
        self
    }

    /// `FOR UPDATE` and the like.
    pub fn locks(mut self) -> Self {
        self.locks = true;
        self
    }

    pub fn last_id(mut self, ty: SqlType) -> Self {
        self.last_id = Some(ty);
        self
    }

    /// What analysis says of running it for many rows.
    pub fn many(mut self, many: ManyRows) -> Self {
        self.many = Some(many);
        self
    }

    pub fn row(mut self, name: &str) -> Self {
        self.row_name = Some(name.to_owned());
        self
    }

    fn typed(self, _catalog: &Catalog, file: FileId, start: usize) -> TypedQuery {
        let sql = self.sql.as_str();
        let at = |range: std::ops::Range<usize>| Span::new(file, start + range.start, start + range.end);
        let (pieces, placeholders) = pieces(&self, file, start);
        let whole = at(0..sql.len());
        let place = |text: &str| sql.find(text).map_or(whole, |found| at(found..found + text.len()));
        let spanned = |text: &str| Spanned { value: text.to_owned(), span: place(text) };
        let column_types = self.columns.iter().filter_map(|column| {
            let rust_type = column.rust_type.as_deref()?;
            Some(ColumnType { column: spanned(&column.name), rust_type: spanned(rust_type), nullable: false })
        });
        let statement = Statement {
            name: Spanned { value: self.name.clone(), span: whole },
            span: whole,
            docs: self.docs.clone(),
            command: Some(Spanned { value: self.command, span: whole }),
            sql: pieces,
            written: Default::default(),
            params: self
                .params
                .iter()
                .map(|(name, shape, rust_type)| Parameter {
                    name: Some(name.clone()),
                    list: !matches!(shape, ParamShape::Scalar(_)),
                    nullable: false,
                    rust_type: rust_type.as_deref().map(spanned),
                })
                .collect(),
            placeholders,
            column_types: column_types.collect(),
            embeds: Vec::new(),
            nests: Vec::new(),
            row_name: self.row_name.as_deref().map(spanned),
            params_name: self.params_name.as_deref().map(spanned),
            returns: Vec::new(),
            items: Vec::new(),
            dynamic: None,
            ast: Err(Unparsed { span: whole, message: "not parsed in this test".to_owned() }),
        };
        let collection = |spec: CollectionSpec| {
            let (name, ty) =
                spec.name.split_once(':').map_or((&*spec.name, None), |(name, ty)| (name, Some(ty)));
            Collection {
                name: spanned(name),
                within: spec.within,
                columns: spec.columns,
                key: spec.key,
                distinct: false,
                optional: true,
                row_name: ty.map(spanned),
            }
        };
        let collections: Vec<Collection> = self.collections.into_iter().map(collection).collect();
        let columns: Vec<TypedColumn> = self
            .columns
            .into_iter()
            .map(|column| TypedColumn {
                span: place(&column.written),
                name: column.name,
                ty: column.ty,
                nullability: match column.nullable {
                    Some(text) => Nullability::Nullable(Reason { text, span: None }),
                    None => Nullability::NonNull,
                },
                origin: column.origin,
                rust_type: column.rust_type,
            })
            .collect();
        let cardinality = match self.command {
            Command::One => Cardinality::One,
            Command::Opt => Cardinality::Opt,
            Command::Many | Command::Stream => Cardinality::Many,
            Command::Exec
            | Command::ExecRows
            | Command::ExecOne
            | Command::ExecVersion
            | Command::ExecLastId
            | Command::ExecResult
            | Command::Batch
            | Command::CopyFrom => Cardinality::Exec,
        };
        // As analysis divides it: the texts of these tests have one row and nothing behind it.
        let text = statement.prepare_text(|_| 1);
        let many = match (self.command, self.many) {
            (_, Some(many)) => Some(many),
            (Command::Batch, None) => Some(match text.split_once("VALUES ") {
                Some((head, row)) => ManyRows::Rows {
                    head: format!("{head}VALUES "),
                    row: row.to_owned(),
                    tail: String::new(),
                    ignore: false,
                },
                None => ManyRows::Together,
            }),
            (_, None) => None,
        };
        TypedQuery {
            called: None,
            statement,
            command: self.command,
            cardinality,
            columns,
            embeds: self
                .embeds
                .into_iter()
                .map(|(name, start, end, optional)| Embedded { name, columns: start..end, optional })
                .collect(),
            nesting: self.outer_key.map(|key| Nesting { key, collections }),
            params: self
                .params
                .into_iter()
                .map(|(name, shape, rust_type)| TypedParam { name, shape, rust_type })
                .collect(),
            read_only: self.writes.is_empty() && !self.locks,
            reads: self.reads,
            writes: self.writes,
            last_id: self.last_id,
            many,
        }
    }
}

fn param_of(catalog: &Catalog, origin: &str) -> ParamType {
    let (table, column) = origin.split_once('.').unwrap();
    let column = catalog.table(None, table).unwrap().column(column).unwrap();
    let origin = Origin { table: name(table), column: column.name.clone() };
    ParamType {
        ty: column.ty.clone(),
        nullable: column.nullable,
        met: vec![origin.clone()],
        origin: Some(origin),
    }
}

/// Splits at `:name` for each declared parameter, and at `?`.
fn pieces(query: &Query, file: FileId, start: usize) -> (Vec<Piece>, Vec<Placeholder>) {
    let sql = query.sql.as_str();
    let (mut pieces, mut placeholders, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut position = 0;
    let mut bare = 0;
    while let Some(c) = sql[position..].chars().next() {
        let rest = &sql[position..];
        let named = query
            .params
            .iter()
            .position(|(name, _, _)| rest.strip_prefix(':').is_some_and(|rest| word(rest) == name));
        let found = match (c, named) {
            (':', Some(param)) => Some((param, query.params[param].0.len() + 1)),
            ('?', _) => {
                bare += 1;
                Some((bare - 1, 1))
            }
            _ => None,
        };
        match found {
            Some((param, length)) => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Placeholder(placeholders.len()));
                let span = Span::new(file, start + position, start + position + length);
                placeholders.push(Placeholder { param, span });
                position += length;
            }
            None => {
                text.push(c);
                position += c.len_utf8();
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    (pieces, placeholders)
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}
