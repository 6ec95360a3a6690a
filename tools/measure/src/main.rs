//! Scores Variorum on published and hand-made data, with what others reached beside it.
//!
//! `cargo run --release -p variorum-measure -- gold` and the like; the data is read from `--data`
//! and none of it is part of this repository. Where it is absent, that is said and nothing fails.

mod archives;
mod copies;
mod data;
mod figures;
mod gold;
mod gold_events;
mod gold_figures;
mod gold_statements;
mod names;
mod pages;
mod processor;
mod scaling;
mod score;
mod seeds;
mod speed;
mod statements;
mod stories;
mod stream;
mod timelines;
mod times;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

#[derive(Parser)]
#[command(about = "Scores Variorum on published and hand-made data")]
struct Arguments {
    /// What to score.
    set: Set,
    /// Folder of the data sets.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Python with datasketch and trafilatura, for comparing with them.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// List what was missed and what was wrong.
    #[arg(long, short)]
    verbose: bool,
    /// How many reports `stream` groups.
    #[arg(long, default_value_t = 1_000_000)]
    reports: usize,
    /// How many megabytes the web archive of `archive` has.
    #[arg(long, default_value_t = 1000)]
    size: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Set {
    /// Whole stories annotated by hand.
    Gold,
    /// The five reports of January 2022, as a checklist.
    Seeds,
    /// Source, cue and content of attributions (PolNeAR).
    Statements,
    /// Names of people, organisations and places (Universal NER).
    Names,
    /// Time expressions and their values (MEANTIME, WikiWars).
    Times,
    /// Timelines of entities over several reports (SemEval-2015 Task 4).
    Timelines,
    /// Quantities (MEANTIME).
    Figures,
    /// Grouping of a stream into stories (AllSides, ECB+).
    Stories,
    /// What grouping a long stream costs.
    Stream,
    /// Pairs of reports that share text.
    Copies,
    /// Reports a second.
    Speed,
    /// Articles of web pages, with title, author and date.
    Pages,
    /// What reading a large web archive costs.
    Archive,
    /// How time grows with inputs of all shapes.
    Scaling,
}

fn main() -> anyhow::Result<()> {
    let Arguments {
        set,
        data,
        verbose,
        reports,
        python,
        size,
    } = Arguments::parse();
    if !data.is_dir() {
        println!("no data at {}: nothing is measured", data.display());
        return Ok(());
    }
    match set {
        Set::Gold => gold::measure(&data, verbose),
        Set::Seeds => seeds::measure(&data, verbose),
        Set::Statements => statements::measure(&data, verbose),
        Set::Names => names::measure(&data, verbose),
        Set::Times => times::measure(&data, verbose),
        Set::Timelines => timelines::measure(&data, verbose),
        Set::Figures => figures::measure(&data, verbose),
        Set::Stories => stories::measure(&data, verbose),
        Set::Stream => stream::measure(&data, reports),
        Set::Copies => copies::measure(&data, &python),
        Set::Speed => speed::measure(&data),
        Set::Pages => pages::measure(&data, &python, verbose),
        Set::Archive => archives::measure(&data, size),
        Set::Scaling => scaling::measure(),
    }
}
