//! The same event across reports.

use variorum_model::{Disagreement, TimelineEntry};

use crate::Member;

/// The timeline of a story, and where its dates differ plainly.
pub(crate) fn timeline(_members: &[Member<'_>]) -> (Vec<TimelineEntry>, Vec<Disagreement>) {
    (Vec::new(), Vec::new())
}
