//! Places in a report's text.
//!
//! The contract counts in Unicode code points, Rust in bytes. [`CodePoints`] converts between the
//! two in constant time; inside the crates byte ranges are used, at their borders [`Span`]s.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of a report's text: code points, end exclusive.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// How many code points it covers.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// How many code points both cover.
    pub fn overlap(self, other: Span) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The exact words of a report, as proof: `exact` is always `text[start..end]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Id of the report.
    pub report: String,
    /// First code point in the report's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words themselves.
    pub exact: String,
    /// A few words before, for finding the place again.
    pub prefix: String,
    /// A few words after.
    pub suffix: String,
}

impl Evidence {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// Length of `prefix` and `suffix` in code points.
const CONTEXT: usize = 32;

/// How far apart the stored positions are.
const STRIDE: usize = 64;

/// Converts between code points and bytes of one text.
///
/// ```
/// use variorum_model::CodePoints;
/// let text = "“Kyiv”";
/// let index = CodePoints::of(text);
/// let span = index.span(3..7);
/// assert_eq!((span.start, span.end), (1, 5));
/// assert_eq!(index.bytes(span), 3..7);
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Byte offset of every `STRIDE`th code point; empty when the text is ASCII.
    bytes: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Indexes a text once, in time linear in its length.
    pub fn of(text: &'a str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STRIDE)
                .map(|(byte, _)| byte)
                .collect()
        };
        CodePoints { text, bytes }
    }

    /// The text it indexes.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Code points before the byte offset. An offset inside a character counts as its start.
    pub fn point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.bytes.is_empty() {
            return byte;
        }
        let block = self.bytes.partition_point(|&b| b <= byte) - 1;
        let inside = self.text[self.bytes[block]..]
            .char_indices()
            .take_while(|(i, c)| self.bytes[block] + i + c.len_utf8() <= byte)
            .count();
        block * STRIDE + inside
    }

    /// Byte offset of a code point; the text's length when it lies behind the end.
    pub fn byte(&self, point: usize) -> usize {
        if self.bytes.is_empty() {
            return point.min(self.text.len());
        }
        let Some(&start) = self.bytes.get(point / STRIDE) else {
            return self.text.len();
        };
        self.text[start..]
            .char_indices()
            .nth(point % STRIDE)
            .map_or(self.text.len(), |(i, _)| start + i)
    }

    /// The span of a byte range.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span {
            start: self.point(range.start),
            end: self.point(range.end),
        }
    }

    /// The byte range of a span.
    pub fn bytes(&self, span: Span) -> Range<usize> {
        self.byte(span.start)..self.byte(span.end)
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[self.bytes(span)]
    }

    /// The words of a span as evidence, with what stands around them.
    pub fn evidence(&self, report: &str, span: Span) -> Evidence {
        let before = Span {
            start: span.start.saturating_sub(CONTEXT),
            end: span.start,
        };
        let after = Span {
            start: span.end,
            end: span.end + CONTEXT,
        };
        Evidence {
            report: report.to_owned(),
            start: span.start,
            end: span.end,
            exact: self.slice(span).to_owned(),
            prefix: self.slice(before).to_owned(),
            suffix: self.slice(after).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_point_goes_there_and_back() {
        for text in ["", "plain", "“é” 🙂 — ß", &"a—".repeat(200)] {
            let index = CodePoints::of(text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(index.byte(point), byte, "{text:?} at {point}");
                assert_eq!(index.point(byte), point, "{text:?} at byte {byte}");
            }
            assert_eq!(index.point(text.len()), text.chars().count());
            assert_eq!(index.byte(text.chars().count() + 5), text.len());
        }
    }

    #[test]
    fn evidence_is_the_text_and_its_surroundings() {
        let index = CodePoints::of("He said “no” twice.");
        let evidence = index.evidence("r", Span { start: 9, end: 11 });
        assert_eq!(evidence.exact, "no");
        assert_eq!(evidence.prefix, "He said “");
        assert_eq!(evidence.suffix, "” twice.");
    }
}
