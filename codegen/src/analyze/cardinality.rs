//! How many rows can come: at most one where keys are bound to constants, through joins. What a key is and which
//! comparisons bind it is in `keys`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{BinaryOperator, Expr, Query, UnaryOperator, Visit, Visitor, visit_expressions};

use crate::typed::Cardinality;

use super::Analyzer;
use super::keys::{constant, fits};
use super::names;
use super::reject::{Claim, Condition, conjuncts, is_placeholder};
use super::scope::{ColumnId, Lookup, Scope, Scopes};

/// What is proved of the rows of a FROM clause.
pub(super) struct Bound {
    /// At most one, or any number.
    pub(super) rows: Cardinality,
    /// A key of a relation that is not bound, in words for a diagnostic.
    pub(super) missing_key: Option<String>,
}

/// The equalities of a query, to be followed from columns that are known to others.
pub(super) struct Proof<'s, 'a> {
    scope: &'s Scope<'a>,
    equalities: Vec<Equality>,
    /// For each outer join, the columns that decide whether a row finds a partner; `None` where that is not known.
    deciders: Vec<(BTreeSet<usize>, Option<BTreeSet<ColumnId>>)>,
}

/// `column` has the value that `by` give it, where the outer joins of `guard` found a partner.
struct Equality {
    column: ColumnId,
    by: BTreeSet<ColumnId>,
    guard: BTreeSet<usize>,
    /// Whether the column is not NULL where it holds, for a reason that is not in the scope.
    not_null: bool,
}

/// What follows from some columns having one value.
struct Closure {
    /// Columns that have one value in all rows in which their relation is not null-extended.
    determined: BTreeSet<ColumnId>,
    /// Relations of which one row takes part at most.
    single: BTreeSet<usize>,
}

impl<'s, 'a> Proof<'s, 'a> {
    /// Reads the conditions of a FROM clause, as they are after the scope was refined by them.
    pub(super) fn new(
        analyzer: &Analyzer<'a>,
        scopes: &Scopes<'a, 's>,
        conditions: &[Condition<'a>],
    ) -> Proof<'s, 'a> {
        Self::read(analyzer, scopes, conditions, false)
    }

    /// The same with the dependencies that MySQL sees for ONLY_FULL_GROUP_BY: every equality counts, however its sides
    /// are compared, and a placeholder is no constant.
    pub(super) fn for_server(
        analyzer: &Analyzer<'a>,
        scopes: &Scopes<'a, 's>,
        conditions: &[Condition<'a>],
    ) -> Proof<'s, 'a> {
        Self::read(analyzer, scopes, conditions, true)
    }

    fn read(
        analyzer: &Analyzer<'a>,
        scopes: &Scopes<'a, 's>,
        conditions: &[Condition<'a>],
        as_server: bool,
    ) -> Proof<'s, 'a> {
        let reader = Reader { analyzer, scopes, as_server };
        let mut equalities = Vec::new();
        let mut deciders = Vec::new();
        for condition in conditions {
            let guard = &condition.guard;
            match &condition.claim {
                Claim::Holds(expr) => {
                    let mut parts = Vec::new();
                    conjuncts(expr, &mut parts);
                    parts.iter().for_each(|part| reader.equalities(part, guard, &mut equalities));
                    deciders.push((guard.clone(), reader.columns(expr)));
                }
                Claim::Same(left, right) => {
                    let fit = |a: ColumnId, b: ColumnId| {
                        as_server || fits(&scopes.scope.column(a).ty, &scopes.scope.column(b).ty, false)
                    };
                    for (column, by) in [(*left, *right), (*right, *left)] {
                        if fit(column, by) {
                            let by = BTreeSet::from([by]);
                            equalities.push(Equality { column, by, guard: guard.clone(), not_null: false });
                        }
                    }
                    deciders.push((guard.clone(), Some(BTreeSet::from([*left, *right]))));
                }
                Claim::Having(_, _) => {}
            }
        }
        Proof { scope: scopes.scope, equalities, deciders }
    }

    /// How many rows FROM and its conditions let through.
    pub(super) fn bound(&self) -> Bound {
        let closure = self.closure(&BTreeSet::new(), &BTreeSet::new());
        let unbound = (0..self.scope.relations.len()).find(|index| !closure.single.contains(index));
        let rows = if unbound.is_some() { Cardinality::Many } else { Cardinality::Opt };
        Bound { rows, missing_key: unbound.and_then(|index| describe_key(self.scope, index)) }
    }

    /// The columns that have one value in all rows, NULL being one, where those of `seed` have.
    pub(super) fn fixed(&self, seed: &BTreeSet<ColumnId>) -> BTreeSet<ColumnId> {
        let closure = self.closure(seed, seed);
        let marks = |relation: usize| -> BTreeSet<usize> {
            self.scope.relations[relation].marks.iter().map(|mark| mark.join).collect()
        };
        let mut fixed = seed.clone();
        fixed.extend(closure.determined.iter().filter(|id| marks(id.relation).is_empty()));
        loop {
            let before = fixed.len();
            for relation in &closure.single {
                let own = marks(*relation);
                let decided = self.deciders.iter().filter(|(guard, _)| !guard.is_disjoint(&own)).all(
                    |(guard, columns)| {
                        columns.as_ref().is_some_and(|columns| {
                            columns
                                .iter()
                                .all(|id| fixed.contains(id) || !marks(id.relation).is_disjoint(guard))
                        })
                    },
                );
                if decided {
                    fixed.extend(columns_of(self.scope, *relation));
                }
            }
            if fixed.len() == before {
                return fixed;
            }
        }
    }

    /// The columns that have one value where those of `seed` have, rows without a partner left aside.
    pub(super) fn determined(&self, seed: &BTreeSet<ColumnId>) -> BTreeSet<ColumnId> {
        self.closure(seed, &BTreeSet::new()).determined
    }

    /// The relations of which one row takes part at most in the rows in which those of `seed` have one value each, and
    /// are not NULL.
    pub(super) fn single(&self, seed: &BTreeSet<ColumnId>) -> BTreeSet<usize> {
        self.closure(seed, seed).single
    }

    /// Sets of columns that no two rows have in common, where none of them is NULL.
    pub(super) fn keys(&self) -> Vec<BTreeSet<ColumnId>> {
        let relations = &self.scope.relations;
        // The work grows with the square of the tables, and who joins so many asks for no key of it.
        if relations.len() > 16 {
            return Vec::new();
        }
        let of = |index: usize| {
            let columns = |key: &Vec<usize>| {
                key.iter().map(|column| ColumnId { relation: index, column: *column }).collect()
            };
            relations[index].keys.iter().map(columns).collect::<Vec<BTreeSet<ColumnId>>>()
        };
        let mut candidates: Vec<BTreeSet<ColumnId>> = (0..relations.len()).flat_map(of).collect();
        // One key for each relation that those before do not determine.
        let mut all = BTreeSet::new();
        for index in 0..relations.len() {
            if !self.closure(&all, &all).single.contains(&index)
                && let Some(key) = of(index).into_iter().next()
            {
                all.extend(key);
            }
        }
        candidates.push(all);
        let fixed = self.fixed(&BTreeSet::new());
        let mut keys: Vec<BTreeSet<ColumnId>> = Vec::new();
        for candidate in candidates {
            if self.closure(&candidate, &candidate).single.len() == relations.len() {
                let key = candidate.difference(&fixed).copied().collect();
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// `not_null`: the columns of `seed` that are not NULL, whatever the scope says.
    fn closure(&self, seed: &BTreeSet<ColumnId>, not_null: &BTreeSet<ColumnId>) -> Closure {
        let scope = self.scope;
        let mut determined = seed.clone();
        // The joins that found their partners where these are not NULL.
        let matched: BTreeSet<usize> = not_null.iter().flat_map(|id| scope.joins_over(*id)).collect();
        // A key of which a part is NULL is none.
        let mut not_null = not_null.clone();
        let mut single: BTreeSet<usize> = BTreeSet::new();
        loop {
            let before = (determined.len(), single.len(), not_null.len());
            for equality in &self.equalities {
                let mut marks: BTreeSet<usize> =
                    scope.relations[equality.column.relation].marks.iter().map(|mark| mark.join).collect();
                marks.extend(&matched);
                if equality.by.is_subset(&determined) && equality.guard.is_subset(&marks) {
                    determined.insert(equality.column);
                    if equality.not_null {
                        not_null.insert(equality.column);
                    }
                }
            }
            for (index, relation) in scope.relations.iter().enumerate() {
                let bound = |column: &usize| {
                    let id = ColumnId { relation: index, column: *column };
                    let column = scope.column(id);
                    let never_null = column.null.is_never() && column.marks.is_empty();
                    determined.contains(&id) && (not_null.contains(&id) || never_null)
                };
                // What a LATERAL table has depends on the row to its left.
                let alone = !relation.lateral || (0..index).all(|left| single.contains(&left));
                let few = relation.rows != Cardinality::Many && alone;
                if !single.contains(&index) && (few || relation.keys.iter().any(|key| key.iter().all(bound)))
                {
                    single.insert(index);
                    determined.extend(columns_of(scope, index));
                }
            }
            if before == (determined.len(), single.len(), not_null.len()) {
                return Closure { determined, single };
            }
        }
    }
}

fn is_subquery(expr: &Expr) -> bool {
    match expr {
        Expr::Subquery(_) => true,
        Expr::Nested(inner) => is_subquery(inner),
        _ => false,
    }
}

fn columns_of(scope: &Scope<'_>, relation: usize) -> impl Iterator<Item = ColumnId> {
    (0..scope.relations[relation].columns.len()).map(move |column| ColumnId { relation, column })
}

fn describe_key(scope: &Scope<'_>, relation: usize) -> Option<String> {
    let relation = &scope.relations[relation];
    let columns = relation.table?.primary_key()?.whole_columns()?;
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    Some(format!("the primary key of `{}` ({})", relation.alias, columns.join(", ")))
}

/// Reads equalities out of conditions.
struct Reader<'r, 'a, 's> {
    analyzer: &'r Analyzer<'a>,
    scopes: &'r Scopes<'a, 's>,
    as_server: bool,
}

impl Reader<'_, '_, '_> {
    fn equalities(&self, expr: &Expr, guard: &BTreeSet<usize>, into: &mut Vec<Equality>) {
        match expr {
            Expr::Nested(inner) => self.equalities(inner, guard, into),
            Expr::InList { expr, list, negated: false } => {
                // A list in place of a placeholder may have many values.
                if let [only] = list.as_slice()
                    && !is_placeholder(only)
                {
                    self.pair(expr, only, false, guard, into);
                }
            }
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
                self.pair(left, right, false, guard, into);
            }
            Expr::BinaryOp { left, op: BinaryOperator::Spaceship, right } if !self.as_server => {
                self.pair(left, right, true, guard, into);
            }
            Expr::Between { expr, negated: false, low, high } if self.as_server && low == high => {
                self.pair(expr, low, false, guard, into);
            }
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } if self.as_server => {
                self.negated(expr, guard, into);
            }
            _ => {}
        }
    }

    /// NOT (a <> b) is an equality.
    fn negated(&self, expr: &Expr, guard: &BTreeSet<usize>, into: &mut Vec<Equality>) {
        match expr {
            Expr::Nested(inner) => self.negated(inner, guard, into),
            Expr::BinaryOp { left, op: BinaryOperator::NotEq, right } => {
                self.pair(left, right, false, guard, into);
            }
            _ => {}
        }
    }

    fn pair(
        &self,
        left: &Expr,
        right: &Expr,
        null_safe: bool,
        guard: &BTreeSet<usize>,
        into: &mut Vec<Equality>,
    ) {
        if let (Expr::Tuple(left), Expr::Tuple(right)) = (left, right) {
            for (left, right) in left.iter().zip(right) {
                self.pair(left, right, null_safe, guard, into);
            }
            return;
        }
        for (column, by) in [(left, right), (right, left)] {
            let Some(id) = self.own_column(column) else { continue };
            let Some((by, never_null)) = self.value_of(id, by, null_safe) else { continue };
            let not_null = null_safe && never_null;
            into.push(Equality { column: id, by, guard: guard.clone(), not_null });
        }
    }

    /// What gives a column its value, and whether that is never NULL; `None` where it does not give it one value.
    fn value_of(&self, id: ColumnId, by: &Expr, null_safe: bool) -> Option<(BTreeSet<ColumnId>, bool)> {
        if self.as_server {
            return Some((self.mentioned(by)?, false));
        }
        let ty = &*self.scopes.scope.column(id).ty;
        let Some((qualifier, name)) = names::column(by) else {
            let (value, never_null) = constant(self.analyzer, by)?;
            // A column of a subquery keeps the collation that it has, which a constant does not.
            let bends = !is_subquery(by);
            return fits(ty, &value, bends).then_some((BTreeSet::new(), never_null));
        };
        match self.scopes.find(&self.analyzer.catalog.server, qualifier, &name.value) {
            Lookup::Column { depth: 0, id: other } => {
                let value = self.scopes.scope.value(other);
                // With `<=>` the NULL of a row without a partner is a second value.
                let relation = &self.scopes.scope.relations[other.relation];
                let one_value = !null_safe || relation.marks.is_empty();
                (one_value && fits(ty, &value.ty, false))
                    .then(|| (BTreeSet::from([other]), value.null.is_never()))
            }
            Lookup::Column { depth, id } => {
                let value = self.scopes.value(depth, id);
                fits(ty, &value.ty, false).then(|| (BTreeSet::new(), value.null.is_never()))
            }
            Lookup::Alias(_) | Lookup::Ambiguous(_) | Lookup::NoColumn | Lookup::NoRelation => None,
        }
    }

    fn own_column(&self, expr: &Expr) -> Option<ColumnId> {
        let (qualifier, name) = names::column(expr)?;
        match self.scopes.find(&self.analyzer.catalog.server, qualifier, &name.value) {
            Lookup::Column { depth: 0, id } => Some(id),
            _ => None,
        }
    }

    /// The columns of FROM in an expression; `None` where it has a placeholder.
    fn mentioned(&self, expr: &Expr) -> Option<BTreeSet<ColumnId>> {
        let mut found = BTreeSet::new();
        visit_expressions(expr, |expr| {
            if is_placeholder(expr) {
                return ControlFlow::Break(());
            }
            found.extend(self.own_column(expr));
            ControlFlow::Continue(())
        })
        .is_continue()
        .then_some(found)
    }

    /// The columns of FROM that decide a condition; `None` where something else may.
    fn columns(&self, expr: &Expr) -> Option<BTreeSet<ColumnId>> {
        struct Search<'r, 'a, 's> {
            reader: &'r Reader<'r, 'a, 's>,
            found: BTreeSet<ColumnId>,
        }
        impl Visitor for Search<'_, '_, '_> {
            type Break = ();
            fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
                match expr {
                    // A function may give another value for each row, a subquery may look at anything.
                    Expr::Function(_) | Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. } => {
                        ControlFlow::Break(())
                    }
                    Expr::Identifier(_) | Expr::CompoundIdentifier(_) => match self.reader.own_column(expr) {
                        Some(id) => {
                            self.found.insert(id);
                            ControlFlow::Continue(())
                        }
                        None => ControlFlow::Break(()),
                    },
                    _ => ControlFlow::Continue(()),
                }
            }
        }
        let mut search = Search { reader: self, found: BTreeSet::new() };
        expr.visit(&mut search).is_continue().then_some(search.found)
    }
}

/// Whether an expression has an aggregate of its own, not one in a subquery or with OVER.
pub(super) fn has_aggregate(node: &impl Visit) -> bool {
    struct Search {
        depth: usize,
    }
    impl Visitor for Search {
        type Break = ();
        fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth += 1;
            ControlFlow::Continue(())
        }
        fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth -= 1;
            ControlFlow::Continue(())
        }
        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            use super::functions::{self, Kind};
            if let Expr::Function(function) = expr
                && self.depth == 0
                && function.over.is_none()
                && names::last(&function.name)
                    .and_then(|name| functions::find(&name.value))
                    .is_some_and(|row| row.kind == Kind::Aggregate)
            {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        }
    }
    node.visit(&mut Search { depth: 0 }).is_break()
}
