//! WACZ, a web archive in a ZIP file: WARC files, and a list of the pages that were visited.
//!
//! What a browser saved of one page holds the pages of its frames and advertisements too. The list
//! in `pages/` tells which the reader saw, so that, where it names any page that is there, the
//! others are passed over.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;

use serde::Deserialize;
use zip::ZipArchive;

use super::warc::{self, Counts, Record};
use super::zipped;
use crate::lines::Lines;
use crate::problem::Problem;

/// A line of the list of pages holds the page's text too, sometimes.
const MAX_LINE: usize = 16 << 20;
/// More pages than this are not told from their frames.
const MAX_PAGES: usize = 4 << 20;

/// A place in a WACZ file where reading can begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Which of its WARC files, in the order of their names.
    pub file: usize,
    /// The place in that file.
    pub warc: warc::Place,
}

/// A record of a WACZ file.
pub(crate) struct Item<'a> {
    /// The name of the WARC file within.
    pub file: &'a str,
    /// Where reading goes on after this record.
    pub next: Place,
    /// The record.
    pub record: Record,
}

/// Hands over the pages of a WACZ file, whose WARC files [`zipped::open`] found, from a place on.
pub(crate) fn each<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    files: &[(usize, String)],
    from: Place,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Counts {
    let mut counts = Counts::default();
    let mut pages = pages(zip);
    if !pages.is_empty() && !any_is_there(zip, files, &pages) {
        pages.clear();
    }
    for (number, (index, name)) in files.iter().enumerate().skip(from.file) {
        let start = if number == from.file {
            from.warc
        } else {
            warc::Place::default()
        };
        let opened = zipped::file(zip, *index)
            .and_then(|stored| warc::stream(stored, start).map_err(Problem::Io));
        let mut records = match opened {
            Ok(records) => records,
            Err(problem) => {
                counts.unread += 1;
                let failed = Record {
                    place: start,
                    next: start,
                    content: Err(problem),
                };
                let next = Place {
                    file: number + 1,
                    warc: warc::Place::default(),
                };
                let item = Item {
                    file: name,
                    next,
                    record: failed,
                };
                if sink(item).is_break() {
                    return counts;
                }
                continue;
            }
        };
        let mut give = |record: Record| {
            let warc = record.next;
            sink(Item {
                file: name,
                next: Place { file: number, warc },
                record,
            })
        };
        let mut embedded = 0;
        let mut flow = ControlFlow::Continue(());
        records.redirects();
        while let Some(record) = records.next() {
            for (whence, whither) in records.redirects() {
                follow(&mut pages, &whence, &whither);
            }
            let listed = |url: &str| pages.is_empty() || pages.contains(&key(url));
            if record
                .content
                .as_ref()
                .is_ok_and(|capture| !listed(&capture.url))
            {
                embedded += 1;
                continue;
            }
            flow = give(record);
            if flow.is_break() {
                break;
            }
        }
        let mut here = records.counts();
        here.pages -= embedded;
        here.embedded = embedded;
        counts = counts.and(here);
        if flow.is_break() {
            break;
        }
    }
    counts
}

/// A page that was asked for by another address is the page.
fn follow(pages: &mut BTreeSet<u64>, whence: &str, whither: &str) {
    if !pages.contains(&key(whence)) || pages.len() > 2 * MAX_PAGES {
        return;
    }
    let origin = whence
        .match_indices('/')
        .nth(2)
        .map_or(whence, |(at, _)| &whence[..at]);
    if whither.starts_with("//") {
        let scheme = whence.split("//").next().unwrap_or_default();
        pages.insert(key(&format!("{scheme}{whither}")));
    } else if whither.starts_with('/') {
        pages.insert(key(&format!("{origin}{whither}")));
    } else {
        pages.insert(key(whither));
    }
}

fn any_is_there<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    files: &[(usize, String)],
    pages: &BTreeSet<u64>,
) -> bool {
    files.iter().any(|(index, _)| {
        let stored = zipped::file(zip, *index).ok();
        let records = stored.and_then(|stored| warc::stream(stored, warc::Place::default()).ok());
        let captures = records.into_iter().flatten().filter_map(|r| r.content.ok());
        captures
            .into_iter()
            .any(|capture| pages.contains(&key(&capture.url)))
    })
}

#[derive(Deserialize)]
struct Page {
    url: String,
}

/// The addresses in the lists of pages, each as a number, since there may be millions.
fn pages<R: Read + Seek>(zip: &mut ZipArchive<R>) -> BTreeSet<u64> {
    let mut pages = BTreeSet::new();
    for name in ["pages/pages.jsonl", "pages/extraPages.jsonl"] {
        let Some(file) = zip
            .index_for_name(name)
            .and_then(|at| zipped::file(zip, at).ok())
        else {
            continue;
        };
        let mut lines = Lines::new(BufReader::new(file), MAX_LINE);
        while let Ok(Some(line)) = lines.next() {
            let bytes = line.bytes.unwrap_or_default();
            if let Ok(page) = serde_json::from_slice::<Page>(&bytes) {
                pages.insert(key(&page.url));
            }
            if pages.len() > MAX_PAGES {
                return BTreeSet::new();
            }
        }
    }
    pages
}

/// The same for addresses that differ in nothing but what servers never see.
fn key(url: &str) -> u64 {
    let url = url.split('#').next().unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    url.strip_suffix('/').unwrap_or(url).hash(&mut hasher);
    hasher.finish()
}
