//! A file of reports that can be gone on with, whatever ended the run before.
//!
//! A new `FILE` is written as `FILE.part` and put in its place when the run ends, so that a run that is
//! broken off leaves what was there before. Beside it stands `FILE.part.state`: how long the file was when
//! an input had been read so far. It is written anew, and put in place at once, after what it speaks of is in
//! the file. A run that goes on cuts the file to that length first and reads on from there, so that nothing
//! is lost or there twice.
//!
//! A run that goes on from a whole `FILE` adds to it, with `FILE.state` beside it: what was there stays, and
//! what a broken run added behind is cut by the next. Where `FILE.part` is there, it is what is gone on with.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use variorum_intake::{Done, Given, Mark};
use variorum_model::Report;

use crate::output::{self, with_ending};

/// The state is written at most so often.
const PAUSE: Duration = Duration::from_secs(1);

/// What stands in `FILE.state`.
#[derive(Default, Serialize, Deserialize)]
struct State {
    /// The bytes of the file that this speaks of.
    written: u64,
    #[serde(flatten)]
    done: Done,
}

/// Reports on their way to a file.
pub(crate) struct Journal {
    out: BufWriter<File>,
    /// What is written: `FILE`, or `FILE.part`.
    path: PathBuf,
    /// `FILE`.
    whole: PathBuf,
    state: State,
    /// Bytes given to `out`.
    written: u64,
    /// What was marked since the state was written.
    is_new: bool,
    saved: Instant,
    /// The bytes that the state speaks of as it stands beside the file.
    safe: u64,
}

impl Journal {
    /// Opens a file for reports: an empty one, or with `resume` one to go on with. Also gives what is done.
    pub(crate) fn open(path: &Path, resume: bool) -> Result<(Self, Done)> {
        let whole = output::real(path);
        let part = with_ending(&whole, "part");
        let before = if resume { before(&whole, &part)? } else { None };
        let (path, mut state) = match before {
            Some(before) => before,
            None => (part, State::default()),
        };
        let name = || path.display().to_string();
        let is_part = path != whole;
        if is_part && state.written == 0 {
            // Whoever may write into the folder must not tell what is written to.
            for old in [&path, &state_of(&path)] {
                if old.symlink_metadata().is_ok() {
                    std::fs::remove_file(old).with_context(|| old.display().to_string())?;
                }
            }
        } else if is_part && !path.symlink_metadata().is_ok_and(|there| there.is_file()) {
            bail!("{}: no plain file", name());
        }
        let is_fresh = !path.exists();
        let file = OpenOptions::new()
            .write(true)
            .create_new(is_fresh)
            .open(&path);
        let file = file.with_context(name)?;
        if file.metadata().with_context(name)?.len() < state.written {
            bail!(
                "{}: shorter than its state says; it was changed since",
                name()
            );
        }
        file.set_len(state.written).with_context(name)?;
        state.done.reports = if state.written > 0 {
            given(&path)?
        } else {
            Vec::new()
        };
        let mut out = BufWriter::new(file);
        out.seek(SeekFrom::Start(state.written))
            .with_context(name)?;
        let written = state.written;
        let done = state.done.clone();
        let mut journal = Journal {
            out,
            path,
            whole,
            state,
            written,
            is_new: false,
            saved: Instant::now(),
            safe: written,
        };
        journal.save()?;
        Ok((journal, done))
    }

    /// Adds a report.
    pub(crate) fn write(&mut self, report: &Report) -> Result<()> {
        let line = output::line(report)?;
        self.written += line.len() as u64;
        self.out
            .write_all(line.as_bytes())
            .with_context(|| self.name())
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

    /// Ends the file and puts it in its place.
    pub(crate) fn finish(mut self) -> Result<()> {
        let ended = self.end();
        if ended.is_err() {
            self.give_up();
        }
        ended
    }

    /// Ends a run that cannot go on: what the state does not speak of is cut off.
    pub(crate) fn give_up(self) {
        let (file, _) = self.out.into_parts();
        let _ = file.set_len(self.safe);
    }

    fn end(&mut self) -> Result<()> {
        if self.is_new {
            self.save()?;
        }
        self.out.flush().with_context(|| self.name())?;
        if self.path == self.whole {
            return Ok(());
        }
        let put = || {
            output::permit_as(self.out.get_ref(), &self.whole)?;
            self.out.get_ref().sync_all()?;
            // In this order, so that a state without its part is the one of the whole file.
            std::fs::rename(&self.path, &self.whole)?;
            std::fs::rename(state_of(&self.path), state_of(&self.whole))
        };
        put().with_context(|| self.name())
    }

    fn save(&mut self) -> Result<()> {
        self.out.flush().with_context(|| self.name())?;
        let path = state_of(&self.path);
        let name = || path.display().to_string();
        let mut new = output::beside(&path)?;
        new.as_file_mut()
            .write_all(&serde_json::to_vec(&self.state)?)
            .with_context(name)?;
        new.persist(&path).with_context(name)?;
        self.is_new = false;
        self.saved = Instant::now();
        self.safe = self.state.written;
        Ok(())
    }

    /// What is written, for complaints.
    fn name(&self) -> String {
        if self.path == self.whole {
            return self.path.display().to_string();
        }
        format!(
            "{}: not complete, --resume goes on with it",
            self.path.display()
        )
    }
}

fn state_of(path: &Path) -> PathBuf {
    with_ending(path, "state")
}

/// What an earlier run has left to go on with, and how far it had come.
fn before(whole: &Path, part: &Path) -> Result<Option<(PathBuf, State)>> {
    let read = |path: &Path| -> Result<Option<State>> {
        let state = state_of(path);
        let Ok(bytes) = std::fs::read(&state) else {
            return Ok(None);
        };
        let state = serde_json::from_slice(&bytes).with_context(|| state.display().to_string())?;
        Ok(Some(state))
    };
    if part.symlink_metadata().is_ok() {
        // Without a state it was broken off before anything was read.
        let state = read(part)?.unwrap_or_default();
        return Ok(Some((part.to_owned(), state)));
    }
    let Ok(there) = std::fs::metadata(whole) else {
        return Ok(None);
    };
    let (left, state) = (state_of(part), state_of(whole));
    if left.exists() {
        // The run ended between putting the file in its place and its state.
        std::fs::rename(&left, &state).with_context(|| state.display().to_string())?;
    }
    match read(whole)? {
        Some(state) => Ok(Some((whole.to_owned(), state))),
        None if there.len() == 0 => Ok(None),
        None => bail!(
            "{}: no {} beside it to go on from",
            whole.display(),
            state.display()
        ),
    }
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
