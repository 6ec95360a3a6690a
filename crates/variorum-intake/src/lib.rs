//! Bytes to reports: plain text, JSON, tables, web pages, feeds, web archives, in files, folders,
//! standard input and on the web.
//!
//! [`read_each`] gives every report as it is read and holds no more than a few megabytes of them; [`read`]
//! collects them. Nothing that can be read is lost to what cannot: every input, and every part of it, that
//! gives no report gives one [`Unread`] line instead, and what should be said about a report that
//! was read is a [`Notice`]; many parts of one input give one line with their number. [`Options`] says what is wanted and where an earlier run came to.
//!
//! The stages: `inputs` spreads folders and patterns out into files; `reader` takes each apart:
//! `archive` for WARC and WACZ, `compressed` for gzip and the like, `decode` for UTF-8, `format` for
//! what it is; `json`, `table`, `gkg` and `feed` cut it into rows of `fields`; `page` finds the
//! article on a web page, `mail` the words of an e-mail; `make` and `web` make reports of these. `network` lets `fetch`
//! bring what `links` lead to. `sidecars` knows the files that only describe others, `filter` what is wanted, `file_id`
//! which file is which.
//!
//! ```
//! let input = r#"{"id": "a", "date": "7 January 2022", "text": "The council met on Friday."}"#;
//! let intake = variorum_intake::read(&["-".into()], &mut input.as_bytes());
//! assert_eq!(intake.reports[0].published.unwrap().to_string(), "2022-01-07");
//! assert!(intake.unread.is_empty());
//! ```

mod addresses;
mod archive;
mod charset;
mod compressed;
mod dateline;
mod dates;
mod decode;
mod feed;
mod fetch;
mod fields;
mod file_id;
mod filter;
mod format;
mod gkg;
mod headline;
mod ids;
mod inputs;
mod json;
mod kept;
mod language;
mod lines;
mod links;
mod mail;
mod make;
mod network;
mod options;
pub mod page;
mod problem;
mod python_json;
mod reader;
mod sidecars;
mod table;
mod troubles;
mod web;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;

use variorum_model::{Report, Unread};

use crate::fetch::Limits;
use crate::reader::{Context, Reader, one_line};
use crate::sidecars::Sidecars;

pub use crate::addresses::without_password;
pub use crate::fetch::Failure;
pub use crate::file_id::FileId;
pub use crate::format::Format;
pub use crate::options::{Done, Fetched, Given, Links, Mark, Options, Point};
pub use crate::problem::Problem;
pub use crate::sidecars::describes_a_text;

/// The largest report, in bytes: a whole text file, one line of JSON Lines, one JSON object, one
/// row of a table. A larger one is skipped and said to be.
pub const MAX_REPORT: usize = 64 << 20;

/// The largest web page, in bytes. A larger one is skipped and said to be.
pub const MAX_PAGE: usize = 16 << 20;

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
    /// How far reading has come.
    Mark(Mark),
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

/// Reads all inputs. A path may be a file, a folder, a pattern with `*`, `?` or `[...]`, `-` for
/// standard input, or an address (`https://...`).
pub fn read(paths: &[PathBuf], stdin: &mut dyn Read) -> Intake {
    let mut intake = Intake::default();
    let _ = read_each(paths, &Options::default(), stdin, &mut |item| {
        match item {
            Item::Report(report) => intake.reports.push(*report),
            Item::Unread(unread) => intake.unread.push(unread),
            Item::Notice(notice) => intake.notices.push(notice),
            Item::Mark(_) => {}
        }
        ControlFlow::Continue(())
    });
    intake
}

/// Reads all inputs, files before what is fetched, and hands over each report as it is read. Breaks
/// when `sink` does, or when there are as many reports as the options allow.
pub fn read_each(
    paths: &[PathBuf],
    options: &Options,
    stdin: &mut dyn Read,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let is_address = |path: &PathBuf| path.to_str().is_some_and(network::is_address);
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(is_address);
    let mut inputs = inputs::find(&paths, &options.outputs);
    let sidecars = Sidecars::new(&inputs.files, std::mem::take(&mut inputs.barred));
    let mut reader = Reader::new(options, sidecars, sink);
    for (path, reason) in inputs.notices {
        reader.say(path.display().to_string(), reason)?;
    }
    for (path, problem) in inputs.unread {
        reader.unread(&path, None, &problem)?;
    }
    for input in &inputs.files {
        if input.is_stdin() {
            let context = Context {
                path: input.path.clone(),
                name: input.name().0,
                ..Context::default()
            };
            reader.input(&context, &mut *stdin)?;
        } else if !reader.sidecars.is_sidecar(&input.path) {
            reader.file(input)?;
        }
        let troubles = std::mem::take(&mut reader.sidecars.troubles);
        reader.beside(troubles)?;
    }
    for address in addresses {
        match network::named(&address.to_string_lossy(), options) {
            Err(problem) => reader.unread(&address, None, &problem)?,
            Ok(request) => {
                if !reader.ask(request) {
                    let address = one_line(&address.to_string_lossy());
                    reader.say(address, "named twice; asked for once".to_owned())?;
                }
            }
        }
    }
    network::fetch(&mut reader, &Limits::default())?;
    reader.finish()
}

/// The two-letter code (ISO 639-1) of a language given as a code or by name.
pub fn language(name: &str) -> Option<String> {
    language::given(name)
}

/// The bytes of the files that arguments name, for telling how far reading has come.
pub fn size(paths: &[PathBuf]) -> u64 {
    let files = inputs::find(paths, &[]).files;
    let size = |input: &inputs::Input| std::fs::metadata(&input.path).map_or(0, |file| file.len());
    files.iter().map(size).sum()
}
