//! A file of reports that can be gone on with, whatever ended the run before.
//!
//! Beside `FILE` stands `FILE.state`: how long `FILE` was when an input had been read so far. It is
//! written anew, and put in place at once, after what it speaks of is in `FILE`. A run that goes on
//! cuts `FILE` to that length and reads on from there, so that nothing is lost or there twice.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use variorum_intake::{Done, Given, Mark};
use variorum_model::Report;

/// The state is written at most so often.
const PAUSE: Duration = Duration::from_secs(1);

/// What stands in `FILE.state`.
#[derive(Default, Serialize, Deserialize)]
struct State {
    /// The bytes of `FILE` that this speaks of.
    written: u64,
    #[serde(flatten)]
    done: Done,
}

/// Reports on their way to a file.
pub(crate) struct Journal {
    out: BufWriter<File>,
    path: PathBuf,
    state: State,
    /// Bytes given to `out`.
    written: u64,
    /// What was marked since the state was written.
    is_new: bool,
    saved: Instant,
}

impl Journal {
    /// Opens a file for reports: an empty one, or with `resume` one to go on with. Also gives what is done.
    pub(crate) fn open(path: &Path, resume: bool) -> Result<(Self, Done)> {
        let name = || path.display().to_string();
        let mut state = State::default();
        let state_path = beside(path);
        if resume && path.exists() {
            state = match std::fs::read(&state_path) {
                Ok(bytes) => serde_json::from_slice(&bytes)
                    .with_context(|| state_path.display().to_string())?,
                Err(_) => bail!(
                    "{}: no {} beside it to go on from",
                    name(),
                    state_path.display()
                ),
            };
        }
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path);
        let file = file.with_context(name)?;
        if file.metadata().with_context(name)?.len() < state.written {
            bail!(
                "{}: shorter than its state says; it was changed since",
                name()
            );
        }
        file.set_len(state.written).with_context(name)?;
        state.done.reports = if state.written > 0 {
            given(path)?
        } else {
            Vec::new()
        };
        let mut out = BufWriter::new(file);
        std::io::Seek::seek(&mut out, std::io::SeekFrom::Start(state.written))
            .with_context(name)?;
        let written = state.written;
        let done = state.done.clone();
        let mut journal = Journal {
            out,
            path: path.to_owned(),
            state,
            written,
            is_new: false,
            saved: Instant::now(),
        };
        journal.save()?;
        Ok((journal, done))
    }

    /// Adds a report.
    pub(crate) fn write(&mut self, report: &Report) -> Result<()> {
        let mut line = serde_json::to_vec(report)?;
        line.push(b'\n');
        self.written += line.len() as u64;
        self.out
            .write_all(&line)
            .with_context(|| self.path.display().to_string())
    }

    /// Takes note of how far reading has come; all reports before were added.
    pub(crate) fn mark(&mut self, mark: Mark) -> Result<()> {
        self.state.written = self.written;
        self.state.done.note(mark);
        self.is_new = true;
        if self.saved.elapsed() >= PAUSE {
            self.save()
        } else {
            Ok(())
        }
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Result<()> {
        if self.is_new {
            self.save()?;
        }
        self.out
            .flush()
            .with_context(|| self.path.display().to_string())
    }

    fn save(&mut self) -> Result<()> {
        self.out
            .flush()
            .with_context(|| self.path.display().to_string())?;
        let path = beside(&self.path);
        let mut new = path.clone().into_os_string();
        new.push(".new");
        let name = || path.display().to_string();
        std::fs::write(&new, serde_json::to_vec(&self.state)?).with_context(name)?;
        std::fs::rename(&new, &path).with_context(name)?;
        self.is_new = false;
        self.saved = Instant::now();
        Ok(())
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".state");
    name.into()
}

/// The reports that a file holds.
fn given(path: &Path) -> Result<Vec<Given>> {
    let name = || path.display().to_string();
    let lines = BufReader::new(File::open(path).with_context(name)?).split(b'\n');
    lines
        .map(|line| Ok(serde_json::from_slice(&line.with_context(name)?)?))
        .collect::<Result<_>>()
        .with_context(|| format!("{}: not a file of reports", path.display()))
}
