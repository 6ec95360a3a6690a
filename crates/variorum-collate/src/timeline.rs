//! The same event across reports.
//!
//! 1. `mentions`: every dated event of every report, with what tells it from others: the kind of
//!    happening, who takes part, where, the words.
//! 2. `same`: which mentions mean one event. On one day likeness is enough; across days it takes
//!    much more, because a false conflict of dates costs more trust than a missed one.
//! 3. Here: an entry for each event, and a disagreement where its dates conflict.

mod mentions;
mod same;

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::id::content_id;
use variorum_model::{
    Agreement, Disagreement, DisagreementKind, EventMention, EventStatus, PartialDate, Precision,
    Side, TimelineEntry,
};

use crate::{Member, origin_count};
use mentions::Mention;

/// How many mentions of one report on one date an entry shows.
const SHOWN: usize = 6;

/// The timeline of a story, and where its dates differ plainly.
pub(crate) fn timeline(members: &[Member<'_>]) -> (Vec<TimelineEntry>, Vec<Disagreement>) {
    let mentions = mentions::mentions(members);
    let mut entries = Vec::new();
    let mut disagreements = Vec::new();
    for event in same::events(&mentions) {
        let of: Vec<&Mention<'_>> = event.iter().map(|&i| &mentions[i]).collect();
        let entry = entry(members, &of);
        if !is_worth_reading(&of, &entry) {
            continue;
        }
        disagreements.extend(disagreement(members, &of, &entry));
        entries.push(entry);
    }
    entries.sort_by(|a: &TimelineEntry, b| {
        (a.date, std::cmp::Reverse(a.report_count), &a.what, &a.id).cmp(&(
            b.date,
            std::cmp::Reverse(b.report_count),
            &b.what,
            &b.id,
        ))
    });
    // One id, one line.
    let mut ids = BTreeSet::new();
    entries.retain(|entry| ids.insert(entry.id.clone()));
    disagreements.retain(|d| ids.contains(&d.about));
    (entries, disagreements)
}

/// A year or a month alone is worth a line only where the happening has a name, those who take part
/// are named, or several reports tell it.
fn is_worth_reading(mentions: &[&Mention<'_>], entry: &TimelineEntry) -> bool {
    let told = mentions
        .iter()
        .any(|m| m.kind.is_some() || !m.participants.is_empty());
    entry.precision == Precision::Day || told || entry.report_count > 1
}

fn entry(members: &[Member<'_>], mentions: &[&Mention<'_>]) -> TimelineEntry {
    let date = agreed_date(members, mentions);
    let reports: BTreeSet<usize> = mentions.iter().map(|m| m.member).collect();
    let best = best(mentions.iter().copied().filter(|m| m.date == date));
    let what = best.map_or(String::new(), |m| m.event.what.clone());
    let mut participants: Vec<String> = Vec::new();
    for name in best.iter().flat_map(|m| &m.event.participants) {
        participants.push(name.clone());
    }
    let mut carried: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
    for mention in mentions {
        for name in &mention.event.participants {
            carried.entry(name).or_default().insert(mention.member);
        }
    }
    for name in mentions.iter().flat_map(|m| &m.event.participants) {
        // Looked at once, where it is met first.
        let Some(carried) = carried.remove(name) else {
            continue;
        };
        if carried.len() * 2 >= reports.len() && !participants.contains(name) {
            participants.push(name.clone());
        }
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for place in mentions.iter().filter_map(|m| m.event.place.as_deref()) {
        *places.entry(place).or_default() += 1;
    }
    let place = places
        .iter()
        .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    let latest = mentions.iter().max_by_key(|m| {
        (
            members[m.member].published,
            std::cmp::Reverse(m.member),
            status_rank(m.event.status),
        )
    });
    TimelineEntry {
        id: content_id(
            "e",
            &[&date.to_string(), &what, place.map_or("", |(name, _)| name)],
        ),
        date,
        precision: date.precision(),
        what,
        participants,
        place: place.map(|(name, _)| (*name).to_owned()),
        status: latest.map_or(EventStatus::Held, |m| m.event.status),
        agree: agreement(members, mentions),
        report_count: reports.len(),
        origin_count: origin_count(members, lines(mentions.iter().copied())),
        mentions: shown(members, mentions),
    }
}

/// The report of each mention, and the medium that it names.
fn lines<'m, 'a: 'm>(
    mentions: impl Iterator<Item = &'m Mention<'a>>,
) -> impl Iterator<Item = (usize, Option<&'m str>)> {
    mentions.map(|m| (m.member, m.event.via.as_deref()))
}

/// Called off and put off outweigh the rest when one report tells both.
fn status_rank(status: EventStatus) -> u8 {
    match status {
        EventStatus::Held => 0,
        EventStatus::Scheduled => 1,
        EventStatus::Postponed => 2,
        EventStatus::Cancelled => 3,
    }
}

/// The date that most origins give, a day before a month; of equals the one that most reports give, then the earliest.
fn agreed_date(members: &[Member<'_>], mentions: &[&Mention<'_>]) -> PartialDate {
    let dates: BTreeSet<PartialDate> = mentions.iter().map(|m| m.date).collect();
    let support = |date: PartialDate| {
        let of = || mentions.iter().copied().filter(|m| m.date == date);
        let reports: BTreeSet<usize> = of().map(|m| m.member).collect();
        (
            std::cmp::Reverse(date.precision()),
            origin_count(members, lines(of())),
            reports.len(),
            std::cmp::Reverse(date),
        )
    };
    dates
        .into_iter()
        .max_by_key(|date| support(*date))
        .unwrap_or_else(|| mentions[0].date)
}

/// The mention whose words stand best for the event.
fn best<'m, 'a>(mentions: impl Iterator<Item = &'m Mention<'a>>) -> Option<&'m Mention<'a>>
where
    'a: 'm,
{
    mentions.max_by_key(|m| (m.score, std::cmp::Reverse((m.member, m.event.start))))
}

fn agreement(members: &[Member<'_>], mentions: &[&Mention<'_>]) -> Agreement {
    let dates: BTreeSet<PartialDate> = mentions.iter().map(|m| m.date).collect();
    if dates.len() < 2 {
        return Agreement::Same;
    }
    let meet_all = |a: &PartialDate| dates.iter().all(|b| a.meets(*b));
    if dates.iter().all(meet_all) {
        return Agreement::Compatible;
    }
    // A report that puts the event off has the later date; those before it were right in their day.
    let published = |m: &&Mention<'_>| members[m.member].published;
    let latest = (
        mentions.iter().map(|m| m.date).max(),
        mentions.iter().map(published).max(),
    );
    let moved = mentions.iter().any(|m| {
        m.event.status == EventStatus::Postponed && (Some(m.date), Some(published(m))) == latest
    });
    if moved {
        Agreement::Updated
    } else {
        Agreement::Conflict
    }
}

fn shown(members: &[Member<'_>], mentions: &[&Mention<'_>]) -> Vec<EventMention> {
    let mut ranked: Vec<&&Mention<'_>> = mentions.iter().collect();
    ranked.sort_by_key(|m| (m.member, std::cmp::Reverse(m.score), m.event.start));
    let mut counts: BTreeMap<(usize, PartialDate), usize> = BTreeMap::new();
    ranked.retain(|m| {
        let count = counts.entry((m.member, m.date)).or_default();
        *count += 1;
        *count <= SHOWN
    });
    ranked
        .into_iter()
        .map(|m| EventMention {
            evidence: members[m.member].evidence(m.event.span()),
            date: m.date,
            status: m.event.status,
            origin: members[m.member].origin.clone(),
            via: m.event.via.clone(),
        })
        .collect()
}

fn disagreement(
    members: &[Member<'_>],
    mentions: &[&Mention<'_>],
    entry: &TimelineEntry,
) -> Option<Disagreement> {
    if entry.agree != Agreement::Conflict {
        return None;
    }
    // "Talks next week" takes neither side.
    let finest = mentions.iter().map(|m| m.date.precision()).min()?;
    let dates: BTreeSet<PartialDate> = mentions
        .iter()
        .map(|m| m.date)
        .filter(|date| date.precision() == finest)
        .collect();
    let mut sides: Vec<Side> = dates
        .into_iter()
        .map(|date| {
            let of = mentions.iter().filter(|m| m.date == date);
            let reports: BTreeSet<usize> = of.clone().map(|m| m.member).collect();
            let evidence = reports.iter().filter_map(|&r| {
                let own = of.clone().copied().filter(|m| m.member == r);
                best(own).map(|m| members[r].evidence(m.event.span()))
            });
            Side {
                value: date.to_string(),
                evidence: evidence.collect(),
                origin_count: origin_count(members, lines(of.clone().copied())),
                reports: reports
                    .iter()
                    .map(|&r| members[r].report.id.clone())
                    .collect(),
            }
        })
        .collect();
    sides.sort_by(|a, b| {
        (b.origin_count, b.reports.len(), &a.value).cmp(&(
            a.origin_count,
            a.reports.len(),
            &b.value,
        ))
    });
    let values: Vec<&str> = sides.iter().map(|side| side.value.as_str()).collect();
    Some(Disagreement {
        id: content_id("d", &[&["date", entry.id.as_str()], &values[..]].concat()),
        kind: DisagreementKind::Date,
        what: entry.what.clone(),
        about: entry.id.clone(),
        sides,
    })
}

#[cfg(test)]
mod tests;
