//! Happenings that a report puts on the calendar.

use variorum_model::{CodePoints, Event, Name};
use variorum_text::Document;
use variorum_text::times::TimeExpression;

/// All events of a report, in text order.
pub(crate) fn events(
    _doc: &Document<'_>,
    _points: &CodePoints<'_>,
    _names: &[Name],
    _times: &[TimeExpression],
) -> Vec<Event> {
    Vec::new()
}
