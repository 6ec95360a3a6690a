//! Feeds, lists of feeds and sitemaps: from bytes to plain data.
//!
//! Read are RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0), JSON Feed (1, 1.1), OPML, sitemaps (with the
//! fields of news sitemaps) and indexes of sitemaps. Nothing is fetched here, and the HTML of an
//! entry is handed on as it is.
//!
//! The stages: `characters` makes text of the bytes; `kind` tells by the root what it is; `rss`,
//! `atom`, `json` and `lists` take entries out of it as drafts, the XML ones by `markup`; `draft`
//! makes entries of these once all is known about the feed: `ids` gives each its id, `outlet` says
//! whose they are. `whole` judges whether an entry carries its article.
//!
//! What is broken costs only itself: an entry that cannot be read is a [`Trouble`], and the others
//! are read. Nothing recurses and no entity of a document type is expanded, so neither depth nor
//! definitions can be used against the reader.

mod atom;
mod characters;
mod draft;
#[cfg(test)]
mod hostile;
mod ids;
mod json;
mod kind;
mod lists;
mod markup;
mod names;
mod outlet;
mod plain;
mod rss;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod whole;

use url::Url;

use crate::problem::Problem;

/// How many bytes at the front of an input may tell what it is.
const HEAD: usize = 64 << 10;

/// What a feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// RSS or Atom.
    Feed,
    JsonFeed,
    /// A list of feeds.
    Opml,
    Sitemap,
    /// A list of sitemaps.
    SitemapIndex,
}

/// A feed that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feed {
    pub kind: Kind,
    pub title: Option<String>,
    /// As the feed writes it ("en-us").
    pub language: Option<String>,
    /// The address of the site.
    pub home: Option<String>,
    /// In the feed's order. Of an OPML list the feeds, of an index the sitemaps.
    pub entries: Vec<Entry>,
    /// What could not be read, and what is to say about the rest.
    pub troubles: Vec<Trouble>,
}

/// An entry of a feed: a report, or where to find one. Titles and names are plain text, addresses
/// are absolute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The same for the same item wherever and whenever it is read; never the same for two.
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    /// Several are joined by commas.
    pub author: Option<String>,
    /// As the feed writes it, for [`crate::dates::moment`].
    pub published: Option<String>,
    /// As the feed writes it; of a sitemap `lastmod`.
    pub updated: Option<String>,
    /// What the entry itself, or XML around it, declares; else that of the feed may be meant.
    pub language: Option<String>,
    /// Where a syndicated item comes from.
    pub credit: Option<Source>,
    /// The content, as HTML.
    pub html: Option<String>,
    /// The description, as HTML.
    pub summary: Option<String>,
    /// The publication that a news sitemap names, or that the feed's title does.
    pub outlet: Option<String>,
}

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub name: Option<String>,
    pub url: Option<String>,
}

/// Something to say about a feed that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Which entry, counted from 1 and with the broken ones; `None` for the feed as a whole.
    pub entry: Option<usize>,
    /// What there is to say, in one line.
    pub reason: String,
}

/// An address of more to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    pub url: &'a str,
    pub title: Option<&'a str>,
    /// When what is there changed last, as the list writes it.
    pub updated: Option<&'a str>,
}

/// What the front of an input shows it to be; some kilobytes are enough. `None` for web pages,
/// other XML and other JSON.
pub(crate) fn kind(head: &[u8]) -> Option<Kind> {
    kind::of(&characters::text(&head[..head.len().min(HEAD)]).0)
}

/// Reads a feed; `address` is its own, by which relative links become absolute. An error if it is
/// none of [`Kind`].
pub(crate) fn read(bytes: &[u8], address: Option<&Url>) -> Result<Feed, Problem> {
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::Empty);
    }
    let (text, notices) = characters::text(bytes);
    let kind = kind::of(&text).ok_or(Problem::NoFeed)?;
    let scope = markup::outermost(address);
    let mut parts = match kind {
        Kind::Feed if kind::is_atom(&text) => atom::parts(&text, scope),
        Kind::Feed => rss::parts(&text, scope),
        Kind::JsonFeed => json::parts(&text, &scope),
        Kind::Opml => lists::opml(&text, &scope),
        Kind::Sitemap | Kind::SitemapIndex => lists::sitemap(&text, scope),
    };
    let whole = notices.into_iter().map(|reason| Trouble {
        entry: None,
        reason,
    });
    parts.troubles.splice(0..0, whole);
    Ok(parts.finish(kind, address))
}

/// The feeds of an OPML list, or the sitemaps of an index; of anything else nothing.
pub(crate) fn links(feed: &Feed) -> impl Iterator<Item = Link<'_>> {
    let is_list = matches!(feed.kind, Kind::Opml | Kind::SitemapIndex);
    let entries = if is_list {
        feed.entries.as_slice()
    } else {
        &[]
    };
    entries.iter().filter_map(|entry| {
        Some(Link {
            url: entry.url.as_deref()?,
            title: entry.title.as_deref(),
            updated: entry.updated.as_deref(),
        })
    })
}
