//! Where aggregates and window functions may not stand.
//! Source: measured on MySQL 9.7 and MariaDB 10.11, errors 1056, 1111, 3593 and 4015.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function, Query, Select, SelectItem, Spanned, Visit, Visitor, WindowFrameBound, WindowType,
};

use crate::analyze::functions::{self, Kind};
use crate::analyze::reject::is_placeholder;
use crate::analyze::scope::{Lookup, Scopes, same_column_name};
use crate::analyze::{Analyzer, errors, names};
use crate::catalog::Family;
use crate::diagnostic::Diagnostic;

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyze) enum Place {
    /// The select list.
    Select,
    /// WHERE.
    Where,
    /// ON.
    On,
    /// GROUP BY.
    GroupBy,
    /// HAVING.
    Having,
    /// ORDER BY of a SELECT.
    OrderBy,
    /// SET, and ORDER BY of an UPDATE.
    Assignment,
    /// VALUES.
    Values,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Select => "the select list",
            Place::Where => "WHERE",
            Place::On => "ON",
            Place::GroupBy => "GROUP BY",
            Place::Having => "HAVING",
            Place::OrderBy => "ORDER BY",
            Place::Assignment => "an assignment",
            Place::Values => "VALUES",
        }
    }

    fn takes_aggregates(self) -> bool {
        match self {
            Place::Select | Place::Having | Place::OrderBy => true,
            Place::Where | Place::On | Place::GroupBy | Place::Assignment | Place::Values => false,
        }
    }

    fn takes_windows(self) -> bool {
        match self {
            Place::Select | Place::OrderBy => true,
            Place::Where | Place::On | Place::GroupBy | Place::Having | Place::Assignment | Place::Values => {
                false
            }
        }
    }
}

impl<'a> Analyzer<'a> {
    /// Reports aggregates and window functions that may not stand in a place. Subqueries are looked at by themselves.
    pub(in crate::analyze) fn check_placement(&mut self, scopes: &Scopes<'a, '_>, expr: &Expr, place: Place) {
        let mut search =
            Search { analyzer: self, scopes, place, queries: 0, around: Vec::new(), found: Vec::new() };
        let _: ControlFlow<()> = expr.visit(&mut search);
        let found = search.found;
        found.into_iter().for_each(|finding| self.report(finding));
    }

    /// Reports `OVER w` of a select item where there is no window `w`.
    pub(in crate::analyze) fn check_windows(&mut self, select: &Select) {
        let known: Vec<&str> = select.named_window.iter().map(|window| window.0.value.as_str()).collect();
        for item in &select.projection {
            let (SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) = item else {
                continue;
            };
            if let Expr::Function(Function { over: Some(WindowType::NamedWindow(name)), .. }) = expr
                && !known.iter().any(|known| same_column_name(known, &name.value))
            {
                let span = self.span_or_statement(name.span);
                self.report(errors::unknown_window(&name.value, span, known.iter().copied()));
            }
        }
    }
}

/// What a function is where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Aggregate,
    Window,
    Other,
}

struct Search<'r, 'a, 's> {
    analyzer: &'r Analyzer<'a>,
    scopes: &'r Scopes<'a, 's>,
    place: Place,
    queries: usize,
    around: Vec<Around>,
    found: Vec<Diagnostic>,
}

impl Search<'_, '_, '_> {
    fn meet(&mut self, function: &Function) -> Around {
        let Some(name) = names::last(&function.name) else { return Around::Other };
        let kind = functions::find(&name.value).map(|row| row.kind);
        let span = self.analyzer.span_or_statement(name.span);
        let is = match (kind, &function.over) {
            // A function of MariaDB's that is no window's: the last of its arguments.
            (Some(Kind::Window), None)
                if name.value.eq_ignore_ascii_case("last_value")
                    && self.analyzer.catalog.server.family == Family::MariaDb =>
            {
                return Around::Other;
            }
            (Some(Kind::Window), None) => {
                self.found.push(errors::window_without_over(&name.value, span));
                return Around::Other;
            }
            (Some(Kind::Aggregate | Kind::Window), Some(_)) => Around::Window,
            (Some(Kind::Aggregate), None) => Around::Aggregate,
            (Some(Kind::Scalar | Kind::SideEffect) | None, _) => Around::Other,
        };
        if let Some(WindowType::WindowSpec(spec)) = &function.over
            && let Some(frame) = &spec.window_frame
            && self.analyzer.catalog.server.family == Family::MariaDb
        {
            for bound in [Some(&frame.start_bound), frame.end_bound.as_ref()].into_iter().flatten() {
                if let WindowFrameBound::Preceding(Some(expr)) | WindowFrameBound::Following(Some(expr)) =
                    bound
                    && is_placeholder(expr)
                {
                    let span = self.analyzer.span_or_statement(expr.span());
                    self.found.push(errors::frame_parameter(span));
                }
            }
        }
        let inside = |around: Around| self.around.contains(&around);
        match is {
            Around::Window if inside(Around::Window) || inside(Around::Aggregate) => {
                self.found.push(errors::nested_window(&name.value, span));
            }
            Around::Window if !self.place.takes_windows() => {
                self.found.push(errors::misplaced_window(&name.value, self.place.name(), span));
            }
            Around::Aggregate if !self.is_own(function) => return Around::Other,
            Around::Aggregate if inside(Around::Aggregate) => {
                self.found.push(errors::nested_aggregate(&name.value, span));
            }
            Around::Aggregate if !self.place.takes_aggregates() => {
                let having = matches!(self.place, Place::Where);
                self.found.push(errors::misplaced_aggregate(&name.value, self.place.name(), having, span));
            }
            Around::Window | Around::Aggregate | Around::Other => {}
        }
        is
    }

    /// Whether an aggregate is one of this query: in a subquery, one over columns of the query around it is that
    /// query's.
    fn is_own(&self, function: &Function) -> bool {
        struct Columns<'r, 'a, 's> {
            analyzer: &'r Analyzer<'a>,
            scopes: &'r Scopes<'a, 's>,
        }
        impl Visitor for Columns<'_, '_, '_> {
            type Break = ();
            fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
                let Some((qualifier, name)) = names::column(expr) else { return ControlFlow::Continue(()) };
                match self.scopes.find(&self.analyzer.catalog.server, qualifier, &name.value) {
                    Lookup::Column { depth: 0, .. } => ControlFlow::Continue(()),
                    _ => ControlFlow::Break(()),
                }
            }
        }
        self.scopes.outer.is_none()
            || function
                .args
                .visit(&mut Columns { analyzer: self.analyzer, scopes: self.scopes })
                .is_continue()
    }
}

impl Visitor for Search<'_, '_, '_> {
    type Break = ();

    fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.queries += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.queries -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expr {
            let is = if self.queries == 0 { self.meet(function) } else { Around::Other };
            self.around.push(is);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(_) = expr {
            self.around.pop();
        }
        ControlFlow::Continue(())
    }
}
