//! Reads the data sets: JSON Lines, plain or gzipped, and the reports in them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use variorum_collate::Analysed;
use variorum_model::{Analysis, Moment, PublishedFrom, Report};

/// The rows of a JSON Lines file; gzipped when its name ends in `.gz`.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut rows = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let row = serde_json::from_str(&line);
            rows.push(row.with_context(|| format!("{}:{}", path.display(), number + 1))?);
        }
    }
    Ok(rows)
}

/// The report of a row with `id` and `text`, and `outlet`, `url`, `published` and `title` where
/// they are known.
pub(crate) fn report(row: &Value) -> Report {
    let field = |name: &str| row[name].as_str().map(str::to_owned);
    let published = row["published"].as_str().and_then(day);
    let published_from = if published.is_some() {
        PublishedFrom::Metadata
    } else {
        PublishedFrom::None
    };
    Report {
        id: field("id").unwrap_or_default(),
        outlet: field("outlet"),
        url: field("url"),
        title: field("title").filter(|title| !title.is_empty()),
        author: None,
        published,
        published_from,
        retrieved: None,
        sha256: String::new(),
        language: Some("en".to_owned()),
        analysed: true,
        text: field("text").unwrap_or_default(),
        credits: Vec::new(),
        updated: None,
        page: None,
        sources: std::collections::BTreeMap::new(),
        version_of: None,
    }
}

/// A publication date as the sets write it: `2017-03-22` or `3/22/17`.
fn day(text: &str) -> Option<Moment> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let parts: Vec<i16> = text
        .split('/')
        .map(|p| p.parse().ok())
        .collect::<Option<_>>()?;
    let [month, day, year] = parts[..] else {
        return None;
    };
    let year = if year < 100 { year + 2000 } else { year };
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok().map(Moment::day)
}

/// Analyses on all processors, in the order of the reports.
pub(crate) fn analyses(reports: &[Report]) -> Vec<Analysis> {
    reports.par_iter().map(variorum_analyze::analyze).collect()
}

/// Each report with its analysis.
pub(crate) fn analysed(reports: &[Report]) -> Vec<(&Report, Analysis)> {
    reports
        .par_iter()
        .map(|report| (report, variorum_analyze::analyze(report)))
        .collect()
}

/// The same as collating takes them.
pub(crate) fn pairs<'a>(analyses: &'a [(&Report, Analysis)]) -> Vec<Analysed<'a>> {
    analyses
        .iter()
        .map(|(report, one)| (*report, one))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_day() {
        for (text, expected) in [
            ("2017-03-22", "2017-03-22"),
            ("3/22/17", "2017-03-22"),
            ("13/40/17", ""),
        ] {
            let found = day(text)
                .map(|moment| moment.to_string())
                .unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        }
    }
}
