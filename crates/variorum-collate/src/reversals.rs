//! What a speaker said and took back: "on Monday that the last government left no plan behind", "on Thursday that
//! his claim that the last government left no plan was wrong".
//!
//! The two are two statements. They are a reversal when one says plainly that the other is not so and was said
//! on another day, or when one names the other as a claim that does not hold.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::id::content_id;
use variorum_model::{Disagreement, DisagreementKind, PartialDate, Side};

use crate::propositions::Proposition;
use crate::statements::line;
use crate::wording::{self, Grade, Words};
use crate::{Member, origin_count};

/// What is taken back shares so many content words with what it takes back.
const SHARED: usize = 3;

/// The reversals among pairs of one speaker that were kept apart, each with the first proposition of what was
/// said first. `ids` are those of the statements of `groups`.
pub(crate) fn reversals(
    members: &[Member<'_>],
    propositions: &[Proposition],
    words: &[Words],
    groups: &[Vec<usize>],
    parted: &[(usize, usize)],
    ids: &[&str],
) -> Vec<(usize, Disagreement)> {
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        group_of.extend(group.iter().map(|&i| (i, at)));
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for &(a, b) in parted {
        let Some((first, second, what)) = reversal(propositions, words, a, b) else {
            continue;
        };
        let (x, y) = (group_of[&first], group_of[&second]);
        if x == y || !seen.insert((x.min(y), x.max(y))) {
            continue;
        }
        let side = |chosen: usize, group: &[usize]| side(members, propositions, chosen, group);
        let disagreement = Disagreement {
            id: content_id("d", &["reversal", ids[x], ids[y]]),
            kind: DisagreementKind::Reversal,
            what,
            about: ids[x].to_owned(),
            sides: vec![side(first, &groups[x]), side(second, &groups[y])],
        };
        found.push((groups[x][0], disagreement));
    }
    found
}

/// Which of two was said first, which second, and what they share, where one takes the other back.
fn reversal(
    propositions: &[Proposition],
    words: &[Words],
    a: usize,
    b: usize,
) -> Option<(usize, usize, String)> {
    let (x, y) = (&words[a], &words[b]);
    let days = (propositions[a].said_on, propositions[b].said_on);
    let apart = match days {
        (Some(x), Some(y)) => !x.meets(y),
        _ => false,
    };
    let what = if x.takes_back == y.takes_back {
        let point =
            wording::point(x, y).filter(|point| point.opposite && point.grade == Grade::Plain);
        wording::what(x, y, &point.filter(|_| apart)?)
    } else {
        let shared = x.stems.intersection(&y.stems).count();
        let claim = if x.takes_back { y } else { x };
        if shared < SHARED || shared * 3 < claim.stems.len() * 2 {
            return None;
        }
        wording::common_words(x, y)
    };
    // Without days, what is taken back was said before.
    let in_order = match days {
        (Some(x), Some(y)) if apart => x < y,
        _ => y.takes_back,
    };
    let (first, second) = if in_order { (a, b) } else { (b, a) };
    (!what.is_empty()).then_some((first, second, what))
}

/// One side: the words of a statement on its day.
fn side(
    members: &[Member<'_>],
    propositions: &[Proposition],
    chosen: usize,
    group: &[usize],
) -> Side {
    let day: Option<PartialDate> = propositions[chosen].said_on;
    let of_day: Vec<&Proposition> = group
        .iter()
        .map(|&i| &propositions[i])
        .filter(|p| p.said_on == day || p.said_on.is_none())
        .collect();
    let mut reports: Vec<usize> = of_day.iter().map(|p| p.member).collect();
    reports.dedup();
    Side {
        value: propositions[chosen].text.clone(),
        reports: reports
            .iter()
            .map(|&r| members[r].report.id.clone())
            .collect(),
        origin_count: origin_count(members, of_day.iter().map(|p| line(p))),
        evidence: of_day
            .iter()
            .flat_map(|p| p.spans.iter().map(|&span| members[p.member].evidence(span)))
            .collect(),
    }
}
