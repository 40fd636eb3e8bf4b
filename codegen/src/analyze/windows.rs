//! Windows: what stands in them, and whether a frame can be without a row.

use sqlparser::ast::{
    Expr, Ident, NamedWindowDefinition, NamedWindowExpr, WindowFrame, WindowFrameBound, WindowSpec,
    WindowType,
};

use crate::catalog::SqlType;

use super::Analyzer;
use super::params::Expect;
use super::results::constant_integer;
use super::scope::{Scopes, same_column_name};

impl<'a> Analyzer<'a> {
    /// Types what stands in an OVER.
    pub(super) fn window(&mut self, scopes: &Scopes<'a, '_>, window: &'a WindowType) {
        match window {
            WindowType::WindowSpec(spec) => self.window_spec(scopes, spec),
            WindowType::NamedWindow(_) => {}
        }
    }

    /// Types what stands in a window of the WINDOW clause.
    pub(super) fn named_window(&mut self, scopes: &Scopes<'a, '_>, window: &'a NamedWindowDefinition) {
        match &window.1 {
            NamedWindowExpr::WindowSpec(spec) => self.window_spec(scopes, spec),
            NamedWindowExpr::NamedWindow(_) => {}
        }
    }

    fn window_spec(&mut self, scopes: &Scopes<'a, '_>, spec: &'a WindowSpec) {
        for expr in &spec.partition_by {
            self.infer(scopes, expr, &Expect::nothing());
        }
        for item in &spec.order_by {
            self.infer(scopes, &item.expr, &Expect::nothing());
        }
        if let Some(frame) = &spec.window_frame {
            for bound in [Some(&frame.start_bound), frame.end_bound.as_ref()].into_iter().flatten() {
                if let WindowFrameBound::Preceding(Some(expr)) | WindowFrameBound::Following(Some(expr)) =
                    bound
                {
                    match &**expr {
                        Expr::Interval(interval) => self.infer(
                            scopes,
                            &interval.value,
                            &Expect::of(SqlType::BIGINT).called("interval"),
                        ),
                        rows => {
                            self.infer(scopes, rows, &Expect::of(SqlType::BIGINT_UNSIGNED).called("rows"))
                        }
                    };
                }
            }
        }
    }

    /// Whether the frame of a window may hold no row; without a frame clause it holds the current one.
    pub(super) fn frame_can_be_empty(&self, window: &'a WindowType) -> bool {
        let frame = match window {
            WindowType::WindowSpec(spec) => self.frame_of(spec, 0),
            WindowType::NamedWindow(name) => self.frame_of_named(name, 0),
        };
        match frame {
            Some(Some(frame)) => {
                !(starts_in_time(&frame.start_bound) && frame.end_bound.as_ref().is_none_or(ends_in_time))
            }
            Some(None) => false,
            None => true,
        }
    }

    /// The frame clause of a window, its own or that of the window it extends; `None` where that is not known.
    fn frame_of(&self, spec: &'a WindowSpec, depth: usize) -> Option<Option<&'a WindowFrame>> {
        match (&spec.window_frame, &spec.window_name) {
            (Some(frame), _) => Some(Some(frame)),
            (None, Some(name)) => self.frame_of_named(name, depth),
            (None, None) => Some(None),
        }
    }

    fn frame_of_named(&self, name: &Ident, depth: usize) -> Option<Option<&'a WindowFrame>> {
        // A window that names itself is an error, and no reason to go on for ever.
        if depth > self.windows.len() {
            return None;
        }
        let found = self.windows.iter().find(|window| same_column_name(&window.0.value, &name.value))?;
        match &found.1 {
            NamedWindowExpr::WindowSpec(spec) => self.frame_of(spec, depth + 1),
            NamedWindowExpr::NamedWindow(name) => self.frame_of_named(name, depth + 1),
        }
    }
}

/// Whether a frame that starts there starts at the current row or before it.
fn starts_in_time(bound: &WindowFrameBound) -> bool {
    match bound {
        WindowFrameBound::CurrentRow => true,
        WindowFrameBound::Preceding(rows) => !is_interval(rows.as_deref()),
        WindowFrameBound::Following(Some(rows)) => constant_integer(rows) == Some(0),
        WindowFrameBound::Following(None) => false,
    }
}

/// Whether a frame that ends there ends at the current row or after it.
fn ends_in_time(bound: &WindowFrameBound) -> bool {
    match bound {
        WindowFrameBound::CurrentRow => true,
        WindowFrameBound::Following(rows) => !is_interval(rows.as_deref()),
        WindowFrameBound::Preceding(Some(rows)) => constant_integer(rows) == Some(0),
        WindowFrameBound::Preceding(None) => false,
    }
}

/// Whether a bound is a span of time. A zero date has none before or after it, and its frame is empty.
/// Source: measured on MySQL 9.7.
fn is_interval(bound: Option<&Expr>) -> bool {
    matches!(bound, Some(Expr::Interval(_)))
}
