//! Which reader reads the reports: the accurate one, or the fast one where it would take too long.

use std::path::Path;

use anyhow::{Context, Result};
use variorum_encoder::Encoder;
use variorum_model::{Reader, Report};

use crate::args::{ReaderOptions, WhichReader};

/// The most bytes of text that `auto` gives to the accurate reader: about a minute on two processors. Bytes, not
/// seconds, so that the same reports give the same story file on every machine.
const MOST: usize = 1_000_000;

/// The encoder of a run, when it was asked for one.
pub(crate) enum Choice {
    /// The one that the user gives.
    Given(Box<Encoder>),
    /// The one in the program.
    BuiltIn(&'static Encoder),
    /// None: the fast reader.
    Fast,
}

impl Choice {
    /// The encoder itself.
    pub(crate) fn encoder(&self) -> Option<&Encoder> {
        match self {
            Choice::Given(encoder) => Some(encoder),
            Choice::BuiltIn(encoder) => Some(encoder),
            Choice::Fast => None,
        }
    }

    /// What it is called.
    pub(crate) fn reader(&self) -> Reader {
        match self {
            Choice::Fast => Reader::Fast,
            _ => Reader::Accurate,
        }
    }
}

/// The reader of these reports.
pub(crate) fn choose(options: &ReaderOptions, reports: &[Report]) -> Result<Choice> {
    let accurate = match options.reader {
        WhichReader::Accurate => true,
        WhichReader::Fast => false,
        WhichReader::Auto => reports.iter().map(|r| r.text.len()).sum::<usize>() <= MOST,
    };
    if !accurate {
        return Ok(Choice::Fast);
    }
    match &options.encoder {
        Some(folder) => load(folder),
        None => Ok(Choice::BuiltIn(Encoder::built_in()?)),
    }
}

fn load(folder: &Path) -> Result<Choice> {
    let encoder = Encoder::load(folder);
    let encoder = encoder.with_context(|| format!("--encoder {}", folder.display()))?;
    Ok(Choice::Given(Box::new(encoder)))
}
