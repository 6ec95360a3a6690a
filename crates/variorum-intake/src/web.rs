//! A page, or a feed's summary of one, to a [`Report`].
//!
//! A field is taken from what the user says of the page, else from the page itself, else from the
//! feed, table or archive that led to it; the report tells which.

use std::collections::BTreeMap;

use url::Url;
use variorum_model::id::sha256;
use variorum_model::{Credit, Moment, PageKind, Place, PublishedFrom, Report};

use crate::addresses::without_password;
use crate::fields::{Field, Fields};
use crate::kept::{is_archive, kept, original};
use crate::make::{finish, has_words};
use crate::page::{Found, Page};
use crate::problem::Problem;
use crate::{dateline, dates, language};

/// What is known of a page from beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// What the user says of it.
    pub given: Fields,
    /// What the feed, table or archive says of it.
    pub listing: Fields,
    /// Whom the feed names as the source of the item.
    pub credit: Option<String>,
    /// Where it was fetched.
    pub address: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<Moment>,
}

/// Makes a report of a page. Its id is what it should be called; empty if only its file has a name.
pub(crate) fn of_page(page: Page, beside: &Beside) -> Result<Report, Problem> {
    let Page { facts, text, kind } = page;
    has_words(&text).map_err(|_| Problem::NoArticle)?;
    let mut choice = Choice {
        beside,
        sources: BTreeMap::new(),
    };
    let title = choice.text("title", Field::Title, facts.title);
    let author = choice.text("author", Field::Author, facts.author);
    // A host's name only stands in for an outlet's.
    let (host, named) = match facts.outlet {
        Some(outlet) if outlet.from == Place::Address => (Some(outlet), None),
        named => (None, named),
    };
    let outlet = choice.text("outlet", Field::Outlet, named);
    let outlet = outlet.or_else(|| choice.text("outlet", Field::Outlet, host));
    let fetched = beside.address.as_deref();
    let copy = fetched
        .and_then(kept)
        .or_else(|| kept(beside.given.get(Field::Url)?));
    let fetched = beside.address.clone().map(original);
    let address = fetched.clone().map(|value| Found {
        value,
        from: Place::Address,
    });
    // A page that names another site's as its original is still not that site's.
    let (own, elsewhere) = match (facts.url, &fetched) {
        (Some(url), Some(address)) if site(&url.value) != site(address) => (None, site(&url.value)),
        (url, _) => (url, None),
    };
    let url = choice
        .of("url", Field::Url, own.or(address), |url| {
            Some(without_password(url).into_owned())
        })
        .map(original);
    let declared = choice.of("language", Field::Language, facts.language, language::given);
    let published = choice.of(
        "published",
        Field::Published,
        facts.published,
        dates::moment,
    );
    let updated = choice.of("updated", Field::Updated, facts.updated, dates::moment);
    let language = language::of_page(declared.clone(), &text);
    if language.is_some() && language != declared {
        choice.sources.insert("language".to_owned(), Place::Text);
    }
    let published = published.map(|moment| (moment, PublishedFrom::Metadata));
    let published = published.or_else(|| dateline::published(&text));
    let id = beside
        .given
        .get(Field::Id)
        .or(beside.listing.get(Field::Id));
    let credits = facts
        .credits
        .into_iter()
        .chain(beside.credit.clone())
        .chain(elsewhere);
    let report = Report {
        id: id
            .map(str::to_owned)
            .or_else(|| url.clone())
            .unwrap_or_default(),
        outlet,
        url,
        title,
        author,
        published: published.map(|(moment, _)| moment),
        published_from: published.map_or(PublishedFrom::None, |(_, from)| from),
        updated,
        retrieved: beside.retrieved.or_else(|| copy?.copied),
        sha256: sha256(text.as_bytes()),
        language,
        analysed: true,
        text,
        credits: credits.map(credit).collect(),
        page: Some(kind),
        sources: choice.sources,
        version_of: None,
    };
    Ok(finish(report, Vec::new()).0)
}

/// A page of which only the words are known.
pub(crate) fn of_words(text: String, kind: PageKind, beside: &Beside) -> Result<Report, Problem> {
    of_page(Page::of_words(text, kind), beside)
}

struct Choice<'a> {
    beside: &'a Beside,
    sources: BTreeMap<String, Place>,
}

impl Choice<'_> {
    fn text(&mut self, name: &str, field: Field, own: Option<Found<String>>) -> Option<String> {
        self.of(name, field, own, |value| Some(value.to_owned()))
    }

    fn of<T>(
        &mut self,
        name: &str,
        field: Field,
        own: Option<Found<T>>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let beside = |fields: &Fields, from| {
            // An archive is not the outlet of the page that it keeps.
            let kept = |value: &&str| field != Field::Outlet || !is_archive(value);
            let value = read(fields.get(field).filter(kept)?)?;
            Some(Found { value, from })
        };
        let found = beside(&self.beside.given, Place::Given)
            .or(own)
            .or_else(|| beside(&self.beside.listing, Place::Listing))?;
        self.sources.insert(name.to_owned(), found.from);
        Some(found.value)
    }
}

/// The site of an address: its host without what stands before the last name but one, or but two
/// where both are short ("news.example.co.uk" is "example.co.uk").
fn site(address: &str) -> Option<String> {
    let address = Url::parse(address).ok()?;
    let host = address.host_str()?;
    let parts: Vec<&str> = host.rsplit('.').collect();
    let short = parts.iter().take(2).all(|part| part.len() <= 3);
    let mut kept: Vec<&str> = parts.into_iter().take(if short { 3 } else { 2 }).collect();
    kept.reverse();
    Some(kept.join("."))
}

/// A credit that is given by name beside the text.
fn credit(name: String) -> Credit {
    Credit {
        agency: None,
        outlet: Some(name),
        start: 0,
        end: 0,
    }
}

/// What there is to say of a kind of page, if it is no whole article.
pub(crate) fn remark(kind: PageKind) -> Option<&'static str> {
    match kind {
        // Summaries are told of once for a feed.
        PageKind::Article | PageKind::Other | PageKind::Summary => None,
        PageKind::Paywalled => Some("only the front of an article; the rest is for subscribers"),
        PageKind::Live => Some("a live blog"),
        PageKind::Gallery => Some("a gallery"),
        PageKind::Video => Some("a video with a few words"),
        PageKind::Index => Some("a page of links, no article"),
    }
}
