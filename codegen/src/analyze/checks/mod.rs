//! What the server would refuse, or what can never be meant, found without a server: one file for each kind. A check
//! says nothing where it is in doubt; what it calls an error both servers refuse, at PREPARE or at execution.
//! Must not know: types of results, which the rest of `analyze` finds.

mod full_group;
mod limits;
mod literals;
mod placement;
mod select;

pub(super) use full_group::GroupedSelect;
pub(super) use literals::{never_equal, refusal};
pub(super) use placement::Place;
