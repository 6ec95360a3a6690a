//! Stories put together again around a new report, and what that changed.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Change, Open, Stream};
use crate::grouping::linkage::{Group, link};

/// A story of more reports is not taken apart any more.
const LARGE: usize = 60;

/// A report that was taken out of its story, or a large story that stays whole.
struct Part {
    open: Open,
    /// The number of the story that stays whole.
    whole: Option<u32>,
}

impl Part {
    fn group(&self) -> Group {
        Group {
            size: self.open.members.len() as f32,
            within: self.open.within,
        }
    }
}

impl Stream {
    /// Takes the touched stories apart and puts their reports together again with a new one.
    pub(super) fn regroup(&mut self, number: u32, touched: Vec<u32>) -> Vec<Change> {
        if touched.is_empty() {
            return vec![Change::New {
                story: self.name(number),
            }];
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut last = i32::MIN;
        let mut twins: Vec<(u32, u32)> = Vec::new();
        let mut before: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for story in touched.into_iter().chain([number]) {
            let Some(mut open) = self.stories.remove(&story) else {
                continue;
            };
            last = last.max(open.last);
            if open.members.len() > LARGE {
                // Whatever happens to it happens to all of its members.
                before.insert(story, open.members[..1].to_vec());
                parts.push(Part {
                    open,
                    whole: Some(story),
                });
                continue;
            }
            twins.append(&mut open.twins);
            parts.extend(open.members.iter().map(|&member| Part {
                open: Open {
                    members: vec![member],
                    day: self.node(member).and_then(|node| node.day),
                    ..Open::default()
                },
                whole: None,
            }));
            before.insert(story, open.members);
        }
        let groups: Vec<Group> = parts.iter().map(Part::group).collect();
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
        let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
        for linked in linked {
            let within = linked.iter().map(|&part| within[part]).sum();
            let of = linked.iter().filter_map(|&part| parts[part].take());
            self.put_together(of.collect(), within, last, &mut twins);
        }
        for (twin, of) in twins {
            self.join_twin(twin, of);
        }
        self.changes(number, &before)
    }

    /// Makes a story of some parts. The largest takes the others in, so that a report costs no more because the
    /// story that it joins is large. Adds to `twins` those that are in the story no more.
    fn put_together(
        &mut self,
        mut parts: Vec<Part>,
        within: f32,
        last: i32,
        twins: &mut Vec<(u32, u32)>,
    ) {
        let largest = (0..parts.len()).max_by_key(|&at| parts[at].open.members.len());
        let Some(largest) = largest else { return };
        let Part { mut open, whole } = parts.swap_remove(largest);
        let mut added: Vec<u32> = Vec::new();
        for mut part in parts {
            added.append(&mut part.open.members);
            twins.append(&mut part.open.twins);
            open.day = open.day.max(part.open.day);
        }
        added.sort_unstable();
        let follow = open.members.last() < added.first();
        open.members.extend(&added);
        if !follow {
            open.members.sort_unstable();
        }
        let Some(&story) = open.members.first() else {
            return;
        };
        if whole != Some(story) {
            twins.append(&mut open.twins);
            open.twins_last = None;
        }
        let moved = if whole == Some(story) {
            &added
        } else {
            &open.members
        };
        for &member in moved {
            if let Some(node) = self.node_mut(member) {
                node.story = story;
            }
        }
        open.within = within;
        open.last = open
            .day
            .unwrap_or(last)
            .max(open.twins_last.unwrap_or(i32::MIN));
        self.stories.insert(story, open);
    }

    /// The sums of the likenesses between some parts. Two large ones are not held against each other.
    fn between(&self, parts: &[Part]) -> Vec<(usize, usize, f32)> {
        let mut part_of: FxHashMap<u32, usize> = FxHashMap::default();
        let mut part_of_story: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, part) in parts.iter().enumerate() {
            match (part.whole, &part.open.members[..]) {
                (Some(story), _) => {
                    part_of_story.insert(story, at);
                }
                (None, members) => part_of.extend(members.iter().map(|&report| (report, at))),
            }
        }
        let mut between = Vec::new();
        for (part, of) in parts.iter().enumerate() {
            let (None, [report]) = (of.whole, &of.open.members[..]) else {
                continue;
            };
            let Some(node) = self.node(*report) else {
                continue;
            };
            for (other, alike) in &node.edges {
                let of_story = || part_of_story.get(&self.node(*other)?.story);
                let Some(&of_other) = part_of.get(other).or_else(of_story) else {
                    continue;
                };
                // Each edge is noted at both ends; between two single reports it counts once.
                if part < of_other || parts[of_other].whole.is_some() {
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
}
