//! The reports, and which of them share an origin.

use variorum_model::{Evidence, Origin, Story};

use super::escape::{address, escape};
use super::line;
use crate::labels::{self, Labels};
use crate::{dates, links, quote, words};

/// How many shared passages are shown for two reports, and how much of each, in characters. A whole
/// copy would otherwise fill the note twice.
const PASSAGES: usize = 3;
const PASSAGE: usize = 280;

pub(super) fn reports(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    line(out, format_args!("\n{mark}# Reports\n"));
    line(
        out,
        format_args!("| Report | Title | Published |\n| --- | --- | --- |"),
    );
    for report in &story.reports {
        let (label, title) = labels::head(report, labels);
        let mut label = escape(&label);
        let url = report.url.as_deref().and_then(links::web);
        if let Some(url) = url.or_else(|| links::web(&report.id)) {
            label = format!("[{label}]({})", address(url));
        }
        let title = title.or_else(|| labels::id(report, labels));
        let title = title.map_or(String::new(), |title| escape(&title));
        let mut published = labels::published(report, dates::short);
        if let Some(note) = words::not_analysed(report) {
            published = format!("{published}; {}", escape(&note));
        }
        line(out, format_args!("| {label} | {title} | {published} |"));
    }
    put_origins(out, story, labels, mark);
}

fn put_origins(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    let shared: Vec<&Origin> = story
        .origins
        .iter()
        .filter(|o| o.reports.len() > 1)
        .collect();
    if shared.is_empty() {
        if story.reports.len() > 1 {
            line(out, format_args!("\n{}", words::NO_SHARED_ORIGIN));
        }
        return;
    }
    line(
        out,
        format_args!("\n{mark}## Reports that share an origin\n"),
    );
    for origin in shared {
        let who = escape(&labels.list(origin.reports.iter().map(String::as_str)));
        line(
            out,
            format_args!("- {who}: {}", escape(&words::origin(origin))),
        );
        for edge in &origin.edges {
            line(
                out,
                format_args!("  - {}", escape(&words::edge(origin, edge, labels))),
            );
            for side in edge
                .passages
                .iter()
                .take(PASSAGES)
                .flat_map(|(a, b)| [a, b])
            {
                let (label, words) = (labels.get(&side.report), passage(side));
                line(out, format_args!("    - {}: {words}", escape(&label)));
            }
            let more = edge.passages.len().saturating_sub(PASSAGES);
            if more > 0 {
                let more = words::count(more, "more shared passage");
                line(out, format_args!("    - and {more}"));
            }
        }
    }
}

/// A shared passage, cut when it is long.
fn passage(evidence: &Evidence) -> String {
    escape(&quote::quoted(&quote::shortened(&evidence.exact, PASSAGE)))
}
