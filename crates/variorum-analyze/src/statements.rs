//! Who said what.

use variorum_model::{Attribution, CodePoints, Name};
use variorum_text::Document;
use variorum_text::times::TimeExpression;

/// All statements of a report, in text order.
pub(crate) fn statements(
    _doc: &Document<'_>,
    _points: &CodePoints<'_>,
    _names: &[Name],
    _times: &[TimeExpression],
) -> Vec<Attribution> {
    Vec::new()
}
