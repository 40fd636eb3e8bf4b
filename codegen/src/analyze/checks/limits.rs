//! Positions in ORDER BY and GROUP BY, and what LIMIT takes.

use sqlparser::ast::{Expr, Spanned, Value as Literal};

use crate::analyze::grouping::position;
use crate::analyze::{Analyzer, errors};

impl Analyzer<'_> {
    /// A bare integer must be the number of a select item.
    pub(in crate::analyze) fn check_position(&mut self, expr: &Expr, clause: &'static str, columns: usize) {
        if let Some(position) = position(expr)
            && (position == 0 || position > columns)
            && self.unsupported.is_none()
        {
            let span = self.span_or_statement(expr.span());
            self.report(errors::position_out_of_range(position, clause, columns, span));
        }
    }

    /// Whether LIMIT and OFFSET take an expression: an integer or a placeholder, nothing else.
    pub(in crate::analyze) fn check_limit(&mut self, expr: &Expr) -> bool {
        let constant = match expr {
            Expr::Value(value) => match &value.value {
                Literal::Number(text, _) => text.parse::<u64>().is_ok(),
                Literal::Placeholder(_) => true,
                _ => false,
            },
            _ => false,
        };
        if !constant {
            let span = self.span_or_statement(expr.span());
            self.report(errors::limit_not_constant(span));
        }
        constant
    }
}
