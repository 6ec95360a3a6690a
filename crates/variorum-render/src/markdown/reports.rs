//! The reports, and which of them share an origin.

use variorum_model::{Evidence, Origin, Story};

use super::escape::{address, escape};
use super::line;
use crate::labels::{self, Labels};
use crate::{dates, links, quote, tree, words};

/// How many shared passages are shown for two reports, and how much of each, in characters. A whole
/// copy would otherwise fill the note twice.
const PASSAGES: usize = 3;
const PASSAGE: usize = 280;
/// Most reports of one origin that are listed, and how deep copies are set in.
const ROWS: usize = 24;
const DEEPEST: usize = 4;

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
        line(out, format_args!("- {}", escape(&words::origin(origin))));
        put_copies(out, origin, labels);
    }
}

/// The reports of an origin, copies set under what they were copied from.
fn put_copies(out: &mut String, origin: &Origin, labels: &Labels<'_>) {
    let rows = tree::rows(origin);
    for row in rows.iter().take(ROWS) {
        let indent = "  ".repeat(1 + row.depth.min(DEEPEST));
        let label = escape(&labels.get(row.report));
        let Some(taken) = &row.taken else {
            line(out, format_args!("{indent}- {label}"));
            continue;
        };
        let how = escape(&words::taken(origin, taken, labels));
        line(out, format_args!("{indent}- {label} {how}"));
        for (ours, theirs) in taken.passages().take(PASSAGES) {
            let both =
                [ours, theirs].map(|side| (escape(&labels.get(&side.report)), passage(side)));
            if quote::line(&ours.exact) == quote::line(&theirs.exact) {
                line(out, format_args!("{indent}  - both: {}", both[0].1));
            } else {
                for (label, words) in both {
                    line(out, format_args!("{indent}  - {label}: {words}"));
                }
            }
        }
        let more = taken.edge.passages.len().saturating_sub(PASSAGES);
        if more > 0 {
            let more = words::count(more, "more shared passage");
            line(out, format_args!("{indent}  - and {more}"));
        }
    }
    if rows.len() > ROWS {
        line(out, format_args!("  - and {} more", rows.len() - ROWS));
    }
}

/// A shared passage, cut when it is long.
fn passage(evidence: &Evidence) -> String {
    escape(&quote::quoted(&quote::shortened(&evidence.exact, PASSAGE)))
}
