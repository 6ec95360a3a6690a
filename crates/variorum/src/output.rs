//! Where results and complaints go, and how they are to look there.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};

use anyhow::Result;
use serde::Serialize;
use variorum_render::TextStyle;

/// Columns of a text that does not go to a terminal.
const COLUMNS: usize = 100;

/// One line on standard error: `variorum: PATH: REASON`.
pub(crate) fn complain(line: &str) {
    // When standard error is closed too there is nobody left to tell.
    let _ = writeln!(stderr(), "variorum: {line}");
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
    }
}

/// Standard output as JSON Lines.
pub(crate) struct JsonLines {
    out: BufWriter<io::StdoutLock<'static>>,
}

impl JsonLines {
    pub(crate) fn new() -> Self {
        JsonLines {
            out: BufWriter::new(stdout().lock()),
        }
    }

    /// Writes one value on a line of its own.
    pub(crate) fn write(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        Ok(self.out.write_all(&line)?)
    }

    /// Writes what is still held back.
    pub(crate) fn finish(mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
