//! Stories put together again around a new report, and what that changed.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Change, Open, Stream};
use crate::grouping::linkage::{Group, link};

/// A story of more reports is not taken apart any more.
const LARGE: usize = 60;

impl Stream {
    /// Takes the touched stories apart and puts their reports together again with a new one.
    pub(super) fn regroup(&mut self, number: u32, touched: Vec<u32>) -> Vec<Change> {
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
}
