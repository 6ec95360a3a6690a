//! Metadata that stands beside plain texts: `x.json` for `x.txt`, or one `reports.csv` for all the
//! texts of a folder and the folders in it. Such a file is not itself a report.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::MAX_REPORT;
use crate::decode::{Decoder, source};
use crate::fields::{Field, Fields};
use crate::format::{self, Format};
use crate::inputs::Input;
use crate::json::{self, Content};
use crate::problem::Problem;
use crate::table;

const TABLE: &str = "reports.csv";

/// Whether a file is there that describes the plain texts or pages beside it, or would if these were read. A story file
/// of an earlier run describes none.
pub fn describes_a_text(path: &Path) -> bool {
    let is_text = |path: &Path| matches!(format::by_name(path), Some(Format::Text | Format::Page));
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut texts = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_text(path));
    match format::by_name(path) {
        Some(Format::Json) => {
            let beside = texts.any(|text| text.file_stem() == path.file_stem());
            path.is_file() && beside && is_description(path)
        }
        Some(Format::Table) if path.file_name().is_some_and(|name| name == TABLE) => {
            path.is_file() && texts.next().is_some()
        }
        _ => false,
    }
}

/// A problem in a sidecar: the file, the line if any, and what is wrong.
pub(crate) type Trouble = (PathBuf, Option<usize>, Problem);

/// The sidecars of a run.
pub(crate) struct Sidecars {
    /// Plain texts, without their endings.
    texts: BTreeSet<PathBuf>,
    /// Folders with plain texts in or below them.
    folders: BTreeSet<PathBuf>,
    /// The tables looked for so far, by folder, each row by the file it describes.
    tables: BTreeMap<PathBuf, Option<BTreeMap<String, Fields>>>,
    /// Files that must not be read.
    barred: HashSet<PathBuf>,
    pub(crate) troubles: Vec<Trouble>,
}

impl Sidecars {
    pub(crate) fn new(inputs: &[Input], barred: HashSet<PathBuf>) -> Self {
        let is_text = |input: &&Input| {
            matches!(
                format::by_name(&input.path),
                Some(Format::Text | Format::Page)
            )
        };
        let mut texts = BTreeSet::new();
        let mut folders = BTreeSet::new();
        for input in inputs.iter().filter(is_text) {
            texts.insert(input.path.with_extension(""));
            let above = input.path.ancestors().skip(1);
            for folder in above.take_while(|folder| folder.starts_with(&input.root)) {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        Sidecars {
            texts,
            folders,
            tables: BTreeMap::new(),
            barred,
            troubles: Vec::new(),
        }
    }

    /// Whether a file only describes others.
    pub(crate) fn is_sidecar(&mut self, path: &Path) -> bool {
        match format::by_name(path) {
            Some(Format::Json) => self.texts.contains(&path.with_extension("")) && is_object(path),
            Some(Format::Table) if path.file_name().is_some_and(|name| name == TABLE) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                self.folders.contains(folder) && self.table(folder).is_some()
            }
            _ => false,
        }
    }

    /// What stands beside a plain text about it.
    pub(crate) fn of(&mut self, input: &Input) -> Fields {
        let mut fields = Fields::default();
        if input.is_stdin() {
            return fields;
        }
        let beside = input.path.with_extension("json");
        if beside != input.path && self.may_read(&beside) && is_object(&beside) {
            match object(&beside) {
                Ok(found) => fields = found,
                Err((line, problem)) => self.troubles.push((beside, line, problem)),
            }
        }
        let above = input.path.ancestors().skip(1);
        for folder in above.take_while(|folder| folder.starts_with(&input.root)) {
            let name = |path: &Path| {
                let under = path.strip_prefix(folder).unwrap_or(path);
                under.to_string_lossy().replace('\\', "/")
            };
            let names = [name(&input.path), name(&input.path.with_extension(""))];
            if let Some(table) = self.table(folder)
                && let Some(row) = names.iter().find_map(|name| table.get(name))
            {
                fields.fill(row);
            }
        }
        fields
    }

    fn may_read(&self, path: &Path) -> bool {
        path.is_file() && !self.barred.contains(path)
    }

    fn table(&mut self, folder: &Path) -> Option<&BTreeMap<String, Fields>> {
        if !self.tables.contains_key(folder) {
            let path = folder.join(TABLE);
            let table = if self.may_read(&path) {
                self.read_table(&path)
            } else {
                None
            };
            self.tables.insert(folder.to_owned(), table);
        }
        self.tables.get(folder)?.as_ref()
    }

    /// Reads a table of files; `None` if it holds the reports themselves.
    fn read_table(&mut self, path: &Path) -> Option<BTreeMap<String, Fields>> {
        let source = File::open(path).and_then(source).ok()?;
        let head = String::from_utf8_lossy(&source.head);
        let header = table::header(head.trim_start().lines().next().unwrap_or_default());
        let names_files = [Field::File, Field::Id]
            .iter()
            .any(|&f| table::has_column(&header, f));
        if table::has_column(&header, Field::Text) || !names_files {
            return None;
        }
        let mut rows = BTreeMap::new();
        let mut troubles = Vec::new();
        let mut sink = |row: json::Row| {
            match row.fields {
                Ok(Content::Fields(fields)) => {
                    let file = fields.get(Field::File).or(fields.get(Field::Id));
                    if let Some(file) = file.map(|file| file.replace('\\', "/")) {
                        let file = file.strip_prefix("./").unwrap_or(&file).to_owned();
                        rows.entry(file).or_insert(*fields);
                    }
                }
                Ok(Content::Report(_)) => {}
                Err(problem) => troubles.push((path.to_owned(), Some(row.line), problem)),
            }
            ControlFlow::Continue(())
        };
        if let Err(error) = table::rows(source.reader, MAX_REPORT, &mut Decoder::new(), &mut sink) {
            troubles.push((path.to_owned(), None, error.into()));
        }
        self.troubles.append(&mut troubles);
        Some(rows)
    }
}

/// Whether a JSON file holds no array, in which reports would stand.
fn is_object(path: &Path) -> bool {
    !head(path).trim_ascii_start().starts_with(b"[")
}

/// Whether a file begins as an object, and not with the head of a story file.
fn is_description(path: &Path) -> bool {
    let head = head(path);
    let first = head.trim_ascii_start().strip_prefix(b"{");
    first.is_some_and(|first| !first.trim_ascii_start().starts_with(b"\"variorum\""))
}

fn head(path: &Path) -> Vec<u8> {
    let source = File::open(path).and_then(source);
    source.map(|source| source.head).unwrap_or_default()
}

fn object(path: &Path) -> Result<Fields, (Option<usize>, Problem)> {
    let whole = |error: std::io::Error| (None, error.into());
    let source = File::open(path).and_then(source).map_err(whole)?;
    let mut first = None;
    let mut sink = |row| {
        first = Some(row);
        ControlFlow::Break(())
    };
    let input = source.reader.take(MAX_REPORT as u64);
    json::objects(input, MAX_REPORT, &mut Decoder::new(), &mut sink).map_err(whole)?;
    match first {
        None => Err((None, Problem::Empty)),
        Some(json::Row {
            line,
            fields: Err(problem),
        }) => Err((Some(line), problem)),
        Some(json::Row {
            fields: Ok(Content::Fields(fields)),
            ..
        }) => Ok(*fields),
        Some(json::Row {
            fields: Ok(Content::Report(_)),
            ..
        }) => Ok(Fields::default()),
    }
}
