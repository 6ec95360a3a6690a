//! Bytes to reports: plain text, JSON Lines, JSON, CSV and TSV, in files, folders and standard
//! input.
//!
//! [`read_each`] gives every report as it is read and holds no more than one; [`read`] collects
//! them. Nothing that can be read is lost to what cannot: every input, and every row of it, that
//! gives no report gives one [`Unread`] line instead, and what should be said about a report that
//! was read is a [`Notice`].
//!
//! The stages: `inputs` spreads folders and patterns out into files; `decode` makes UTF-8 of their
//! bytes; `format` tells what they are; `json`, `table` and this file cut them into rows of
//! `fields`; `make` makes a report of each. `sidecars` knows the files that only describe others.
//!
//! ```
//! use std::ops::ControlFlow;
//! let input = r#"{"id": "a", "date": "7 January 2022", "text": "The council met on Friday."}"#;
//! let intake = variorum_intake::read(&["-".into()], &mut input.as_bytes());
//! assert_eq!(intake.reports[0].published.unwrap().to_string(), "2022-01-07");
//! assert!(intake.unread.is_empty());
//! ```

mod addresses;
mod archive;
mod compressed;
mod dateline;
mod dates;
mod decode;
mod fetch;
mod feed;
mod fields;
mod format;
mod headline;
mod ids;
mod inputs;
mod json;
mod language;
mod lines;
mod make;
mod problem;
mod sidecars;
mod table;

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use variorum_model::{Report, Unread};

use crate::decode::{Decoder, Source, not_utf8, source};
use crate::fields::Field;
use crate::format::Format;
use crate::ids::Ids;
use crate::inputs::Input;
use crate::json::{Content, Row};
use crate::make::Name;
use crate::sidecars::Sidecars;

pub use crate::fetch::Failure;
pub use crate::problem::Problem;

/// The largest report, in bytes: a whole text file, one line of JSON Lines, one JSON object, one
/// row of a table. A larger one is skipped and said to be.
pub const MAX_REPORT: usize = 64 << 20;

/// Something to say about a report, or an input, that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where it is, with a line number where that helps.
    pub path: String,
    /// What there is to say, in one line.
    pub reason: String,
}

/// What reading gives, one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A report.
    Report(Box<Report>),
    /// An input, or a row of one, that gave none.
    Unread(Unread),
    /// Something to say about what was read.
    Notice(Notice),
}

/// All that reading gave, each list in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// The reports.
    pub reports: Vec<Report>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// What there is to say about the rest.
    pub notices: Vec<Notice>,
}

/// Reads all inputs. A path may be a file, a folder, a pattern with `*`, `?` or `[...]`, or `-` for
/// standard input.
pub fn read(paths: &[PathBuf], stdin: &mut dyn Read) -> Intake {
    let mut intake = Intake::default();
    let _ = read_each(paths, stdin, &mut |item| {
        match item {
            Item::Report(report) => intake.reports.push(*report),
            Item::Unread(unread) => intake.unread.push(unread),
            Item::Notice(notice) => intake.notices.push(notice),
        }
        ControlFlow::Continue(())
    });
    intake
}

/// Reads all inputs and hands over each report as it is read. Breaks when `sink` does.
pub fn read_each(
    paths: &[PathBuf],
    stdin: &mut dyn Read,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let inputs = inputs::find(paths);
    for path in inputs.repeated {
        sink(notice(
            path.display().to_string(),
            "named twice; read once".to_owned(),
        ))?;
    }
    let mut reader = Reader {
        sidecars: Sidecars::new(&inputs.files),
        ids: Ids::default(),
        sink,
    };
    for (path, problem) in inputs.unread {
        reader.unread(&path, None, &problem)?;
    }
    for input in &inputs.files {
        if input.is_stdin() {
            reader.input(input, &mut *stdin)?;
        } else if !reader.sidecars.is_sidecar(&input.path) {
            match File::open(&input.path) {
                Ok(file) => reader.input(input, file)?,
                Err(error) => reader.unread(&input.path, None, &error.into())?,
            }
        }
        for (path, line, problem) in std::mem::take(&mut reader.sidecars.troubles) {
            reader.unread(&path, line, &problem)?;
        }
    }
    ControlFlow::Continue(())
}

fn notice(path: String, reason: String) -> Item {
    Item::Notice(Notice { path, reason })
}

struct Reader<'a> {
    sidecars: Sidecars,
    ids: Ids,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl Reader<'_> {
    fn input(&mut self, input: &Input, bytes: impl Read) -> ControlFlow<()> {
        let source = match source(bytes) {
            Ok(source) => source,
            Err(error) => return self.unread(&input.path, None, &error.into()),
        };
        let format = match format::of(&input.path, &source.head, source.whole) {
            Ok(format) => format,
            Err(problem) => return self.unread(&input.path, None, &problem),
        };
        let mut decoder = Decoder::new();
        let changed_from = source
            .changed_from
            .map(|encoding| not_utf8(encoding.name()));
        if format == Format::Text {
            self.text(input, source, &mut decoder)?;
        } else {
            self.rows(input, source, format, &mut decoder)?;
        }
        for reason in changed_from.into_iter().chain(decoder.notices()) {
            (self.sink)(notice(input.path.display().to_string(), reason))?;
        }
        ControlFlow::Continue(())
    }

    fn text(
        &mut self,
        input: &Input,
        source: Source<'_>,
        decoder: &mut Decoder,
    ) -> ControlFlow<()> {
        let mut bytes = Vec::new();
        let read = source
            .reader
            .take(MAX_REPORT as u64 + 1)
            .read_to_end(&mut bytes);
        if let Err(error) = read {
            return self.unread(&input.path, None, &error.into());
        }
        if bytes.len() > MAX_REPORT {
            return self.unread(&input.path, None, &Problem::TooLarge);
        }
        let text = decoder.text(&bytes).into_owned();
        let fields = self.sidecars.of(input).with_text(text);
        let (id, ending) = input.name();
        let made = make::report(fields, &Name { id, ending }, true, &mut self.ids);
        self.give(&input.path, None, made)
    }

    fn rows(
        &mut self,
        input: &Input,
        source: Source<'_>,
        format: Format,
        decoder: &mut Decoder,
    ) -> ControlFlow<()> {
        if format == Format::Table {
            let head = String::from_utf8_lossy(&source.head);
            let header = table::header(head.trim_start().lines().next().unwrap_or_default());
            if !table::has_column(&header, Field::Text) {
                let names = header.join(", ").chars().take(200).collect();
                return self.unread(&input.path, None, &Problem::NoTextColumn(names));
            }
        }
        let mut flow = ControlFlow::Continue(());
        let mut rows = 0;
        let mut sink = |row: Row| {
            rows += 1;
            flow = self.row(input, row);
            flow
        };
        let read = match format {
            Format::JsonLines => json::lines(source.reader, MAX_REPORT, decoder, &mut sink),
            Format::Json => json::objects(source.reader, MAX_REPORT, decoder, &mut sink),
            Format::Table | Format::Text => {
                table::rows(source.reader, MAX_REPORT, decoder, &mut sink)
            }
        };
        flow?;
        match read {
            Err(error) => self.unread(&input.path, None, &error.into()),
            Ok(()) if rows == 0 => self.unread(&input.path, None, &Problem::NoRows),
            Ok(()) => ControlFlow::Continue(()),
        }
    }

    fn row(&mut self, input: &Input, row: Row) -> ControlFlow<()> {
        let line = Some(row.line);
        let made = match row.fields {
            Err(problem) => Err(problem),
            Ok(Content::Report(report)) => make::again(*report, &mut self.ids),
            Ok(Content::Fields(fields)) => {
                let name = Name {
                    id: format!("{}:{}", input.name().0, row.line),
                    ending: None,
                };
                make::report(*fields, &name, false, &mut self.ids)
            }
        };
        self.give(&input.path, line, made)
    }

    fn give(
        &mut self,
        path: &Path,
        line: Option<usize>,
        made: Result<(Report, Vec<String>), Problem>,
    ) -> ControlFlow<()> {
        let (report, notices) = match made {
            Ok(made) => made,
            Err(problem) => return self.unread(path, line, &problem),
        };
        for reason in notices {
            (self.sink)(notice(place(path, line), reason))?;
        }
        (self.sink)(Item::Report(Box::new(report)))
    }

    fn unread(&mut self, path: &Path, line: Option<usize>, problem: &Problem) -> ControlFlow<()> {
        let reason = one_line(&problem.to_string());
        (self.sink)(Item::Unread(Unread {
            path: place(path, line),
            reason,
        }))
    }
}

fn place(path: &Path, line: Option<usize>) -> String {
    let path = one_line(&path.to_string_lossy());
    line.map_or(path.clone(), |line| format!("{path}:{line}"))
}

/// File names and column names may hold line breaks, which would make two lines of one.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
