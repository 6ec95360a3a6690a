//! Pages that wait to be read: several are read side by side, and handed over in order.

use std::ops::ControlFlow;

use rayon::prelude::*;
use variorum_model::{PageKind, Report, Unread};

use super::{Reader, one_line};
use crate::addresses::plain_url;
use crate::ids::Version;
use crate::options::Mark;
use crate::web::{self, Beside};
use crate::{Item, charset, filter, make, page};

/// Pages are read side by side when so many bytes of them are gathered ...
const BATCH: usize = 8 << 20;
/// ... or so many of them.
const MOST_PAGES: usize = 256;

/// A page that waits to be read.
pub(super) struct Pending {
    pub place: String,
    pub name: String,
    pub ending: Option<String>,
    pub beside: Beside,
    pub content: Waiting,
    /// How far its file is read when it is handed over.
    pub mark: Option<Mark>,
}

/// What a page is read from.
pub(super) enum Waiting {
    /// Its bytes, and what the server says that they are.
    Page(Vec<u8>, Option<String>),
    /// Its text.
    Words(String, PageKind),
    /// Nothing but what there is to say.
    Said(Item),
}

impl Reader<'_> {
    /// Reads a page of which there are only words.
    pub(crate) fn words(
        &mut self,
        place: &str,
        text: String,
        kind: PageKind,
        beside: Beside,
    ) -> ControlFlow<()> {
        let name = place.to_owned();
        self.wait(Pending {
            place: place.to_owned(),
            name,
            ending: None,
            beside,
            content: Waiting::Words(text, kind),
            mark: None,
        })
    }

    pub(super) fn wait(&mut self, pending: Pending) -> ControlFlow<()> {
        self.size += match &pending.content {
            Waiting::Page(bytes, _) => bytes.len(),
            Waiting::Words(text, _) => text.len(),
            Waiting::Said(_) => 0,
        };
        self.pending.push(pending);
        if self.size > BATCH || self.pending.len() >= MOST_PAGES {
            return self.flush();
        }
        ControlFlow::Continue(())
    }

    pub(super) fn wait_to_say(&mut self, item: Item) -> ControlFlow<()> {
        self.wait(Pending {
            place: String::new(),
            name: String::new(),
            ending: None,
            beside: Beside::default(),
            content: Waiting::Said(item),
            mark: None,
        })
    }

    /// Reads the pages that wait, side by side, and hands them over in order.
    pub(crate) fn flush(&mut self) -> ControlFlow<()> {
        self.size = 0;
        let pending = std::mem::take(&mut self.pending);
        let read = |mut pending: Pending| {
            let made = match std::mem::replace(
                &mut pending.content,
                Waiting::Words(String::new(), PageKind::Other),
            ) {
                Waiting::Page(bytes, content_type) => {
                    let html = charset::text(&bytes, content_type.as_deref());
                    web::of_page(
                        page::read(&html, pending.beside.address.as_deref()),
                        &pending.beside,
                    )
                }
                Waiting::Words(text, kind) => web::of_words(text, kind, &pending.beside),
                Waiting::Said(item) => return (pending, Err(item)),
            };
            let made = made.map_err(|problem| {
                Item::Unread(Unread {
                    path: pending.place.clone(),
                    reason: one_line(&problem.to_string()),
                })
            });
            (pending, made)
        };
        let read: Vec<(Pending, Result<Report, Item>)> =
            pending.into_par_iter().map(read).collect();
        for (pending, made) in read {
            let flow = match made {
                // Pages of an archive are each worth a line; rows of a file may be.
                Err(Item::Unread(unread)) if pending.mark.is_none() => self.lost(unread),
                Err(item) => (self.sink)(item),
                Ok(report) => self.give_page(&pending, report),
            };
            // Also when this one was the last that was wanted.
            if let Some(mark) = pending.mark {
                (self.sink)(Item::Mark(mark))?;
            }
            flow?;
        }
        ControlFlow::Continue(())
    }

    pub(super) fn give_page(&mut self, pending: &Pending, mut report: Report) -> ControlFlow<()> {
        if report.id.is_empty() {
            report.id = self.ids.claim(&pending.name, pending.ending.as_deref());
        } else {
            if !filter::wants(self.options, &report) {
                self.left_out += 1;
                return ControlFlow::Continue(());
            }
            if let Some(url) = &report.url {
                report.id = self.ids.by_address(&plain_url(url), &report.id);
            }
            match self.ids.claim_version(&report.id, &report.sha256) {
                Version::First(id) => report.id = id,
                Version::Later(id) => {
                    report.version_of = Some(std::mem::replace(&mut report.id, id));
                }
                Version::Known => {
                    self.known += 1;
                    return ControlFlow::Continue(());
                }
            }
        }
        let remark = report.page.and_then(web::remark).map(str::to_owned);
        let mut notices: Vec<String> = remark
            .into_iter()
            .chain(make::unanalysed(&report))
            .collect();
        if pending.mark.is_some() {
            // Of a large archive, each is told once.
            for reason in notices.drain(..) {
                *self.remarks.entry(reason).or_default() += 1;
            }
        }
        self.hand_over(&pending.place, report, notices)
    }
}
