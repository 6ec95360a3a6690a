//! The states, bodies and groups that a story is about.

use variorum_model::Party;

use crate::Member;

/// The parties of a story.
pub(crate) fn parties(_members: &[Member<'_>]) -> Vec<Party> {
    Vec::new()
}
