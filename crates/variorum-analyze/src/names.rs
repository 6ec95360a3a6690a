//! People, organisations and places.

use variorum_model::{CodePoints, Name};
use variorum_text::Document;

/// All mentions of names, in text order.
pub(crate) fn names(_doc: &Document<'_>, _points: &CodePoints<'_>) -> Vec<Name> {
    Vec::new()
}
