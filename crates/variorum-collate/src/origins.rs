//! Which reports share a common piece of reporting.
//!
//! Of each report a [`TextPrint`] is made, and only prints are compared: their shingles of seven
//! words are found through one index, so the cost grows with what is shared and not with the number
//! of pairs. Quoted and other speech does not count: two reporters at one press conference share
//! quotations. Then reports are tied together, the surest tie first:
//!
//! 1. copies, whole, shortened or in part; a report that took parts of several belongs to the one
//!    that it took most from;
//! 2. one agency's wire, by credit;
//! 3. one publisher, unless the text was shown to come from elsewhere.
//!
//! Which of two reports had the words first is told by credits, dates and completeness, in this
//! order. What is not found may still exist, so the number of origins is an upper bound.
//!
//! The texts are read again only to show what two reports share.

mod addresses;
mod blocks;
mod candidates;
mod furniture;
mod print;
mod rules;
mod shared;
mod source;
mod ties;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use variorum_model::id::content_id;
use variorum_model::{Evidence, Origin, OriginEdge, OriginKind};
use variorum_text::outlets::Outlets;

pub(crate) use self::furniture::remove_furniture;
pub use self::print::TextPrint;
pub(crate) use self::print::site;
pub(crate) use self::ties::{Compared, Link};
use self::ties::{Group, Tied};
use crate::Member;

/// Most passages that an edge shows.
const PASSAGES: usize = 5;

/// The id of each report's origin, for the reports of one story in the order (published, id),
/// undated ones last.
pub fn origin_ids(prints: &[&TextPrint], outlets: &Outlets) -> Vec<String> {
    let mut ids = vec![String::new(); prints.len()];
    for group in &Tied::of(prints, outlets).groups {
        let id = id(prints, group);
        for &report in &group.reports {
            ids[report].clone_from(&id);
        }
    }
    ids
}

/// The origins of a story's reports, in the order of their first reports.
pub(crate) fn origins(members: &[Member<'_>], outlets: &Outlets) -> Vec<Origin> {
    let prints: Vec<TextPrint> = members
        .iter()
        .map(|member| TextPrint::of(member.report, &member.analysis, outlets))
        .collect();
    let prints: Vec<&TextPrint> = prints.iter().collect();
    let tied = Tied::of(&prints, outlets);
    let mut passages = Passages::of(members);
    tied.groups
        .iter()
        .map(|group| origin(&tied, group, &mut passages))
        .collect()
}

/// An origin is called after its first report.
fn id(prints: &[&TextPrint], group: &Group) -> String {
    let first = group.reports.first().map_or("", |&first| &prints[first].id);
    content_id("o", &[first])
}

fn origin(tied: &Tied<'_>, group: &Group, passages: &mut Passages<'_>) -> Origin {
    let links = tied.links_in(group);
    let agency = tied.compared.agency(&group.reports, &links);
    let own = agency.as_ref().is_some_and(|agency| {
        group
            .reports
            .iter()
            .any(|&i| tied.compared.sources[i].outlet.as_ref() == Some(agency))
    });
    let copied = links.iter().any(|link| link.shared.is_taken());
    let kind = match (group.reports.len(), copied, &agency) {
        (1, _, _) => OriginKind::Single,
        (_, true, Some(_)) if own => OriginKind::Copy,
        (_, _, Some(_)) => OriginKind::Agency,
        (_, true, None) => OriginKind::Copy,
        (_, false, None) => OriginKind::Publisher,
    };
    Origin {
        id: id(tied.compared.prints, group),
        edges: links.iter().map(|link| passages.edge(link)).collect(),
        reports: group
            .reports
            .iter()
            .map(|&i| tied.compared.prints[i].id.clone())
            .collect(),
        kind,
        agency,
    }
}

/// The texts, for showing what reports share.
struct Passages<'a> {
    members: &'a [Member<'a>],
    /// Where the words of each report stand, once somebody asks.
    ranges: Vec<Option<Vec<Range<usize>>>>,
}

impl<'a> Passages<'a> {
    fn of(members: &'a [Member<'a>]) -> Self {
        Passages {
            members,
            ranges: vec![None; members.len()],
        }
    }

    fn edge(&mut self, link: &Link) -> OriginEdge {
        let to = link.to();
        let mut shared: Vec<_> = link.shared.passages.iter().collect();
        shared.sort_by_key(|passage| {
            (
                Reverse(passage.reporting),
                Reverse(passage.words),
                passage.a.start,
            )
        });
        let passages = shared.into_iter().take(PASSAGES).map(|passage| {
            let of_a = self.passage(link.a, &passage.a);
            let of_b = self.passage(link.b, &passage.b);
            if to == link.b {
                (of_a, of_b)
            } else {
                (of_b, of_a)
            }
        });
        OriginEdge {
            passages: passages.collect(),
            from: link.from.map(|from| self.members[from].report.id.clone()),
            to: self.members[to].report.id.clone(),
            share: (link.side(to).share * 1000.0).round() / 1000.0,
        }
    }

    fn passage(&mut self, report: usize, words: &Range<usize>) -> Evidence {
        let member = &self.members[report];
        let ranges = self.ranges[report].get_or_insert_with(|| print::ranges(&member.report.text));
        let bytes = match ranges.get(words.clone()) {
            Some([first, .., last]) => first.start..last.end,
            _ => 0..0,
        };
        member.evidence(member.points.span(bytes))
    }
}
