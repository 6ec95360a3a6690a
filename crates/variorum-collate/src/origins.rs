//! Which reports share a common piece of reporting.

use variorum_model::Origin;

use crate::Member;

/// The origins of a story's reports.
pub(crate) fn origins(_members: &[Member<'_>]) -> Vec<Origin> {
    Vec::new()
}
