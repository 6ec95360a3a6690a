//! The same quantity across reports.

use variorum_model::{Disagreement, StoryFigure};

use crate::Member;

/// The figures of a story, and where they differ plainly.
pub(crate) fn figures(_members: &[Member<'_>]) -> (Vec<StoryFigure>, Vec<Disagreement>) {
    (Vec::new(), Vec::new())
}
