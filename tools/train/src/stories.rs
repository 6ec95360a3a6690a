//! Stories whose statements are labelled by hand, each a file of labels beside its reports.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use variorum_model::Report;

/// The labels of one story.
#[derive(Deserialize)]
pub(crate) struct Gold {
    pub statements: Vec<Labelled>,
}

/// One statement.
#[derive(Deserialize)]
pub(crate) struct Labelled {
    /// "Full Name, role".
    pub speaker: String,
    pub variants: Vec<Variant>,
}

/// One report's wording of it, in code points.
#[derive(Deserialize)]
pub(crate) struct Variant {
    pub report: String,
    pub start: usize,
    pub end: usize,
}

/// The files of labels, in order of their names.
pub(crate) fn paths(data: &Path) -> Result<Vec<PathBuf>> {
    let folder = data.join("gold2");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
    paths.sort();
    Ok(paths)
}

/// The labels and the reports of a story.
pub(crate) fn story(path: &Path) -> Result<(Gold, Vec<Report>)> {
    let name = || path.display().to_string();
    let gold = std::fs::read_to_string(path).with_context(name)?;
    let gold = serde_json::from_str(&gold).with_context(name)?;
    let reports = path
        .to_string_lossy()
        .replace(".gold.json", ".reports.jsonl");
    let text = std::fs::read_to_string(&reports).context(reports)?;
    let read = variorum_intake::read(&["-".into()], &mut text.as_bytes());
    Ok((gold, read.reports))
}
