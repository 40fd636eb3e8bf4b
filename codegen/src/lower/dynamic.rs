//! What of a function's text depends on its arguments: the arguments for it, and the steps that build the text.

use super::docs;
use super::ident::{Ident, Namespace, distinct};
use super::ir::{Argument, ChoiceMember, ChoiceType, Step, Test, Value};
use super::rust_type::{Home, ItemPath, Known, RustType};
use crate::statement::{Dynamic, Piece};
use crate::typed::{ParamShape, TypedQuery};

/// Names that a function with a params struct uses itself.
const OWN_NAMES: [&str; 3] = ["db", "params", "query"];

/// The enums of the orders that a query offers.
pub(super) fn choices(query: &TypedQuery, function: &Ident, types: &mut Namespace) -> Vec<ChoiceType> {
    let Some(dynamic) = &query.statement.dynamic else { return Vec::new() };
    dynamic
        .choices
        .iter()
        .map(|choice| {
            let name = Ident::pascal(&format!("{} {}", function.plain(), choice.name.value));
            let names: Vec<&str> = choice.options.iter().map(|option| option.name.as_str()).collect();
            let members = distinct(&names, Ident::pascal, "")
                .into_iter()
                .zip(&choice.options)
                .map(|(name, option)| ChoiceMember {
                    name,
                    docs: vec![format!("{}.", docs::code(&option.text))],
                    text: option.text.clone(),
                })
                .collect();
            ChoiceType {
                name: types.numbered(name, ""),
                docs: vec![format!("The orders of {}.", docs::function(function))],
                members,
            }
        })
        .collect()
}

/// The arguments that are not sent.
pub(super) fn choosers(query: &TypedQuery, module: &Ident, choices: &[ChoiceType]) -> Vec<Argument> {
    let Some(dynamic) = &query.statement.dynamic else { return Vec::new() };
    let flags = dynamic.switches.iter().filter(|switch| switch.param.is_none());
    let flags = flags.map(|switch| Argument {
        name: Ident::snake(&switch.name.value),
        ty: RustType::Known(Known::BOOL),
        redacted: false,
    });
    let orders = dynamic.choices.iter().zip(choices).map(|(choice, ty)| {
        let path = ItemPath { home: Home::Queries(module.clone()), name: ty.name.clone() };
        Argument { name: Ident::snake(&choice.name.value), ty: RustType::Item(path), redacted: false }
    });
    flags.chain(orders).collect()
}

/// The pieces of a text that depends on arguments. `values` has those of the parameters, and then those of the
/// [`choosers`].
pub(super) fn steps(query: &TypedQuery, values: &[Value], choices: &[ChoiceType]) -> Vec<Step> {
    let none = Dynamic::default();
    let dynamic = query.statement.dynamic.as_deref().unwrap_or(&none);
    let flags = dynamic.switches.iter().filter(|switch| switch.param.is_none()).count();
    let (params, choosers) = values.split_at(query.params.len());
    let builder = Builder { query, dynamic, params, choosers, flags, choices };
    builder.steps(&mut query.statement.sql.iter(), &mut Vec::new())
}

struct Builder<'a> {
    query: &'a TypedQuery,
    dynamic: &'a Dynamic,
    params: &'a [Value],
    choosers: &'a [Value],
    flags: usize,
    choices: &'a [ChoiceType],
}

impl Builder<'_> {
    /// The steps up to the end, or to the end of the innermost fragment. `open` has the parameters that are known to be
    /// there, with their names.
    fn steps(&self, pieces: &mut std::slice::Iter<'_, Piece>, open: &mut Vec<(usize, Ident)>) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(text) => steps.push(Step::Push(text.clone())),
                Piece::Placeholder(index) => {
                    let param = self.query.statement.placeholders[*index].param;
                    let there = open.iter().rev().find(|(known, _)| *known == param);
                    let value = match there {
                        Some((_, name)) => {
                            Value { of: None, name: name.clone(), referenced: true, answered: false }
                        }
                        None => self.params[param].clone(),
                    };
                    steps.push(match &self.query.params[param].shape {
                        ParamShape::Scalar(_) => Step::Bind(value),
                        ParamShape::List(_) => Step::List(value),
                        ParamShape::Tuples(_) => Step::Tuples(value),
                    });
                }
                Piece::Open(index) => steps.push(self.part(*index, pieces, open)),
                Piece::Close(_) => return steps,
                Piece::Choice(index) => {
                    let ty = &self.choices[*index];
                    let arms = ty.members.iter().map(|member| (member.name.clone(), member.text.clone()));
                    steps.push(Step::Choose {
                        value: self.choosers[self.flags + index].clone(),
                        ty: ty.name.clone(),
                        arms: arms.collect(),
                    });
                }
            }
        }
        steps
    }

    fn part(
        &self,
        fragment: usize,
        pieces: &mut std::slice::Iter<'_, Piece>,
        open: &mut Vec<(usize, Ident)>,
    ) -> Step {
        let switch = self.dynamic.fragments[fragment].switch;
        let Some(param) = self.dynamic.switches[switch].param else {
            let before = self.dynamic.switches[..switch].iter().filter(|other| other.param.is_none()).count();
            let steps = self.steps(pieces, open);
            return Step::If { value: self.choosers[before].clone(), test: Test::Flag, steps };
        };
        let value = self.params[param].clone();
        let plain = value.name.plain();
        let name =
            if OWN_NAMES.contains(&plain) { value.name.with_suffix("_value") } else { value.name.clone() };
        open.push((param, name.clone()));
        let steps = self.steps(pieces, open);
        open.pop();
        let test = if steps.iter().any(|step| uses(step, &name)) { Test::Some(name) } else { Test::IsSome };
        Step::If { value, test, steps }
    }
}

/// Whether a step sends what is in the `Option` of this name.
fn uses(step: &Step, name: &Ident) -> bool {
    match step {
        Step::Push(_) | Step::Choose { .. } => false,
        Step::Bind(value) | Step::List(value) | Step::Tuples(value) => {
            value.of.is_none() && value.name == *name
        }
        Step::If { steps, .. } => steps.iter().any(|step| uses(step, name)),
    }
}
