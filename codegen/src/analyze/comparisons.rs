//! What follows from comparisons: of values, of rows, with lists, and of what COUNT counted.

use sqlparser::ast::{BinaryOperator, Expr, Function as Call, UnaryOperator, Value as Literal};

use super::facts::{Given, Meaning, Outcomes, meaning};
use super::outcomes::{Reader, aggregate, bare, conjunction, disjunction, function, negated_if};
use super::reject::is_placeholder;

impl<'a> Reader<'_, 'a> {
    pub(super) fn compared(&self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Outcomes {
        let (left, right) = (bare(left), bare(right));
        if let (Expr::Tuple(left), Expr::Tuple(right)) = (left, right) {
            return self.compared_rows(left, op, right);
        }
        if let Some(outcomes) = self.compared_with_truth(left, op, right) {
            return outcomes;
        }
        if let Some(outcomes) = self.counted(left, op, right) {
            return outcomes;
        }
        let row = matches!(left, Expr::Tuple(_)) || matches!(right, Expr::Tuple(_));
        if *op == BinaryOperator::Spaceship {
            // The row of a subquery may be missing, and `<=>` is true of it and of NULLs.
            return if row { Outcomes::unknown() } else { self.null_safe(left, right) };
        }
        if row {
            // With a subquery for the other side: equal rows have no NULL; of others the first columns decide.
            let known = self.all_known([left, right]);
            return match op {
                BinaryOperator::Eq => Outcomes::truth(known, Given::nothing(), Given::nothing()),
                BinaryOperator::NotEq => Outcomes::truth(Given::nothing(), known, Given::nothing()),
                _ => Outcomes::unknown(),
            };
        }
        self.equal(left, right)
    }

    /// A comparison that is NULL when one of its sides is.
    pub(super) fn equal(&self, left: &Expr, right: &Expr) -> Outcomes {
        let (left, right) = (self.outcomes(left), self.outcomes(right));
        Outcomes::value(left.known.and(&right.known), left.null.or(&right.null))
    }

    fn null_safe(&self, left: &Expr, right: &Expr) -> Outcomes {
        let (left, right) = (self.outcomes(left), self.outcomes(right));
        let both = left.known.clone().and(&right.known);
        let holds = both.or(&left.null.clone().and(&right.null));
        let one = left.known.and(&right.null).or(&left.null.and(&right.known));
        Outcomes::truth(holds, both.or(&one), Given::Never)
    }

    /// `(a, b) = (c, d)`: equal where all are, different where one pair is. Of `<` the first pair decides, or is equal.
    fn compared_rows(&self, left: &[Expr], op: &BinaryOperator, right: &[Expr]) -> Outcomes {
        let pairs = || left.iter().zip(right);
        if *op == BinaryOperator::Spaceship {
            let pairs = pairs().map(|(left, right)| self.compared(left, op, right));
            let holds = pairs.fold(Given::nothing(), |all, pair| all.and(&pair.holds));
            return Outcomes::truth(holds, Given::nothing(), Given::Never);
        }
        let known: Vec<Given> = pairs().map(|(left, right)| self.all_known([left, right])).collect();
        let all = known.iter().fold(Given::nothing(), Given::and);
        let any = known.iter().fold(Given::Never, |any, pair| any.or(pair));
        match op {
            BinaryOperator::Eq => Outcomes::truth(all, any, Given::nothing()),
            BinaryOperator::NotEq => Outcomes::truth(any, all, Given::nothing()),
            _ => {
                let first = known.into_iter().next().unwrap_or(Given::nothing());
                Outcomes::value(first, Given::nothing())
            }
        }
    }

    /// `(y IS NULL) = 1`: a comparison of a truth value with one that is written there.
    fn compared_with_truth(&self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Option<Outcomes> {
        let equal = match op {
            BinaryOperator::Eq => true,
            BinaryOperator::NotEq => false,
            _ => return None,
        };
        let (condition, truth) = match (is_truth_value(left), is_truth_value(right)) {
            (true, _) => (left, written_truth(right)?),
            (_, true) => (right, written_truth(left)?),
            (false, false) => return None,
        };
        Some(negated_if(truth != equal, self.outcomes(condition)))
    }

    /// `COUNT(y) > 0`: what no COUNT of nothing is. A comparison that 0 does not pass says that something was counted.
    fn counted(&self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Option<Outcomes> {
        let (call, op, number) = match (self.count(left), self.count(right)) {
            (Some(call), _) => (call, op.clone(), whole_number(right)?),
            (_, Some(call)) => (call, turned(op)?, whole_number(left)?),
            (None, None) => return None,
        };
        let of_nothing = match op {
            BinaryOperator::Eq | BinaryOperator::Spaceship => 0 == number,
            BinaryOperator::NotEq => 0 != number,
            BinaryOperator::Lt => 0 < number,
            BinaryOperator::LtEq => true,
            BinaryOperator::Gt => false,
            BinaryOperator::GtEq => 0 == number,
            _ => return None,
        };
        let some = self.some_row(call);
        let outcomes = Outcomes::truth(some, Given::nothing(), Given::Never);
        Some(if of_nothing { outcomes.negated() } else { outcomes })
    }

    /// The call where an expression is COUNT, by an alias too.
    fn count<'e>(&self, expr: &'e Expr) -> Option<&'e Call>
    where
        'a: 'e,
    {
        match expr {
            Expr::Nested(inner) => self.count(inner),
            Expr::Identifier(_) => match meaning(self.analyzer, self.scopes, self.items, expr) {
                Meaning::Item(item) => Reader { items: &[], ..*self }.count(item),
                Meaning::Column { .. } | Meaning::Unclear => None,
            },
            Expr::Function(call) => (aggregate(call).is_some_and(|row| row.name == "count")
                && self.hidden.is_none())
            .then_some(call),
            _ => None,
        }
    }

    pub(super) fn in_list(&self, expr: &Expr, list: &[Expr]) -> Outcomes {
        let expr = bare(expr);
        let value = self.all_known([expr]);
        // Over an empty list IN is false, whatever stands on the left.
        let may_be_empty = list.iter().any(is_placeholder);
        if let Expr::Tuple(_) = expr {
            let items = list.iter().map(|item| self.all_known([item]));
            let some = items.fold(Given::Never, |some, item| some.or(&item));
            let fails = match (expr, list) {
                (Expr::Tuple(left), [Expr::Tuple(right)]) if !may_be_empty => {
                    self.compared_rows(left, &BinaryOperator::Eq, right).fails
                }
                (_, _) => Given::nothing(),
            };
            return Outcomes::truth(value.and(&some), fails, Given::nothing());
        }
        if self.count(expr).is_some() && !may_be_empty {
            let equal = list.iter().map(|item| self.compared(expr, &BinaryOperator::Eq, item));
            return equal.reduce(disjunction).unwrap_or_else(Outcomes::unknown);
        }
        let items: Vec<Outcomes> = list.iter().map(|item| self.outcomes(item)).collect();
        let some = items.iter().fold(Given::Never, |some, item| some.or(&item.known));
        let all = items.iter().fold(Given::nothing(), |all, item| all.and(&item.known));
        let fails = if may_be_empty { Given::nothing() } else { value.clone().and(&all) };
        let null = items.iter().fold(self.outcomes(expr).null, |null, item| null.or(&item.null));
        Outcomes::truth(value.and(&some), fails, null)
    }

    pub(super) fn between(&self, expr: &Expr, low: &Expr, high: &Expr) -> Outcomes {
        let above = self.compared(expr, &BinaryOperator::GtEq, low);
        conjunction(above, self.compared(expr, &BinaryOperator::LtEq, high))
    }
}

/// Whether an expression is true or false, or NULL, and nothing else.
fn is_truth_value(expr: &Expr) -> bool {
    use BinaryOperator as B;
    match expr {
        Expr::Nested(inner) => is_truth_value(inner),
        Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, .. }
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotUnknown(_)
        | Expr::InList { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::Exists { .. } => true,
        Expr::BinaryOp { op, .. } => matches!(
            op,
            B::Eq | B::NotEq | B::Lt | B::LtEq | B::Gt | B::GtEq | B::Spaceship | B::And | B::Or | B::Xor
        ),
        Expr::Function(call) => function(call).is_some_and(|row| row.name == "isnull"),
        _ => false,
    }
}

/// The truth value that a literal is: 0, 1, TRUE and FALSE.
fn written_truth(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Nested(inner) => written_truth(inner),
        Expr::Value(value) => match &value.value {
            Literal::Boolean(value) => Some(*value),
            Literal::Number(text, _) => match text.as_str() {
                "0" => Some(false),
                "1" => Some(true),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn whole_number(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Nested(inner) => whole_number(inner),
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => text.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The operator with its sides changed.
fn turned(op: &BinaryOperator) -> Option<BinaryOperator> {
    use BinaryOperator as B;
    Some(match op {
        B::Eq | B::NotEq | B::Spaceship => op.clone(),
        B::Lt => B::Gt,
        B::LtEq => B::GtEq,
        B::Gt => B::Lt,
        B::GtEq => B::LtEq,
        _ => return None,
    })
}
