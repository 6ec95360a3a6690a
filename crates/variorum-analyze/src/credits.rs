//! Agencies and outlets that the text names as its origin.

use variorum_model::{CodePoints, Credit};
use variorum_text::Document;

/// All credits of a report, in text order.
pub(crate) fn credits(_doc: &Document<'_>, _points: &CodePoints<'_>) -> Vec<Credit> {
    Vec::new()
}
