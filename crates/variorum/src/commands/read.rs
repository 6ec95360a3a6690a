//! `variorum read`: intake only, one report a line.

use std::path::PathBuf;

use anyhow::Result;

use crate::output::JsonLines;
use crate::{input, progress};

/// Runs the command.
pub(crate) fn run(paths: &[PathBuf]) -> Result<bool> {
    let mut out = JsonLines::new();
    let mut any = false;
    input::each(paths, &progress::reading(true), |report| {
        any = true;
        out.write(&report)
    })?;
    out.finish()?;
    Ok(any)
}
