//! datasketch's MinHashLSH on the same texts, run as a Python script (`tools/compare/minhash.py`).

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use variorum_model::Report;

/// What the script answers.
#[derive(Deserialize)]
pub(super) struct Rival {
    /// Seconds for sketches, index and queries at one threshold.
    pub seconds: f64,
    /// The same where sketches are made a shingle at a time, as the documentation shows.
    pub documented: f64,
    /// The pairs found at each threshold.
    pub pairs: BTreeMap<String, Vec<(String, String)>>,
}

/// Runs the script.
pub(super) fn rival(python: &Path, reports: &[Report]) -> Result<Rival> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../compare/minhash.py");
    let texts = std::env::temp_dir().join(format!("variorum-copies-{}.jsonl", std::process::id()));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&texts)?);
    for report in reports {
        let row = serde_json::json!({"id": report.id, "text": report.text});
        writeln!(file, "{row}")?;
    }
    file.flush()?;
    let output = Command::new(python).arg(&script).arg(&texts).output();
    std::fs::remove_file(&texts)?;
    let output = output.with_context(|| python.display().to_string())?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.lines().last().unwrap_or("it failed"));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
