//! Quantities and what they count.

use variorum_model::{CodePoints, Figure};
use variorum_text::Document;
use variorum_text::times::TimeExpression;

/// All figures of a report, in text order.
pub(crate) fn figures(
    _doc: &Document<'_>,
    _points: &CodePoints<'_>,
    _times: &[TimeExpression],
) -> Vec<Figure> {
    Vec::new()
}
