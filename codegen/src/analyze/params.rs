//! What the places where a parameter stands say about it, and what follows for the parameter.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalog::{Family, SqlType};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::{Edit, Statement, With};
use crate::typed::{Origin, ParamShape, ParamType, TypedParam};

use super::errors;
use super::merge;
use super::rust_types;
use super::value::{Cause, Null, OriginRef, Value, Why};

/// What a place expects of the expression that stands there.
#[derive(Clone, Debug, Default)]
pub(super) struct Expect<'a> {
    /// The type that a parameter here has.
    pub(super) ty: Option<Cow<'a, SqlType>>,
    /// The column that the parameter is compared with or assigned to.
    pub(super) origin: Option<OriginRef<'a>>,
    /// Whether the value is only combined with that column, as in `id + :x`, and is none of its values.
    pub(super) apart: bool,
    /// Whether NULL means something here.
    pub(super) nullable: bool,
    /// Whether the value is stored, so that only values of exactly this type will do.
    pub(super) assigned: bool,
    /// What to call a bare `?` that meets no column.
    pub(super) hint: Option<&'a str>,
}

impl<'a> Expect<'a> {
    /// Nothing known.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// A value of this type.
    pub(super) fn of(ty: SqlType) -> Self {
        Self { ty: Some(Cow::Owned(ty)), ..Self::default() }
    }

    /// A value to compare with or combine with another one.
    pub(super) fn like(value: &Value<'a>) -> Self {
        let ty = (*value.ty != SqlType::Null).then(|| value.ty.clone());
        Self { ty, origin: value.origin, ..Self::default() }
    }

    /// A value to be stored in a column.
    pub(super) fn assigned_to(origin: OriginRef<'a>) -> Self {
        Self {
            ty: Some(Cow::Borrowed(&origin.column.ty)),
            origin: Some(origin),
            // An AUTO_INCREMENT key takes NULL for "the next one", and so does a TIMESTAMP on some settings; a
            // caller who wants that says so by `:id?`.
            nullable: origin.column.nullable,
            assigned: true,
            apart: false,
            hint: None,
        }
    }

    /// The same, where NULL means something.
    pub(super) fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same for what is computed with, and is no value of the column.
    pub(super) fn apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// The same with a name for a bare `?`.
    pub(super) fn called(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// One place where a parameter stands.
#[derive(Clone, Debug)]
struct Use<'a> {
    span: Span,
    expect: Expect<'a>,
    /// Which value of a tuple, in `(a, b) IN (:pairs)`.
    element: usize,
}

/// What one pass over a statement collects about its parameters, and what the pass before found.
pub(super) struct Params<'a> {
    uses: Vec<Vec<Use<'a>>>,
    arity: Vec<usize>,
    known: Vec<Option<(SqlType, bool)>>,
    /// Placeholders that are decimals to compute with or to compare, and not just stored.
    decimals: BTreeSet<usize>,
}

impl<'a> Params<'a> {
    pub(super) fn new(statement: &Statement, known: Vec<Option<(SqlType, bool)>>) -> Self {
        let count = statement.params.len();
        Self { uses: vec![Vec::new(); count], arity: vec![1; count], known, decimals: BTreeSet::new() }
    }

    /// Notes that a parameter stands at a place, and says what is known of its value.
    pub(super) fn meet(
        &mut self,
        statement: &Statement,
        placeholder: usize,
        element: usize,
        expect: &Expect<'a>,
    ) -> Value<'a> {
        let Some(place) = statement.placeholders.get(placeholder) else {
            return Value::new(SqlType::Null, Null::Never);
        };
        let nullable_by_author = statement.params[place.param].nullable;
        self.uses[place.param].push(Use { span: place.span, expect: expect.clone(), element });
        self.arity[place.param] = self.arity[place.param].max(element + 1);
        let known = self.known.get(place.param).and_then(Option::as_ref);
        let ty = match (&expect.ty, known) {
            (_, Some((known, _))) => Cow::Owned(known.clone()),
            (Some(ty), None) => ty.clone(),
            (None, None) => Cow::Owned(SqlType::Null),
        };
        if matches!(*ty, SqlType::Decimal { .. }) && !expect.assigned && !statement.params[place.param].list {
            self.decimals.insert(placeholder);
        }
        let nullable = nullable_by_author || expect.nullable || known.is_some_and(|(_, nullable)| *nullable);
        let null = if nullable {
            Null::May(Why { cause: Cause::Parameter, span: Some(place.span) })
        } else {
            Null::Never
        };
        Value { ty, digits: None, null, origin: None }
    }

    /// What makes decimals of the placeholders that are decimals. The driver sends them as text, and with text MariaDB
    /// computes in DOUBLE; MySQL knows from PREPARE what they are. 35 digits before and 30 after the point lose
    /// nothing of what the column types of 28 digits hold.
    /// Source: `price * ?` with a text for `?` on both servers.
    pub(super) fn casts(&self, statement: &Statement, family: Family) -> Vec<Edit> {
        if family == Family::MySql {
            return Vec::new();
        }
        let places =
            self.decimals.iter().filter_map(|&index| Some((index, statement.placeholders.get(index)?)));
        places
            .map(|(placeholder, place)| Edit {
                range: place.span.range(),
                with: With::Wrapped { placeholder, before: "CAST(", after: " AS DECIMAL(65,30))" },
            })
            .collect()
    }

    /// What the pass before found of a placeholder: its type and whether it can be NULL.
    pub(super) fn known(&self, statement: &Statement, placeholder: usize) -> Option<(&SqlType, bool)> {
        let param = statement.placeholders.get(placeholder)?.param;
        let (ty, nullable) = self.known.get(param)?.as_ref()?;
        Some((ty, *nullable))
    }

    /// What is known after the pass, as the next pass wants it.
    pub(super) fn knowledge(&self, statement: &Statement, family: Family) -> Vec<Option<(SqlType, bool)>> {
        self.uses
            .iter()
            .zip(&statement.params)
            .map(|(uses, param)| {
                let nullable = param.nullable || uses.iter().any(|place| place.expect.nullable);
                let first: Vec<&Use<'a>> = uses.iter().filter(|place| place.element == 0).collect();
                let ty = match &param.rust_type {
                    Some(written) => {
                        rust_types::sql_type(&written.value).or_else(|| unify(&first, family).ok()?)
                    }
                    None => unify(&first, family).ok()?,
                };
                ty.map(|ty| (ty, nullable))
            })
            .collect()
    }

    /// The parameters with their types, or why some have none.
    pub(super) fn finish(self, statement: &Statement, family: Family) -> (Vec<TypedParam>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut names: Vec<String> = statement.params.iter().filter_map(|param| param.name.clone()).collect();
        let mut typed = Vec::new();
        for (index, param) in statement.params.iter().enumerate() {
            let uses = &self.uses[index];
            let name = match &param.name {
                Some(name) => name.clone(),
                None => {
                    let name = unique(positional_name(uses, index), &names);
                    names.push(name.clone());
                    name
                }
            };
            let mut elements = Vec::new();
            for element in 0..self.arity[index] {
                let places: Vec<&Use<'a>> = uses.iter().filter(|place| place.element == element).collect();
                let written = param.rust_type.as_ref().and_then(|ty| rust_types::sql_type(&ty.value));
                let ty = match (written, unify(&places, family)) {
                    (Some(ty), _) | (None, Ok(Some(ty))) => ty,
                    (None, Ok(None)) => match param.rust_type.as_ref() {
                        // A type of the author's own, where no place says what it is.
                        Some(_) => SqlType::Null,
                        None => {
                            let span = places
                                .first()
                                .map(|place| place.span)
                                .or_else(|| first_place(statement, index))
                                .unwrap_or(statement.span);
                            diagnostics.push(errors::untyped_parameter(&name, span, param.name.is_none()));
                            SqlType::Null
                        }
                    },
                    (None, Err((first, second))) if param.rust_type.is_none() => {
                        diagnostics.push(errors::parameter_conflict(
                            &name,
                            (first.span, first.expect.ty.as_deref()),
                            (second.span, second.expect.ty.as_deref()),
                        ));
                        SqlType::Null
                    }
                    (None, Err((first, _))) => first.expect.ty.as_deref().cloned().unwrap_or(SqlType::Null),
                };
                let nullable = param.nullable || places.iter().any(|place| place.expect.nullable);
                elements.push(ParamType {
                    ty,
                    nullable: nullable && !param.list,
                    origin: origin(&places),
                    met: met(&places),
                });
            }
            let shape = match (param.list, elements.len()) {
                (true, 2..) => ParamShape::Tuples(elements),
                (list, _) => {
                    let element = elements.swap_remove(0);
                    if list { ParamShape::List(element) } else { ParamShape::Scalar(element) }
                }
            };
            typed.push(TypedParam {
                name,
                shape,
                rust_type: param.rust_type.as_ref().map(|written| written.value.clone()),
            });
        }
        (typed, diagnostics)
    }
}

fn first_place(statement: &Statement, param: usize) -> Option<Span> {
    statement.placeholders.iter().find(|place| place.param == param).map(|place| place.span)
}

fn positional_name(uses: &[Use<'_>], index: usize) -> String {
    uses.iter()
        .find_map(|place| place.expect.origin.map(|origin| origin.column.name.clone()))
        .or_else(|| uses.iter().find_map(|place| place.expect.hint.map(str::to_owned)))
        .unwrap_or_else(|| format!("arg{}", index + 1))
}

fn unique(name: String, taken: &[String]) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let mut number = 2;
    loop {
        let candidate = format!("{name}_{number}");
        if !taken.contains(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// The one type that fits every place; `None` where no place says anything, the two places where they disagree.
fn unify<'u, 'a>(
    places: &[&'u Use<'a>],
    family: Family,
) -> Result<Option<SqlType>, (&'u Use<'a>, &'u Use<'a>)> {
    let mut chosen: Option<(SqlType, &'u Use<'a>)> = None;
    // What is stored decides; what is only compared must agree with it.
    let (stored, compared): (Vec<&Use<'a>>, Vec<&Use<'a>>) =
        places.iter().copied().partition(|place| place.expect.assigned);
    for place in stored.into_iter().chain(compared) {
        let Some(ty) = place.expect.ty.as_deref() else { continue };
        chosen = Some(match chosen {
            None => (ty.clone(), place),
            Some((known, at)) => match common(&known, ty, at.expect.assigned, family) {
                Some(common) => (common, at),
                None => return Err((at, place)),
            },
        });
    }
    Ok(chosen.map(|(ty, _)| ty))
}

/// The type for a parameter that stands where `a` and where `b` is expected.
fn common(a: &SqlType, b: &SqlType, stored: bool, family: Family) -> Option<SqlType> {
    use SqlType as T;
    if a == b {
        return Some(a.clone());
    }
    match (a, b) {
        (T::Null, other) | (other, T::Null) => Some(other.clone()),
        // An ENUM compared with text elsewhere stays the ENUM: each of its members is text.
        (T::Enum { .. } | T::Set { .. }, T::Text { .. }) => Some(a.clone()),
        (T::Text { .. }, T::Enum { .. } | T::Set { .. }) => Some(if stored { a.clone() } else { b.clone() }),
        (T::Text { .. }, T::Text { .. }) => Some(if stored { a.clone() } else { T::text() }),
        (T::Enum { .. } | T::Set { .. }, T::Enum { .. } | T::Set { .. }) => None,
        _ if merge::is_number(a) && merge::is_number(b) => {
            Some(if stored { a.clone() } else { merge_for_parameter(a, b, family) })
        }
        (T::Date, T::DateTime { .. } | T::Timestamp { .. })
        | (T::DateTime { .. } | T::Timestamp { .. }, T::Date)
        | (T::DateTime { .. }, T::Timestamp { .. })
        | (T::Timestamp { .. }, T::DateTime { .. })
        | (T::DateTime { .. }, T::DateTime { .. })
        | (T::Timestamp { .. }, T::Timestamp { .. })
        | (T::Time { .. }, T::Time { .. }) => {
            Some(if stored || *b == T::Date { a.clone() } else { b.clone() })
        }
        _ if merge::is_text(a) && merge::is_text(b) => {
            Some(if stored || matches!(b, T::Text { .. }) { a.clone() } else { b.clone() })
        }
        (T::Bytes { .. }, T::Bytes { .. }) => Some(if stored { a.clone() } else { T::bytes() }),
        _ => None,
    }
}

/// Integers of different sign meet in the signed type that holds both, so that the caller has one integer.
fn merge_for_parameter(a: &SqlType, b: &SqlType, family: Family) -> SqlType {
    if merge::is_integer(a) && merge::is_integer(b) && merge::is_unsigned(a) != merge::is_unsigned(b) {
        return SqlType::BIGINT;
    }
    merge::merge(family, a, b)
}

/// The column that all places speak of, if it is one: the stored one first.
fn origin(places: &[&Use<'_>]) -> Option<Origin> {
    let places: Vec<&&Use<'_>> = places.iter().filter(|place| !place.expect.apart).collect();
    let stored = places.iter().find(|place| place.expect.assigned && place.expect.origin.is_some());
    let chosen = match stored {
        Some(place) => place.expect.origin,
        None => {
            let mut origins = places.iter().filter_map(|place| place.expect.origin);
            let first = origins.next()?;
            origins.all(|other| other.column.ty == first.column.ty).then_some(first)
        }
    };
    chosen.map(OriginRef::to_origin)
}

/// Every column of which the value is one, each once.
fn met(places: &[&Use<'_>]) -> Vec<Origin> {
    let mut met = Vec::new();
    for place in places.iter().filter(|place| !place.expect.apart) {
        let Some(origin) = place.expect.origin.map(OriginRef::to_origin) else { continue };
        if !met.contains(&origin) {
            met.push(origin);
        }
    }
    met
}
