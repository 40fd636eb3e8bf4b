//! Syntax that sqlparser reads for other databases, or for the other of the two servers. A statement with any of it is
//! one that cannot be read: the server has the last word, and would refuse it.
//!
//! Source: measured on MySQL 9.7 and MariaDB 10.11.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, CeilFloorKind, DataType, DateTimeField, Delete, Distinct, Expr, FromTable, Function,
    FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments, GroupByExpr,
    GroupByWithModifier, JoinConstraint, JoinOperator, LimitClause, LockClause, LockType, NullTreatment,
    OffsetRows, OrderByExpr, Query, Select, SetExpr, SetQuantifier, Spanned, Statement, TableFactor,
    TableWithJoins, Values, Visit, Visitor, WindowFrameBound, WindowFrameUnits, WindowType,
};
use sqlparser::tokenizer::Span;

use super::dialect::UNITS;
use crate::catalog::{Family, Server};

/// What is foreign in a tree, in words, and where about.
pub(super) fn find(tree: &Statement, server: &Server) -> Option<(String, Span)> {
    let mut search = Search { family: server.family, inserted: None };
    match tree.visit(&mut search) {
        ControlFlow::Break(Found { what, place }) => {
            Some((format!("{} has no {what}", server.family.as_str()), place))
        }
        ControlFlow::Continue(()) => None,
    }
}

struct Found {
    what: &'static str,
    place: Span,
}

struct Search {
    family: Family,
    /// The rows of the INSERT that is looked at.
    inserted: Option<*const Query>,
}

impl Search {
    fn joins(&self, tables: &[TableWithJoins]) -> ControlFlow<Found> {
        for join in tables.iter().flat_map(|table| &table.joins) {
            match &join.join_operator {
                JoinOperator::Left(constraint)
                | JoinOperator::LeftOuter(constraint)
                | JoinOperator::Right(constraint)
                | JoinOperator::RightOuter(constraint) => {
                    check(
                        *constraint == JoinConstraint::None,
                        "outer join without ON",
                        join.relation.span(),
                    )?;
                }
                JoinOperator::Join(_)
                | JoinOperator::Inner(_)
                | JoinOperator::CrossJoin(_)
                | JoinOperator::StraightJoin(_) => {}
                JoinOperator::FullOuter(_)
                | JoinOperator::Semi(_)
                | JoinOperator::LeftSemi(_)
                | JoinOperator::RightSemi(_)
                | JoinOperator::Anti(_)
                | JoinOperator::LeftAnti(_)
                | JoinOperator::RightAnti(_)
                | JoinOperator::CrossApply
                | JoinOperator::OuterApply
                | JoinOperator::AsOf { .. }
                | JoinOperator::ArrayJoin
                | JoinOperator::LeftArrayJoin
                | JoinOperator::InnerArrayJoin => check(true, "join of this kind", join.relation.span())?,
            }
        }
        ControlFlow::Continue(())
    }

    fn delete(&self, delete: &Delete) -> ControlFlow<Found> {
        let mysql = self.family == Family::MySql;
        let FromTable::WithFromKeyword(from) = &delete.from else { return ControlFlow::Continue(()) };
        let Some(first) = from.first() else { return ControlFlow::Continue(()) };
        let place = first.span();
        let several = !delete.tables.is_empty() || delete.using.is_some();
        let sorted = !delete.order_by.is_empty() || delete.limit.is_some();
        let aliased = matches!(&first.relation, TableFactor::Table { alias: Some(_), .. });
        check(delete.returning.is_some() && mysql, "RETURNING", place)?;
        check(several && sorted, "DELETE of several tables with ORDER BY or LIMIT", place)?;
        check(!several && aliased && !mysql, "alias in DELETE FROM", place)?;
        self.joins(from)?;
        self.joins(delete.using.as_deref().unwrap_or_default())
    }

    fn function(&self, call: &Function) -> ControlFlow<Found> {
        let place = call.span();
        check(call.filter.is_some(), "FILTER", place)?;
        check(call.null_treatment == Some(NullTreatment::IgnoreNulls), "IGNORE NULLS", place)?;
        let mariadb = self.family == Family::MariaDb;
        let named =
            |names: &[&str]| names.iter().any(|name| call.name.to_string().eq_ignore_ascii_case(name));
        if let FunctionArguments::List(list) = &call.args {
            let returning = |clause: &FunctionArgumentClause| {
                matches!(clause, FunctionArgumentClause::JsonReturningClause(_))
            };
            check(mariadb && list.clauses.iter().any(returning), "RETURNING in JSON functions", place)?;
            check(
                mariadb && list.args.len() > 2 && named(&["lag", "lead"]),
                "default for LAG and LEAD",
                place,
            )?;
            if let [_, FunctionArg::Unnamed(FunctionArgExpr::Expr(interval))] = list.args.as_slice() {
                let amount = matches!(interval, Expr::Interval(_));
                check(!amount && named(&["date_add", "date_sub"]), "DATE_ADD without INTERVAL", place)?;
            }
        }
        check(!mariadb && call.over.is_some() && named(&["group_concat"]), "window for GROUP_CONCAT", place)?;
        check(call.null_treatment.is_some() && self.family == Family::MariaDb, "RESPECT NULLS", place)?;
        if let Some(WindowType::WindowSpec(spec)) = &call.over
            && let Some(frame) = &spec.window_frame
        {
            check(frame.units == WindowFrameUnits::Groups, "frame of GROUPS", place)?;
            let bounds = [Some(&frame.start_bound), frame.end_bound.as_ref()];
            let distance = bounds.into_iter().flatten().any(|bound| {
                matches!(bound, WindowFrameBound::Preceding(Some(expr)) | WindowFrameBound::Following(Some(expr))
                    if matches!(**expr, Expr::Interval(_)))
            });
            check(distance && mariadb, "INTERVAL in frames", place)?;
        }
        ControlFlow::Continue(())
    }

    fn body(&self, body: &SetExpr, inserted: bool) -> ControlFlow<Found> {
        match body {
            SetExpr::SetOperation { left, right, set_quantifier, .. } => {
                let by_name = match set_quantifier {
                    SetQuantifier::ByName | SetQuantifier::AllByName | SetQuantifier::DistinctByName => true,
                    SetQuantifier::All | SetQuantifier::Distinct | SetQuantifier::None => false,
                };
                check(by_name, "BY NAME", right.span())?;
                self.body(left, false)?;
                self.body(right, false)
            }
            SetExpr::Values(Values { explicit_row, .. }) => match self.family {
                Family::MySql => check(!explicit_row && !inserted, "VALUES without ROW", body.span()),
                Family::MariaDb => check(*explicit_row, "ROW in VALUES", body.span()),
            },
            SetExpr::Select(_)
            | SetExpr::Query(_)
            | SetExpr::Insert(_)
            | SetExpr::Update(_)
            | SetExpr::Delete(_)
            | SetExpr::Merge(_)
            | SetExpr::Table(_) => ControlFlow::Continue(()),
        }
    }

    fn lock(&self, lock: &LockClause, place: Span) -> ControlFlow<Found> {
        let share = lock.lock_type == LockType::Share;
        check(!share && lock.lock_type != LockType::Update, "lock of this kind", place)?;
        check(lock.of.is_some() && self.family == Family::MariaDb, "OF after FOR UPDATE", place)
    }
}

impl Search {
    /// What is foreign about the type of a CAST. A type that neither this nor the analysis knows is left to the server.
    fn cast(&self, target: &DataType) -> Option<&'static str> {
        let only = |family| (self.family != family).then_some("CAST to this type");
        match target {
            DataType::Text | DataType::Timestamp(..) | DataType::Numeric(_) | DataType::TinyInt(_) => {
                Some("CAST to this type")
            }
            DataType::Real | DataType::DoublePrecision | DataType::JSON => only(Family::MySql),
            DataType::Int(_) | DataType::Integer(_) | DataType::Varchar(_) | DataType::Uuid => {
                only(Family::MariaDb)
            }
            DataType::Datetime(Some(7..)) | DataType::Time(Some(7..), _) => {
                Some("fraction of a second of more than 6 digits")
            }
            _ => None,
        }
    }
}

fn check(foreign: bool, what: &'static str, place: Span) -> ControlFlow<Found> {
    if foreign { ControlFlow::Break(Found { what, place }) } else { ControlFlow::Continue(()) }
}

impl Visitor for Search {
    type Break = Found;

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<Found> {
        let mysql = self.family == Family::MySql;
        match statement {
            Statement::Insert(insert) => {
                self.inserted = insert.source.as_deref().map(std::ptr::from_ref);
                check(insert.returning.is_some() && mysql, "RETURNING", insert.table.span())
            }
            Statement::Update(update) => {
                let several = !update.table.joins.is_empty();
                let sorted = !update.order_by.is_empty() || update.limit.is_some();
                let place = update.table.span();
                check(update.returning.is_some(), "UPDATE with RETURNING", place)?;
                check(several && sorted && mysql, "UPDATE of several tables with ORDER BY or LIMIT", place)?;
                self.joins(std::slice::from_ref(&update.table))
            }
            Statement::Delete(delete) => self.delete(delete),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Found> {
        let place = query.span();
        let inserted = self.inserted == Some(std::ptr::from_ref(query));
        self.body(&query.body, inserted)?;
        if query.with.is_some() {
            let what = "WITH before a statement of this kind";
            check(matches!(*query.body, SetExpr::Insert(_)), what, place)?;
            let write = matches!(*query.body, SetExpr::Update(_) | SetExpr::Delete(_));
            check(write && self.family == Family::MariaDb, what, place)?;
        }
        check(query.fetch.is_some() && self.family == Family::MySql, "FETCH", place)?;
        if let Some(LimitClause::LimitOffset { limit, offset: Some(offset), limit_by }) = &query.limit_clause
        {
            let place = offset.value.span();
            let rows = offset.rows != OffsetRows::None;
            check(!limit_by.is_empty(), "LIMIT BY", place)?;
            match limit {
                Some(_) => check(rows, "ROWS after LIMIT and OFFSET", place)?,
                None => {
                    check(self.family == Family::MySql, "OFFSET without LIMIT", place)?;
                    check(!rows, "OFFSET without ROWS", place)?;
                }
            }
        }
        query.locks.iter().try_for_each(|lock| self.lock(lock, place))
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Found> {
        let place = select.select_token.0.span;
        check(matches!(select.distinct, Some(Distinct::On(_))), "DISTINCT ON", place)?;
        check(select.qualify.is_some(), "QUALIFY", place)?;
        match &select.group_by {
            GroupByExpr::All(_) => check(true, "GROUP BY ALL", place)?,
            GroupByExpr::Expressions(_, modifiers) => {
                let rollup = |modifier: &GroupByWithModifier| *modifier == GroupByWithModifier::Rollup;
                check(!modifiers.iter().all(rollup), "modifier of GROUP BY but WITH ROLLUP", place)?;
            }
        }
        self.joins(&select.from)
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Found> {
        let place = factor.span();
        match factor {
            TableFactor::Table { alias, sample, .. } => {
                let columns = alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                check(columns, "names for the columns of a table", place)?;
                check(sample.is_some(), "TABLESAMPLE", place)
            }
            TableFactor::Derived { lateral, alias, .. } if self.family == Family::MariaDb => {
                let columns = alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                check(columns, "names for the columns of a derived table", place)?;
                check(*lateral, "LATERAL", place)
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                check(alias.is_some(), "alias for a join", place)?;
                self.joins(std::slice::from_ref(table_with_joins))
            }
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_order_by_expr(&mut self, order: &OrderByExpr) -> ControlFlow<Found> {
        check(order.options.nulls_first.is_some(), "NULLS FIRST and NULLS LAST", order.expr.span())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Found> {
        let foreign = match expr {
            Expr::Function(call) => return self.function(call),
            Expr::Cast { expr: inner, data_type, .. } => match **inner {
                Expr::AtTimeZone { .. } if self.family == Family::MariaDb => Some("AT TIME ZONE"),
                _ => self.cast(data_type),
            },
            Expr::Convert { data_type: Some(data_type), .. } => self.cast(data_type),
            Expr::Substring { substring_from: None, .. } => Some("SUBSTRING without FROM"),
            Expr::Ceil { field, .. } | Expr::Floor { field, .. } => match field {
                CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) => None,
                CeilFloorKind::DateTimeField(_) | CeilFloorKind::Scale(_) => {
                    Some("second operand of CEIL and FLOOR")
                }
            },
            Expr::Extract { field, .. } => {
                let unit = field.to_string();
                let known = UNITS.iter().any(|known| known.eq_ignore_ascii_case(&unit));
                (!known).then_some("such unit of EXTRACT")
            }
            Expr::BinaryOp { op: BinaryOperator::Arrow | BinaryOperator::LongArrow, .. }
            | Expr::MemberOf(_)
                if self.family == Family::MariaDb =>
            {
                Some("such operator")
            }
            Expr::InSubquery { subquery, .. } if subquery.limit_clause.is_some() => {
                Some("LIMIT in a subquery of IN")
            }
            Expr::IsDistinctFrom(..) | Expr::IsNotDistinctFrom(..) => Some("IS DISTINCT FROM"),
            _ => None,
        };
        match foreign {
            Some(what) => ControlFlow::Break(Found { what, place: expr.span() }),
            None => ControlFlow::Continue(()),
        }
    }
}
