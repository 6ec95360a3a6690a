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
pub mod joining;
mod member;
mod origins;
mod parties;
mod people;
mod propositions;
mod quoted;
mod reversals;
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

/// A report and its analysis.
pub type Analysed<'a> = (&'a Report, &'a Analysis);

/// Collates reports into stories, oldest story first.
///
/// The reports are taken in the order (published, id), undated ones last, whatever order they come in.
pub fn collate(reports: &[Analysed<'_>]) -> Vec<Story> {
    collate_with(reports, Outlets::built_in())
}

/// As [`collate`], with a list of outlets: reports of one outlet or house are tied by it.
pub fn collate_with(reports: &[Analysed<'_>], outlets: &Outlets) -> Vec<Story> {
    let mut stories: Vec<Story> = groups(reports)
        .into_iter()
        .map(|group| {
            let entries: Vec<_> = group.reports.iter().map(|&i| reports[i]).collect();
            story::story(&entries, group, outlets)
        })
        .collect();
    stories
        .sort_by(|a, b| (a.from.is_none(), a.from, &a.id).cmp(&(b.from.is_none(), b.from, &b.id)));
    stories
}

/// Which reports tell one story, and which stories follow from one another.
pub fn groups(reports: &[Analysed<'_>]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| {
        let (report, _) = reports[i];
        (report.published.is_none(), report.published, &report.id)
    });
    let entries: Vec<_> = order.iter().map(|&i| reports[i]).collect();
    grouping::groups(&entries)
        .into_iter()
        .map(|group| Group {
            reports: group.reports.into_iter().map(|i| order[i]).collect(),
            ..group
        })
        .collect()
}

/// The origins of some reports, whether or not they tell one story.
pub fn origins(reports: &[Analysed<'_>]) -> Vec<Origin> {
    origins_with(reports, Outlets::built_in())
}

/// As [`origins`], with a list of outlets.
pub fn origins_with(reports: &[Analysed<'_>], outlets: &Outlets) -> Vec<Origin> {
    origins::origins(&dates::members(reports, outlets), outlets)
}
