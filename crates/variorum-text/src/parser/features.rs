//! What the parser looks at.

use std::ops::Range;

use super::{Relation, State};
use crate::forms::{Forms, NONE};
use crate::rows::feature;
use crate::tagger::Tag;

/// The words of a sentence as the features see them.
pub struct Words {
    words: Vec<u64>,
    tags: Vec<u64>,
}

/// Stands for the root of the tree.
const ROOT: u64 = 98;

impl Words {
    /// The words of some tokens, which are one sentence, with their tags.
    pub fn of(forms: &Forms<'_>, tokens: Range<usize>, tags: &[Tag]) -> Self {
        let lower = |token| forms.get(token).map_or(NONE, |form| form.lower);
        Words {
            words: tokens.map(lower).collect(),
            tags: tags.iter().map(|&tag| tag as u64).collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.tags.len()
    }

    fn word(&self, at: Option<usize>) -> u64 {
        at.map_or(NONE, |at| self.words.get(at).copied().unwrap_or(ROOT))
    }

    fn tag(&self, at: Option<usize>) -> u64 {
        at.map_or(NONE, |at| self.tags.get(at).copied().unwrap_or(ROOT))
    }
}

/// The features of a state, for the choice of the next action.
pub fn of_state(words: &Words, state: &State, found: &mut Vec<u64>) {
    found.clear();
    let [s0, s1, s2] = [0, 1, 2].map(|depth| state.stacked(depth));
    let [b0, b1, b2] = [0, 1, 2].map(|ahead| {
        let at = state.next + ahead;
        (at <= words.count()).then_some(at)
    });
    let w = |at| words.word(at);
    let t = |at| words.tag(at);
    let child = |list: &[Vec<usize>], at: Option<usize>, nth: usize| {
        let children = list.get(at?)?;
        children.get(children.len().checked_sub(nth + 1)?).copied()
    };
    let (lefts, rights) = (&state.left, &state.right);
    let relation = |at: Option<usize>| {
        at.map_or(NONE, |at| {
            state.relations.get(at).map_or(ROOT, |&r| r as u64)
        })
    };
    let count = |list: &[Vec<usize>], at: Option<usize>| {
        at.and_then(|at| list.get(at)).map_or(9, |c| c.len().min(4)) as u64
    };
    let s0l = child(lefts, s0, 0);
    let s0r = child(rights, s0, 0);
    let s0r2 = child(rights, s0, 1);
    let s1l = child(lefts, s1, 0);
    let s1r = child(rights, s1, 0);
    let b0l = child(lefts, b0, 0);
    let b0l2 = child(lefts, b0, 1);
    let distance = |a: Option<usize>, b: Option<usize>| match (a, b) {
        (Some(a), Some(b)) => match b.abs_diff(a) {
            near @ 0..5 => near as u64,
            5..10 => 5,
            _ => 6,
        },
        _ => NONE,
    };
    let before = b0.and_then(|at| at.checked_sub(1));
    let pair = |one: u64, two: u64| one.wrapping_mul(131) ^ two;
    let near = distance(s0, b0);
    let list = [
        (0, w(s0), t(s0), 0),
        (1, w(s0), 0, 0),
        (2, t(s0), near, 0),
        (3, w(b0), t(b0), 0),
        (4, w(b0), 0, 0),
        (5, t(b0), t(b1), 0),
        (6, w(b1), t(b1), 0),
        (7, w(s1), t(s1), 0),
        (8, w(s1), 0, 0),
        (9, t(b1), t(b2), t(b0)),
        (11, w(s0), t(b0), t(s0)),
        (12, t(s0), w(b0), t(b0)),
        (13, t(s0), t(b0), near),
        (15, w(s1), t(s0), t(s1)),
        (16, t(s1), w(s0), t(s0)),
        (17, t(s1), t(s0), distance(s1, s0)),
        (18, t(s0), t(b0), t(b1)),
        (19, t(s1), t(s0), t(b0)),
        (20, t(s2), t(s1), t(s0)),
        (21, pair(t(s1), t(s0)), t(b0), t(b1)),
        (22, pair(t(s0), t(s0l)), t(b0), relation(s0l)),
        (23, pair(t(s0), t(s0r)), t(b0), relation(s0r)),
        (24, pair(t(s0), t(b0)), t(b0l), relation(b0l)),
        (25, pair(t(s1), t(s0)), t(s1l), relation(s1l)),
        (26, pair(t(s1), t(s0)), t(s1r), relation(s1r)),
        (27, pair(t(s1), t(s0)), t(s0r), relation(s0r)),
        (28, pair(t(s1), t(s0)), t(s0l), relation(s0l)),
        (29, w(s0), count(rights, s0), t(b0)),
        (30, t(s0), count(rights, s0), count(lefts, s0)),
        (31, w(b0), count(lefts, b0), t(s0)),
        (32, w(s1), count(rights, s1), t(s0)),
        (33, w(s0), relation(s0l), relation(s0r)),
        (34, w(s1), relation(s1r), t(s0)),
        (35, t(s0), relation(s0r), relation(s0r2)),
        (36, t(b0), relation(b0l), relation(b0l2)),
        (37, w(s0l), t(s0), t(b0)),
        (38, w(s0r), t(s0), t(b0)),
        (39, w(b0l), t(b0), t(s0)),
        (40, w(s1r), t(s1), t(s0)),
        (42, t(before), t(s0), t(b0)),
        (45, t(s1), t(b0), distance(s1, b0)),
    ];
    found.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
}

/// The features of an arc, for the choice of its relation.
pub fn of_arc(words: &Words, state: &State, head: usize, child: usize, found: &mut Vec<u64>) {
    found.clear();
    let (h, c) = (Some(head), Some(child));
    let w = |at| words.word(at);
    let t = |at| words.tag(at);
    let side = u64::from(child < head);
    let distance = match child.abs_diff(head) {
        near @ 0..4 => near as u64,
        4..8 => 4,
        _ => 5,
    };
    let first = state.left[child]
        .last()
        .or(state.right[child].first())
        .copied();
    let last = state.right[child].last().copied();
    let sibling = if child < head {
        state.left[head].last()
    } else {
        state.right[head].last()
    }
    .copied();
    let relation = |at: Option<usize>| {
        at.map_or(NONE, |at| {
            state.relations.get(at).map_or(ROOT, |&r| r as u64)
        })
    };
    let has = |at: usize, wanted: Relation| {
        let both = state.left[at].iter().chain(&state.right[at]);
        u64::from(both.into_iter().any(|&c| state.relations[c] == wanted))
    };
    let kinds = has(child, Relation::Case)
        | has(child, Relation::Marker) << 1
        | has(child, Relation::Subject) << 2
        | has(child, Relation::Auxiliary) << 3
        | has(child, Relation::Copula) << 4
        | has(head, Relation::Subject) << 5
        | has(head, Relation::Object) << 6
        | has(head, Relation::Auxiliary) << 7;
    let before = child.checked_sub(1);
    let after = (child + 1 < words.count()).then_some(child + 1);
    let list = [
        (60, t(h), t(c), side),
        (61, w(h), t(c), side),
        (62, t(h), w(c), side),
        (63, w(h), w(c), side),
        (64, w(c), t(c), 0),
        (65, t(h), t(c), side | distance << 1),
        (66, kinds, t(c), t(h) << 1 | side),
        (67, kinds, w(h), side),
        (68, w(first), t(c), t(h)),
        (69, relation(first), t(c), t(h) << 1 | side),
        (70, relation(last), t(c), t(h) << 1 | side),
        (71, relation(sibling), t(c), t(h) << 1 | side),
        (72, relation(sibling), w(h), t(c)),
        (73, w(first), w(h), t(c)),
        (74, t(before), t(c), t(h) << 1 | side),
        (75, t(after), t(c), t(h) << 1 | side),
        (76, w(before), t(c), t(h)),
        (77, w(after), t(c), t(h)),
    ];
    found.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
}
