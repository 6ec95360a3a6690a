//! `variorum man`: the manual page of the program or of one of its commands, in roff.

use std::io::{Write, stdout};

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_mangen::Man;

use crate::args::Arguments;

/// Runs the command.
pub(crate) fn run(name: Option<&str>) -> Result<bool> {
    let mut program = Arguments::command();
    program.build();
    let command = match name {
        None => &program,
        Some(name) => program.find_subcommand(name).context("no such command")?,
    };
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let mut out = stdout().lock();
    out.write_all(&page)?;
    out.flush()?;
    Ok(true)
}
