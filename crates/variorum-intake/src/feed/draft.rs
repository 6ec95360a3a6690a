//! Entries as their format gives them, and how they become entries of a feed.
//!
//! A feed may say at its end whose it is and where it lives, so links, ids and outlets are settled
//! when all of it is read.

use url::Url;

use super::{Entry, Feed, Kind, Trouble, ids, outlet};
use crate::addresses;
use crate::dates;

const CUT: &str = "the feed breaks off in the middle of this entry";

/// All that a format gives.
#[derive(Default)]
pub(super) struct Parts {
    pub title: Option<String>,
    pub language: Option<String>,
    pub home: Option<String>,
    /// Of the feed, for entries that name none.
    pub author: Option<String>,
    pub drafts: Vec<Draft>,
    pub troubles: Vec<Trouble>,
    /// Entries so far, with the broken ones.
    pub seen: usize,
}

/// An entry before its feed is known.
#[derive(Default)]
pub(super) struct Draft {
    /// What the feed calls it: the `guid` of RSS, the `id` of the others.
    pub guid: Option<String>,
    /// The base of relative links is applied already, as far as one is known.
    pub link: Option<String>,
    /// Without `id`, `url`, and mostly without `outlet`.
    pub entry: Entry,
}

impl Parts {
    /// Takes a draft, or says why there is nothing in it.
    pub(super) fn push(&mut self, draft: Draft) {
        self.seen += 1;
        let entry = &draft.entry;
        let words = [&draft.link, &entry.title, &entry.html, &entry.summary];
        if words.iter().all(|part| part.is_none()) {
            self.trouble("neither link nor title nor text");
        } else {
            self.drafts.push(draft);
        }
    }

    /// Counts an entry that breaks off.
    pub(super) fn broken_off(&mut self) {
        self.seen += 1;
        self.trouble(CUT);
    }

    /// Takes note of whether the end of the feed was there. An entry that breaks off has said so.
    pub(super) fn ends(&mut self, closed: bool) {
        let said = self
            .troubles
            .last()
            .is_some_and(|trouble| trouble.reason == CUT);
        if !closed && !said {
            let reason = "the feed breaks off before its end".to_owned();
            self.troubles.push(Trouble {
                entry: None,
                reason,
            });
        }
    }

    /// Says what is wrong with the entry that was seen last.
    pub(super) fn trouble(&mut self, reason: &str) {
        let reason = reason.to_owned();
        self.troubles.push(Trouble {
            entry: Some(self.seen),
            reason,
        });
    }

    /// Makes the feed.
    pub(super) fn finish(self, kind: Kind, address: Option<&Url>) -> Feed {
        let home = self
            .home
            .as_deref()
            .and_then(|home| absolute(home, address));
        let site = home.as_ref().or(address);
        let outlet = match kind {
            Kind::Feed | Kind::JsonFeed => self
                .title
                .as_deref()
                .and_then(|title| outlet::of(title, site)),
            Kind::Opml | Kind::Sitemap | Kind::SitemapIndex => None,
        };
        let named = ids::Place {
            home: home.as_ref(),
            address,
            title: self.title.as_deref(),
        };
        let finish = |draft: Draft| {
            let url = draft.link.as_deref().and_then(|link| absolute(link, site));
            let mut entry = draft.entry;
            entry.id = ids::id(draft.guid.as_deref(), url.as_ref(), &entry, &named);
            entry.url = url.map(String::from);
            entry.author = entry.author.or_else(|| self.author.clone());
            entry.outlet = entry.outlet.or_else(|| outlet.clone());
            if let Some(credit) = &mut entry.credit {
                credit.url = credit
                    .url
                    .take()
                    .and_then(|u| absolute(&u, site))
                    .map(String::from);
            }
            entry.credit = entry.credit.filter(|c| c.name.is_some() || c.url.is_some());
            entry
        };
        let entries = self.drafts.into_iter().map(finish).collect();
        Feed {
            kind,
            title: self.title,
            language: self.language,
            entries,
            home: home.map(String::from),
            troubles: self.troubles,
        }
    }
}

/// A web address, by that of the site if it is relative.
fn absolute(link: &str, site: Option<&Url>) -> Option<Url> {
    addresses::web(link).or_else(|| addresses::web(site?.join(link.trim()).ok()?.as_str()))
}

/// The first date that can be read; if none can, the first.
pub(super) fn date(candidates: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let mut candidates: Vec<String> = candidates.into_iter().flatten().collect();
    let readable = candidates
        .iter()
        .position(|date| dates::moment(date).is_some());
    if candidates.is_empty() {
        None
    } else {
        Some(candidates.swap_remove(readable.unwrap_or(0)))
    }
}

/// The name in what feeds give for an author: `mail@host (Name)`, `Name <mail@host>`, `Name`.
pub(super) fn person(text: &str) -> Option<String> {
    let name = match text.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end().trim_end_matches(')'),
        _ => text
            .split_once('<')
            .filter(|(_, mail)| mail.contains('@'))
            .map_or(text, |(n, _)| n),
    };
    let name = name.trim();
    let is_mail = name.contains('@') && !name.contains(char::is_whitespace);
    (!is_mail && name.contains(char::is_alphabetic)).then(|| name.to_owned())
}

/// Several names as one, each once.
pub(super) fn joined(names: impl IntoIterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        // A crowd of authors is a mistake, and comparing each with each would take its time.
        if all.len() < 100 && !all.contains(&name) {
            all.push(name);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_names() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(person(text).as_deref(), expected, "{text:?}");
        };
        check("Anna Meyer", Some("Anna Meyer"));
        check("a.meyer@courier.example (Anna Meyer)", Some("Anna Meyer"));
        check("Anna Meyer <a.meyer@courier.example>", Some("Anna Meyer"));
        check("Anna Meyer (Ashford)", Some("Anna Meyer (Ashford)"));
        check("desk@courier.example", None);
        check("desk@courier.example ()", None);
        check(" - ", None);
    }

    #[test]
    fn a_date_that_can_be_read_goes_first() {
        let check = |dates: &[&str], expected: Option<&str>| {
            let found = date(dates.iter().map(|d| Some((*d).to_owned())));
            assert_eq!(found.as_deref(), expected, "{dates:?}");
        };
        check(&["2022-01-07", "2022-01-08"], Some("2022-01-07"));
        check(&["soon", "2022-01-08"], Some("2022-01-08"));
        check(&["soon", "later"], Some("soon"));
        check(&[], None);
    }
}
