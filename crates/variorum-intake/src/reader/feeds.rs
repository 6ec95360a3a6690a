//! Feeds, lists of feeds and sitemaps: what they give themselves, and what they link to.

use std::ops::ControlFlow;

use url::Url;
use variorum_model::{PageKind, Unread};

use super::pending::{Pending, Waiting};
use super::{Context, Reader, one_line, place, whole};
use crate::decode::Source;
use crate::feed;
use crate::links::{Fate, Listed};
use crate::options::Links;
use crate::problem::Problem;
use crate::web::Beside;
use crate::{Item, MAX_REPORT, page};

impl Reader<'_> {
    pub(super) fn feed(&mut self, context: &Context, source: Source<'_>) -> ControlFlow<()> {
        let bytes = match whole(source.reader, MAX_REPORT, Problem::TooLarge) {
            Ok(bytes) => bytes,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let address = context
            .beside
            .address
            .as_ref()
            .and_then(|url| Url::parse(url).ok());
        let feed = match feed::read(&bytes, address.as_ref()) {
            Ok(feed) => feed,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        for trouble in &feed.troubles {
            let reason = one_line(&trouble.reason);
            match trouble.entry {
                Some(entry) => self.wait_to_say(Item::Unread(Unread {
                    path: format!("{} (entry {entry})", place(&context.path, None)),
                    reason,
                }))?,
                None => self.say(place(&context.path, None), reason)?,
            }
        }
        let (mut kept, mut summaries) = (0, 0);
        let lists: Vec<Listed> = feed::links(&feed)
            .filter_map(|link| Listed::of_list(&link))
            .collect();
        let is_list = !lists.is_empty();
        for listed in lists {
            kept += usize::from(!self.link(context, listed)?);
        }
        let entries = if is_list { Vec::new() } else { feed.entries };
        let any = !entries.is_empty();
        for entry in entries {
            let whole = entry.whole().map(page::plain);
            let listed = Listed::of_entry(&entry, feed.language.as_deref());
            let words = if let Some(text) = whole {
                Some((text, PageKind::Article))
            } else {
                if let Some(listed) = listed
                    && self.link(context, listed)?
                {
                    continue;
                }
                let summary = entry.summary.as_deref().or(entry.html.as_deref());
                summary.map(|html| (page::plain(html), PageKind::Summary))
            };
            let Some((text, kind)) = words.filter(|(text, _)| !text.is_empty()) else {
                kept += 1;
                continue;
            };
            summaries += usize::from(kind == PageKind::Summary);
            let (listing, credit) = Listed::fields_of_entry(&entry, feed.language.as_deref());
            self.wait(Pending {
                place: format!("{} ({})", place(&context.path, None), one_line(&entry.id)),
                name: entry.id.clone(),
                ending: None,
                beside: Beside {
                    listing,
                    credit,
                    retrieved: context.beside.retrieved,
                    ..Beside::default()
                },
                content: Waiting::Words(text, kind),
                mark: None,
            })?;
        }
        self.flush()?;
        if summaries > 0 {
            let entries = if summaries == 1 {
                "entry gives"
            } else {
                "entries give"
            };
            let reason = format!(
                "{summaries} {entries} only a summary, kept as such; --links fetch fetches the pages"
            );
            self.say(place(&context.path, None), reason)?;
        }
        if kept > 0 {
            self.unread(&context.path, None, &Problem::OnlyLinks(kept))
        } else if !any && !is_list {
            self.unread(&context.path, None, &Problem::NoRows)
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Takes note of a link; false if it is not to be fetched.
    pub(crate) fn link(&mut self, context: &Context, listed: Listed) -> ControlFlow<(), bool> {
        let fetches = match self.options.links {
            Links::Fetch => true,
            Links::OfFetched => context.fetched,
            Links::Keep => false,
        };
        if fetches {
            match listed.fate(self.options, context) {
                Fate::Ask(request) => {
                    self.ask(*request);
                }
                Fate::Had => {}
                Fate::Unwanted => self.left_out += 1,
                Fate::Refused(problem) => {
                    self.flush()?;
                    let reason = one_line(&problem.to_string());
                    let path = place(&context.path, None);
                    self.lost(Unread { path, reason })?;
                }
            }
        }
        ControlFlow::Continue(fetches)
    }
}
