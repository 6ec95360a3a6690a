//! Why an input gives no report, each reason as one line for people.

/// Why an input, or one row of it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The path does not exist.
    #[error("no such file or folder")]
    Missing,
    /// An address of another kind than those of the web.
    #[error("only addresses that begin with https:// or http:// are fetched")]
    Scheme,
    /// A pattern fits no file.
    #[error("no file matches this pattern")]
    NoMatch,
    /// A pattern that is none.
    #[error("not a valid pattern: {0}")]
    BadPattern(#[from] glob::PatternError),
    /// The system refuses to open or to read it.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A symbolic link leads back to a folder above it.
    #[error("symbolic link leads back to a folder above it; not followed")]
    Loop,
    /// A symbolic link in a folder leads to a place outside of it.
    #[error("symbolic link that leads out of the folder; not followed unless you name it")]
    LeadsOut,
    /// A folder or pattern leads to a pipe, socket or device.
    #[error("pipe, socket or device; not read unless you name it")]
    NoFile,
    /// Several of one folder, with the same problem.
    #[error("{count} like {first}: {problem}")]
    Several {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
        /// What all of them have.
        problem: Box<Problem>,
    },
    /// There is nothing in the folder that could be a report.
    #[error("no reports in this folder")]
    EmptyFolder,
    /// A page without an article.
    #[error("no article text on this page")]
    NoArticle,
    /// A page larger than [`crate::MAX_PAGE`].
    #[error("larger than the limit of {} MB for one page", crate::MAX_PAGE >> 20)]
    PageTooLarge,
    /// Addresses to fetch, and fetching was not asked for.
    #[error("{0} {noun}; --links fetch fetches what is there", noun = if *.0 == 1 { "link to a page" } else { "links to pages" })]
    OnlyLinks(usize),
    /// A list of addresses that leads from list to list too often.
    #[error("too many lists within lists")]
    TooDeep,
    /// A file of no bytes.
    #[error("empty file")]
    Empty,
    /// Not text; the kind of file where that is known.
    #[error("not text: {0}")]
    Binary(&'static str),
    /// A document of which another program makes text.
    #[error("not text: {kind}; make it text first: {command}")]
    Convert {
        /// What it is.
        kind: &'static str,
        /// What to run.
        command: &'static str,
    },
    /// Asked to be read as an e-mail, which it is not.
    #[error("not an e-mail: it has no headers")]
    NoMail,
    /// Text of a kind that is not read.
    #[error("{0} is not read")]
    Unsupported(&'static str),
    /// Neither a feed nor a list of pages or feeds.
    #[error("not a feed (RSS, Atom, JSON Feed), OPML list or sitemap")]
    NoFeed,
    /// One report is larger than [`crate::MAX_REPORT`].
    #[error("larger than the limit of {} MB for one report", crate::MAX_REPORT >> 20)]
    TooLarge,
    /// JSON with lists in lists, or objects in objects, beyond any use.
    #[error("nested more than {} levels deep", crate::json::DEEPEST)]
    Nested,
    /// Without a letter.
    #[error("no words")]
    NoWords,
    /// A row or object without text.
    #[error("no text (a field named text, body, content or the like)")]
    NoText,
    /// A table without a column of text.
    #[error("no text column (text, body, content or the like) among: {0}")]
    NoTextColumn(String),
    /// A row that does not fit its header.
    #[error("fields in this row: {found}, in the header: {expected}")]
    Ragged {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A quotation mark of a table is never closed.
    #[error("a quoted field that begins here is never closed")]
    OpenQuote,
    /// Asked to be read as an archive, which it is not.
    #[error("not a web archive")]
    NotAnArchive,
    /// Not JSON.
    #[error("not valid JSON: {0}")]
    Json(String),
    /// JSON ends, or its next object begins, before this one is closed.
    #[error("JSON breaks off before this object is closed")]
    BrokenOff,
    /// A file of rows without one.
    #[error("no reports in this file")]
    NoRows,
    /// JSON, but no object.
    #[error("not a JSON object")]
    NotAnObject,
    /// An address that could not be fetched.
    #[error(transparent)]
    Fetch(#[from] crate::Failure),
    /// A record of a web archive that cannot be read.
    #[error("damaged record: {0}")]
    BrokenRecord(String),
    /// Compressed, and what comes out is compressed again.
    #[error("compressed twice; decompress it once and give that")]
    CompressedTwice,
    /// Not a ZIP file after all, or one that cannot be read.
    #[error("damaged ZIP file: {0}")]
    Zip(String),
    /// A ZIP file that holds nothing of a known kind.
    #[error("a ZIP file, but no WACZ (web archive): it has no archive/*.warc")]
    NotWacz,
    /// A row that is not one of GDELT's.
    #[error("no row of GDELT's knowledge graph: {0}")]
    NotGkg(&'static str),
}
