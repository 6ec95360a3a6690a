//! The command line as people type it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Lines up what many news reports say about the same thing: who said what, what happened when,
/// which figures are claimed, where the reports disagree, and how many origins stand behind each.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the reports that the inputs hold, one JSON object a line
    Read(Inputs),
    /// Print what each report says, one JSON object a line
    Analyze(Inputs),
    /// Put the reports together to story files
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
    Copies(Stream),
    /// Print which story each report of a stream tells, one JSON object a line
    ///
    /// The reports are taken by date and id, whatever order they come in. A line gives the report,
    /// its story, its origin among the reports of that story (reports with a common origin have the
    /// same; what was not found may still exist), and the stories that its story follows from. It is
    /// printed when the story can grow no more, two weeks after its last report, and is final.
    Stories(Stream),
    /// Print the JSON Schema of an output
    Schema {
        /// Which output
        #[arg(value_enum, default_value_t = Kind::StoryFile)]
        kind: Kind,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files (text, JSON Lines, JSON, CSV, TSV), folders, patterns, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Stream {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub outlets: OutletList,
}

#[derive(Debug, Args)]
pub(crate) struct Collate {
    /// Files (text, JSON Lines, JSON, CSV, TSV), folders, patterns, or - for standard input;
    /// without any, the built-in sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print the stories [default: by the ending of FILE, else text]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub outlets: OutletList,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OutletList {
    /// Agencies, outlets and their publishers to add to the built-in list (TOML: tables named
    /// outlet with name, also, agency, publisher)
    #[arg(long = "outlets", value_name = "FILE")]
    pub path: Option<PathBuf>,
}

impl Collate {
    /// The format that is asked for, by name or by the ending of the output file.
    pub(crate) fn format(&self) -> Format {
        let ending = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        self.format.unwrap_or(match ending {
            Some("json") => Format::Json,
            Some("md" | "markdown") => Format::Markdown,
            Some("html" | "htm") => Format::Html,
            _ => Format::Text,
        })
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
