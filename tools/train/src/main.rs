//! Makes the data files that are counted or learned from text.
//!
//! `cargo run --release -p variorum-train -- rarity` writes `rarity.tsv`. The same input gives the
//! same file.

mod rarity;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

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
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Rarity { output } => rarity::write(&arguments.data, &output),
    }
}
