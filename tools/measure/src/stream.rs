//! What grouping a long stream costs: the labelled stream repeated, shifted in time and, so that its
//! repetitions tell other stories, with other names.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use rayon::prelude::*;
use serde_json::Value;
use variorum_collate::grouping::{Digest, Furniture, Profile, Stems, Stream};
use variorum_model::{Analysis, Moment, Report};

use crate::data;
use crate::score::row;

/// How many versions of the stream tell other stories at the same time.
const WORLDS: u8 = 8;
/// In how many days all of them are published.
const DAYS: i64 = 30;
/// Days between two repetitions.
const SHIFT: i64 = 31;
/// Reports between two lines of the table.
const STEP: usize = 100_000;

/// Groups `most` reports and prints what each stretch of the stream costs.
pub(crate) fn measure(folder: &Path, most: usize) -> Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("stories/allsides-2012-2017.jsonl.gz"))?;
    let reports: Vec<Report> = rows.iter().map(data::report).collect();
    let analyses = data::analyses(&reports);
    let start = Instant::now();
    let worlds = worlds(&reports, &analyses);
    let made = worlds.len() as f64 / start.elapsed().as_secs_f64();
    row(
        "digests made a second, all processors",
        format!("{made:.0}"),
        "",
    );
    drop((rows, reports, analyses));
    let mut furniture = Furniture::default();
    let mut stream = Stream::default();
    let (mut stories, mut grouped) = (0, 0);
    let mut spent = Duration::ZERO;
    let per_day = worlds.len() as i64 / DAYS;
    row("reports a day", per_day.to_string(), "");
    for number in 0..most {
        let mut digest = worlds[number % worlds.len()].clone();
        let round = (number / worlds.len()) as i64;
        let day = (number % worlds.len()) as i64 / per_day.max(1);
        let begin = jiff::civil::date(2012, 1, 1);
        let shifted = begin.checked_add(jiff::Span::new().days(round * SHIFT + day));
        digest.published = shifted.ok().map(Moment::day);
        digest.id = format!("{number:07}");
        let start = Instant::now();
        furniture.learn(&digest);
        stream.add(Profile::of(&digest, &furniture));
        stories += stream.close().len();
        spent += start.elapsed();
        if (number + 1) % STEP == 0 || number + 1 == most {
            let reports = number + 1 - grouped;
            grouped = number + 1;
            let micros = spent.as_secs_f64() * 1e6 / reports as f64;
            spent = Duration::ZERO;
            let figure = format!(
                "{micros:.0} us a report, {} reports kept, {} MB",
                stream.kept(),
                megabytes()
            );
            row(
                &format!("after {grouped} reports"),
                figure,
                "level; < 3 GB; 3000 a second are 333 us",
            );
        }
    }
    stories += stream.finish().len();
    row("stories", stories.to_string(), "");
    Ok(())
}

/// The digests of all versions, in date order: reports of one day follow each other.
fn worlds(reports: &[Report], analyses: &[Analysis]) -> Vec<Digest> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (reports[i].published, &reports[i].id));
    let of = |stems: &mut Stems, (i, world): (usize, u8)| {
        let (mut report, mut analysis) = (reports[i].clone(), analyses[i].clone());
        report.text = renamed(&report.text, world);
        report.title = report.title.map(|title| renamed(&title, world));
        report.outlet = report.outlet.map(|outlet| renamed(&outlet, world));
        for name in &mut analysis.names {
            name.name = renamed(&name.name, world);
        }
        Digest::of(&report, &analysis, stems)
    };
    let all: Vec<(usize, u8)> = order
        .into_iter()
        .flat_map(|i| (0..WORLDS).map(move |world| (i, world)))
        .collect();
    all.into_par_iter().map_init(Stems::default, of).collect()
}

/// A text with other names: the small letters of each word with a capital are moved on.
fn renamed(text: &str, by: u8) -> String {
    let mut in_name = false;
    text.chars()
        .map(|c| {
            in_name = c.is_uppercase() || (in_name && c.is_alphabetic());
            match c {
                'a'..='z' if in_name => char::from((c as u8 - b'a' + by) % 26 + b'a'),
                _ => c,
            }
        })
        .collect()
}

/// Memory that this process holds.
fn megabytes() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages.and_then(|p| p.split(' ').nth(1)?.parse::<usize>().ok());
    resident.unwrap_or(0) * 4096 / 1_000_000
}
