//! What is read and what is written are never one file, whatever it is called.

use std::fs::File;
use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use variorum_intake::{FileId, describes_a_text};

use crate::output::{real, with_ending};

/// A command that cannot be meant.
#[derive(Debug)]
pub(crate) struct Misuse(String);

impl std::error::Error for Misuse {}

impl std::fmt::Display for Misuse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The files that a run writes, as far as they are there: the file that is asked for and what stands beside
/// it, or standard output.
pub(crate) fn written(file: Option<&Path>) -> Vec<FileId> {
    let Some(path) = file else {
        return standard_output().into_iter().collect();
    };
    let path = real(path);
    let beside = ["state", "part", "part.state"].map(|ending| with_ending(&path, ending));
    beside
        .iter()
        .chain([&path])
        .filter_map(|path| FileId::of(path))
        .collect()
}

/// Fails if one of the paths that are to be read is a file that is to be written, or if that cannot be
/// written.
pub(crate) fn keep_apart<'a>(
    read: impl IntoIterator<Item = &'a PathBuf>,
    file: Option<&Path>,
) -> Result<()> {
    let written = written(file);
    let id = |path: &Path| {
        if path == Path::new("-") {
            standard_input()
        } else {
            FileId::of(path)
        }
    };
    let both = read
        .into_iter()
        .find(|path| id(path).is_some_and(|id| written.contains(&id)));
    if let Some(path) = both {
        let reason = "is read and would be written; name another file";
        return Err(misuse(format!("{}: {reason}", path.display())));
    }
    file.map_or(Ok(()), may_be_replaced)
}

/// An error for a command that cannot be meant.
pub(crate) fn misuse(reason: String) -> anyhow::Error {
    Misuse(reason).into()
}

/// Fails if what stands at a path is not to be replaced: a folder, or a file that is protected.
fn may_be_replaced(path: &Path) -> Result<()> {
    let Ok(there) = std::fs::metadata(path) else {
        return Ok(());
    };
    let name = path.display();
    if there.is_dir() {
        return Err(misuse(format!("{name}: a folder; name a file in it")));
    }
    if describes_a_text(path) {
        let reason = "tells of the texts beside it and would be written; name another file";
        return Err(misuse(format!("{name}: {reason}")));
    }
    if there.permissions().readonly() {
        bail!("{name}: write-protected");
    }
    Ok(())
}

#[cfg(unix)]
fn standard_input() -> Option<FileId> {
    use std::os::fd::AsFd;
    let owned = stdin().as_fd().try_clone_to_owned().ok()?;
    FileId::of_open(&File::from(owned))
}

#[cfg(unix)]
fn standard_output() -> Option<FileId> {
    use std::os::fd::AsFd;
    let owned = stdout().as_fd().try_clone_to_owned().ok()?;
    FileId::of_open(&File::from(owned))
}

#[cfg(not(unix))]
fn standard_input() -> Option<FileId> {
    None
}

#[cfg(not(unix))]
fn standard_output() -> Option<FileId> {
    None
}
