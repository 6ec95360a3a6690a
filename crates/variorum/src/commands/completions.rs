//! `variorum completions`: what a shell needs to complete this command line.

use std::io::{Write, stdout};

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::args::Arguments;

/// Runs the command.
pub(crate) fn run(shell: Shell) -> Result<bool> {
    // Not straight to standard output: a reader that leaves early would end in a panic.
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "variorum", &mut script);
    let mut out = stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(true)
}
