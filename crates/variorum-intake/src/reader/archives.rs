//! Web archives: WARC, WACZ, and what else comes in ZIP files.

use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;

use variorum_model::{PageKind, Unread};

use super::pending::{Pending, Waiting};
use super::{Context, Reader, one_line, place};
use crate::addresses::without_password;
use crate::archive::zipped::{self, Contents};
use crate::archive::{wacz, warc};
use crate::options::{Mark, Point};
use crate::problem::Problem;
use crate::web::Beside;
use crate::{Item, MAX_PAGE, charset};

impl Reader<'_> {
    pub(super) fn zip(&mut self, context: &Context, file: impl Read + Seek) -> ControlFlow<()> {
        let (mut zip, contents) = match zipped::open(BufReader::new(file)) {
            Ok(opened) => opened,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let files = match contents {
            Contents::Wacz(files) => files,
            Contents::Table(index, name) => {
                let context = Context {
                    path: context.path.join(name),
                    ..context.clone()
                };
                return match zipped::file(&mut zip, index) {
                    Ok(file) => self.input(&context, file),
                    Err(problem) => self.unread(&context.path, None, &problem),
                };
            }
        };
        let point = self.point(&context.path);
        let from = wacz::Place {
            file: point.file,
            warc: warc::Place {
                stored: point.stored,
                within: point.within,
            },
        };
        let mut flow = ControlFlow::Continue(());
        let mut troubles = 0;
        let counts = wacz::each(&mut zip, &files, from, &mut |item| {
            let point = Point {
                file: item.next.file,
                stored: item.next.warc.stored,
                within: item.next.warc.within,
                line: 0,
            };
            flow = self.record(context, Some(item.file), item.record, point, &mut troubles);
            flow
        });
        flow?;
        self.counted(context, &counts)
    }

    pub(super) fn records<R: Read>(
        &mut self,
        context: &Context,
        mut records: warc::Records<R>,
    ) -> ControlFlow<()> {
        let mut troubles = 0;
        for record in records.by_ref() {
            let point = Point {
                stored: record.next.stored,
                within: record.next.within,
                ..Point::default()
            };
            self.record(context, None, record, point, &mut troubles)?;
        }
        self.counted(context, &records.counts())
    }

    pub(super) fn record(
        &mut self,
        context: &Context,
        within: Option<&str>,
        record: warc::Record,
        point: Point,
        troubles: &mut usize,
    ) -> ControlFlow<()> {
        let path = within.map_or_else(|| context.path.clone(), |file| context.path.join(file));
        let place = format!("{} (at byte {})", place(&path, None), record.place.stored);
        let capture = match record.content {
            Ok(capture) => capture,
            Err(problem) => {
                *troubles += 1;
                let reason = one_line(&problem.to_string());
                return self.wait_to_say(Item::Unread(Unread {
                    path: place,
                    reason,
                }));
            }
        };
        let url = without_password(&capture.url).into_owned();
        let is_text = capture
            .content_type
            .as_ref()
            .is_some_and(|kind| kind.starts_with("text/plain"));
        let beside = Beside {
            address: Some(url.clone()),
            retrieved: capture.retrieved,
            ..Beside::default()
        };
        let content = if is_text {
            let text = charset::text(&capture.body, capture.content_type.as_deref()).into_owned();
            Waiting::Words(text, PageKind::Other)
        } else if capture.body.len() > MAX_PAGE {
            let reason = one_line(&Problem::PageTooLarge.to_string());
            Waiting::Said(Item::Unread(Unread {
                path: format!("{place}: {}", one_line(&url)),
                reason,
            }))
        } else {
            Waiting::Page(capture.body, capture.content_type)
        };
        self.wait(Pending {
            place: format!("{place}: {}", one_line(&url)),
            name: url,
            ending: None,
            beside,
            content,
            mark: Some(Mark::At(context.path.display().to_string(), point)),
        })
    }

    pub(super) fn counted(&mut self, context: &Context, counts: &warc::Counts) -> ControlFlow<()> {
        self.flush()?;
        for (reason, count) in std::mem::take(&mut self.remarks) {
            let pages = if count == 1 { "page" } else { "pages" };
            self.say(
                place(&context.path, None),
                format!("{count} {pages}: {reason}"),
            )?;
        }
        if counts.unread > 0 {
            let reason = format!(
                "damaged records: {}; pages read: {}",
                counts.unread, counts.pages
            );
            self.say(place(&context.path, None), reason)?;
        }
        counts.notice().map_or(ControlFlow::Continue(()), |reason| {
            self.say(place(&context.path, None), reason)
        })
    }
}
