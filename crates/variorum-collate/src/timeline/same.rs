//! Which mentions mean one event.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use variorum_model::{EventStatus, PartialDate, Precision};

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

/// With how many groups of its time a group or mention is compared at most: more than any real story has.
const GROUPS: usize = 256;
/// How many mentions of two groups are held against each other.
const CONFLICTING: usize = 64;

/// Mentions that mean one event.
#[derive(Debug, Default)]
struct Group<'a> {
    mentions: Vec<usize>,
    /// Where they put it.
    places: BTreeSet<&'a str>,
    /// Their reports.
    reports: BTreeSet<usize>,
    /// The first and the last day on which one of their dates begins.
    days: Option<(Date, Date)>,
}

impl<'a> Group<'a> {
    fn push(&mut self, mentions: &'a [Mention<'_>], at: usize) {
        let mention = &mentions[at];
        self.mentions.push(at);
        self.places.extend(mention.event.place.as_deref());
        self.reports.insert(mention.member);
        let day = mention.date.first();
        let (first, last) = self.days.unwrap_or((day, day));
        self.days = Some((first.min(day), last.max(day)));
    }

    fn extend(&mut self, mentions: &'a [Mention<'_>], other: &Group<'_>) {
        for &at in &other.mentions {
            self.push(mentions, at);
        }
    }

    /// The date of its first mention.
    fn date(&self, mentions: &[Mention<'_>]) -> Option<PartialDate> {
        self.mentions.first().map(|&at| mentions[at].date)
    }

    /// Whether a mention puts the event elsewhere than the group does.
    fn is_not_at(&self, mention: &Mention<'_>) -> bool {
        let Some(place) = mention.event.place.as_deref() else {
            return false;
        };
        let same = |other: &&str| *other == place || lies_in(place, other) || lies_in(other, place);
        !self.places.is_empty() && !self.places.contains(place) && !self.places.iter().any(same)
    }
}

/// Groups of indexes into `mentions`, in text order; each group is one event.
pub(super) fn events(mentions: &[Mention<'_>]) -> Vec<Vec<usize>> {
    let groups = on_one_day(mentions);
    let groups = merge_alike(mentions, groups);
    let groups = across_days(mentions, groups);
    let groups = join_months(mentions, groups);
    let mut events: Vec<Vec<usize>> = groups.into_iter().map(|group| group.mentions).collect();
    for event in &mut events {
        event.sort_unstable();
    }
    events.sort();
    events
}

/// Groups of mentions that give the same date.
fn on_one_day<'a>(mentions: &'a [Mention<'_>]) -> Vec<Group<'a>> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    // Lines that name most come first, so that bare ones ("the meeting") join what fits best.
    order.sort_by_key(|&i| {
        let m = &mentions[i];
        let named = m.participants.len().min(3) + usize::from(m.event.place.is_some());
        (m.date, Reverse(named), i)
    });
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut first_of_date = 0;
    for &i in &order {
        let mention = &mentions[i];
        let last = groups.last().and_then(|group| group.date(mentions));
        if last != Some(mention.date) {
            first_of_date = groups.len();
        }
        let best = (first_of_date.max(groups.len().saturating_sub(GROUPS))..groups.len())
            .filter(|&g| !groups[g].is_not_at(mention))
            .filter_map(|g| {
                let compared = groups[g].mentions.iter().take(COMPARED);
                let scores = compared.map(|&j| likeness(mention, &mentions[j]));
                let best = scores.max_by(f32::total_cmp)?;
                (best > 0.0).then_some((g, best))
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let at = best.map_or(groups.len(), |(group, _)| group);
        if at == groups.len() {
            groups.push(Group::default());
        }
        groups[at].push(mentions, i);
    }
    groups
}

/// Joins groups of one date that grew from two beginnings and plainly mean one event.
fn merge_alike<'a>(mentions: &'a [Mention<'_>], groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let mut merged: Vec<Group<'_>> = Vec::new();
    let mut first_of_date = 0;
    for group in groups {
        let last = merged.last().and_then(|last| last.date(mentions));
        if last != group.date(mentions) {
            first_of_date = merged.len();
        }
        let first = first_of_date.max(merged.len().saturating_sub(GROUPS));
        let fits = |other: &Group<'_>| is_surely(mentions, &group, other);
        match merged[first..].iter().position(fits) {
            Some(at) => merged[first + at].extend(mentions, &group),
            None => merged.push(group),
        }
    }
    merged
}

/// "Talks next week" are those of Thursday, when only one happening of that time is like them.
fn join_months<'a>(mentions: &'a [Mention<'_>], groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let precision = |group: &Group<'_>| group.date(mentions).map(PartialDate::precision);
    let (wide, mut days): (Vec<_>, Vec<_>) = groups
        .into_iter()
        .partition(|group| precision(group) == Some(Precision::Month));
    // The groups of each day of a month, in their order.
    let month = |group: &Group<'_>| group.date(mentions).map(|d| d.first().first_of_month());
    let mut of_month: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    for (at, group) in days.iter().enumerate() {
        if precision(group) == Some(Precision::Day) {
            of_month.entry(month(group)).or_default().push(at);
        }
    }
    for group in wide {
        let near = of_month.get(&month(&group)).into_iter().flatten();
        let mut fits = near
            .take(GROUPS)
            .filter(|&&day| is_surely(mentions, &group, &days[day]));
        match (fits.next(), fits.next()) {
            (Some(&day), None) => days[day].extend(mentions, &group),
            _ => days.push(group),
        }
    }
    days
}

/// Whether two groups plainly mean one event.
fn is_surely(mentions: &[Mention<'_>], group: &Group<'_>, other: &Group<'_>) -> bool {
    let mut compared = group.mentions.iter().take(COMPARED);
    !compared.any(|&i| other.is_not_at(&mentions[i])) && closeness(mentions, group, other) >= SURE
}

/// How alike the likest mentions of two groups are.
fn closeness(mentions: &[Mention<'_>], a: &Group<'_>, b: &Group<'_>) -> f32 {
    let b = || b.mentions.iter().take(COMPARED);
    let pairs = a
        .mentions
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

/// Whether a place is known to lie in another.
fn lies_in(place: &str, larger: &str) -> bool {
    variorum_text::lexicon::place(place).is_some_and(|of| of == larger)
        || variorum_text::lexicon::party(larger)
            .is_some_and(|party| party.capital.as_deref() == Some(place))
}

/// Joins groups of different dates that plainly mean one event, the surest two first.
fn across_days<'a>(mentions: &'a [Mention<'_>], groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let mut groups: Vec<Option<Group<'_>>> = groups.into_iter().map(Some).collect();
    let mut evidence = Evidence::default();
    let weigh = |groups: &[Option<Group<'_>>], a: usize, b: usize| match (&groups[a], &groups[b]) {
        (Some(a), Some(b)) => conflict(mentions, a, b),
        _ => 0.0,
    };
    for a in 0..groups.len() {
        for b in a + 1..groups.len().min(a + GROUPS) {
            evidence.set((a, b), weigh(&groups, a, b));
        }
    }
    while let Some((a, b)) = evidence.strongest() {
        let moved = groups[b].take();
        if let (Some(group), Some(moved)) = (&mut groups[a], moved) {
            group.extend(mentions, &moved);
        }
        for one in [a, b] {
            for other in one.saturating_sub(GROUPS - 1)..groups.len().min(one + GROUPS) {
                if other != one {
                    let (first, second) = (one.min(other), one.max(other));
                    evidence.set((first, second), weigh(&groups, first, second));
                }
            }
        }
    }
    groups.into_iter().flatten().collect()
}

/// For two groups each that are near in the list, which is in the order of dates, how sure it is that they mean one
/// event; only of those that may.
#[derive(Default)]
struct Evidence {
    of: BTreeMap<(usize, usize), u32>,
    /// The same by strength; of equals the first two groups are last.
    ranked: BTreeSet<(u32, Reverse<(usize, usize)>)>,
}

impl Evidence {
    fn set(&mut self, pair: (usize, usize), evidence: f32) {
        // The bits of numbers above 0 are in the order of the numbers.
        let bits = if evidence > 0.0 {
            evidence.to_bits()
        } else {
            0
        };
        if let Some(before) = self.of.remove(&pair) {
            self.ranked.remove(&(before, Reverse(pair)));
        }
        if bits > 0 {
            self.of.insert(pair, bits);
            self.ranked.insert((bits, Reverse(pair)));
        }
    }

    fn strongest(&self) -> Option<(usize, usize)> {
        self.ranked.last().map(|(_, Reverse(pair))| *pair)
    }
}

/// How strong the evidence is that two groups with different dates mean one event; 0 when it is not
/// enough to tell a reader that the reports disagree.
fn conflict(mentions: &[Mention<'_>], a: &Group<'_>, b: &Group<'_>) -> f32 {
    let (Some(of_a), Some(of_b)) = (a.days, b.days) else {
        return 0.0;
    };
    let gap = |earlier: (Date, Date), later: (Date, Date)| days_between(earlier.1, later.0);
    if gap(of_a, of_b) > DAYS_APART || gap(of_b, of_a) > DAYS_APART {
        return 0.0;
    }
    // A report that tells both knows them as two.
    let (few, many) = if a.reports.len() < b.reports.len() {
        (&a.reports, &b.reports)
    } else {
        (&b.reports, &a.reports)
    };
    if few.iter().any(|report| many.contains(report)) {
        return 0.0;
    }
    let near = a.mentions.iter().take(COMPARED).any(|&i| {
        b.mentions.iter().take(COMPARED).any(|&j| {
            days_between(mentions[i].date.first(), mentions[j].date.first()).abs() <= DAYS_APART
        })
    });
    if !near || a.mentions.iter().any(|&i| b.is_not_at(&mentions[i])) {
        return 0.0;
    }
    let held = |group: &Group<'_>| group.mentions.len().min(CONFLICTING);
    let pairs = a.mentions[..held(a)].iter().flat_map(|&i| {
        let others = b.mentions[..held(b)].iter();
        others.map(move |&j| (&mentions[i], &mentions[j]))
    });
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

fn days_between(a: Date, b: Date) -> i32 {
    a.until((jiff::Unit::Day, b))
        .map_or(i32::MAX / 2, |span| span.get_days())
}
