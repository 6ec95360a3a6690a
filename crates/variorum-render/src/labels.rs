//! What a report is called in print: its outlet, else the site it stands on, else the beginning of
//! its title, else its id. Two reports of one story never share a label.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{PartialDate, Story, StoryReport};

use crate::{dates, links, quote};

/// The longest that a title or an id is shown as a label, in characters.
const LONGEST: usize = 36;

/// From how many digits on a hexadecimal number in an id is cut, and how many of them are shown.
const LONG_NUMBER: usize = 12;
const SHOWN_OF_NUMBER: usize = 4;

/// The labels of a story's reports.
pub(crate) struct Labels<'a> {
    labels: BTreeMap<&'a str, String>,
}

impl<'a> Labels<'a> {
    /// Names every report of a story.
    pub(crate) fn of(story: &'a Story) -> Self {
        let mut sharing: BTreeMap<String, usize> = BTreeMap::new();
        for report in &story.reports {
            *sharing.entry(label(report)).or_default() += 1;
        }
        let (mut labels, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for report in &story.reports {
            let mut name = label(report);
            if sharing.get(&name).is_some_and(|&n| n > 1)
                && let Some(published) = report.published
            {
                let day = published.date();
                let day = format!("{} {}", day.day(), dates::month(day, true));
                name = format!("{name}, {day}");
            }
            let mut unique = name.clone();
            let mut number = 1;
            while !taken.insert(unique.clone()) {
                number += 1;
                unique = format!("{name} ({number})");
            }
            labels.insert(report.id.as_str(), unique);
        }
        Labels { labels }
    }

    /// The label of a report; its shortened id when the story does not list it.
    pub(crate) fn get(&self, report: &str) -> String {
        self.labels
            .get(report)
            .cloned()
            .unwrap_or_else(|| short_id(report))
    }

    /// The labels of several reports, each once, in their order: "Reuters, The Hill".
    pub(crate) fn list<'r>(&self, reports: impl IntoIterator<Item = &'r str>) -> String {
        let mut seen = BTreeSet::new();
        let names: Vec<String> = reports
            .into_iter()
            .filter(|report| seen.insert(*report))
            .map(|report| self.get(report))
            .collect();
        names.join(", ")
    }
}

/// What one report is called, whether or not another is called the same.
pub(crate) fn label(report: &StoryReport) -> String {
    let given = |text: &Option<String>| {
        text.as_deref()
            .map(|t| quote::shortened(t, LONGEST))
            .filter(|t| !t.is_empty())
    };
    given(&report.outlet)
        .or_else(|| report.url.as_deref().and_then(links::host))
        .or_else(|| links::host(&report.id))
        .or_else(|| given(&report.title))
        .unwrap_or_else(|| short_id(&report.id))
}

/// The head of a report: its label, and its title where that says more. A label cut from the title
/// gives way to the whole title.
pub(crate) fn head(report: &StoryReport, labels: &Labels<'_>) -> (String, Option<String>) {
    let label = labels.get(&report.id);
    let title = report
        .title
        .as_deref()
        .map(quote::line)
        .filter(|t| !t.is_empty() && *t != label);
    match title {
        Some(title)
            if label
                .strip_suffix('…')
                .is_some_and(|cut| title.starts_with(cut)) =>
        {
            (title, None)
        }
        title => (label, title),
    }
}

/// The id of a report, where its label is only part of it and nothing else tells where it is.
pub(crate) fn id(report: &StoryReport, labels: &Labels<'_>) -> Option<String> {
    let id = quote::line(&report.id);
    let known = links::web(&id).is_some() || labels.get(&report.id) == id;
    let elsewhere = report.outlet.is_some() || report.title.is_some() || report.url.is_some();
    (!known && !elsewhere).then_some(id)
}

/// The last part of a path-like id, long hexadecimal numbers in it cut.
fn short_id(id: &str) -> String {
    let last = id.trim_end_matches('/').rsplit('/').next().unwrap_or(id);
    let mut short = String::new();
    for part in last.split_inclusive(|c: char| !c.is_ascii_hexdigit()) {
        let hex = part.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        if hex.len() >= LONG_NUMBER && hex.contains(|c: char| c.is_ascii_digit()) {
            short.push_str(&hex[..SHOWN_OF_NUMBER]);
            short.push('…');
            short.push_str(&part[hex.len()..]);
        } else {
            short.push_str(part);
        }
    }
    let short = quote::shortened(&short, LONGEST);
    if short.is_empty() {
        "a report".to_owned()
    } else {
        short
    }
}

/// "Friday 7 January 2022", with a word on how it is known where that is not from the publisher.
pub(crate) fn published(report: &StoryReport, worded: fn(PartialDate) -> String) -> String {
    use variorum_model::PublishedFrom::{Header, Inferred, Metadata, None, Text};
    let Some(moment) = report.published else {
        return "no date".to_owned();
    };
    let date = worded(PartialDate::day(moment.date()));
    match report.published_from {
        Metadata | Header | None => date,
        Text => format!("{date} (from the text)"),
        Inferred => format!("{date} (inferred)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_cut_to_what_can_be_told_apart() {
        for (id, expected) in [
            ("in/000_d8fc08df0dcc6965", "000_d8fc…"),
            ("reports/reuters-friday", "reuters-friday"),
            ("20220107", "20220107"),
            ("deadbeefdeadbeef", "deadbeefdeadbeef"),
            ("a/b/", "b"),
            ("", "a report"),
        ] {
            assert_eq!(short_id(id), expected, "{id}");
        }
    }
}
