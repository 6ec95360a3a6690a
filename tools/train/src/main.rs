//! Makes the data files that are counted or learned from text.
//!
//! `cargo run --release -p variorum-train -- rarity` writes `rarity.tsv`, `-- tags` the tagger's
//! weights. The same input gives the same file.

mod attribution;
mod boosting;
mod certainty;
mod chain;
mod conllu;
mod joining;
mod likeness;
mod logistic;
mod machine;
mod names;
mod pages;
mod passages;
mod perceptron;
mod rarity;
mod stories;
mod syntax;
mod tags;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};
use flate2::read::GzDecoder;

#[derive(Parser)]
#[command(about = "Makes the data files that are counted or learned from text")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Folder of the data sets.
    #[arg(long, global = true, default_value = "../shared/data")]
    data: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Counts in how many texts each stem stands.
    Rarity {
        /// The file to write.
        #[arg(long, short, default_value = "crates/variorum-text/data/en/rarity.tsv")]
        output: PathBuf,
    },
    /// Learns the tagger's weights.
    Tags {
        /// The file to write.
        #[arg(long, short, default_value = "crates/variorum-text/models/tags.bin")]
        output: PathBuf,
    },
    /// Learns how to weigh what two reports share, for grouping.
    Likeness {
        /// The file to write.
        #[arg(
            long,
            short,
            default_value = "crates/variorum-collate/data/likeness.toml"
        )]
        output: PathBuf,
    },
    /// Learns how to weigh what two propositions share, for lining them up.
    Joining {
        /// The file to write.
        #[arg(
            long,
            short,
            default_value = "crates/variorum-collate/data/joining.toml"
        )]
        output: PathBuf,
    },
    /// Learns how certain statements of the encoder are.
    Certainty {
        /// Encoders that were trained without a part of the stories each, in folders 0 to 5; without any, the
        /// built-in one, which must have seen none of them.
        #[arg(long)]
        encoders: Option<PathBuf>,
        /// The file to write.
        #[arg(
            long,
            short,
            default_value = "crates/variorum-analyze/data/certainty.toml"
        )]
        output: PathBuf,
    },
    /// Learns the weights that label attributions.
    Attribution {
        /// The folder to write to.
        #[arg(long, short, default_value = "crates/variorum-text/models")]
        output: PathBuf,
    },
    /// Learns the weights that find names.
    Names {
        /// The file to write.
        #[arg(long, short, default_value = "crates/variorum-text/models/names.bin")]
        output: PathBuf,
    },
    /// Learns which blocks of a web page belong to its article.
    Pages {
        /// The file to write.
        #[arg(
            long,
            short,
            default_value = "crates/variorum-intake/models/page-body.bin"
        )]
        output: PathBuf,
    },
    /// Writes the tokens and sentences of reports, from which the encoder is trained.
    Passages {
        /// Reports as JSON Lines, compressed or not.
        input: PathBuf,
        /// The file to write.
        #[arg(long, short)]
        output: PathBuf,
    },
    /// Learns the parser's weights.
    Syntax {
        /// The folder to write to.
        #[arg(long, short, default_value = "crates/variorum-text/models")]
        output: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Rarity { output } => rarity::write(&arguments.data, &output),
        Command::Likeness { output } => likeness::write(&arguments.data, &output),
        Command::Joining { output } => joining::write(&arguments.data, &output),
        Command::Tags { output } => tags::write(&arguments.data, &output),
        Command::Certainty { encoders, output } => {
            certainty::write(&arguments.data, encoders.as_deref(), &output)
        }
        Command::Attribution { output } => attribution::write(&arguments.data, &output),
        Command::Names { output } => names::write(&arguments.data, &output),
        Command::Pages { output } => pages::write(&arguments.data, &output),
        Command::Passages { input, output } => passages::write(&input, &output),
        Command::Syntax { output } => syntax::write(&arguments.data, &output),
    }
}

/// The whole text of a compressed file.
fn read_gzip(path: &Path) -> anyhow::Result<String> {
    let name = || path.display().to_string();
    let file = File::open(path).with_context(name)?;
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .with_context(name)?;
    Ok(text)
}
