//! What `copies` finds: pairs of reports that share text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Two reports that share text; `a` comes before `b` in the order (published, id).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedText {
    /// Id of the one report.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Share of a's own words, those outside quotation marks, that are reporting and stand in b.
    pub share_a: f64,
    /// Share of b's own words that are reporting and stand in a.
    pub share_b: f64,
    /// What kind of sharing that is.
    pub kind: SharedKind,
    /// Whose reporting it is, as far as is known: the id of one of the two, or `agency:AP`.
    pub origin: Option<String>,
    /// The report that had the shared words first, as far as is known.
    pub from: Option<String>,
    /// How many words of reporting both have.
    pub words: usize,
    /// How many words of quotations and other speech both have.
    pub quoted_words: usize,
}

/// How two reports share text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SharedKind {
    /// One is a copy of the other, whole, shortened or rewritten.
    Copy,
    /// One took a considerable part of its reporting from the other.
    Partial,
    /// Both print the same words of somebody else.
    Quotes,
}
