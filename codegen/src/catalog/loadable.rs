//! Loadable functions, of which `information_schema` does not tell what they take and give: they are declared in the
//! configuration, in the form of their CREATE FUNCTION with the parameters added.

use super::{ParameterMode, Routine, RoutineKind, RoutineParameter, SqlType};

/// A type by the name that declarations have for it.
type Named = (&'static str, fn() -> SqlType);

const TYPES: &[Named] = &[
    ("bytes", SqlType::bytes),
    ("date", || SqlType::Date),
    ("datetime", || SqlType::DateTime { fsp: 6 }),
    ("decimal", || SqlType::Decimal { precision: 28, scale: 10, unsigned: false }),
    ("integer", || SqlType::BIGINT),
    ("real", || SqlType::DOUBLE),
    ("string", SqlType::text),
    ("time", || SqlType::Time { fsp: 6 }),
];

/// The form of a declaration, for people.
pub(crate) const FORM: &str = "\"name(string, integer) returns real\", with `not null` at the end where it never \
     gives NULL; the types are string, bytes, integer, real, decimal, date, datetime and time";

/// Reads `name(type, ...) returns type [not null]`.
///
/// # Errors
/// What is wrong with it, in words.
pub(crate) fn loadable_function(text: &str) -> Result<Routine, String> {
    let lower = text.to_lowercase();
    let (head, tail) = lower.split_once(')').ok_or("there are no parentheses around its parameters")?;
    let (name, list) = head.split_once('(').ok_or("there are no parentheses around its parameters")?;
    let name = name.trim();
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$') {
        return Err(format!("`{name}` is not the name of a function"));
    }
    let words: Vec<&str> = list.split(',').map(str::trim).collect();
    let words: &[&str] = if words == [""] { &[] } else { &words };
    let parameters = words.iter().enumerate().map(|(index, word)| {
        let name = format!("argument_{}", index + 1);
        Ok(RoutineParameter { name, ty: sql_type(word)?, mode: ParameterMode::In })
    });
    let parameters = parameters.collect::<Result<Vec<_>, String>>()?;
    let tail: Vec<&str> = tail.split_whitespace().collect();
    let (returns, never_null) = match tail.as_slice() {
        ["returns", ty] => (sql_type(ty)?, false),
        ["returns", ty, "not", "null"] => (sql_type(ty)?, true),
        _ => return Err("after its parameters stands `returns` and a type".to_owned()),
    };
    Ok(Routine {
        schema: None,
        name: name.to_owned(),
        kind: RoutineKind::Function,
        parameters,
        returns: Some(returns),
        never_null,
        data_access: "NO SQL".to_owned(),
        comment: String::new(),
    })
}

fn sql_type(word: &str) -> Result<SqlType, String> {
    let known = TYPES.iter().find(|(name, _)| *name == word);
    known.map(|(_, ty)| ty()).ok_or_else(|| format!("`{word}` is not a type of a loadable function"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_says_name_parameters_and_result() {
        let routine = loadable_function("Distance(real, REAL) RETURNS real").unwrap();
        assert_eq!((routine.name.as_str(), routine.parameters.len()), ("distance", 2));
        assert_eq!((routine.returns, routine.never_null), (Some(SqlType::DOUBLE), false));
        let routine = loadable_function("now_ms() returns integer not null").unwrap();
        assert_eq!((routine.parameters.len(), routine.never_null), (0, true));
    }

    #[test]
    fn what_is_wrong_with_a_declaration_is_said() {
        let wrong = |text: &str| loadable_function(text).unwrap_err();
        assert_eq!(wrong("distance"), "there are no parentheses around its parameters");
        assert_eq!(wrong("f(varchar) returns real"), "`varchar` is not a type of a loadable function");
        assert_eq!(wrong("f(real)"), "after its parameters stands `returns` and a type");
        assert_eq!(wrong("f(real) returns text"), "`text` is not a type of a loadable function");
        assert_eq!(wrong("a b(real) returns real"), "`a b` is not the name of a function");
    }
}
