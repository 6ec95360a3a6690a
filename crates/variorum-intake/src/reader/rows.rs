//! Inputs of rows: JSON, tables, rows of GDELT, lists of addresses.

use std::ops::ControlFlow;

use url::Url;

use super::pending::{Pending, Waiting};
use super::{Context, Reader, place};
use crate::decode::{Decoder, Source};
use crate::fields::Field;
use crate::format::Format;
use crate::json::{self, Content, Row};
use crate::links::Listed;
use crate::make::{self, Name};
use crate::options::{Mark, Point};
use crate::problem::Problem;
use crate::web::Beside;
use crate::{Item, MAX_REPORT, gkg, table};

/// How far a file of rows was read is told each so many lines.
const LINES_A_MARK: usize = 1000;

impl Reader<'_> {
    pub(super) fn rows(
        &mut self,
        context: &Context,
        source: Source<'_>,
        format: Format,
        decoder: &mut Decoder,
    ) -> ControlFlow<()> {
        if format == Format::Table {
            let head = String::from_utf8_lossy(&source.head);
            let header = table::header(head.trim_start().lines().next().unwrap_or_default());
            let has = |field| table::has_column(&header, field);
            if !has(Field::Text) && !has(Field::Html) && !has(Field::Url) {
                let names = header.join(", ").chars().take(200).collect();
                return self.unread(&context.path, None, &Problem::NoTextColumn(names));
            }
        }
        let mut flow = ControlFlow::Continue(());
        let from = self.point(&context.path).line;
        let mut rows = 0;
        let mut links = 0;
        let mut sink = |row: Row| {
            rows += 1;
            if row.line > from {
                flow = self.row(context, row, &mut links);
            }
            flow
        };
        let read = match format {
            Format::JsonLines => json::lines(source.reader, MAX_REPORT, decoder, &mut sink),
            Format::Json => json::objects(source.reader, MAX_REPORT, decoder, &mut sink),
            _ => table::rows(source.reader, MAX_REPORT, decoder, &mut sink),
        };
        flow?;
        self.flush()?;
        match read {
            Err(error) => self.unread(&context.path, None, &error.into()),
            Ok(()) if rows == 0 => self.unread(&context.path, None, &Problem::NoRows),
            Ok(()) if links > 0 => self.unread(&context.path, None, &Problem::OnlyLinks(links)),
            Ok(()) => ControlFlow::Continue(()),
        }
    }

    pub(super) fn row(
        &mut self,
        context: &Context,
        row: Row,
        links: &mut usize,
    ) -> ControlFlow<()> {
        let line = Some(row.line);
        let name = || format!("{}:{}", context.name, row.line);
        let made = match row.fields {
            Err(problem) => Err(problem),
            Ok(Content::Report(report)) => make::again(*report, &mut self.ids),
            Ok(Content::Fields(mut fields))
                if fields
                    .get(Field::Text)
                    .is_none_or(|text| text.trim().is_empty()) =>
            {
                if let Some(html) = fields.take(Field::Html) {
                    let address = fields.get(Field::Url).map(str::to_owned);
                    let retrieved = fields.get(Field::Retrieved).and_then(crate::dates::moment);
                    return self.wait(Pending {
                        place: place(&context.path, line),
                        name: name(),
                        ending: None,
                        beside: Beside {
                            given: *fields,
                            address,
                            retrieved,
                            ..Beside::default()
                        },
                        content: Waiting::Page(html.into_bytes(), None),
                        mark: None,
                    });
                }
                // A row without text may still say where to find it.
                if let Some(url) = fields.get(Field::Url).and_then(|url| Url::parse(url).ok()) {
                    let listed = Listed {
                        listing: *fields,
                        ..Listed::of(url)
                    };
                    *links += usize::from(!self.link(context, listed)?);
                    return ControlFlow::Continue(());
                }
                Err(Problem::NoText)
            }
            Ok(Content::Fields(fields)) => {
                let name = Name {
                    id: name(),
                    ending: None,
                };
                self.flush()?;
                make::report(*fields, &name, false, &mut self.ids)
            }
        };
        self.flush()?;
        let flow = self.give(&context.path, line, made);
        if flow.is_break() || row.line.is_multiple_of(LINES_A_MARK) {
            let point = Point {
                line: row.line,
                ..Point::default()
            };
            (self.sink)(Item::Mark(Mark::At(
                context.path.display().to_string(),
                point,
            )))?;
        }
        flow?;
        ControlFlow::Continue(())
    }

    /// Rows of GDELT, or addresses, one a line.
    pub(super) fn lines(
        &mut self,
        context: &Context,
        source: Source<'_>,
        format: Format,
        decoder: &mut Decoder,
    ) -> ControlFlow<()> {
        let mut lines = crate::lines::Lines::new(source.reader, MAX_REPORT);
        let mut kept = 0;
        loop {
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => return self.unread(&context.path, None, &error.into()),
            };
            let number = Some(line.number);
            let Some(bytes) = line.bytes else {
                self.unread(&context.path, number, &Problem::TooLarge)?;
                continue;
            };
            let text = decoder.text(&bytes);
            let text = text.trim_end_matches('\r');
            if text.trim().is_empty()
                || (format == Format::Addresses && text.starts_with('#'))
                || gkg::is_header_1(text)
            {
                continue;
            }
            let listed = match format {
                Format::Gkg => gkg::row(text).and_then(Listed::of_gkg),
                _ => Listed::in_list(text.trim(), context.fetched),
            };
            match listed {
                Ok(listed) => kept += usize::from(!self.link(context, listed)?),
                Err(problem) => self.unread(&context.path, number, &problem)?,
            }
        }
        if kept > 0 {
            return self.unread(&context.path, None, &Problem::OnlyLinks(kept));
        }
        ControlFlow::Continue(())
    }
}
