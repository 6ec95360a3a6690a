//! Which reports share a common piece of reporting.
//!
//! Reports are compared by their shingles of seven words, found through one index, so the cost
//! grows with what is shared and not with the number of pairs. Quoted and other speech does not
//! count: two reporters at one press conference share quotations. Then reports are tied together,
//! the surest tie first:
//!
//! 1. copies, whole, shortened or in part; a report that took parts of several belongs to the one
//!    that it took most from;
//! 2. one agency's wire, by credit;
//! 3. one publisher, unless the text was shown to come from elsewhere.
//!
//! Which of two reports had the words first is told by credits, dates and completeness, in this
//! order. What is not found may still exist, so the number of origins is an upper bound.

mod rules;
mod shared;
mod source;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use variorum_model::id::content_id;
use variorum_model::{Evidence, Origin, OriginEdge, OriginKind};

use self::shared::{Shared, Side};
use self::source::Source;
use self::wording::Wording;
use crate::Member;

/// How many neighbours in the list of one shingle's reports a report is compared with: what many
/// reports share still ties them all together, at a cost that grows with their number only.
const NEIGHBOURS: usize = 8;
/// Fewest shingles that two reports share when they are compared.
const LEAST_SHINGLES: usize = 3;
/// Most passages that an edge shows.
const PASSAGES: usize = 5;

/// The origins of a story's reports, in the order of their first reports.
pub(crate) fn origins(members: &[Member<'_>]) -> Vec<Origin> {
    let wordings: Vec<Wording> = members.iter().map(Wording::of).collect();
    let sources: Vec<Source> = members.iter().map(Source::of).collect();
    let mut links: Vec<Link> = candidates(&wordings)
        .into_iter()
        .map(|(a, b)| link(members, &wordings, &sources, a, b))
        .collect();
    links.sort_by(|x, y| {
        y.shared
            .share()
            .total_cmp(&x.shared.share())
            .then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    });
    let mut ties = Ties::new(members.len());
    tie_copies(&mut ties, &links);
    tie_agencies(&mut ties, &links, &sources);
    tie_publishers(&mut ties, &links, &sources);
    let tied = Tied {
        members,
        wordings: &wordings,
        sources: &sources,
        links: &links,
    };
    ties.groups()
        .iter()
        .map(|group| tied.origin(group))
        .collect()
}

/// Two reports that were compared: `a` before `b` in the story's order.
struct Link {
    a: usize,
    b: usize,
    shared: Shared,
    /// Which of them had the words first.
    from: Option<usize>,
}

impl Link {
    /// The report that took the words, as far as is known: else the one that is contained.
    fn to(&self) -> usize {
        match self.from {
            Some(from) => self.a + self.b - from,
            None if self.shared.a.share > self.shared.b.share => self.a,
            None => self.b,
        }
    }

    fn side(&self, report: usize) -> &Side {
        if report == self.a {
            &self.shared.a
        } else {
            &self.shared.b
        }
    }
}

/// Pairs of reports that share at least a few shingles.
fn candidates(wordings: &[Wording]) -> BTreeSet<(usize, usize)> {
    let mut index: Vec<(u64, usize)> = wordings
        .iter()
        .enumerate()
        .flat_map(|(report, wording)| wording.shingles().map(move |shingle| (shingle, report)))
        .collect();
    index.sort_unstable();
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for same in index.chunk_by(|x, y| x.0 == y.0) {
        for (at, &(_, a)) in same.iter().enumerate() {
            for &(_, b) in same[at + 1..].iter().take(NEIGHBOURS) {
                *counts.entry((a, b)).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|&(_, count)| count >= LEAST_SHINGLES)
        .map(|(pair, _)| pair)
        .collect()
}

fn link(
    members: &[Member<'_>],
    wordings: &[Wording],
    sources: &[Source],
    a: usize,
    b: usize,
) -> Link {
    let shared = Shared::of(&wordings[a], &wordings[b]);
    let first = source::first_had_it(
        (&members[a], &sources[a]),
        (&members[b], &sources[b]),
        &shared,
    );
    Link {
        a,
        b,
        shared,
        from: first.map(|first| if first { a } else { b }),
    }
}

/// Ties copies, the closest first. A report that took parts from several joins only the first.
fn tie_copies(ties: &mut Ties, links: &[Link]) {
    let mut has_source = vec![false; ties.parent.len()];
    for link in links.iter().filter(|link| link.shared.is_taken()) {
        let to = link.to();
        if link.shared.is_copy() || !has_source[to] {
            ties.tie(link.a, link.b);
        }
        has_source[to] = true;
    }
}

/// Ties what one agency wrote, and what shares words and credits one agency.
fn tie_agencies(ties: &mut Ties, links: &[Link], sources: &[Source]) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (report, source) in sources.iter().enumerate() {
        if let Some(wire) = &source.wire {
            ties.tie(*first.entry(wire).or_insert(report), report);
        }
    }
    for link in links.iter().filter(|link| link.shared.is_trace()) {
        let (a, b) = (&sources[link.a], &sources[link.b]);
        let all = |s: &Source| {
            s.agencies
                .iter()
                .chain(&s.wire)
                .cloned()
                .collect::<BTreeSet<_>>()
        };
        if !all(a).is_disjoint(&all(b)) {
            ties.tie(link.a, link.b);
        }
    }
}

/// Ties the groups that are wholly one outlet's, and reports of one house that share words.
fn tie_publishers(ties: &mut Ties, links: &[Link], sources: &[Source]) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for group in ties.groups() {
        let outlets: BTreeSet<_> = group
            .iter()
            .map(|&i| sources[i].outlet.as_deref())
            .collect();
        if let (1, Some(&Some(outlet))) = (outlets.len(), outlets.first()) {
            ties.tie(*first.entry(outlet).or_insert(group[0]), group[0]);
        }
    }
    for link in links.iter().filter(|link| link.shared.is_trace()) {
        let house = sources[link.a].house;
        if house.is_some() && house == sources[link.b].house {
            ties.tie(link.a, link.b);
        }
    }
}

/// Everything that an origin is made from.
struct Tied<'a> {
    members: &'a [Member<'a>],
    wordings: &'a [Wording],
    sources: &'a [Source],
    links: &'a [Link],
}

impl Tied<'_> {
    fn origin(&self, group: &[usize]) -> Origin {
        let ids: Vec<String> = group
            .iter()
            .map(|&i| self.members[i].report.id.clone())
            .collect();
        let links: Vec<&Link> = self
            .links
            .iter()
            .filter(|link| group.binary_search(&link.a).is_ok())
            .filter(|link| group.binary_search(&link.b).is_ok())
            .filter(|link| link.shared.is_taken() || link.shared.is_trace())
            .collect();
        let agency = self.agency(group, &links);
        let own = agency.as_ref().is_some_and(|agency| {
            group
                .iter()
                .any(|&i| self.sources[i].outlet.as_ref() == Some(agency))
        });
        let copied = links.iter().any(|link| link.shared.is_taken());
        let kind = match (group.len(), copied, &agency) {
            (1, _, _) => OriginKind::Single,
            (_, true, Some(_)) if own => OriginKind::Copy,
            (_, _, Some(_)) => OriginKind::Agency,
            (_, true, None) => OriginKind::Copy,
            (_, false, None) => OriginKind::Publisher,
        };
        let first = ids.first().map_or("", String::as_str);
        Origin {
            id: content_id("o", &[first]),
            edges: links.iter().map(|link| self.edge(link)).collect(),
            reports: ids,
            kind,
            agency,
        }
    }

    /// The agency that most reports credit as a whole; among copies that credit none, the one that
    /// the shared words name as their own reporter.
    fn agency(&self, group: &[usize], links: &[&Link]) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for &report in group {
            let source = &self.sources[report];
            for agency in source
                .agencies
                .iter()
                .chain(&source.wire)
                .collect::<BTreeSet<_>>()
            {
                *counts.entry(agency.clone()).or_default() += 1;
            }
        }
        if counts.is_empty() && links.iter().all(|link| link.from.is_none()) {
            for link in links.iter().filter(|link| link.shared.is_taken()) {
                let to = link.to();
                let words = link
                    .side(to)
                    .runs
                    .iter()
                    .map(|(run, _)| self.words(to, run.here, run.words));
                let named: BTreeSet<&str> = words.flat_map(rules::agencies_named).collect();
                for agency in named {
                    *counts.entry(agency.to_owned()).or_default() += 1;
                }
            }
        }
        let most = counts
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        most.map(|(agency, _)| agency)
    }

    fn edge(&self, link: &Link) -> OriginEdge {
        let to = link.to();
        let from = link.a + link.b - to;
        let side = link.side(to);
        let mut runs: Vec<_> = side.runs.iter().collect();
        runs.sort_by_key(|(run, reporting)| {
            (
                std::cmp::Reverse(*reporting),
                std::cmp::Reverse(run.words),
                run.here,
            )
        });
        runs.truncate(PASSAGES);
        let passage = |report: usize, at: usize, words: usize| -> Evidence {
            let member = &self.members[report];
            member.evidence(member.points.span(self.range(report, at, words)))
        };
        OriginEdge {
            from: link.from.map(|from| self.members[from].report.id.clone()),
            to: self.members[to].report.id.clone(),
            share: (side.share * 1000.0).round() / 1000.0,
            passages: runs
                .iter()
                .map(|(run, _)| {
                    (
                        passage(from, run.there, run.words),
                        passage(to, run.here, run.words),
                    )
                })
                .collect(),
        }
    }

    fn range(&self, report: usize, at: usize, words: usize) -> Range<usize> {
        let words = &self.wordings[report].words[at..at + words.max(1)];
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }

    fn words(&self, report: usize, at: usize, words: usize) -> &str {
        &self.members[report].report.text[self.range(report, at, words)]
    }
}

/// Reports tied into groups (union by least index).
struct Ties {
    parent: Vec<usize>,
}

impl Ties {
    fn new(reports: usize) -> Self {
        Ties {
            parent: (0..reports).collect(),
        }
    }

    fn root(&mut self, report: usize) -> usize {
        let mut root = report;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    fn tie(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// The groups in the order of their first reports, each in order.
    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for report in 0..self.parent.len() {
            groups.entry(self.root(report)).or_default().push(report);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
