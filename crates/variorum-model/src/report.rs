//! One published text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Moment;
use crate::span::Span;

/// Where a report's publication date was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// From fields beside the text: a column, a sidecar file.
    Metadata,
    /// From a line in front of the text (`date 2022-01-08 ...`).
    Header,
    /// From the text itself, such as its dateline.
    Text,
    /// From its story: the latest day that it tells as past.
    Inferred,
    /// Not known.
    None,
}

/// One published text, as intake decoded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The given id, else the url, else the file's path under the argument.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline; null rather than a date or a guess.
    pub title: Option<String>,
    /// Its byline.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Where `published` was taken from.
    pub published_from: PublishedFrom,
    /// When it was fetched.
    pub retrieved: Option<Moment>,
    /// SHA-256 of `text` in UTF-8, hexadecimal.
    pub sha256: String,
    /// Two-letter language code (ISO 639-1), given or detected.
    pub language: Option<String>,
    /// Whether the language is one that `analyze` reads. Others are kept and grouped only.
    pub analysed: bool,
    /// The text as decoded, unchanged, header lines and all.
    pub text: String,
    /// Agencies and outlets that the source of the report names as its origin.
    pub credits: Vec<Credit>,
}

/// A credit to an agency or another outlet ("(Reuters)", "AP contributed to this report").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    /// The agency, by its usual name.
    pub agency: Option<String>,
    /// The outlet, when it is not an agency.
    pub outlet: Option<String>,
    /// First code point of the words that give the credit; 0 when they are not in the text.
    pub start: usize,
    /// One past the last code point; 0 when they are not in the text.
    pub end: usize,
}

impl Credit {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}
