//! What one wording negates and the other affirms, and who acts.
//!
//! Negations are counted, since two of them say the same as none.

use std::collections::BTreeSet;

use super::words::{Clause, LITTLE, Words};
use super::{Grade, Point, SHARED};

/// Where one clause turns round what the other says.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    let shared: BTreeSet<&String> = x.stems.intersection(&y.stems).collect();
    let (least, most) = (
        x.stems.len().min(y.stems.len()),
        x.stems.len().max(y.stems.len()),
    );
    let whole = shared.len() == most;
    // The clauses say the same but for the negation.
    let grade = if shared.len() * 2 >= most && (shared.len() >= SHARED || (whole && most >= 2)) {
        Grade::Plain
    } else if whole && most > 0 {
        Grade::Differs
    } else if shared.len() >= 2 && shared.len() * 2 >= least {
        Grade::Apart
    } else {
        return None;
    };
    if a.denies || b.denies {
        return None;
    }
    let before = |words: &Words, clause: &Clause| {
        words.words[clause.words.clone()]
            .iter()
            .any(|word| LITTLE.ahead.contains(&word.lower))
    };
    if before(a, x) != before(b, y) {
        return None;
    }
    let count = |words: &Words, clause: &Clause| {
        clause.negators.len() + usize::from(clause.carried) + usize::from(words.turned)
    };
    // Where something else is negated too, it may be the same in other words.
    let elsewhere = |words: &Words, clause: &Clause| {
        words.negators > clause.negators.len() + usize::from(clause.carried)
    };
    let (of_a, of_b) = (count(a, x), count(b, y));
    if of_a % 2 == of_b % 2 || elsewhere(a, x) || elsewhere(b, y) {
        return None;
    }
    let (odd, clause, other) = if of_a % 2 == 1 { (a, x, y) } else { (b, y, x) };
    let negated = match clause.negators.last() {
        Some(&negator) => {
            let next = odd.next_content(clause, negator);
            let next = next.filter(|&at| shared.contains(&odd.words[at].stem))?;
            Some((negator, next))
        }
        None => None,
    };
    if negated.is_none() && grade == Grade::Apart {
        return None;
    }
    let (not, plain) = match negated {
        Some((negator, next)) => {
            let even = if of_a % 2 == 1 { b } else { a };
            let place = other
                .words
                .clone()
                .find(|&at| even.words[at].stem == odd.words[next].stem);
            let plain = place.map_or(String::new(), |at| even.words[at].surface.clone());
            (odd.surface(negator..next + 1), plain)
        }
        None => (String::new(), String::new()),
    };
    let (a, b) = if of_a % 2 == 1 {
        (not, plain)
    } else {
        (plain, not)
    };
    Some(Point {
        a,
        b,
        grade,
        opposite: true,
    })
}

/// Where two clauses begin with two parties that act.
pub(super) fn agent(x: &Clause, y: &Clause) -> Option<Point> {
    let (Some(one), Some(other)) = (&x.agent, &y.agent) else {
        return None;
    };
    (one != other && x.stems.intersection(&y.stems).count() >= SHARED).then(|| Point {
        a: String::new(),
        b: String::new(),
        grade: Grade::Plain,
        opposite: false,
    })
}
