//! trafilatura and htmldate on the same pages, run as a Python script (`tools/compare/pages.py`).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Row;

/// What the script answers.
#[derive(Deserialize)]
pub(super) struct Rival {
    /// The version of trafilatura.
    pub version: String,
    /// Seconds of one processor for the texts alone.
    pub seconds: f64,
    /// The same for texts with titles, authors and dates.
    pub with_facts: f64,
    /// What was found, in the order of the pages.
    pub pages: Vec<Known>,
    /// The version of htmldate.
    pub htmldate: String,
    /// The day of publication that it finds on each page.
    pub days: Vec<Option<String>>,
}

/// What a page says, found or known; the date as `YYYY-MM-DD`.
#[derive(Deserialize)]
pub(super) struct Known {
    pub text: String,
    pub title: Option<String>,
    pub author: Option<String>,
    pub date: Option<String>,
}

/// Runs the script.
pub(super) fn rival(python: &Path, rows: &[Row]) -> Result<Rival> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../compare/pages.py");
    let mut pages = tempfile::NamedTempFile::new()?;
    for row in rows {
        let row = serde_json::json!({"url": row.url, "html": row.html});
        writeln!(pages, "{row}")?;
    }
    pages.flush()?;
    let output = Command::new(python).arg(&script).arg(pages.path()).output();
    let output = output.with_context(|| python.display().to_string())?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.lines().last().unwrap_or("it failed"));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
