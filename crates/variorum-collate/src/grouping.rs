//! Which reports tell one story.

use variorum_model::{Analysis, Report};

/// Groups of indexes into `entries`, each in ascending order.
pub(crate) fn groups(entries: &[(&Report, &Analysis)]) -> Vec<Vec<usize>> {
    if entries.is_empty() {
        Vec::new()
    } else {
        vec![(0..entries.len()).collect()]
    }
}
