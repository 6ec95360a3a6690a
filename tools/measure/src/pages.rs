//! Articles of web pages: how well the text agrees with the article (by runs of four words, as
//! Scrapinghub's benchmark counts), the share of right titles, authors and dates, pages a second,
//! and all of that beside trafilatura, the days beside htmldate too.

mod rival;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use variorum_intake::page::{self, Page};

use crate::score::{row, shown};
use crate::{data, processor};
use rival::{Known, Rival};
use variorum_measure::shingles::{Agreement, agreement, f1};

/// How often the pages are read for the time; the best counts.
const ROUNDS: usize = 3;
/// How many of the worst pages are listed.
const WORST: usize = 15;

/// A page and what is known of it.
#[derive(Deserialize)]
pub(crate) struct Row {
    pub url: String,
    pub html: String,
    #[serde(rename = "articleBody")]
    pub article: String,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
}

/// A set of pages and what others reached on it.
struct Set {
    name: &'static str,
    text: &'static str,
    title: &'static str,
    author: &'static str,
    date: &'static str,
}

const SETS: [Set; 2] = [
    Set {
        name: "scrapinghub-181",
        text: "AutoExtract 0.970, trafilatura 0.958 (crate 0.960), rs-trafilatura 0.957",
        title: "",
        author: "",
        date: "",
    },
    Set {
        name: "wcxb-articles",
        text: "best crates: 0.959",
        title: "best crate: 0.82",
        author: "best crate: 0.67",
        date: "best crate: 0.51; htmldate F 0.949 on its own set",
    },
];

/// All pages of the sets that are there.
pub(crate) fn all(folder: &Path) -> Result<Vec<Row>> {
    let mut all = Vec::new();
    for set in &SETS {
        all.extend(rows(folder, set)?);
    }
    Ok(all)
}

fn rows(folder: &Path, set: &Set) -> Result<Vec<Row>> {
    let path = folder.join(format!("pages/{}.jsonl.gz", set.name));
    if path.exists() {
        data::rows(&path)
    } else {
        println!("no data at {}: skipped", path.display());
        Ok(Vec::new())
    }
}

/// Scores the pages of each set and prints the tables.
pub(crate) fn measure(folder: &Path, python: &Path, verbose: bool) -> Result<()> {
    for set in &SETS {
        let rows = rows(folder, set)?;
        if !rows.is_empty() {
            of_set(set, &rows, python, verbose)?;
        }
    }
    Ok(())
}

fn of_set(set: &Set, rows: &[Row], python: &Path, verbose: bool) -> Result<()> {
    let read = |row: &Row| page::read(&row.html, Some(&row.url));
    // Weights and lists load on first use; that is not the cost of a page.
    let pages: Vec<Page> = rows.iter().map(read).collect();
    let mut seconds = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = processor::seconds()?;
        for row in rows {
            black_box(read(row));
        }
        seconds = seconds.min(processor::seconds()? - start);
    }
    let kilobytes = rows.iter().map(|row| row.html.len()).sum::<usize>() as f64 / 1e3;
    println!(
        "{}: {} pages of {:.0} kB",
        set.name,
        rows.len(),
        kilobytes / rows.len() as f64
    );
    println!(
        "The shipped weights were trained on these very pages, so the text's score is better than on\n\
         others; `variorum-train pages` prints that of held-out sites (0.967 and 0.965)."
    );
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for page in &pages {
        *kinds.entry(format!("{:?}", page.kind)).or_default() += 1;
    }
    let found: Vec<Known> = pages.into_iter().map(known).collect();
    let agreements = scores(set, rows, &found, "", "as shipped (these pages trained it)");
    let days: Vec<Option<String>> = found.iter().map(|known| known.date.clone()).collect();
    score_days("days", rows, &days);
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, n)| format!("{kind} {n}"))
        .collect();
    row("kinds of pages", kinds.join(", "), "");
    let rate = |seconds: f64| {
        let pages = rows.len() as f64 / seconds;
        let megabytes = kilobytes / 1e3 / seconds;
        format!("{pages:.1} pages/s, {megabytes:.1} MB/s ({seconds:.2} s)")
    };
    row("one processor, text and facts", rate(seconds), "");
    match rival::rival(python, rows) {
        Err(error) => println!("no comparison with trafilatura: {error}"),
        Ok(rival) => {
            let Rival {
                version,
                seconds: texts,
                with_facts,
                pages,
                htmldate,
                days,
            } = rival;
            println!("trafilatura {version} for Python, on the same pages");
            scores(set, rows, &pages, "  ", "");
            score_days(&format!("  days, htmldate {htmldate}"), rows, &days);
            row("  one processor, text only", rate(texts), "");
            row("  one processor, text and facts", rate(with_facts), "");
            let times = |took: f64| format!("{:.1}", took / seconds);
            row("times faster than its text only", times(texts), "next >= 4");
            row(
                "times faster than its text and facts",
                times(with_facts),
                "",
            );
        }
    }
    if verbose {
        list_worst(rows, &agreements);
    }
    println!();
    Ok(())
}

/// What was found on a page, as it is compared.
fn known(page: Page) -> Known {
    let Page { facts, text, .. } = page;
    Known {
        text,
        title: facts.title.map(|found| found.value),
        author: facts.author.map(|found| found.value),
        date: facts.published.map(|found| found.value.to_string()),
    }
}

/// Prints the scores of what was found, and gives those of the texts.
fn scores(set: &Set, rows: &[Row], found: &[Known], indent: &str, how: &str) -> Vec<Agreement> {
    let pairs = || rows.iter().zip(found);
    let agreements: Vec<Agreement> = pairs()
        .map(|(row, found)| agreement(&row.article, &found.text))
        .collect();
    let (precision, recall, f1) = f1(&agreements);
    let figure = format!("F1 {f1:.3}  P {precision:.3}  R {recall:.3}  {how}");
    row(&format!("{indent}text"), figure.trim_end(), set.text);
    let share = |what: &str, anchor: &str, is: &dyn Fn(&Row, &Known) -> Option<bool>| {
        let right: Vec<bool> = pairs().filter_map(|(row, found)| is(row, found)).collect();
        if !right.is_empty() {
            let count = right.iter().filter(|right| **right).count();
            row(
                &format!("{indent}{what}"),
                shown(count, right.len()),
                anchor,
            );
        }
    };
    let same = |gold: &Option<String>, found: &Option<String>| {
        let gold = gold.as_deref().filter(|gold| !gold.trim().is_empty())?;
        Some(
            found
                .as_deref()
                .is_some_and(|found| folded(found) == folded(gold)),
        )
    };
    share("right titles", set.title, &|row, found| {
        same(&row.title, &found.title)
    });
    share("right authors", set.author, &|row, found| {
        same(&row.author, &found.author)
    });
    share("right days of publication", set.date, &|row, found| {
        let gold = row.date.as_deref()?.get(..10)?;
        Some(found.date.as_deref().and_then(|date| date.get(..10)) == Some(gold))
    });
    agreements
}

/// Prints how many of the days that were given are right, and how many of those that are known.
fn score_days(name: &str, rows: &[Row], found: &[Option<String>]) {
    let (mut right, mut given, mut known) = (0.0, 0.0, 0.0);
    for (row, found) in rows.iter().zip(found) {
        let Some(gold) = row.date.as_deref().and_then(|date| date.get(..10)) else {
            continue;
        };
        let found = found.as_deref().and_then(|date| date.get(..10));
        known += 1.0;
        given += f64::from(found.is_some());
        right += f64::from(found == Some(gold));
    }
    if known > 0.0 {
        let (precision, recall) = (right / f64::max(given, 1.0), right / known);
        let f1 = 2.0 * right / (given + known);
        let figure = format!("F1 {f1:.3}  P {precision:.3}  R {recall:.3}");
        row(name, figure, "");
    }
}

/// A title or name in small letters, with single white space and straight quotation marks.
fn folded(text: &str) -> String {
    let straight = text.to_lowercase().replace(['‘', '’', '‛', '`'], "'");
    let straight = straight.replace(['“', '”', '„', '«', '»'], "\"");
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list_worst(rows: &[Row], agreements: &[Agreement]) {
    let of = |agreement: &Agreement| {
        let Agreement {
            right,
            wrong,
            missed,
        } = *agreement;
        2.0 * right / (2.0 * right + wrong + missed).max(1.0)
    };
    let mut order: Vec<(f64, &str)> = rows
        .iter()
        .zip(agreements)
        .map(|(row, agreement)| (of(agreement), row.url.as_str()))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    println!("worst pages");
    for (f1, url) in order.iter().take(WORST) {
        println!("  {f1:.3}  {url}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_the_same_title() {
        for (a, b, expected) in [
            ("The Bridge’s  Reopening", "the bridge's reopening", true),
            ("“Soon”, says council", "\"Soon\", says\nCouncil", true),
            ("The bridge", "The bridge | The Ashford Courier", false),
        ] {
            assert_eq!(folded(a) == folded(b), expected, "{a:?} {b:?}");
        }
    }
}
