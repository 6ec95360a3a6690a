//! Where results and complaints go, and how they are to look there.
//!
//! A file is written beside and put in its place when it is complete, so that whatever ends a run, a full
//! disk or the user, leaves what was there before. Pipes and devices are written through.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Serialize;
use tempfile::{NamedTempFile, TempPath};
use variorum_intake::without_password;
use variorum_render::TextStyle;

use crate::apart::Misuse;
use crate::escapes::{escaped, visible};

/// Columns of a text that does not go to a terminal.
const COLUMNS: usize = 100;

/// What the names of files that are not complete yet begin with. Folders are read without hidden files.
const UNFINISHED: &str = ".variorum-";

/// One line on standard error: `variorum: PATH: REASON`.
pub(crate) fn complain(line: &str) {
    // When standard error is closed too there is nobody left to tell.
    let _ = writeln!(stderr(), "variorum: {}", visible(&without_password(line)));
}

/// What a run ends with that failed.
pub(crate) fn exit_code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(if error.is::<Misuse>() { 2 } else { 1 })
}

/// Whether an error says that the reader of our output has gone.
pub(crate) fn is_closed(error: &anyhow::Error) -> bool {
    let of_io = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error
        .chain()
        .any(|cause| cause.downcast_ref().is_some_and(of_io))
}

/// How a text is to look on standard output, or in a file.
pub(crate) fn style(to_file: bool) -> TextStyle {
    let on_terminal = !to_file && stdout().is_terminal();
    // https://no-color.org: set and not empty.
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let columns = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    TextStyle {
        width: on_terminal.then(columns).flatten().unwrap_or(COLUMNS),
        color: on_terminal && !no_color,
        all: false,
    }
}

/// The file that the user asks for; none if standard output, which `-` also means.
pub(crate) fn file(asked: Option<&PathBuf>) -> Option<&Path> {
    asked
        .map(PathBuf::as_path)
        .filter(|path| *path != Path::new("-"))
}

/// Where a path leads: what it names may be a link, and is written where that leads to.
pub(crate) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The path with one more ending: `a.jsonl` and `state` are `a.jsonl.state`.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Whether a path names a pipe or device, which cannot be put in place of what is there.
pub(crate) fn is_written_through(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// A new file beside another one, under a name that nobody has. It is gone again unless it is kept.
pub(crate) fn beside(path: &Path) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file, the system takes off what the user's mask forbids.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let folder = path.parent().filter(|folder| *folder != OsStr::new(""));
    let made = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
    made.with_context(|| path.display().to_string())
}

/// Gives a file that is to replace another one the permissions of that.
pub(crate) fn permit_as(file: &File, replaced: &Path) -> io::Result<()> {
    match std::fs::metadata(replaced) {
        Ok(there) => file.set_permissions(there.permissions()),
        Err(_) => Ok(()),
    }
}

/// A result on its way.
pub(crate) struct Output {
    to: To,
    /// For complaints.
    name: String,
}

enum To {
    Standard(BufWriter<io::StdoutLock<'static>>),
    Through(BufWriter<File>),
    Beside(BufWriter<File>, TempPath, PathBuf),
}

impl Output {
    fn standard() -> Self {
        Output {
            to: To::Standard(BufWriter::new(stdout().lock())),
            name: "standard output".to_owned(),
        }
    }

    /// To a file, or to standard output.
    pub(crate) fn to(file: Option<&Path>) -> Result<Self> {
        let Some(path) = file else {
            return Ok(Output::standard());
        };
        let name = path.display().to_string();
        let to = if is_written_through(path) {
            let opened = OpenOptions::new().write(true).open(path);
            To::Through(BufWriter::new(opened.with_context(|| name.clone())?))
        } else {
            let real = real(path);
            let (file, temporary) = beside(&real)?.into_parts();
            To::Beside(BufWriter::new(file), temporary, real)
        };
        Ok(Output { to, name })
    }

    /// Adds to it.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match &mut self.to {
            To::Standard(out) => out.write_all(bytes),
            To::Through(out) | To::Beside(out, ..) => out.write_all(bytes),
        };
        written.with_context(|| self.name.clone())
    }

    /// Ends it; a file is in its place now.
    pub(crate) fn finish(self) -> Result<()> {
        let put = || match self.to {
            To::Standard(mut out) => out.flush(),
            To::Through(mut out) => out.flush(),
            To::Beside(out, temporary, path) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                permit_as(&file, &path)?;
                file.sync_all()?;
                Ok(temporary.persist(&path)?)
            }
        };
        put().context(self.name)
    }
}

/// Writes a whole result.
pub(crate) fn write(file: Option<&Path>, text: &str) -> Result<()> {
    let mut out = Output::to(file)?;
    out.write(text.as_bytes())?;
    out.finish()
}

/// Values as JSON Lines.
pub(crate) struct JsonLines {
    out: Output,
}

impl JsonLines {
    /// On standard output.
    pub(crate) fn new() -> Self {
        JsonLines {
            out: Output::standard(),
        }
    }

    /// In a file, or on standard output.
    pub(crate) fn to(file: Option<&Path>) -> Result<Self> {
        Ok(JsonLines {
            out: Output::to(file)?,
        })
    }

    /// Writes one value on a line of its own.
    pub(crate) fn write(&mut self, value: &impl Serialize) -> Result<()> {
        self.out.write(line(value)?.as_bytes())
    }

    /// Writes what is still held back.
    pub(crate) fn finish(self) -> Result<()> {
        self.out.finish()
    }
}

/// A value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> Result<String> {
    Ok(escaped(serde_json::to_string(value)?) + "\n")
}

/// A value as JSON for people too.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String> {
    Ok(escaped(serde_json::to_string_pretty(value)?) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_put_in_place_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let names = || {
            let mut names: Vec<_> = std::fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect();
            names.sort();
            names
        };
        std::fs::write(&path, "old").unwrap();
        let mut given_up = Output::to(Some(&path)).unwrap();
        given_up.write(b"half").unwrap();
        drop(given_up);
        assert_eq!(
            (std::fs::read(&path).unwrap(), names().len()),
            (b"old".to_vec(), 1)
        );
        write(Some(&path), "new").unwrap();
        assert_eq!(
            (std::fs::read(&path).unwrap(), names().len()),
            (b"new".to_vec(), 1)
        );
        assert!(Output::to(Some(&folder.path().join("none/out"))).is_err());
        write(Some(Path::new("/dev/null")), "new").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("out"), folder.path().join("link"));
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink("out", &link).unwrap();
        write(Some(&link), "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }
}
