//! What the model looks at to find the words that tell of saying.

use std::ops::Range;

use super::View;
use super::view::steps;
use crate::parser::Relation;
use crate::rows::feature;
use crate::sequence::Observed;
use crate::tagger::Tag;

/// How many labels there are: outside, at the beginning of, and inside a cue.
pub const LABELS: usize = 3;
/// The token is no cue.
pub const OUTSIDE: usize = 0;
/// It begins one.
pub const BEGIN: usize = 1;
/// It goes on with one.
pub const INSIDE: usize = 2;

/// Observes the tokens of a sentence.
pub fn observe(view: &View<'_>, tokens: Range<usize>, observed: &mut Observed) {
    observed.clear();
    let mut own = Vec::with_capacity(64);
    let mut shared = Vec::with_capacity(8);
    let quoted: Vec<usize> = tokens
        .clone()
        .filter(|&t| view.is_quotation_mark(t))
        .collect();
    for at in tokens.clone() {
        own.clear();
        shared.clear();
        if never_cues(view, at) {
            own.push(feature(59, view.tag(Some(at)), 0, 0));
            shared.push(feature(60, 0, 0, 0));
            observed.push(&own, &shared);
            continue;
        }
        of_token(view, &tokens, &quoted, at, &mut own, &mut shared);
        observed.push(&own, &shared);
    }
}

/// Words that hardly ever belong to a cue, which are looked at no further.
fn never_cues(view: &View<'_>, at: usize) -> bool {
    match view.syntax.tags.get(at) {
        Some(Tag::Mark) => view.doc.word(at) != ":",
        Some(Tag::Determiner | Tag::Number | Tag::ProperNoun | Tag::PronounPossessive) => true,
        _ => false,
    }
}

fn of_token(
    view: &View<'_>,
    tokens: &Range<usize>,
    quoted: &[usize],
    at: usize,
    own: &mut Vec<u64>,
    shared: &mut Vec<u64>,
) {
    let ahead = |n: usize| Some(at + n).filter(|at| tokens.contains(at));
    let back = |n: usize| at.checked_sub(n).filter(|at| tokens.contains(at));
    let here = Some(at);
    let head = view.head(at);
    let grand = head.and_then(|head| view.head(head));
    let syntax = view.syntax;
    let subject = syntax.child(at, Relation::is_subject);
    let complement = syntax.child(at, |r| {
        matches!(
            r,
            Relation::Complement | Relation::OpenComplement | Relation::Parataxis
        )
    });
    let object = syntax.child(at, |r| r == Relation::Object);
    let oblique = syntax.child(at, |r| r == Relation::Oblique);
    let kinds = view.children(at);
    let head_kinds = head.map_or(1 << 20, |head| view.children(head));
    let (w, s, t, r) = (
        |at| view.word(at),
        |at| view.stem(at),
        |at| view.tag(at),
        |at| view.relation(at),
    );
    let subject_found = view.subject(at);
    let (level, far_subject) = subject_found.map_or((99, None), |(level, at)| (level, Some(at)));
    let in_quotation = u64::from(view.quotation(at) > 0);
    let mark_before = quoted
        .iter()
        .rev()
        .find(|&&q| q < at)
        .map_or(9, |&q| steps(at, q));
    let mark_after = quoted
        .iter()
        .find(|&&q| q > at)
        .map_or(9, |&q| steps(at, q));
    let place = match view.sentence(at) {
        0 => 0,
        1 => 1,
        _ => 2,
    };
    let name_near = u64::from(back(1).is_some_and(|at| view.is_name(at)))
        | u64::from(ahead(1).is_some_and(|at| view.is_name(at))) << 1;
    let list = [
        (0, w(here), 0, 0),
        (1, s(here), 0, 0),
        (2, s(here), t(here), 0),
        (3, w(back(1)), t(here), 0),
        (4, w(ahead(1)), t(here), 0),
        (5, w(back(2)), t(here), 0),
        (6, w(ahead(2)), t(here), 0),
        (7, w(here), w(back(1)), 0),
        (8, w(here), w(ahead(1)), 0),
        (9, w(here), w(ahead(1)), w(ahead(2))),
        (10, w(here), w(back(1)), w(back(2))),
        (11, t(back(1)), t(here), t(ahead(1))),
        (12, t(back(2)), t(back(1)), t(here)),
        (13, t(here), t(ahead(1)), t(ahead(2))),
        (14, view.suffix(here), t(here), 0),
        (15, s(here), t(back(1)), t(ahead(1))),
        (16, s(here), t(ahead(1)), t(ahead(2))),
        (17, r(here), t(here), 0),
        (18, r(here), s(head), 0),
        (19, r(here), s(here), 0),
        (20, r(here), t(here), t(head)),
        (21, kinds, t(here), 0),
        (22, kinds, s(here), 0),
        (23, s(here), s(subject), 0),
        (24, t(here), w(subject), 0),
        (25, t(here), t(subject), w(complement)),
        (26, s(here), t(complement), r(complement)),
        (27, s(here), t(object), kinds),
        (28, s(here), s(object), 0),
        (29, s(here), s(oblique), 0),
        (30, s(here), in_quotation, 0),
        (31, t(here), in_quotation, place),
        (32, t(here), mark_before, in_quotation),
        (33, t(here), mark_after, in_quotation),
        (34, s(here), mark_before.min(5), mark_after.min(5)),
        (35, s(here), place, 0),
        (36, s(head), t(here), steps(at, head.unwrap_or(at))),
        (37, s(head), r(here), s(here)),
        (38, head_kinds, r(here), t(here)),
        (39, s(grand), r(head), r(here)),
        (40, t(here), name_near, view.shape(at)),
        (41, s(here), name_near, 0),
        (42, w(back(1)), w(ahead(1)), t(here)),
        (43, s(ahead(1)), t(here), r(here)),
        (44, s(back(1)), t(here), r(here)),
        (45, w(ahead(3)), t(here), 0),
        (46, s(here), w(subject), kinds),
        (47, view.shape(at), t(here), place),
        (48, level, t(here), r(here)),
        (49, t(far_subject), s(here), 0),
        (50, s(far_subject), t(here), level),
    ];
    own.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
    let before_is_head =
        u64::from(head == back(1)) | u64::from(back(1).and_then(|b| view.head(b)) == here) << 1;
    let list = [
        (60, 0, 0, 0),
        (61, t(here), before_is_head, 0),
        (62, w(here), before_is_head, 0),
        (63, r(here), before_is_head, t(here)),
        (64, t(back(1)), t(here), t(ahead(1))),
        (65, s(back(1)), s(here), 0),
        (66, s(back(1)), t(here), r(here)),
        (67, s(here), t(ahead(1)), 0),
        (68, w(here), w(ahead(1)), 0),
    ];
    shared.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
}
