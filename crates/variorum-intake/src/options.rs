//! What to read, and how.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::file_id::FileId;
use crate::format::Format;

/// What to read, and how; by default everything that is recognised.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What all inputs are, whatever their names and first bytes say.
    pub format: Option<Format>,
    /// Only reports of this day or later.
    pub since: Option<Date>,
    /// Only reports of this day or earlier.
    pub until: Option<Date>,
    /// Only reports in these languages (ISO 639-1), if any are given.
    pub languages: Vec<String>,
    /// At most so many reports.
    pub limit: Option<usize>,
    /// What to do with links to pages.
    pub links: Links,
    /// What an earlier run has read.
    pub done: Done,
    /// Files that this run writes, which are never read.
    pub outputs: Vec<FileId>,
    /// Counts the bytes of files as they are read.
    pub bytes_read: Arc<AtomicU64>,
}

/// What to do with the links that feeds, sitemaps and tables give instead of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Links {
    /// Fetch those of inputs that were fetched themselves, keep those of files.
    #[default]
    OfFetched,
    /// Fetch all.
    Fetch,
    /// Fetch none: what the list itself says is kept.
    Keep,
}

/// What an earlier run has read, so that this one goes on from there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Files that were read to their end, with their sizes in bytes.
    pub files: HashMap<String, u64>,
    /// How far files were read.
    pub points: HashMap<String, Point>,
    /// Addresses that were fetched.
    pub fetched: HashMap<String, Fetched>,
    /// The reports that were given.
    #[serde(skip)]
    pub reports: Vec<Given>,
}

/// A report that was given in an earlier run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its id.
    pub id: String,
    /// The hash of its text.
    pub sha256: String,
    /// The id of the report of which it is a later version.
    #[serde(default)]
    pub version_of: Option<String>,
    /// Its address.
    #[serde(default)]
    pub url: Option<String>,
}

/// A place in a file where reading can begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Which file of a WACZ.
    pub file: usize,
    /// Of a WARC: bytes of the file as it is stored.
    pub stored: u64,
    /// Of a WARC: bytes behind that, decompressed.
    pub within: u64,
    /// Of a file of rows: the last line that was read.
    pub line: usize,
}

/// What is known of an address that was fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
    /// When the list that links to it says that it was changed.
    pub listed: Option<String>,
}

/// How far reading has come; all before it has been given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// So far in a file.
    At(String, Point),
    /// A file to its end, and its size in bytes.
    Read(String, u64),
    /// An address.
    Fetched(String, Fetched),
    /// All inputs to their ends.
    End,
}

impl Done {
    /// Takes note of a mark.
    pub fn note(&mut self, mark: Mark) {
        match mark {
            Mark::At(file, point) => {
                self.points.insert(file, point);
            }
            Mark::Read(file, size) => {
                self.points.remove(&file);
                self.files.insert(file, size);
            }
            Mark::Fetched(address, fetched) => {
                self.fetched.insert(address, fetched);
            }
            Mark::End => {}
        }
    }
}
