//! What is known not to be NULL, and how two expressions are known to be the same.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, LimitClause, Query, Value as Literal, Visit, VisitMut, Visitor, VisitorMut};

use super::functions::{self, Kind};
use super::grouping::Item;
use super::names;
use super::scope::{ColumnId, Lookup, Rows, Scopes, same_column_name};
use super::{Analyzer, expr};

/// Something that has one value in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    /// A column of the scope so many levels out.
    Column { depth: usize, id: ColumnId },
    /// An expression that gives the same wherever it stands, as [`same_text`] writes it.
    Expr(String),
}

/// A fact about a row, or about a group of rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// It is not NULL.
    Here(Term),
    /// It is not NULL in some row of the group.
    Somewhere(Term),
    /// The group has a row.
    Row,
    /// An outer join of the scope found a partner.
    Matched(usize),
}

/// Facts that hold together.
pub(super) type Facts = BTreeSet<Fact>;

/// What follows from something that may be impossible.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    /// It never happens.
    Never,
    /// It may, and then these hold.
    Then(Facts),
}

impl Given {
    /// It may happen, and says nothing.
    pub(super) fn nothing() -> Given {
        Given::Then(Facts::new())
    }

    /// What follows when both happen.
    pub(super) fn and(self, other: &Given) -> Given {
        match (self, other) {
            (Given::Then(mut facts), Given::Then(more)) => {
                facts.extend(more.iter().cloned());
                Given::Then(facts)
            }
            (Given::Never, _) | (_, Given::Never) => Given::Never,
        }
    }

    /// What follows when one of them happens.
    pub(super) fn or(&self, other: &Given) -> Given {
        match (self, other) {
            (Given::Then(facts), Given::Then(more)) => {
                Given::Then(facts.intersection(more).cloned().collect())
            }
            (Given::Never, happens) | (happens, Given::Never) => happens.clone(),
        }
    }

    /// The facts; none where it never happens, since there is nothing then that they could help.
    pub(super) fn facts(self) -> Facts {
        match self {
            Given::Never => Facts::new(),
            Given::Then(facts) => facts,
        }
    }
}

/// What follows from each value that an expression may have.
#[derive(Clone, Debug)]
pub(super) struct Outcomes {
    /// From a true one.
    pub(super) holds: Given,
    /// From a false one.
    pub(super) fails: Given,
    /// From NULL.
    pub(super) null: Given,
    /// From one that is not NULL.
    pub(super) known: Given,
}

impl Outcomes {
    /// Of a value that is not NULL says the same whatever it is.
    pub(super) fn value(known: Given, null: Given) -> Outcomes {
        Outcomes { holds: known.clone(), fails: known.clone(), null, known }
    }

    /// Of a truth value.
    pub(super) fn truth(holds: Given, fails: Given, null: Given) -> Outcomes {
        let known = holds.or(&fails);
        Outcomes { holds, fails, null, known }
    }

    /// Of one of which nothing is known.
    pub(super) fn unknown() -> Outcomes {
        Outcomes::value(Given::nothing(), Given::nothing())
    }

    /// Those of NOT.
    pub(super) fn negated(self) -> Outcomes {
        Outcomes { holds: self.fails, fails: self.holds, ..self }
    }

    /// What follows from anything but a true one.
    pub(super) fn not_held(&self) -> Given {
        self.fails.or(&self.null)
    }
}

/// The most parts that an expression may have to be compared with others.
const COMPARED_PARTS: usize = 120;

/// Functions that may answer otherwise when they are asked again within a statement. Those with a side effect count as
/// such too.
const VOLATILE: [&str; 14] = [
    "benchmark",
    "found_rows",
    "is_free_lock",
    "is_used_lock",
    "lastval",
    "load_file",
    "rand",
    "random_bytes",
    "row_count",
    "rownum",
    "sysdate",
    "sys_guid",
    "wsrep_last_seen_gtid",
    "wsrep_last_written_gtid",
];

fn is_volatile(name: &str) -> bool {
    VOLATILE.contains(&name) || name.starts_with("uuid")
}

/// The text of an expression in which names are what they mean: the same text is the same value in the same row.
/// `None` for what may have another value each time.
///
/// `items` are what aliases stand for, where the expression may use them.
pub(super) fn same_text<'a>(
    analyzer: &Analyzer<'a>,
    scopes: &Scopes<'a, '_>,
    items: &[Item<'a>],
    expr: &Expr,
) -> Option<String> {
    let mut steady = Steady { parts: 0, limits: false };
    if expr.visit(&mut steady).is_break() {
        return None;
    }
    let mut expr = expr.clone();
    let mut writer = Writer { analyzer, scopes, items, queries: 0 };
    match VisitMut::visit(&mut expr, &mut writer) {
        ControlFlow::Continue(()) => Some(expr.to_string()),
        ControlFlow::Break(()) => None,
    }
}

/// Whether an expression has the same value whenever it is asked with the same values of columns.
pub(super) fn is_steady(expr: &Expr) -> bool {
    expr.visit(&mut Steady { parts: 0, limits: true }).is_continue()
}

/// Whether a query has nothing that makes the servers ask it again for each row, but perhaps the names in it.
pub(super) fn is_steady_query(query: &Query) -> bool {
    query.visit(&mut Steady { parts: 0, limits: true }).is_continue()
}

/// Looks for what is not the same each time.
struct Steady {
    parts: usize,
    /// Whether LIMIT is taken for steady: it is for what is asked once.
    limits: bool,
}

impl Visitor for Steady {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        // Which rows LIMIT leaves may change.
        match &query.limit_clause {
            None => ControlFlow::Continue(()),
            Some(_) if self.limits => ControlFlow::Continue(()),
            Some(LimitClause::LimitOffset { .. } | LimitClause::OffsetCommaLimit { .. }) => {
                ControlFlow::Break(())
            }
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.parts += 1;
        let steady = match expr {
            Expr::Function(call) => {
                let own = names::table(&call.name).is_some_and(|(schema, _)| schema.is_none());
                let row = names::last(&call.name).and_then(|name| functions::find(&name.value));
                own && call.over.is_none()
                    && row.is_some_and(|row| match row.kind {
                        Kind::Scalar | Kind::Aggregate => !is_volatile(row.name),
                        Kind::Window | Kind::SideEffect => false,
                    })
            }
            Expr::Identifier(name) => !names::is_variable(name),
            Expr::CompoundIdentifier(parts) => !parts.first().is_some_and(names::is_variable),
            Expr::BinaryOp { op, .. } => *op != sqlparser::ast::BinaryOperator::Assignment,
            _ => true,
        };
        if steady && self.parts <= COMPARED_PARTS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

/// Writes names as what they mean, and brackets around everything that has parts, as the tree has it.
struct Writer<'r, 'a, 's> {
    analyzer: &'r Analyzer<'a>,
    scopes: &'r Scopes<'a, 's>,
    items: &'r [Item<'a>],
    /// How many queries are around. Their own names mean other things, and stay as they are.
    queries: usize,
}

impl VisitorMut for Writer<'_, '_, '_> {
    type Break = ();

    fn pre_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.queries += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.queries -= 1;
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Some(index) = expr::placeholder(expr)
            && let Expr::Value(value) = expr
        {
            let Some(place) = self.analyzer.statement.placeholders.get(index) else {
                return ControlFlow::Break(());
            };
            value.value = Literal::Placeholder(format!("?p{}", place.param));
            return ControlFlow::Continue(());
        }
        if self.queries > 0 {
            return ControlFlow::Continue(());
        }
        match expr {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => return self.name(expr),
            Expr::Value(_) => {}
            Expr::Nested(inner) => {
                // What is in brackets has them already, or needs none.
                *expr = (**inner).clone();
            }
            Expr::Function(call) => {
                if let Some(sqlparser::ast::ObjectNamePart::Identifier(name)) = call.name.0.last_mut() {
                    name.value = name.value.to_lowercase();
                    name.quote_style = None;
                }
            }
            _ => *expr = Expr::Nested(Box::new(expr.clone())),
        }
        ControlFlow::Continue(())
    }
}

impl Writer<'_, '_, '_> {
    fn name(&self, expr: &mut Expr) -> ControlFlow<()> {
        let text = match meaning(self.analyzer, self.scopes, self.items, expr) {
            Meaning::Column { depth, id } => format!("d{depth}r{}c{}", id.relation, id.column),
            Meaning::Item(item) => match same_text(self.analyzer, self.scopes, &[], item) {
                Some(text) => text,
                None => return ControlFlow::Break(()),
            },
            Meaning::Unclear => return ControlFlow::Break(()),
        };
        *expr = Expr::Identifier(sqlparser::ast::Ident::new(text));
        ControlFlow::Continue(())
    }
}

/// What a name means.
pub(super) enum Meaning<'a> {
    /// A column.
    Column { depth: usize, id: ColumnId },
    /// An expression of the select list.
    Item(&'a Expr),
    /// Nothing, or one thing or another.
    Unclear,
}

/// What a name means. In HAVING an alias hides columns, and a key of GROUP BY hides an alias; where there may be such
/// a key and there is an alias, it is neither.
pub(super) fn meaning<'a>(
    analyzer: &Analyzer<'a>,
    scopes: &Scopes<'a, '_>,
    items: &[Item<'a>],
    expr: &Expr,
) -> Meaning<'a> {
    let Some((qualifier, name)) = names::column(expr) else { return Meaning::Unclear };
    let found = match scopes.find(&analyzer.catalog.server, qualifier, &name.value) {
        Lookup::Column { depth, id } => Found::One(depth, id),
        Lookup::Ambiguous(_) => Found::Several,
        Lookup::Alias(_) | Lookup::NoColumn | Lookup::NoRelation => Found::None,
    };
    let mut named = items.iter().filter(|item| {
        qualifier.is_none() && item.alias.is_some_and(|alias| same_column_name(alias, &name.value))
    });
    let item = match (named.next(), named.next()) {
        (Some(item), None) => item,
        (Some(_), Some(_)) => return Meaning::Unclear,
        (None, _) => {
            return match found {
                Found::One(depth, id) => Meaning::Column { depth, id },
                Found::Several | Found::None => Meaning::Unclear,
            };
        }
    };
    let grouped = match scopes.rows {
        Rows::Groups | Rows::Rollup => true,
        Rows::Plain | Rows::Everything => false,
    };
    let hidden = match found {
        Found::One(0, id) => item.column != Some(id),
        Found::One(_, _) | Found::Several => true,
        Found::None => false,
    };
    match (item.expr, item.column) {
        _ if grouped && hidden => Meaning::Unclear,
        (_, Some(id)) => Meaning::Column { depth: 0, id },
        (Some(expr), None) => Meaning::Item(expr),
        (None, None) => Meaning::Unclear,
    }
}

/// The columns of a name.
enum Found {
    None,
    One(usize, ColumnId),
    Several,
}

#[cfg(test)]
mod tests {
    use super::is_volatile;
    use crate::analyze::functions::{self, Kind};

    /// Without arguments a function has its value from somewhere else, and whoever adds one has to say whether that
    /// stays the same within a statement.
    #[test]
    fn functions_without_arguments_are_steady_or_known_not_to_be() {
        const STEADY: &[&str] = &[
            "connection_id",
            "curdate",
            "current_date",
            "current_role",
            "current_time",
            "current_timestamp",
            "current_user",
            "curtime",
            "database",
            "geometrycollection",
            "icu_version",
            "json_array",
            "json_object",
            "localtime",
            "localtimestamp",
            "now",
            "pi",
            "ps_current_thread_id",
            "roles_graphml",
            "schema",
            "session_user",
            "system_user",
            "unix_timestamp",
            "user",
            "utc_date",
            "utc_time",
            "utc_timestamp",
            "version",
        ];
        let unknown: Vec<&str> = functions::all()
            .filter(|row| row.min == 0 && row.kind == Kind::Scalar)
            .map(|row| row.name)
            .filter(|name| !is_volatile(name) && !STEADY.contains(name))
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
