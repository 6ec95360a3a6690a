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

/// What is taken back shares so many content words with what it takes back, or all of fewer.
const SHARED: usize = 3;
/// But not less than these.
const FEWEST: usize = 2;

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
        let all = shared == claim.stems.len() && shared >= FEWEST;
        if !all && (shared < SHARED || shared * 3 < claim.stems.len() * 2) {
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

#[cfg(test)]
mod tests {
    use variorum_model::{Stance, StatementKind};

    use super::*;

    fn said(text: &str, day: Option<i8>) -> Proposition {
        Proposition {
            certainty: None,
            member: 0,
            kind: StatementKind::Indirect,
            stance: Stance::Asserts,
            cue: None,
            spans: Vec::new(),
            text: text.to_owned(),
            speaker: None,
            via: None,
            said_on: day.map(|day| PartialDate::day(jiff::civil::date(2021, 3, day))),
        }
    }

    /// Two wordings with their days, and which was said first when one takes the other back.
    fn check(a: (&str, Option<i8>), b: (&str, Option<i8>), expected: Option<(usize, usize)>) {
        let propositions = [said(a.0, a.1), said(b.0, b.1)];
        let words = [a.0, b.0].map(|text| Words::of(text, None, false));
        let found = reversal(&propositions, &words, 0, 1);
        let order = found.as_ref().map(|(first, second, _)| (*first, *second));
        assert_eq!(order, expected, "{a:?} / {b:?} gave {found:?}");
    }

    #[test]
    fn a_claim_that_is_taken_back_is_a_reversal() {
        let claim = "the hall was full";
        for back in [
            "she had been wrong to say that the hall was full",
            "she was mistaken in saying the hall was full",
            "her claim that the hall was full was wrong",
            "apologised for saying that the hall was full",
            "withdrew her claim that the hall was full",
            "took back her remark that the hall was full",
            "walked back her statement that the hall was full",
        ] {
            check((claim, Some(1)), (back, Some(3)), Some((0, 1)));
            check((back, Some(3)), (claim, Some(1)), Some((1, 0)));
            check((back, None), (claim, None), Some((1, 0)));
        }
    }

    #[test]
    fn the_opposite_is_a_reversal_on_another_day_only() {
        let (a, b) = (
            "the lower bridge is safe for lorries",
            "the lower bridge is unsafe for lorries",
        );
        check((a, Some(4)), (b, Some(2)), Some((1, 0)));
        check((a, Some(4)), (b, Some(4)), None);
        check((a, None), (b, Some(4)), None);
    }

    #[test]
    fn what_is_taken_back_must_be_the_same() {
        let back = "she had been wrong to say that the hall was full";
        check(
            ("the hall needs a new roof", Some(1)),
            (back, Some(3)),
            None,
        );
        check(
            ("the hall was full", Some(1)),
            ("the hall was full again", Some(3)),
            None,
        );
    }
}
