//! The command line of Variorum.
//!
//! Reports come in through `input`, go through the pure crates and leave through `output`; each
//! command is a file under `commands`. What cannot be read is one line on standard error. The exit
//! code is 0 when something was read, 1 when nothing was, 2 for wrong usage.

mod analyses;
mod apart;
mod args;
mod commands;
mod escapes;
mod examples;
mod head;
mod input;
mod output;
mod progress;
mod reader;
mod resume;
mod spool;
mod terminal;
mod usage;

use std::process::ExitCode;

use crate::args::Command;

fn main() -> ExitCode {
    let outcome = match usage::arguments().command {
        Command::Read(options) => commands::read::run(&options),
        Command::Analyze(inputs) => commands::analyze::run(&inputs),
        Command::Collate(options) => commands::collate::run(&options),
        Command::Copies(options) => commands::copies::run(&options),
        Command::Stories(options) => commands::stories::run(&options),
        Command::Schema { kind } => commands::schema::run(kind),
        Command::Completions { shell } => commands::completions::run(shell),
        Command::Man { command } => commands::man::run(command.as_deref()),
    };
    match outcome {
        Ok(something_read) => ExitCode::from(u8::from(!something_read)),
        // Whoever reads our output has read enough (`| head`).
        Err(error) if output::is_closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            output::exit_code(&error)
        }
    }
}
