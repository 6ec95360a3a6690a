//! Stories as they grow: reports come one by one, each joins the stories that it belongs to.
//!
//! For each report:
//!
//! 1. `index` finds the live reports that share its heaviest words; their stories are the candidates.
//! 2. It is compared (`likeness`) with the reports of a few candidate stories.
//! 3. The stories that it is like are taken apart and put together again with it (`linkage`), so that
//!    what comes out depends on the reports and hardly on their order. Large stories stay whole.
//!
//! A report is live until [`WINDOW`] days have passed; a story is closed when all of its reports are
//! older. Nothing that is closed is kept, so cost and memory depend on how much is published within
//! the window and not on how long the stream is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashMap;
use variorum_model::id::content_id;

use super::index::Index;
use super::likeness::{Entry, Query};
use super::linkage::{Group, link};
use super::links::Links;
use super::profile::{Counts, Profile};

/// Reports further apart than this, in days, are not compared.
pub(super) const WINDOW: i32 = 14;
/// The most stories that a report is compared with.
const CANDIDATES: usize = 6;
/// The most reports of one story that a report is compared with; of larger ones a sample is.
const SAMPLE: usize = 24;
/// A story is looked at more closely when the report of it that shares the heaviest words is this
/// much like the new one.
const PROMISING: f32 = 0.06;
/// A story of more reports is not taken apart any more.
const LARGE: usize = 60;
/// Reports less alike than this count as not alike.
const UNLIKE: f32 = 0.04;
/// A story is taken apart for a report that is this much like its reports on average.
const TOUCHED: f32 = 0.15;
/// Texts of at least so many words that have the same words are one text.
const TEXT: u32 = 20;
/// After so many reports the index is swept.
const SWEEP: u32 = 4096;
/// So many reports must be dated after a day before it counts as reached: a clock that is wrong
/// closes nothing.
const WITNESSES: usize = 3;

/// What a new report changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The report began a story.
    New {
        /// The story's id.
        story: String,
    },
    /// The report joined a story.
    Joined {
        /// The story's id.
        story: String,
    },
    /// Two stories are one from now on; the older one stays.
    Merged {
        /// The story that ends.
        gone: String,
        /// The story that stays.
        into: String,
    },
    /// An earlier report has moved, as the new one shows that it belongs elsewhere.
    Moved {
        /// The number of the report.
        report: u32,
        /// The story that it has left.
        from: String,
        /// The story that it is in now.
        to: String,
    },
}

/// A story that can grow no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The story's id, made from its first report's.
    pub story: String,
    /// The numbers of its reports, in the order in which they were added.
    pub reports: Vec<u32>,
    /// The ids of the stories that it follows from, closed before it.
    pub linked: Vec<String>,
}

/// The stories of a stream of reports.
#[derive(Debug, Default)]
pub struct Stream {
    counts: Counts,
    index: Index,
    links: Links,
    /// The live reports, and those of open stories; the first has the number `first`.
    nodes: VecDeque<Option<Node>>,
    first: u32,
    /// The open stories by the number of their first report.
    stories: BTreeMap<u32, Open>,
    /// Which live report has a wording.
    wordings: FxHashMap<u64, u32>,
    /// The latest days that were seen, the earliest of them first.
    latest: Vec<i32>,
    /// Whether nothing is ever closed before the end.
    keeps_all: bool,
    /// The day up to which stories were closed.
    closed: i32,
}

/// A report in the stream.
#[derive(Debug)]
struct Node {
    id: String,
    day: Option<i32>,
    /// What it is compared by; `None` for a report with the words of another one.
    entry: Option<Entry>,
    wording: u64,
    /// The reports that it is like, and how much.
    edges: Vec<(u32, f32)>,
    story: u32,
}

/// A story that can still grow.
#[derive(Debug, Default)]
struct Open {
    /// Its texts, in the order of their numbers.
    members: Vec<u32>,
    /// Reports with the words of a member.
    twins: Vec<(u32, u32)>,
    /// The sum of the likenesses of its members with each other.
    within: f32,
    /// The last day on which it grew.
    last: i32,
}

impl Stream {
    /// Closes nothing before the end: where some reports are undated, they may belong anywhere.
    pub fn keep_all(&mut self) {
        self.keeps_all = true;
    }

    /// Adds a report. Reports have numbers in the order in which they are added, from 0.
    pub fn add(&mut self, profile: Profile) -> Vec<Change> {
        let number = self.first + self.nodes.len() as u32;
        let (day, wording) = (profile.day, profile.wording);
        self.see(day);
        let same_words = self.wordings.get(&wording).copied();
        let twin = same_words.filter(|_| profile.words >= TEXT);
        let node = Node {
            id: profile.id.clone(),
            day,
            entry: None,
            wording,
            edges: Vec::new(),
            story: number,
        };
        self.nodes.push_back(Some(node));
        if let Some(story) = twin.and_then(|twin| self.join_twin(number, twin)) {
            return vec![Change::Joined {
                story: self.name(story),
            }];
        }
        self.wordings.insert(wording, number);
        let vector = self.counts.weigh(&profile);
        let found = self.index.search_and_enter(&vector, number, self.first);
        let entry = Entry { vector, profile };
        let touched = self.compare(number, &entry, &found);
        if let Some(node) = self.node_mut(number) {
            node.entry = Some(entry);
        }
        let last = day.unwrap_or_else(|| self.clock());
        let open = Open {
            members: vec![number],
            last,
            ..Open::default()
        };
        self.stories.insert(number, open);
        if number % SWEEP == SWEEP - 1 {
            self.sweep();
        }
        self.regroup(number, touched)
    }

    /// The stories that can grow no more, the oldest first. They are forgotten.
    pub fn close(&mut self) -> Vec<Closed> {
        let clock = self.clock();
        if self.keeps_all || clock == self.closed || self.latest.is_empty() {
            return Vec::new();
        }
        self.closed = clock;
        self.links.forget(clock);
        let closed = self
            .stories
            .iter()
            .filter(|(_, open)| open.last < clock - WINDOW);
        let closed: Vec<u32> = closed.map(|(&story, _)| story).collect();
        closed
            .into_iter()
            .filter_map(|story| self.close_one(story))
            .collect()
    }

    /// All stories that are still open, the oldest first.
    pub fn finish(mut self) -> Vec<Closed> {
        let open: Vec<u32> = self.stories.keys().copied().collect();
        open.into_iter()
            .filter_map(|story| self.close_one(story))
            .collect()
    }

    /// How many reports are kept.
    pub fn kept(&self) -> usize {
        self.nodes.len()
    }

    fn close_one(&mut self, story: u32) -> Option<Closed> {
        let name = self.name(story);
        let open = self.stories.remove(&story)?;
        let members = open
            .members
            .iter()
            .filter_map(|&report| self.nodes[(report - self.first) as usize].as_ref());
        let entries: Vec<&Entry> = members.filter_map(|node| node.entry.as_ref()).collect();
        let linked = self.links.link(&name, &entries);
        let twins = open.twins.iter().map(|&(twin, _)| twin);
        let mut reports: Vec<u32> = open.members.iter().copied().chain(twins).collect();
        reports.sort_unstable();
        for &report in &reports {
            let Some(slot) = self.nodes.get_mut((report - self.first) as usize) else {
                continue;
            };
            if let Some(node) = slot.take().filter(|node| node.entry.is_some()) {
                self.wordings.remove(&node.wording);
            }
        }
        while self.nodes.front().is_some_and(Option::is_none) {
            self.nodes.pop_front();
            self.first += 1;
        }
        Some(Closed {
            story: name,
            reports,
            linked,
        })
    }

    fn name(&self, story: u32) -> String {
        content_id(
            "story-",
            &[self.node(story).map_or("", |node| node.id.as_str())],
        )
    }

    fn node(&self, number: u32) -> Option<&Node> {
        let at = number.checked_sub(self.first)? as usize;
        self.nodes.get(at)?.as_ref()
    }

    fn node_mut(&mut self, number: u32) -> Option<&mut Node> {
        let at = number.checked_sub(self.first)? as usize;
        self.nodes.get_mut(at)?.as_mut()
    }

    /// The day that the stream has reached.
    fn clock(&self) -> i32 {
        self.latest.first().copied().unwrap_or(i32::MIN)
    }

    fn see(&mut self, day: Option<i32>) {
        let Some(day) = day else { return };
        self.latest.push(day);
        self.latest.sort_unstable();
        if self.latest.len() > WITNESSES {
            self.latest.remove(0);
        }
    }

    /// Puts a report into the story of one with the same words.
    fn join_twin(&mut self, number: u32, twin: u32) -> Option<u32> {
        let story = self.node(twin)?.story;
        let day = self.node(number)?.day;
        let clock = self.clock();
        let open = self.stories.get_mut(&story)?;
        open.twins.push((number, twin));
        open.last = open.last.max(day.unwrap_or(clock));
        self.node_mut(number)?.story = story;
        Some(story)
    }

    /// Compares a report with those of the stories that were found, and gives the stories that it
    /// is like.
    fn compare(&mut self, number: u32, entry: &Entry, found: &[u32]) -> Vec<u32> {
        // The stories that were found, each with the report that was found first.
        let mut candidates: Vec<(u32, u32)> = Vec::with_capacity(CANDIDATES);
        for &report in found {
            let Some(node) = self.node(report) else {
                continue;
            };
            if candidates.iter().all(|(story, _)| *story != node.story) {
                candidates.push((node.story, report));
                if candidates.len() == CANDIDATES {
                    break;
                }
            }
        }
        let query = Query::of(entry);
        let mut edges: Vec<(u32, f32)> = Vec::new();
        let mut touched = Vec::new();
        for (story, first) in candidates {
            let Some(open) = self.stories.get(&story) else {
                continue;
            };
            let nearest = self.node(first).and_then(|node| node.entry.as_ref());
            if nearest.is_none_or(|nearest| query.likeness(nearest) < PROMISING) {
                continue;
            }
            let sample = sample(&open.members);
            // Each report of a sample stands for as many as it was drawn from.
            let stands_for = open.members.len() as f32 / sample.len() as f32;
            let mut sum = 0.0;
            for report in sample {
                let Some(other) = self.node(report).and_then(|node| node.entry.as_ref()) else {
                    continue;
                };
                let alike = if days_apart(entry, other) > WINDOW {
                    0.0
                } else {
                    query.likeness(other)
                };
                if alike >= UNLIKE {
                    edges.push((report, alike * stands_for));
                    sum += alike * stands_for;
                }
            }
            if sum >= TOUCHED * open.members.len() as f32 {
                touched.push(story);
            }
        }
        for &(other, alike) in &edges {
            if let Some(node) = self.node_mut(other) {
                node.edges.push((number, alike));
            }
        }
        if let Some(node) = self.node_mut(number) {
            node.edges = edges;
        }
        touched
    }

    /// Takes the touched stories apart and puts their reports together again with a new one.
    fn regroup(&mut self, number: u32, touched: Vec<u32>) -> Vec<Change> {
        if touched.is_empty() {
            return vec![Change::New {
                story: self.name(number),
            }];
        }
        let mut parts: Vec<Vec<u32>> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut last = i32::MIN;
        let mut twins: Vec<(u32, u32)> = Vec::new();
        let mut before: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for story in touched.into_iter().chain([number]) {
            let Some(open) = self.stories.remove(&story) else {
                continue;
            };
            before.insert(story, open.members.clone());
            last = last.max(open.last);
            twins.extend(open.twins);
            if open.members.len() > LARGE {
                groups.push(Group {
                    size: open.members.len() as f32,
                    within: open.within,
                });
                parts.push(open.members);
            } else {
                for member in open.members {
                    groups.push(Group {
                        size: 1.0,
                        within: 0.0,
                    });
                    parts.push(vec![member]);
                }
            }
        }
        let between = self.between(&parts);
        let linked = link(&groups, &between);
        let mut within: Vec<f32> = groups.iter().map(|group| group.within).collect();
        let mut group_of = vec![0; parts.len()];
        for (group, linked) in linked.iter().enumerate() {
            for &part in linked {
                group_of[part] = group;
            }
        }
        for &(a, b, sum) in &between {
            if group_of[a] == group_of[b] {
                within[a] += sum;
            }
        }
        for linked in linked {
            let mut members: Vec<u32> = linked.iter().flat_map(|&p| parts[p].clone()).collect();
            members.sort_unstable();
            let Some(&story) = members.first() else {
                continue;
            };
            for &member in &members {
                if let Some(node) = self.node_mut(member) {
                    node.story = story;
                }
            }
            let within = linked.iter().map(|&part| within[part]).sum();
            let days = members.iter().filter_map(|&m| self.node(m)?.day).max();
            let last = days.unwrap_or(last);
            self.stories.insert(
                story,
                Open {
                    members,
                    twins: Vec::new(),
                    within,
                    last,
                },
            );
        }
        for (twin, of) in twins {
            self.join_twin(twin, of);
        }
        self.changes(number, &before)
    }

    /// The sums of the likenesses between some groups of reports. Two large groups are not held
    /// against each other.
    fn between(&self, parts: &[Vec<u32>]) -> Vec<(usize, usize, f32)> {
        let mut part_of: FxHashMap<u32, usize> = FxHashMap::default();
        for (part, reports) in parts.iter().enumerate() {
            part_of.extend(reports.iter().map(|&report| (report, part)));
        }
        let mut between = Vec::new();
        for (part, reports) in parts.iter().enumerate() {
            let [report] = reports[..] else { continue };
            let Some(node) = self.node(report) else {
                continue;
            };
            for (other, alike) in &node.edges {
                let Some(&of_other) = part_of.get(other) else {
                    continue;
                };
                // Each edge is noted at both ends; between two single reports it counts once.
                if part < of_other || parts[of_other].len() > 1 {
                    between.push((part.min(of_other), part.max(of_other), *alike));
                }
            }
        }
        between
    }

    /// What came of some stories.
    fn changes(&self, number: u32, before: &BTreeMap<u32, Vec<u32>>) -> Vec<Change> {
        let story_of = |report: u32| self.node(report).map_or(report, |node| node.story);
        let own = story_of(number);
        let mut changes = vec![if own == number {
            Change::New {
                story: self.name(own),
            }
        } else {
            Change::Joined {
                story: self.name(own),
            }
        }];
        for (&story, members) in before.iter().filter(|(story, _)| **story != number) {
            let now: BTreeSet<u32> = members.iter().map(|&member| story_of(member)).collect();
            if let (1, Some(&into)) = (now.len(), now.first()) {
                if into != story {
                    changes.push(Change::Merged {
                        gone: self.name(story),
                        into: self.name(into),
                    });
                }
                continue;
            }
            let moved = members.iter().filter(|&&member| story_of(member) != story);
            changes.extend(moved.map(|&report| Change::Moved {
                report,
                from: self.name(story),
                to: self.name(story_of(report)),
            }));
        }
        changes
    }

    /// Drops from the index what cannot be met any more.
    fn sweep(&mut self) {
        let (clock, first, nodes) = (self.clock(), self.first, &self.nodes);
        if self.keeps_all || clock == i32::MIN {
            return;
        }
        self.index.forget(first, |report| {
            let node = nodes
                .get((report - first) as usize)
                .and_then(Option::as_ref);
            node.is_some_and(|node| node.day.is_none_or(|day| day >= clock - WINDOW))
        });
    }
}

/// Some reports of a story, evenly spread, the last among them.
fn sample(members: &[u32]) -> Vec<u32> {
    let count = members.len().min(SAMPLE);
    (1..=count)
        .map(|i| members[i * members.len() / count - 1])
        .collect()
}

/// Days between two reports; 0 when one of them is undated.
pub(super) fn days_apart(a: &Entry, b: &Entry) -> i32 {
    a.profile
        .day
        .zip(b.profile.day)
        .map_or(0, |(a, b)| (a - b).abs())
}
