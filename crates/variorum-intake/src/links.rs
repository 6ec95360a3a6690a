//! Links to reports: from feeds, sitemaps, lists of feeds, tables and lists of addresses to what is
//! to be fetched.

use url::Url;

use crate::addresses::{plain_url, web, without_password};
use crate::dates;
use crate::feed::{Entry, Link};
use crate::fetch::Request;
use crate::fields::{Field, Fields};
use crate::filter;
use crate::gkg;
use crate::options::Options;
use crate::page;
use crate::problem::Problem;
use crate::reader::Context;

/// Lists lead to lists at most so often: a list of feeds, its feeds, their pages.
const DEEPEST: usize = 3;

/// Why something is fetched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Job {
    /// What the list that links to it says of it.
    pub listing: Fields,
    /// Whom the list names as its source.
    pub credit: Option<String>,
    /// When the list says that it was changed.
    pub changed: Option<String>,
    /// How many lists led to it.
    pub depth: usize,
    /// The host and port that the user named, from which it came.
    pub host: Option<String>,
}

/// The host and port of an address.
pub(crate) fn host(url: &Url) -> Option<String> {
    Some(format!(
        "{}:{}",
        url.host_str()?,
        url.port_or_known_default()?
    ))
}

/// A link, with what its list says of the page.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub url: Url,
    pub listing: Fields,
    pub credit: Option<String>,
    pub changed: Option<String>,
    /// The user wrote it.
    pub typed: bool,
}

/// What is to be done about a link.
pub(crate) enum Fate {
    /// It is to be fetched.
    Ask(Box<Request<Job>>),
    /// An earlier run had it, and its list says nothing of a change.
    Had,
    /// It cannot lead to what is wanted.
    Unwanted,
    Refused(Problem),
}

impl Listed {
    /// An address of which no more is known.
    pub(crate) fn of(url: Url) -> Self {
        Listed {
            url,
            listing: Fields::default(),
            credit: None,
            changed: None,
            typed: false,
        }
    }

    /// An address in a list of addresses. In a file of the user's, the user wrote it; in one that was
    /// fetched, it is a link like any other.
    pub(crate) fn in_list(text: &str, fetched: bool) -> Result<Self, Problem> {
        let request = Request::named(text, ())?;
        Ok(Listed {
            typed: !fetched,
            ..Listed::of(request.url)
        })
    }

    /// A row of GDELT's.
    pub(crate) fn of_gkg(row: gkg::Link) -> Result<Self, Problem> {
        let url = web(&row.url).ok_or(Problem::NotGkg("its address is none of the web"))?;
        let listing = Fields::default()
            .with(Field::Outlet, row.outlet)
            .with(Field::Title, row.title)
            .with(Field::Author, row.author)
            .with(Field::Published, row.published)
            .with(Field::Retrieved, row.seen)
            .with(Field::Language, row.language);
        Ok(Listed {
            listing,
            ..Listed::of(url)
        })
    }

    /// A feed or sitemap that a list names.
    pub(crate) fn of_list(link: &Link<'_>) -> Option<Self> {
        let changed = link.updated.map(str::to_owned);
        Some(Listed {
            changed,
            ..Listed::of(web(link.url)?)
        })
    }

    /// The page of an entry.
    pub(crate) fn of_entry(entry: &Entry, language: Option<&str>) -> Option<Self> {
        let url = web(entry.url.as_deref()?)?;
        let (listing, credit) = Listed::fields_of_entry(entry, language);
        let summary = entry
            .summary
            .as_deref()
            .or(entry.html.as_deref())
            .map(page::plain);
        let listing = listing.with(Field::Text, summary);
        Some(Listed {
            listing,
            credit,
            changed: entry.updated.clone(),
            ..Listed::of(url)
        })
    }

    /// What a feed says of an entry, and whom it names as its source.
    pub(crate) fn fields_of_entry(
        entry: &Entry,
        language: Option<&str>,
    ) -> (Fields, Option<String>) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let fields = Fields::default()
            .with(Field::Id, Some(entry.id.clone()))
            .with(Field::Url, entry.url.clone())
            .with(Field::Title, entry.title.clone())
            .with(Field::Author, entry.author.clone())
            .with(Field::Published, entry.published.clone())
            .with(Field::Updated, entry.updated.clone())
            .with(
                Field::Language,
                owned(entry.language.as_deref().or(language)),
            )
            .with(Field::Outlet, entry.outlet.clone());
        let source = entry.credit.as_ref();
        let credit = source.and_then(|source| source.name.clone().or_else(|| source.url.clone()));
        (fields, credit)
    }

    /// What is to be done about it.
    pub(crate) fn fate(self, options: &Options, context: &Context) -> Fate {
        let day = |field| self.listing.get(field).and_then(dates::moment);
        if !filter::may_lead(options, day(Field::Published), day(Field::Updated)) {
            return Fate::Unwanted;
        }
        if context.depth >= DEEPEST {
            return Fate::Refused(Problem::TooDeep);
        }
        let before = options.done.fetched.get(&plain_url(self.url.as_str()));
        let is_list = self.listing.get(Field::Id).is_none() && self.changed.is_none();
        if !is_list && before.is_some_and(|before| before.listed == self.changed) {
            return Fate::Had;
        }
        // The user who names a host of the own network means its pages too.
        let named = host(&self.url);
        let own = context.host.is_some() && context.host == named;
        let job = Job {
            listing: self.listing,
            credit: self.credit,
            changed: self.changed,
            depth: context.depth + 1,
            host: named.filter(|_| own || self.typed),
        };
        let request = if self.typed {
            Request::named(self.url.as_str(), job)
        } else if own {
            Request::named(&without_password(self.url.as_str()), job)
        } else {
            Request::link(self.url, job)
        };
        match request {
            Err(failure) => Fate::Refused(failure.into()),
            Ok(mut request) => {
                request.etag = before.and_then(|before| before.etag.clone());
                request.last_modified = before.and_then(|before| before.last_modified.clone());
                Fate::Ask(Box::new(request))
            }
        }
    }
}
