//! Temporal awareness of a timeline, as SemEval-2015 Task 4 scores it.
//!
//! The task's page and paper say: an order 0 is not scored; an event is SIMULTANEOUS with its time anchor;
//! two events are SIMULTANEOUS when they share an order and BEFORE one another else; precision is the share of
//! the system's relations, without those that follow from others, that hold in the closure of the gold, recall
//! the same the other way round (UzZaman and Allen 2011); the counts of all timelines are added.
//!
//! What they leave open is chosen here so:
//! - A node is one mention (report, sentence, word in small letters), so the mentions on a line share its order.
//! - Of the relations that say the same, those listed first stay: each event with its anchor (in an order
//!   without one, each with the first), and the first event of each order BEFORE the first of the next.
//! - An event that a timeline lists twice counts where it stands first.
//! - Since every relation follows from the orders and anchors, the closure is never built: two events are
//!   simultaneous when their orders are the same, one is before the other when its order is less.

use std::collections::{BTreeMap, BTreeSet};

use crate::score::Counts;

/// One mention of an event: number of the report, line of its text, word in small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    pub report: String,
    pub sentence: usize,
    pub word: String,
}

/// One line of a timeline: coreferring mentions with their order and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub order: usize,
    /// `None` is `XXXX-XX-XX`.
    pub date: Option<String>,
    pub events: Vec<Node>,
}

/// A timeline in the task's form: tabs between order, date and mentions. Lines that are no such line (the
/// heading) and mentions that are none are left out.
pub(super) fn parse(text: &str) -> Vec<Line> {
    text.lines().filter_map(line).collect()
}

fn line(text: &str) -> Option<Line> {
    let mut fields = text.split('\t');
    let order = fields.next()?.trim().parse().ok()?;
    let date = fields.next()?.trim();
    Some(Line {
        order,
        date: (!date.starts_with("XXXX")).then(|| date.to_owned()),
        events: fields.filter_map(node).collect(),
    })
}

fn node(text: &str) -> Option<Node> {
    let mut parts = text.trim().splitn(3, '-');
    let node = Node {
        report: parts.next()?.to_owned(),
        sentence: parts.next()?.parse().ok()?,
        word: parts.next()?.to_lowercase(),
    };
    // A line that lost its end runs into the date of the next.
    node.word.contains(char::is_alphabetic).then_some(node)
}

/// Counts of the relations of both timelines that hold in the other.
pub(super) fn awareness(gold: &[Line], system: &[Line]) -> Counts {
    let (gold, system) = (Graph::of(gold), Graph::of(system));
    let (wanted, shown) = (gold.reduced(), system.reduced());
    Counts {
        gold: wanted.len(),
        found: wanted.iter().filter(|r| system.holds(r)).count(),
        shown: shown.len(),
        right: shown.iter().filter(|r| gold.holds(r)).count(),
    }
}

/// Counts of mentions that stand in both, whatever their date, and how many of those have the same date.
pub(super) fn mentions(gold: &[Line], system: &[Line]) -> (Counts, usize) {
    let (gold, system) = (Graph::of(gold), Graph::of(system));
    let both = system
        .events
        .iter()
        .filter_map(|(e, at)| Some((gold.events.get(e)?, at)));
    let (same, all) = both.fold((0, 0), |(same, all), (g, s)| {
        (same + usize::from(g.1 == s.1), all + 1)
    });
    (
        Counts::of(gold.events.len(), system.events.len(), all),
        same,
    )
}

/// Order and anchor of each scored event.
struct Graph {
    events: BTreeMap<Node, (usize, Option<String>)>,
    /// The events of each order, in the order of the orders.
    orders: Vec<Vec<Node>>,
}

enum Relation {
    Anchored(Node, String),
    Simultaneous(Node, Node),
    Before(Node, Node),
}

impl Graph {
    fn of(lines: &[Line]) -> Self {
        let mut events = BTreeMap::new();
        let mut orders: BTreeMap<usize, Vec<Node>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for line in lines.iter().filter(|line| line.order > 0) {
            for event in &line.events {
                if seen.insert(event.clone()) {
                    events.insert(event.clone(), (line.order, line.date.clone()));
                    orders.entry(line.order).or_default().push(event.clone());
                }
            }
        }
        Graph {
            events,
            orders: orders.into_values().collect(),
        }
    }

    /// The relations that do not follow from the others.
    fn reduced(&self) -> Vec<Relation> {
        let mut relations = Vec::new();
        let mut before: Option<&Node> = None;
        for events in &self.orders {
            let Some(first) = events.first() else {
                continue;
            };
            for event in events {
                let anchor = self.events.get(event).and_then(|(_, date)| date.clone());
                match anchor {
                    Some(date) => relations.push(Relation::Anchored(event.clone(), date)),
                    None if event != first => {
                        relations.push(Relation::Simultaneous(first.clone(), event.clone()));
                    }
                    None => {}
                }
            }
            if let Some(before) = before {
                relations.push(Relation::Before(before.clone(), first.clone()));
            }
            before = Some(first);
        }
        relations
    }

    fn holds(&self, relation: &Relation) -> bool {
        let order = |event| self.events.get(event).map(|(order, _)| *order);
        let both = |a, b| order(a).zip(order(b));
        match relation {
            Relation::Anchored(event, date) => {
                let anchor = self.events.get(event).and_then(|(_, date)| date.as_ref());
                anchor == Some(date)
            }
            Relation::Simultaneous(a, b) => both(a, b).is_some_and(|(a, b)| a == b),
            Relation::Before(a, b) => both(a, b).is_some_and(|(a, b)| a < b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "Airbus\n0\tXXXX-XX-XX\t1-9-said\n1\t2005-01-18\t1-0-launches\t1-2-Launched\n\
        2\tXXXX-XX-XX\t2-3-won\n2\tXXXX-XX-XX\t2-4-sold\n3\t2007\t3-1-cut\n";

    fn check(system: &str, gold: usize, found: usize, shown: usize, right: usize) {
        let counts = awareness(&parse(GOLD), &parse(system));
        let expected = Counts {
            gold,
            found,
            shown,
            right,
        };
        assert_eq!(counts, expected, "{system}");
    }

    #[test]
    fn the_gold_itself_is_right() {
        // Three anchors, one pair without an anchor, two steps.
        check(GOLD, 6, 6, 6, 6);
    }

    #[test]
    fn order_0_and_unknown_events_do_not_help() {
        check("0\tXXXX-XX-XX\t1-0-launches\n", 6, 0, 0, 0);
        check("1\t2005-01-18\t1-9-said\n", 6, 0, 1, 0);
    }

    #[test]
    fn what_follows_counts_as_held() {
        // Two anchors are right, and so is the one step over an order that is left out.
        let system = "1\t2005-01-18\t1-2-launched\n2\t2007\t3-1-cut\n";
        check(system, 6, 2, 3, 3);
        // All in one order: the anchor of one and the pair of another are right.
        let system = "1\t2007\t2-3-won\t2-4-sold\t3-1-cut\n";
        check(system, 6, 2, 3, 1);
    }

    #[test]
    fn a_wrong_date_keeps_its_steps() {
        let system = "1\t2004\t1-0-launches\n2\tXXXX-XX-XX\t2-3-won\n";
        check(system, 6, 1, 1 + 1, 1);
    }

    #[test]
    fn words_with_hyphens_and_broken_mentions() {
        let lines = parse("1\t2003\t4764-11-out-sold\tnothing\t2007-03-19\n");
        let words: Vec<&str> = lines[0].events.iter().map(|e| e.word.as_str()).collect();
        assert_eq!(words, ["out-sold"]);
    }

    #[test]
    fn mentions_count_whatever_their_date() {
        let system = "1\t2004\t1-0-launches\n2\t2007\t3-1-cut\t3-2-x\n";
        let (counts, dates) = mentions(&parse(GOLD), &parse(system));
        assert_eq!((counts, dates), (Counts::of(5, 3, 2), 1));
    }
}
