//! What a ZIP file holds: a web archive (WACZ), or one table, as GDELT packs its files.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::problem::Problem;

/// What there is to read in a ZIP file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// Web archives: their places in the file and names.
    Wacz(Vec<(usize, String)>),
    /// One table: its place in the file and name.
    Table(usize, String),
}

/// Whether an input with these first bytes is a ZIP file.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Opens a ZIP file and tells what there is to read in it.
pub(crate) fn open<R: Read + Seek>(input: R) -> Result<(ZipArchive<R>, Contents), Problem> {
    let zip = ZipArchive::new(input).map_err(|error| problem(&error))?;
    let mut warcs = Vec::new();
    let mut tables = Vec::new();
    let mut files = 0;
    let mut document = None;
    for index in 0..zip.len() {
        let Some(Ok(name)) = zip.name_for_index(index) else {
            continue;
        };
        if name.ends_with('/') {
            continue;
        }
        files += 1;
        document = document.or_else(|| converted(&name));
        let lower = name.to_ascii_lowercase();
        let is_warc = [".warc", ".warc.gz", ".warc.zst"]
            .iter()
            .any(|end| lower.ends_with(end));
        if lower.starts_with("archive/") && is_warc {
            warcs.push((index, name.into_owned()));
        } else if [".csv", ".tsv"].iter().any(|end| lower.ends_with(end)) {
            tables.push((index, name.into_owned()));
        }
    }
    warcs.sort_by(|a, b| a.1.cmp(&b.1));
    match (tables.pop(), files) {
        _ if !warcs.is_empty() => Ok((zip, Contents::Wacz(warcs))),
        (Some((index, name)), 1) => Ok((zip, Contents::Table(index, name))),
        _ => Err(document.unwrap_or(Problem::NotWacz)),
    }
}

/// What a ZIP file is that holds a file of this name, where another program makes text of it.
fn converted(name: &str) -> Option<Problem> {
    let (kind, command) = match name {
        "word/document.xml" => ("Word document", "pandoc -t plain FILE.docx -o FILE.txt"),
        "META-INF/container.xml" => ("e-book", "pandoc -t plain FILE.epub -o FILE.txt"),
        "content.xml" => (
            "OpenDocument file",
            "soffice --headless --convert-to txt FILE",
        ),
        "ppt/presentation.xml" => (
            "presentation",
            "soffice --headless --convert-to pdf FILE, then pdftotext FILE.pdf",
        ),
        "xl/workbook.xml" => ("spreadsheet", "soffice --headless --convert-to csv FILE"),
        _ => return None,
    };
    Some(Problem::Convert { kind, command })
}

/// One file of a ZIP file as a stream.
pub(crate) fn file<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    index: usize,
) -> Result<impl Read + '_, Problem> {
    zip.by_index(index).map_err(|error| problem(&error))
}

fn problem(error: &zip::result::ZipError) -> Problem {
    Problem::Zip(error.to_string())
}
