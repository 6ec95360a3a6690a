//! One published text.

use std::collections::BTreeMap;

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
    /// When it was last changed, as its page or feed says.
    #[serde(default)]
    pub updated: Option<Moment>,
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
    /// What kind of page it was read from; null for what is no web page.
    #[serde(default)]
    pub page: Option<PageKind>,
    /// Of a page: where each of its fields was found, by the field's name.
    #[serde(default)]
    pub sources: BTreeMap<String, Place>,
    /// The id of the report of which this is a later version.
    #[serde(default)]
    pub version_of: Option<String>,
}

/// What kind of page a report was read from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// An article.
    Article,
    /// The front of an article that only subscribers may read.
    Paywalled,
    /// A summary that a feed gives of an article.
    Summary,
    /// A live blog: entries of many times.
    Live,
    /// Pictures with captions.
    Gallery,
    /// A film with a few words.
    Video,
    /// Links to other pages: a front page, a section, a search.
    Index,
    /// None of these.
    Other,
}

/// Where a field of a report was found.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Beside the page: a sidecar file, or fields of the row that holds it.
    Given,
    /// A JSON-LD script.
    JsonLd,
    /// A meta of the OpenGraph protocol.
    OpenGraph,
    /// Another meta, or a link in the page's head.
    Meta,
    /// An `itemprop` attribute.
    Microdata,
    /// A `time` element.
    Time,
    /// A heading.
    Heading,
    /// The `title` element.
    TitleElement,
    /// An element named for an author or a date, or a line that begins with "By".
    Byline,
    /// Other words of the page.
    Text,
    /// The `lang` attribute of the page.
    Html,
    /// The page's address.
    Address,
    /// The feed, sitemap, table or archive that holds the page or the link to it.
    Listing,
}

/// A credit to an agency or another outlet ("(Reuters)", "AP contributed to this report").
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
