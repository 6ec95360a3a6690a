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

mod compare;
mod regroup;

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;
use variorum_model::id::content_id;

use super::index::Index;
use super::likeness::Entry;
use super::links::Links;
use super::profile::{Counts, Profile};

/// Reports further apart than this, in days, are not compared.
pub(super) const WINDOW: i32 = 14;
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
    /// The last day of a member; `None` when all are undated.
    day: Option<i32>,
    /// Reports with the words of a member.
    twins: Vec<(u32, u32)>,
    /// The last day of those.
    twins_last: Option<i32>,
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
            day,
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
        open.twins_last = open.twins_last.max(Some(day.unwrap_or(clock)));
        open.last = open.last.max(day.unwrap_or(clock));
        self.node_mut(number)?.story = story;
        Some(story)
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

/// Days between two reports; 0 when one of them is undated.
pub(super) fn days_apart(a: &Entry, b: &Entry) -> i32 {
    a.profile
        .day
        .zip(b.profile.day)
        .map_or(0, |(a, b)| (a - b).abs())
}
