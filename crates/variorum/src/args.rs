//! The command line as people type it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use variorum_intake::{Links, Options};

use crate::examples;

/// Lines up what many news reports say about the same thing: who said what, what happened when,
/// which figures are claimed, where the reports disagree, and how many origins stand behind each.
#[derive(Debug, Parser)]
#[command(
    name = "variorum",
    version,
    arg_required_else_help = true,
    after_help = examples::ALL
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the reports that the inputs hold, one JSON object a line
    ///
    /// Of a web page the article is kept, with title, author, outlet, dates and address and where on
    /// the page each was found; what is only the front of an article, a live blog, a gallery or a
    /// page of links is said to be. Of a feed each entry is a report; of a web archive each page. The
    /// same page or entry met again is one report, and with a changed text a later version of it.
    ///
    /// Addresses (https://...) are fetched, with the manners of a crawler: robots.txt is kept, one
    /// host is asked once a second, and links never lead into your own network. Files come first,
    /// then what is fetched as it arrives.
    #[command(after_help = examples::READ)]
    Read(Read),
    /// Print what each report says, one JSON object a line
    #[command(after_help = examples::ANALYZE)]
    Analyze(Analyze),
    /// Put the reports together to story files
    #[command(after_help = examples::COLLATE)]
    Collate(Collate),
    /// Print the pairs of reports that share text, one JSON object a line
    ///
    /// Each pair is a copy (whole, shortened or rewritten), partial (one took a considerable part of
    /// its reporting from the other) or quotes (both print the same words of somebody else), with the
    /// share of each report's own words that stand in the other, and with whose reporting it is,
    /// where credits, dates or completeness tell. What is not found may still exist.
    ///
    /// Reports with the same words throughout are tied to the first of them only, by date and then
    /// by id, and what very many reports have in common ties each to its next neighbours: ten
    /// thousand identical reports give ten thousand lines, not fifty million. Passages that many
    /// reports of one outlet carry (a footer, a standing background) are not counted.
    #[command(after_help = examples::COPIES)]
    Copies(Stream),
    /// Print which story each report of a stream tells, one JSON object a line
    ///
    /// The reports are taken by date and id, whatever order they come in. A line gives the report,
    /// its story, its origin among the reports of that story (reports with a common origin have the
    /// same; what was not found may still exist), and the stories that its story follows from. It is
    /// printed when the story can grow no more, two weeks after its last report, and is final.
    #[command(after_help = examples::STORIES)]
    Stories(Stream),
    /// Print the JSON Schema of an output
    #[command(after_help = examples::SCHEMA)]
    Schema {
        /// Which output
        #[arg(value_enum, default_value_t = Kind::StoryFile)]
        kind: Kind,
    },
    /// Print what a shell needs to complete this command line
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program or of one of its commands
    #[command(after_help = examples::MAN)]
    Man {
        /// Which command
        #[arg(value_parser = command_name)]
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files, folders, patterns, addresses (https://...), or - for standard input
    ///
    /// Without any, what comes in through a pipe or from a file (<) is read.
    ///
    /// Read are text, JSON Lines, JSON, CSV and TSV; web pages; RSS, Atom, JSON Feed, OPML and
    /// sitemaps; e-mails (.eml); WARC and WACZ; rows of GDELT's knowledge graph; lists of addresses;
    /// and all of these compressed by gzip, zstd, bzip2 or xz.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub wanted: Wanted,
}

/// What is wanted of the inputs.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to read")]
pub(crate) struct Wanted {
    /// What the inputs are, whatever their names and first bytes say
    #[arg(id = "as", long = "as", value_name = "KIND", value_enum)]
    pub format: Option<InputFormat>,
    /// Only reports of this day or later; undated ones are kept unless they were fetched earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<Date>,
    /// Only reports of this day or earlier; undated ones are kept
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Date>,
    /// Only reports in these languages (en, German, ...); unknown ones are kept
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',', value_parser = language)]
    pub language: Vec<String>,
    /// At most so many reports
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,
    /// Whether to fetch the pages that feeds, sitemaps and tables link to [default: those of inputs
    /// that were fetched themselves]
    #[arg(long, value_enum)]
    pub links: Option<LinkChoice>,
}

fn command_name(name: &str) -> Result<String, String> {
    let program = Arguments::command();
    let known = program.find_subcommand(name).is_some();
    known
        .then(|| name.to_owned())
        .ok_or_else(|| "no command of this name".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "write it as 2022-01-07".to_owned())
}

fn language(name: &str) -> Result<String, String> {
    variorum_intake::language(name).ok_or_else(|| "no language that is known".to_owned())
}

impl Wanted {
    /// As intake takes it.
    pub(crate) fn options(&self) -> Options {
        Options {
            format: self.format.map(InputFormat::format),
            since: self.since,
            until: self.until,
            languages: self.language.clone(),
            limit: self.limit.map(NonZeroUsize::get),
            links: match self.links {
                None => Links::OfFetched,
                Some(LinkChoice::Fetch) => Links::Fetch,
                Some(LinkChoice::Keep) => Links::Keep,
            },
            ..Options::default()
        }
    }
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One report each
    Text,
    /// JSON, one object a line
    Jsonl,
    /// JSON objects or an array of them
    Json,
    /// CSV or TSV
    Csv,
    /// A web page
    Html,
    /// RSS, Atom, JSON Feed, OPML or a sitemap
    Feed,
    /// An e-mail
    Eml,
    /// A web archive
    Warc,
    /// A web archive in a ZIP file
    Wacz,
    /// GDELT's knowledge graph
    Gkg,
    /// One address a line
    Links,
}

impl InputFormat {
    fn format(self) -> variorum_intake::Format {
        use variorum_intake::Format as F;
        match self {
            InputFormat::Text => F::Text,
            InputFormat::Jsonl => F::JsonLines,
            InputFormat::Json => F::Json,
            InputFormat::Csv => F::Table,
            InputFormat::Html => F::Page,
            InputFormat::Feed => F::Feed,
            InputFormat::Eml => F::Mail,
            InputFormat::Warc => F::Warc,
            InputFormat::Wacz => F::Wacz,
            InputFormat::Gkg => F::Gkg,
            InputFormat::Links => F::Addresses,
        }
    }
}

/// What to do with links to pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinkChoice {
    /// Fetch them
    Fetch,
    /// Keep what the list itself says
    Keep,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Write to a file instead of standard output, which - also means
    ///
    /// The file is put in its place when it is complete; until then what was there stays.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Go on from what FILE holds: after a run that was broken off, or to add what is new
    ///
    /// Until a run ends, what it writes is FILE.part. How far each input was read stands in
    /// FILE.part.state, and then in FILE.state, beside it. Files that were read to their end
    /// are not read again, feeds and pages are asked whether they have changed, and an entry or page
    /// with a changed text is added as a later version, the earlier one being kept.
    #[arg(long, requires = "output")]
    pub resume: bool,
    #[command(flatten)]
    pub inputs: Inputs,
}

#[derive(Debug, Args)]
pub(crate) struct Stream {
    #[command(flatten)]
    pub outlets: OutletList,
    #[command(flatten)]
    pub inputs: Inputs,
}

#[derive(Debug, Args)]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub reader: ReaderOptions,
    #[command(flatten)]
    pub stream: Stream,
}

#[derive(Debug, Args)]
pub(crate) struct ReaderOptions {
    /// What reads the reports: the accurate reader takes about a quarter of a second a report, the
    /// fast one a thousandth; auto is accurate up to a million bytes of text
    #[arg(long, value_enum, default_value = "auto")]
    pub reader: WhichReader,
    /// Read with these weights instead of the built-in ones, for who trains his own (a folder with
    /// encoder.onnx, heads.bin, pieces.tsv)
    #[arg(long, value_name = "FOLDER", hide_short_help = true)]
    pub encoder: Option<PathBuf>,
}

/// What reads reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhichReader {
    /// Accurate where it takes no more than about a minute
    Auto,
    /// Linear models and rules
    Fast,
    /// A transformer
    Accurate,
}

#[derive(Debug, Args)]
pub(crate) struct Collate {
    /// Files, folders, patterns, addresses (https://...), or - for standard input
    ///
    /// Without any, what comes in through a pipe or from a file (<) is read; where nothing does, the
    /// built-in sample is shown.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print the stories [default: by the ending of FILE, else text]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Only what matters most, on about forty lines: where reports disagree, what most of them carry,
    /// what comes next (text and Markdown)
    #[arg(long)]
    pub brief: bool,
    /// Also what is less certain (text; the other formats have it, folded away or at the end)
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub reader: ReaderOptions,
    #[command(flatten)]
    pub outlets: OutletList,
    /// Write to a file instead of standard output, which - also means
    ///
    /// The file is put in its place when it is complete; until then what was there stays.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub wanted: Wanted,
}

#[derive(Debug, Args)]
pub(crate) struct OutletList {
    /// Agencies, outlets and their publishers to add to the built-in list (TOML: tables named
    /// outlet with name, also, agency, publisher)
    #[arg(long = "outlets", value_name = "FILE")]
    pub path: Option<PathBuf>,
}

impl Collate {
    /// The format that is asked for, by name or by the ending of the output file; text for a name without
    /// an ending. `None` for an ending that stands for no format.
    pub(crate) fn format(&self) -> Option<Format> {
        if self.format.is_some() {
            return self.format;
        }
        let ending = self.output.as_ref().and_then(|path| path.extension());
        let Some(ending) = ending else {
            return Some(Format::Text);
        };
        match ending.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Text),
            "json" => Some(Format::Json),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            _ => None,
        }
    }
}

/// How a story file is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading in a terminal
    Text,
    /// For programs; see `variorum schema`
    Json,
    /// For notes and pull requests
    Markdown,
    /// One page for a browser
    Html,
}

/// An output that has a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A line of `read`
    Report,
    /// A line of `analyze`
    Analysis,
    /// A line of `copies`
    Copies,
    /// A line of `stories`
    Stories,
    /// The answer of `collate --format json`
    StoryFile,
}
