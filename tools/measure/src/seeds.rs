//! The five reports of January 2022 as a checklist: each line of what a careful reader expects of
//! their story file, answered yes or no.

use std::path::Path;

use anyhow::{Context, Result};
use variorum_model::{
    Agreement, DisagreementKind, Moment, PublishedFrom, Report, Statement, Story, TimelineEntry,
};

use crate::data;
use crate::score::brief;

/// Statements that several reports carry: a label, and each report's words.
const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    (
        "risk of conflict",
        &[
            ("000", "The risk of conflict is real"),
            ("001", "there is a risk of a new armed conflict"),
            ("003", "The risk of conflict is real"),
            ("004", "the risk of a new conflict is real"),
        ],
    ),
    (
        "actions undermine security",
        &[
            ("000", "attitudes seriously undermine"),
            ("001", "actions of Russia seriously undermine"),
            ("003", "actions seriously undermine"),
        ],
    ),
    (
        "a positive sign",
        &[
            ("000", "It is a positive sign"),
            ("001", "positive sign"),
            ("003", "It is a positive signal"),
            ("004", "This is a positive signal"),
        ],
    ),
    (
        "prepare for failure",
        &[
            ("000", "be prepared for the failure of diplomacy"),
            ("001", "be prepared for the possibility"),
            ("003", "be prepared for the possibility"),
            (
                "004",
                "prepare for the prospect that the consultation fails",
            ),
        ],
    ),
    (
        "no steps to de-escalate",
        &[("001", "not taken steps"), ("003", "not taken steps")],
    ),
    (
        "build-up continues",
        &[
            ("001", "military deployment continues"),
            ("003", "build-up continues"),
            ("004", "military strengthening of Russia continues"),
        ],
    ),
    (
        "a high price for Russia",
        &[
            ("001", "significant consequences"),
            ("003", "significant consequences"),
        ],
    ),
    (
        "severe sanctions",
        &[
            ("000", "severe economic and political"),
            ("004", "severe economic sanctions"),
        ],
    ),
    (
        "dialogue in good faith",
        &[
            ("000", "dialogue in good faith"),
            ("001", "in good faith"),
            ("003", "in good faith"),
        ],
    ),
    (
        "nothing on Europe without Europe",
        &[
            ("000", "no discussions involving the security of Europe"),
            ("004", "No discussion on the security of Europe"),
        ],
    ),
];

/// The week's happenings: a label, the day, words of which one stands in a mention, and the reports
/// that tell it.
const TALKS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "meeting of NATO foreign ministers",
        "2022-01-07",
        &["minister"],
        &["000", "001", "003", "004"],
    ),
    (
        "talks in Geneva",
        "2022-01-10",
        &["geneva"],
        &["000", "001", "002", "003", "004"],
    ),
    (
        "NATO-Russia Council",
        "2022-01-12",
        &["council", "board", "brussels"],
        &["000", "001", "002", "003", "004"],
    ),
    (
        "OSCE in Vienna",
        "2022-01-13",
        &["vienna", "organization for security"],
        &["002", "004"],
    ),
];

/// Prints the checklist, and with `verbose` the timeline and the disagreements.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    let reports = reports(&folder.join("seeds"))?;
    let stories = variorum_collate::collate(&data::pairs(&data::analysed(&reports)));
    let Some(story) = stories.iter().max_by_key(|story| story.reports.len()) else {
        println!("no story");
        return Ok(());
    };
    let mut list = Checklist::default();
    list.row(
        "one story of five reports",
        stories.len() == 1 && story.reports.len() == 5,
    );
    for id in ["003", "004"] {
        let inferred = story.reports.iter().any(|r| {
            r.id.starts_with(id)
                && r.published_from == PublishedFrom::Inferred
                && r.published.is_some_and(|p| p.to_string() == "2022-01-07")
        });
        list.row(&format!("{id} dated 2022-01-07, inferred"), inferred);
    }
    statements(story, &mut list);
    talks(story, &mut list);
    figures(story, &mut list);
    println!("{} of {} yes", list.yes, list.all);
    println!("{} disagreements shown", story.disagreements.len());
    if verbose {
        show(story);
    }
    Ok(())
}

#[derive(Default)]
struct Checklist {
    yes: usize,
    all: usize,
}

impl Checklist {
    fn row(&mut self, what: &str, holds: bool) {
        println!("{}  {what}", if holds { "yes" } else { " no" });
        self.yes += usize::from(holds);
        self.all += 1;
    }
}

/// Whether a statement has a wording of that report with those words.
fn has(statement: &Statement, report: &str, words: &str) -> bool {
    statement.variants.iter().any(|variant| {
        variant.report.starts_with(report) && variant.spans.iter().any(|e| e.exact.contains(words))
    })
}

fn speaker_has(statement: &Statement, name: &str) -> bool {
    statement
        .speaker
        .as_ref()
        .is_some_and(|speaker| speaker.name.contains(name))
}

fn statements(story: &Story, list: &mut Checklist) {
    for (label, wordings) in STATEMENTS {
        // The statement that has most of the wordings stands for it.
        let count = |s: &Statement| wordings.iter().filter(|(r, w)| has(s, r, w)).count();
        let best = story.statements.iter().max_by_key(|s| count(s));
        let found = best.map_or(0, count);
        let right = best.is_some_and(|s| speaker_has(s, "Stoltenberg"));
        let what = format!(
            "one statement of Stoltenberg: {label} ({found}/{})",
            wordings.len()
        );
        list.row(&what, right && found == wordings.len());
    }
    let of = |name: &'static str| {
        story
            .statements
            .iter()
            .filter(move |s| speaker_has(s, name))
    };
    let names: std::collections::BTreeSet<_> = of("Blinken")
        .filter_map(|s| s.speaker.as_ref())
        .map(|s| s.name.as_str())
        .collect();
    let blinken_reports: std::collections::BTreeSet<_> = of("Blinken")
        .flat_map(|s| &s.variants)
        .map(|v| v.report.as_str())
        .collect();
    list.row(
        "Blinken is one person in two reports",
        names.len() == 1 && blinken_reports.len() >= 2,
    );
    for name in ["Macron", "Truss", "Rau", "Grushko"] {
        list.row(
            &format!("{name} has a statement"),
            of(name).next().is_some(),
        );
    }
    let later = "There is a real risk of new armed conflicts";
    let mixed = |s: &&Statement| has(s, "002", later) && s.report_count > 1;
    let there = story.statements.iter().any(|s| has(s, "002", later));
    list.row(
        "12 January's risk is not merged with 7 January's",
        there && story.statements.iter().find(mixed).is_none(),
    );
    let good_faith = story.disagreements.iter().any(|d| {
        let words: Vec<&str> = d
            .sides
            .iter()
            .flat_map(|s| &s.evidence)
            .map(|e| e.exact.as_str())
            .collect();
        words.iter().any(|w| w.contains("We will see if Russia"))
            && words
                .iter()
                .any(|w| w.contains("We will dialogue") || w.contains("NATO will engage"))
    });
    list.row("good faith: who is to show it differs", good_faith);
}

/// The entry of a happening: the one with most of the mentions that belong to it.
fn entry<'a>(story: &'a Story, words: &[&str], reports: &[&str]) -> Option<&'a TimelineEntry> {
    let count = |entry: &TimelineEntry| {
        let named = entry.mentions.iter().any(|m| {
            let exact = m.evidence.exact.to_lowercase();
            words.iter().any(|word| exact.contains(word))
        });
        let in_them = reports.iter().filter(|r| mentions(entry, r)).count();
        if named { in_them } else { 0 }
    };
    story
        .timeline
        .iter()
        .filter(|e| count(e) > 0)
        .max_by_key(|e| count(e))
}

fn mentions(entry: &TimelineEntry, report: &str) -> bool {
    entry
        .mentions
        .iter()
        .any(|m| m.evidence.report.starts_with(report))
}

fn talks(story: &Story, list: &mut Checklist) {
    for (label, day, words, reports) in TALKS {
        let on_day: Vec<&TimelineEntry> = story
            .timeline
            .iter()
            .filter(|e| e.date.to_string() == *day)
            .collect();
        let count = |e: &TimelineEntry| reports.iter().filter(|r| mentions(e, r)).count();
        let best = on_day
            .into_iter()
            .filter(|e| {
                e.mentions.iter().any(|m| {
                    let exact = m.evidence.exact.to_lowercase();
                    words.iter().any(|word| exact.contains(word))
                })
            })
            .max_by_key(|e| count(e));
        let found = best.map_or(0, count);
        let alone = best.is_some_and(|e| e.report_count == reports.len());
        let what = format!("{day} {label} ({found}/{} reports)", reports.len());
        list.row(&what, found == reports.len() && alone);
    }
    let council = entry(story, &["council", "board"], &["000", "003", "004"]);
    let conflict = council.is_some_and(|e| {
        e.agree == Agreement::Conflict
            && e.mentions
                .iter()
                .any(|m| m.evidence.report.starts_with("000") && m.date.to_string() == "2022-01-13")
    });
    list.row(
        "the Council's date is in conflict, 000 says the 13th",
        conflict,
    );
    let dates: Vec<_> = story
        .disagreements
        .iter()
        .filter(|d| d.kind == DisagreementKind::Date)
        .collect();
    let two_sided = |about: &str| dates.iter().any(|d| d.about == about && d.sides.len() == 2);
    list.row(
        "one disagreement of dates, the Council's, with two sides",
        dates.len() == 1 && council.is_some_and(|e| two_sided(&e.id)),
    );
}

fn figures(story: &Story, list: &mut Checklist) {
    let troops = story.figures.iter().find(|f| {
        let any = |words: &str| f.values.iter().any(|v| v.evidence.exact.contains(words));
        any("100,000") && any("tens of thousands")
    });
    list.row(
        "about 100,000 and tens of thousands of troops are compatible",
        troops.is_some_and(|f| f.agree == Agreement::Compatible),
    );
    let conflicts = story
        .disagreements
        .iter()
        .filter(|d| d.kind == DisagreementKind::Figure);
    list.row("no figures in conflict", conflicts.count() == 0);
}

fn show(story: &Story) {
    for entry in &story.timeline {
        let (date, what, agree) = (entry.date, brief(&entry.what), entry.agree);
        println!(
            "{date} {what} [{:?}, {agree:?}, {} reports]",
            entry.status, entry.report_count
        );
        println!("      with {:?} in {:?}", entry.participants, entry.place);
        for mention in &entry.mentions {
            let (report, words) = (
                &mention.evidence.report[..3],
                brief(&mention.evidence.exact),
            );
            println!(
                "      {report} {} {:?}: {words}",
                mention.date, mention.status
            );
        }
    }
    for d in &story.disagreements {
        println!("disagreement [{:?}] {}", d.kind, brief(&d.what));
        for side in &d.sides {
            let words: Vec<_> = side.evidence.iter().map(|e| brief(&e.exact)).collect();
            println!(
                "      {} {:?}: {}",
                side.value,
                side.reports,
                words.join(" | ")
            );
        }
    }
}

/// The texts of a folder, dated by their first words where these are `date YYYY-MM-DD`.
fn reports(folder: &Path) -> Result<Vec<Report>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path)?;
            let id = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut report = data::report(&serde_json::json!({ "id": id, "text": text }));
            let mut words = text.split_whitespace();
            if words.next() == Some("date") {
                report.published = words.next().and_then(|word| word.parse::<Moment>().ok());
                report.published_from = PublishedFrom::Header;
            }
            Ok(report)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expected_wording_names_a_report() {
        for (label, wordings) in STATEMENTS {
            assert!(wordings.len() >= 2, "{label} is carried by one report only");
        }
    }
}
