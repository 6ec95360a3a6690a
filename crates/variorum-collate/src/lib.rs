//! Many analyses to stories.
//!
//! [`collate`] is pure, and the order of its input has no effect. The stages, each in its module:
//!
//! 1. `grouping`: which reports tell one story.
//! 2. `dates`: dates for undated reports, from what they and their story tell.
//! 3. `origins`: which reports share a common piece of reporting.
//! 4. `parties`: the states, bodies and groups that the story is about.
//! 5. `statements`: the same proposition of the same speaker across reports, and how wordings differ.
//! 6. `timeline`: the same event across reports, and whether its date is agreed on.
//! 7. `figures`: the same quantity across reports, and whether the values are compatible.
//! 8. `story`: the parts put together, with a title cut from the reports' words.
//!
//! [`copies`] finds which of any reports share text, from their prints alone.

mod alignment;
mod attitudes;
mod bags;
mod bodies;
mod copies;
mod dates;
mod figures;
pub mod grouping;
mod member;
mod origins;
mod parties;
mod people;
mod propositions;
mod quoted;
mod statements;
mod story;
#[cfg(test)]
mod tests;
mod timeline;
mod title;
mod wording;

use variorum_model::{Analysis, Origin, Report, Story};
use variorum_text::outlets::Outlets;

pub use copies::copies;
use grouping::Group;
pub(crate) use member::{Member, origin_count};
pub use origins::{TextPrint, origin_ids};

/// Collates reports into stories, oldest story first.
///
/// `analyses` holds the analysis of each report, in the same order. The reports are taken in the
/// order (published, id), undated ones last, whatever order they come in.
pub fn collate(reports: &[Report], analyses: &[Analysis]) -> Vec<Story> {
    collate_with(reports, analyses, Outlets::built_in())
}

/// As [`collate`], with a list of outlets: reports of one outlet or house are tied by it.
pub fn collate_with(reports: &[Report], analyses: &[Analysis], outlets: &Outlets) -> Vec<Story> {
    let mut stories: Vec<Story> = groups(reports, analyses)
        .into_iter()
        .map(|group| {
            let entries: Vec<_> = group
                .reports
                .iter()
                .map(|&i| (&reports[i], &analyses[i]))
                .collect();
            story::story(&entries, group, outlets)
        })
        .collect();
    stories
        .sort_by(|a, b| (a.from.is_none(), a.from, &a.id).cmp(&(b.from.is_none(), b.from, &b.id)));
    stories
}

/// Which reports tell one story, and which stories follow from one another.
pub fn groups(reports: &[Report], analyses: &[Analysis]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..reports.len().min(analyses.len())).collect();
    order.sort_by_key(|&i| {
        (
            reports[i].published.is_none(),
            reports[i].published,
            &reports[i].id,
        )
    });
    let entries: Vec<_> = order.iter().map(|&i| (&reports[i], &analyses[i])).collect();
    grouping::groups(&entries)
        .into_iter()
        .map(|group| Group {
            reports: group.reports.into_iter().map(|i| order[i]).collect(),
            ..group
        })
        .collect()
}

/// The origins of some reports, whether or not they tell one story.
pub fn origins(reports: &[Report], analyses: &[Analysis]) -> Vec<Origin> {
    origins_with(reports, analyses, Outlets::built_in())
}

/// As [`origins`], with a list of outlets.
pub fn origins_with(reports: &[Report], analyses: &[Analysis], outlets: &Outlets) -> Vec<Origin> {
    let entries: Vec<_> = reports.iter().zip(analyses).collect();
    origins::origins(&dates::members(&entries, outlets))
}
