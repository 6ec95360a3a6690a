//! Which mentions mean one event.

use std::collections::BTreeSet;

use variorum_model::{EventStatus, Precision};

use super::mentions::Mention;

/// Lines this alike tell one happening of a day, whatever their kind.
const ALIKE: f32 = 0.45;
/// Lines this alike tell one happening of a day when its kind is the same too.
const ALIKE_KIND: f32 = 0.3;
/// Groups so close mean one event: the kind is the same, and who takes part or the place.
const SURE: f32 = 1.3;
/// Days between two dates that reports may give for one event.
const DAYS_APART: i32 = 3;
/// Days between the publication of two reports whose dates are held against each other.
const PUBLISHED_APART: i32 = 4;
/// With how many mentions of a group a mention is compared: the fullest ones, which come first.
const COMPARED: usize = 12;
/// Kinds of happenings that seldom come twice in a week.
const UNIQUE: [&str; 8] = [
    "accident", "attack", "death", "disaster", "office", "ruling", "test", "vote",
];

/// Groups of indexes into `mentions`, in text order; each group is one event.
pub(super) fn events(mentions: &[Mention<'_>]) -> Vec<Vec<usize>> {
    let mut groups = on_one_day(mentions);
    merge_alike(mentions, &mut groups);
    across_days(mentions, &mut groups);
    join_months(mentions, &mut groups);
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// Groups of mentions that give the same date.
fn on_one_day(mentions: &[Mention<'_>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    // Lines that name most come first, so that bare ones ("the meeting") join what fits best.
    order.sort_by_key(|&i| {
        let m = &mentions[i];
        let named = m.participants.len().min(3) + usize::from(m.event.place.is_some());
        (m.date, std::cmp::Reverse(named), i)
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut first_of_date = 0;
    for &i in &order {
        let date = mentions[i].date;
        if groups
            .last()
            .is_some_and(|group| mentions[group[0]].date != date)
        {
            first_of_date = groups.len();
        }
        let best = (first_of_date..groups.len())
            .filter(|&g| !places_differ(mentions, &groups[g], i))
            .filter_map(|g| {
                let compared = groups[g].iter().take(COMPARED);
                let scores = compared.map(|&j| likeness(&mentions[i], &mentions[j]));
                let best = scores.max_by(f32::total_cmp)?;
                (best > 0.0).then_some((g, best))
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((group, _)) => groups[group].push(i),
            None => groups.push(vec![i]),
        }
    }
    groups
}

/// Joins groups of one date that grew from two beginnings and plainly mean one event.
fn merge_alike(mentions: &[Mention<'_>], groups: &mut Vec<Vec<usize>>) {
    let mut merged: Vec<Vec<usize>> = Vec::new();
    let mut first_of_date = 0;
    for group in groups.drain(..) {
        let date = mentions[group[0]].date;
        let begins = merged
            .last()
            .is_some_and(|last| mentions[last[0]].date != date);
        if begins {
            first_of_date = merged.len();
        }
        let fits = |other: &Vec<usize>| {
            !group
                .iter()
                .take(COMPARED)
                .any(|&i| places_differ(mentions, other, i))
                && closeness(mentions, &group, other) >= SURE
        };
        match merged[first_of_date..].iter().position(fits) {
            Some(at) => merged[first_of_date + at].extend(group),
            None => merged.push(group),
        }
    }
    *groups = merged;
}

/// "Talks next week" are those of Thursday, when only one happening of that time is like them.
fn join_months(mentions: &[Mention<'_>], groups: &mut Vec<Vec<usize>>) {
    let (wide, mut days): (Vec<_>, Vec<_>) = groups
        .drain(..)
        .partition(|group: &Vec<usize>| mentions[group[0]].date.precision() == Precision::Month);
    for group in wide {
        let date = mentions[group[0]].date;
        let mut fits = (0..days.len()).filter(|&day| {
            mentions[days[day][0]].date.meets(date)
                && mentions[days[day][0]].date.precision() == Precision::Day
                && !group
                    .iter()
                    .take(COMPARED)
                    .any(|&i| places_differ(mentions, &days[day], i))
                && closeness(mentions, &group, &days[day]) >= SURE
        });
        match (fits.next(), fits.next()) {
            (Some(day), None) => days[day].extend(group),
            _ => days.push(group),
        }
    }
    *groups = days;
}

/// How alike the likest mentions of two groups are.
fn closeness(mentions: &[Mention<'_>], a: &[usize], b: &[usize]) -> f32 {
    let b = || b.iter().take(COMPARED);
    let pairs = a
        .iter()
        .take(COMPARED)
        .flat_map(|&i| b().map(move |&j| (i, j)));
    pairs
        .map(|(i, j)| likeness(&mentions[i], &mentions[j]))
        .fold(0.0, f32::max)
}

/// How sure it is that two mentions of one date mean one event; 0 when nothing says so.
fn likeness(a: &Mention<'_>, b: &Mention<'_>) -> f32 {
    let alike = a.words_alike(b);
    let shared = a.shared(b);
    let same_place = a.event.place.is_some() && a.event.place == b.event.place;
    let same_kind = a.kind.is_some() && a.kind == b.kind;
    let is_bare = |m: &Mention<'_>| m.participants.is_empty() && m.event.place.is_none();
    let apart = shared == 0 && !is_bare(a) && !is_bare(b) && !same_place;
    if same_kind {
        let once = a.kind.is_some_and(|kind| UNIQUE.contains(&kind.name()));
        let bare = (is_bare(a) || is_bare(b)) && ((a.names_it && b.names_it) || once);
        // A story has one attack, one ruling a day: whoever names it means that one.
        let named = once && a.names_it && b.names_it;
        let joined = shared > 0 || same_place || alike >= ALIKE_KIND || bare || named;
        if joined && (named || !apart || alike >= ALIKE) {
            return 1.0 + alike + shared as f32 * 0.3 + if same_place { 0.5 } else { 0.0 };
        }
        return 0.0;
    }
    let told = a.kind.is_some() || b.kind.is_some();
    let enough = if told { ALIKE + 0.2 } else { ALIKE };
    if alike >= enough && !apart {
        alike
    } else {
        0.0
    }
}

/// Whether a mention puts the event elsewhere than the group does.
fn places_differ(mentions: &[Mention<'_>], group: &[usize], i: usize) -> bool {
    let Some(place) = mentions[i].event.place.as_deref() else {
        return false;
    };
    let places: BTreeSet<&str> = group
        .iter()
        .filter_map(|&j| mentions[j].event.place.as_deref())
        .collect();
    !places.is_empty()
        && !places
            .iter()
            .any(|other| *other == place || lies_in(place, other) || lies_in(other, place))
}

/// Whether a place is known to lie in another.
fn lies_in(place: &str, larger: &str) -> bool {
    variorum_text::lexicon::place(place).is_some_and(|of| of == larger)
        || variorum_text::lexicon::party(larger)
            .is_some_and(|party| party.capital.as_deref() == Some(place))
}

/// Joins groups of different dates that plainly mean one event.
fn across_days(mentions: &[Mention<'_>], groups: &mut Vec<Vec<usize>>) {
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let evidence = conflict(mentions, &groups[a], &groups[b]);
                if evidence > best.map_or(0.0, |(score, _, _)| score) {
                    best = Some((evidence, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { return };
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
}

/// How strong the evidence is that two groups with different dates mean one event; 0 when it is not
/// enough to tell a reader that the reports disagree.
fn conflict(mentions: &[Mention<'_>], a: &[usize], b: &[usize]) -> f32 {
    let reports = |group: &[usize]| -> BTreeSet<usize> {
        group.iter().map(|&i| mentions[i].member).collect()
    };
    let near = a.iter().take(COMPARED).any(|&i| {
        b.iter().take(COMPARED).any(|&j| {
            days_between(mentions[i].date.first(), mentions[j].date.first()).abs() <= DAYS_APART
        })
    });
    if !near {
        return 0.0;
    }
    // A report that tells both knows them as two.
    if !reports(a).is_disjoint(&reports(b)) {
        return 0.0;
    }
    if a.iter().any(|&i| places_differ(mentions, b, i)) {
        return 0.0;
    }
    let pairs = a
        .iter()
        .flat_map(|&i| b.iter().map(move |&j| (&mentions[i], &mentions[j])));
    pairs.map(|(x, y)| pair_conflict(x, y)).fold(0.0, f32::max)
}

fn pair_conflict(a: &Mention<'_>, b: &Mention<'_>) -> f32 {
    let days = a.date.precision() == Precision::Day && b.date.precision() == Precision::Day;
    let apart = (days_between(a.date.first(), b.date.first())).abs();
    let same_kind = a.kind.is_some() && a.kind == b.kind;
    if !days || apart == 0 || apart > DAYS_APART || !same_kind {
        return 0.0;
    }
    let near = match (a.published, b.published) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= PUBLISHED_APART,
        _ => false,
    };
    if !near {
        return 0.0;
    }
    let ahead = |m: &Mention<'_>| {
        m.event.status == EventStatus::Scheduled || m.published.is_some_and(|p| p < m.date.first())
    };
    let unique = a.kind.is_some_and(|kind| UNIQUE.contains(&kind.name()));
    let alike = a.words_alike(b);
    let shared = a.shared(b);
    let most = a.participants.len().max(b.participants.len());
    let same_place = a.event.place.is_some() && a.event.place == b.event.place;
    // Nearly all who take part are the same two or more.
    let same_people = shared >= 2 && shared * 4 >= most * 3;
    if ahead(a) && ahead(b) {
        let joined = same_people
            || (same_place
                && (shared > 0 || a.participants.is_empty() || b.participants.is_empty()));
        return if joined {
            1.0 + alike + shared as f32 * 0.2
        } else {
            0.0
        };
    }
    // Both look back: only what comes once, in the same words.
    if unique && alike >= 0.6 && (same_place || shared > 0) {
        alike
    } else {
        0.0
    }
}

fn days_between(a: jiff::civil::Date, b: jiff::civil::Date) -> i32 {
    a.until((jiff::Unit::Day, b))
        .map_or(i32::MAX / 2, |span| span.get_days())
}
