//! The same proposition of the same speaker across reports.

use variorum_model::{Disagreement, Statement};

use crate::Member;

/// The statements of a story, and where their wordings differ plainly.
pub(crate) fn statements(_members: &[Member<'_>]) -> (Vec<Statement>, Vec<Disagreement>) {
    (Vec::new(), Vec::new())
}
