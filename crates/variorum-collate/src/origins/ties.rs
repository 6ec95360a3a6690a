//! Reports tied into groups, the surest tie first: copies, then agencies, then publishers.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use variorum_text::outlets::Outlets;

use super::blocks::Seeds;
use super::candidates::candidates;
use super::print::TextPrint;
use super::shared::{Shared, Side};
use super::source::{self, Source};

/// Some reports, with what was found between them.
pub(crate) struct Compared<'a> {
    pub prints: &'a [&'a TextPrint],
    pub(super) sources: Vec<Source>,
    /// What was compared, the closest first.
    pub links: Vec<Link>,
}

/// The same, tied into origins.
pub(super) struct Tied<'a> {
    pub compared: Compared<'a>,
    /// In the order of their first reports.
    pub groups: Vec<Group>,
}

/// The reports of one origin.
pub(super) struct Group {
    /// In order.
    pub reports: Vec<usize>,
    /// The links between them that say something, as indexes, the closest first.
    links: Vec<usize>,
}

impl<'a> Tied<'a> {
    /// Compares and ties reports.
    pub(super) fn of(prints: &'a [&'a TextPrint], outlets: &Outlets) -> Self {
        let compared = Compared::of(prints, outlets);
        let Compared { sources, links, .. } = &compared;
        let mut ties = Ties::new(prints.len());
        tie_copies(&mut ties, links);
        tie_agencies(&mut ties, links, sources);
        tie_publishers(&mut ties, links, sources);
        Tied {
            groups: groups(&mut ties, links),
            compared,
        }
    }

    /// The links inside a group that say something, the closest first.
    pub(super) fn links_in(&self, group: &Group) -> Vec<&Link> {
        let links = group.links.iter();
        links.map(|&link| &self.compared.links[link]).collect()
    }
}

impl<'a> Compared<'a> {
    /// Compares reports, which come in the order (published, id).
    pub(crate) fn of(prints: &'a [&'a TextPrint], outlets: &Outlets) -> Self {
        let sources: Vec<Source> = prints
            .par_iter()
            .map(|print| Source::of(print, outlets))
            .collect();
        let size = |report: usize| (prints[report].words.len(), report);
        // Of each pair the longer report is indexed, once for all others, and the shorter one read.
        let mut pairs: Vec<(usize, usize)> = candidates(prints)
            .into_iter()
            .map(|(a, b)| if size(a) >= size(b) { (a, b) } else { (b, a) })
            .collect();
        pairs.par_sort_unstable();
        let same_longer: Vec<&[(usize, usize)]> = pairs.chunk_by(|x, y| x.0 == y.0).collect();
        let mut links: Vec<Link> = same_longer
            .par_iter()
            .flat_map_iter(|pairs| {
                let seeds = Seeds::of(&prints[pairs[0].0].words);
                let sources = &sources;
                pairs
                    .iter()
                    .map(move |&(longer, shorter)| link(prints, sources, &seeds, longer, shorter))
            })
            .filter(Link::says_something)
            .collect();
        links.par_sort_unstable_by(|x, y| {
            y.shared
                .share()
                .total_cmp(&x.shared.share())
                .then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
        });
        Compared {
            prints,
            sources,
            links,
        }
    }

    /// The agency whose reporting two reports share, as `agency:AP`; none where it is one of the two.
    pub(crate) fn origin(&self, link: &Link) -> Option<String> {
        let agency = self.agency(&[link.a, link.b], &[link])?;
        let is_own = [link.a, link.b]
            .iter()
            .any(|&report| self.sources[report].outlet.as_ref() == Some(&agency));
        (!is_own).then(|| format!("agency:{agency}"))
    }

    /// The agency that most of some reports credit as a whole; among copies that credit none,
    /// the one that the shared words name as their own reporter.
    pub(super) fn agency(&self, reports: &[usize], links: &[&Link]) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &report in reports {
            let source = &self.sources[report];
            let credited: BTreeSet<&String> = source.agencies.iter().chain(&source.wire).collect();
            for agency in credited {
                *counts.entry(agency).or_default() += 1;
            }
        }
        if counts.is_empty() && links.iter().all(|link| link.from.is_none()) {
            for link in links.iter().filter(|link| link.shared.is_taken()) {
                for agency in self.named_in(link) {
                    *counts.entry(agency).or_default() += 1;
                }
            }
        }
        let most = counts
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(agency, _)| agency.to_owned())
    }

    /// The agencies that the shared words of a link name.
    fn named_in(&self, link: &Link) -> BTreeSet<&'a str> {
        let to = link.to();
        let is_shared = |at: usize| {
            let passages = link.shared.passages.iter();
            let mut of_to = passages.map(|p| if to == link.a { &p.a } else { &p.b });
            of_to.any(|words| words.contains(&at))
        };
        self.prints[to]
            .named
            .iter()
            .filter(|(at, _)| is_shared(*at as usize))
            .map(|(_, agency)| agency.as_str())
            .collect()
    }
}

/// Two reports that were compared: `a` before `b` in the story's order.
pub(crate) struct Link {
    pub a: usize,
    pub b: usize,
    pub shared: Shared,
    /// Which of them had the words first.
    pub from: Option<usize>,
}

impl Link {
    /// The report that took the words, as far as is known: else the one that is contained.
    pub(super) fn to(&self) -> usize {
        match self.from {
            Some(from) => self.a + self.b - from,
            None if self.shared.a.share > self.shared.b.share => self.a,
            None => self.b,
        }
    }

    /// Whether it shows more than that both use the same idioms.
    fn says_something(&self) -> bool {
        self.shared.is_taken() || self.shared.is_trace() || self.shared.is_quoting()
    }

    /// What is shared, from the side of one of the two reports.
    pub(super) fn side(&self, report: usize) -> &Side {
        if report == self.a {
            &self.shared.a
        } else {
            &self.shared.b
        }
    }
}

fn groups(ties: &mut Ties, links: &[Link]) -> Vec<Group> {
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for reports in ties.groups() {
        let links = Vec::new();
        groups.insert(reports[0], Group { reports, links });
    }
    for (index, link) in links.iter().enumerate() {
        let says = link.shared.is_taken() || link.shared.is_trace();
        if says
            && ties.root(link.a) == ties.root(link.b)
            && let Some(group) = groups.get_mut(&ties.root(link.a))
        {
            group.links.push(index);
        }
    }
    groups.into_values().collect()
}

fn link(
    prints: &[&TextPrint],
    sources: &[Source],
    seeds: &Seeds<'_>,
    longer: usize,
    shorter: usize,
) -> Link {
    let shared = Shared::of(seeds, prints[longer], prints[shorter]);
    let (a, b, shared) = if longer < shorter {
        (longer, shorter, shared)
    } else {
        (shorter, longer, shared.turned())
    };
    // Of common quotations nobody asks who had them first.
    let first = (shared.is_taken() || shared.is_trace())
        .then(|| source::first_had_it((prints[a], &sources[a]), (prints[b], &sources[b]), &shared))
        .flatten();
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
        let house = &sources[link.a].house;
        if house.is_some() && *house == sources[link.b].house {
            ties.tie(link.a, link.b);
        }
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
