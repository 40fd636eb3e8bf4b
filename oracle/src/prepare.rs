//! What the server says at PREPARE beside what the analysis says: parameters, number of columns, and types.

use porpoise_codegen::catalog::{Family, PreparedAnswer, SqlType};
use porpoise_codegen::typed::{ParamShape, TypedColumn, TypedQuery};
use porpoise_codegen::{Diagnostic, verify};

use crate::report::Fault;

/// A difference: its kind, the column that it is about, and what it is.
pub(crate) struct Difference {
    pub(crate) fault: Fault,
    pub(crate) column: Option<usize>,
    pub(crate) text: String,
}

/// All differences between an analysed statement and the server's answer.
pub(crate) fn differences(query: &TypedQuery, answer: &PreparedAnswer, family: Family) -> Vec<Difference> {
    let mut found = Vec::new();
    // What a build with a server would say.
    for finding in verify::verify(query, answer, family) {
        let fault = match finding.code {
            "parameter-count" | "parameter-type" => Fault::Parameters,
            "column-count" | "column-order" => Fault::Columns,
            // Compared in more detail below.
            _ => continue,
        };
        found.push(Difference { fault, column: None, text: shown(&finding) });
    }
    if answer.columns.len() != query.columns.len() {
        return found;
    }
    for (index, (ours, theirs)) in query.columns.iter().zip(&answer.columns).enumerate() {
        // The result depends on what is passed, and the server decides again at execution.
        if has_placeholder(query, ours) {
            continue;
        }
        if !same_name(&ours.name, &theirs.name) {
            let text = format!("we name it `{}`, the server `{}`", ours.name, theirs.name);
            found.push(Difference { fault: Fault::Columns, column: Some(index), text });
        }
        if !same_type(&ours.ty, &theirs.ty, family) {
            let text = format!("ours {}, the server's {}", brief(&ours.ty), brief(&theirs.ty));
            found.push(Difference { fault: Fault::Type, column: Some(index), text });
        }
    }
    found
}

/// A finding in one line.
pub(crate) fn shown(finding: &Diagnostic) -> String {
    let labels: Vec<&str> =
        finding.labels.iter().map(|label| label.text.as_str()).filter(|text| !text.is_empty()).collect();
    match labels.is_empty() {
        true => format!("{}: {}", finding.code, finding.message),
        false => format!("{}: {} ({})", finding.code, finding.message, labels.join("; ")),
    }
}

/// Whether names are the same. An expression without an alias is named by its text, of which blanks, case and needless
/// parentheses do not matter to anybody.
fn same_name(ours: &str, theirs: &str) -> bool {
    let bare = |name: &str| {
        name.chars().filter(|c| !c.is_whitespace() && !"()`".contains(*c)).collect::<String>().to_lowercase()
    };
    ours == theirs || ours == theirs.trim_end_matches(['!', '?']) || bare(ours) == bare(theirs)
}

fn has_placeholder(query: &TypedQuery, column: &TypedColumn) -> bool {
    let within =
        |span: porpoise_codegen::Span| span.start >= column.span.start && span.end <= column.span.end;
    query.statement.placeholders.iter().any(|place| within(place.span))
}

/// Whether two types are the same but for lengths. Of DECIMAL only ours being smaller is a difference.
fn same_type(ours: &SqlType, theirs: &SqlType, family: Family) -> bool {
    match (ours, theirs) {
        (
            SqlType::Decimal { precision, scale, unsigned },
            SqlType::Decimal { precision: their_precision, scale: their_scale, unsigned: their_unsigned },
        ) => {
            scale >= their_scale
                && precision.saturating_sub(*scale) >= their_precision.saturating_sub(*their_scale)
                && (!unsigned || *their_unsigned)
        }
        // MariaDB's JSON is text, and its UUID and INET are too on the wire.
        (SqlType::Json, SqlType::Text { .. }) => family == Family::MariaDb,
        (SqlType::Uuid | SqlType::Inet4 | SqlType::Inet6, SqlType::Text { .. } | SqlType::Bytes { .. }) => {
            true
        }
        // Only columns of tables keep the (1); it says nothing of the values.
        (SqlType::Bool { unsigned }, SqlType::Int { width, unsigned: their_unsigned }) => {
            *width == porpoise_codegen::catalog::IntWidth::Tiny && unsigned == their_unsigned
        }
        (ours, theirs) => brief(ours) == brief(theirs),
    }
}

/// A type without its length and members.
pub(crate) fn brief(ty: &SqlType) -> String {
    match ty {
        SqlType::Text { .. } => "text".to_owned(),
        SqlType::Bytes { .. } => "bytes".to_owned(),
        SqlType::Enum { .. } => "enum".to_owned(),
        SqlType::Set { .. } => "set".to_owned(),
        SqlType::Bit { .. } => "bit".to_owned(),
        SqlType::Vector { .. } => "vector".to_owned(),
        SqlType::Geometry { .. } => "geometry".to_owned(),
        SqlType::Float { .. } => "float".to_owned(),
        SqlType::Double { .. } => "double".to_owned(),
        SqlType::Null
        | SqlType::Bool { .. }
        | SqlType::Int { .. }
        | SqlType::Decimal { .. }
        | SqlType::Date
        | SqlType::DateTime { .. }
        | SqlType::Timestamp { .. }
        | SqlType::Time { .. }
        | SqlType::Year
        | SqlType::Json
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6 => ty.sql(),
    }
}

/// The parameters of a query in one line, as the battery's `-- params:` lines have them: `id: int unsigned,
/// note: varchar(10)?, ids: [int]`. A question mark says that NULL may be passed.
pub(crate) fn parameters(query: &TypedQuery) -> String {
    let one = |param: &porpoise_codegen::typed::ParamType| {
        format!("{}{}", param.ty.sql(), if param.nullable { "?" } else { "" })
    };
    let shown: Vec<String> = query
        .params
        .iter()
        .map(|param| match &param.shape {
            ParamShape::Scalar(ty) => format!("{}: {}", param.name, one(ty)),
            ParamShape::List(ty) => format!("{}: [{}]", param.name, one(ty)),
            ParamShape::Tuples(types) => {
                let types: Vec<String> = types.iter().map(one).collect();
                format!("{}: [({})]", param.name, types.join(", "))
            }
        })
        .collect();
    shown.join(", ")
}
