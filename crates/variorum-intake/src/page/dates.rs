//! When a page was published and updated: all dates that it gives, and the choice among them.
//!
//! The page's own data comes first, then microdata and `time` elements, then words that are plainly
//! a date near the headline, then the address. A date before 1990 is not believed, nor is an update
//! before publication.

use jiff::civil::{Date, date};
use variorum_model::Moment;

use variorum_model::Place;

use super::facts::Found;
use super::marks::{Marks, is_apart, short_words};
use super::meta::{Field, Metas};
use super::tags::Tag;
use super::tree::{NodeId, Tree};
use super::words::WORDS;
use crate::dates::{is_any_month, moment};

/// No date, with the words around it, is longer than this many bytes.
const LONGEST: usize = 160;
/// No web page is older.
const FIRST: Date = date(1990, 1, 1);
/// No page that this program reads is newer.
const LAST: Date = date(2100, 1, 1);
/// So many nodes after the headline, and before it, may hold a date in words.
const NEAR: (NodeId, NodeId) = (260, 60);
/// ... and so many are right beside it.
const BESIDE: (NodeId, NodeId) = (120, 40);

/// What a date is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Published,
    Updated,
}

/// When the page was published and updated.
pub(super) struct Dates {
    pub published: Option<Found<Moment>>,
    pub updated: Option<Found<Moment>>,
}

/// The dates that the page's data gives, best first.
type Given = Vec<(Role, Found<Moment>)>;
/// The dates that readers see, those near the headline first, each with whether it stands right
/// beside that.
type Shown = Vec<(Role, Found<Moment>, bool)>;

/// Chooses a page's dates. `data` is what JSON-LD gives, and `headline` where the title stands.
pub(super) fn dates(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    data: &[(Role, String)],
    address: Option<&str>,
    headline: Option<NodeId>,
    day_first: bool,
) -> Dates {
    let mut given: Given = Vec::new();
    let mut add = |role: Role, text: &str, from: Place| {
        if let Some(moment) = read(text, day_first) {
            given.push((
                role,
                Found {
                    value: moment,
                    from,
                },
            ));
        }
    };
    for (role, text) in data {
        add(*role, text, Place::JsonLd);
    }
    for (field, role) in [
        (Field::Published, Role::Published),
        (Field::Updated, Role::Updated),
    ] {
        for meta in metas.of(field) {
            let from = if meta.name.starts_with("article:") || meta.name.starts_with("og:") {
                Place::OpenGraph
            } else {
                Place::Meta
            };
            add(role, meta.value, from);
        }
    }
    for &(id, prop) in &marks.items {
        let role = match prop.to_ascii_lowercase().as_str() {
            "datepublished" | "datecreated" => Role::Published,
            "datemodified" => Role::Updated,
            _ => continue,
        };
        if tree.tag(id) != Some(Tag::Meta) && !is_apart(tree, id, headline) {
            let text = machine_text(tree, id).unwrap_or_else(|| short_words(tree, id));
            add(role, &text, Place::Microdata);
        }
    }
    let has = |given: &Given| given.iter().any(|(role, _)| *role == Role::Published);
    // Where the data gives a date, only those right beside the headline count.
    let only_beside = has(&given);
    let looked_at = |id: NodeId| !only_beside || headline.is_some_and(|h| is_beside(id, h));
    let mut shown: Shown = Vec::new();
    let all = marks.times.iter().copied().filter(|&id| looked_at(id));
    times(tree, all, headline, day_first, &mut shown);
    let all = marks.dates.iter().copied().filter(|&id| looked_at(id));
    named(tree, all, headline, day_first, &mut shown);
    if let Some(headline) = headline {
        let (after, before) = if only_beside { BESIDE } else { NEAR };
        let end = tree.after(headline);
        let after = end..end.saturating_add(after);
        let before = headline.saturating_sub(before)..headline;
        near(
            tree,
            after.chain(before.rev()),
            headline,
            day_first,
            &mut shown,
        );
    }
    if has(&given) {
        let first = earlier(&given, &shown);
        return choice(&first.into_iter().chain(given).collect::<Given>());
    }
    let day = address.and_then(of_address);
    for (role, mut found, _) in shown {
        // "03/10/2023" is read as the address has it.
        if let Some(day) = day
            && (found.value.date().month(), found.value.date().day()) == (day.day(), day.month())
            && found.value.date().year() == day.year()
        {
            found.value = Moment::day(day);
        }
        given.push((role, found));
    }
    if !has(&given)
        && let Some(day) = day
    {
        let value = Moment::day(day);
        given.push((
            Role::Published,
            Found {
                value,
                from: Place::Address,
            },
        ));
    }
    choice(&given)
}

/// A date beside the headline, where all dates there are before that of the data: some systems
/// give the day when a page was last built for that of its publication.
fn earlier(given: &Given, shown: &Shown) -> Option<(Role, Found<Moment>)> {
    let data = given.iter().find(|(role, _)| *role == Role::Published)?;
    let mut beside = shown
        .iter()
        .filter(|(role, _, beside)| *beside && *role == Role::Published);
    let first = beside.next()?;
    // A day's difference is one of time zones.
    let last = data.1.value.date().yesterday().ok()?;
    let before = |found: &Found<Moment>| found.value.date() < last;
    (before(&first.1) && beside.all(|(_, found, _)| before(found)))
        .then(|| (first.0, first.1.clone()))
}

fn choice(given: &[(Role, Found<Moment>)]) -> Dates {
    let first = |role| {
        given
            .iter()
            .find(|(r, _)| *r == role)
            .map(|(_, found)| found.clone())
    };
    let published = first(Role::Published);
    let updated = first(Role::Updated).filter(|updated| {
        published
            .as_ref()
            .is_none_or(|published| updated.value.date() >= published.value.date())
    });
    Dates { published, updated }
}

/// A date of an attribute made for programs.
fn machine_text(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    [
        "datetime",
        "content",
        "data-datetime",
        "data-timestamp",
        "data-time",
    ]
    .iter()
    .find_map(|name| tree.attribute(id, name))
    .filter(|value| !value.is_empty())
    .map(std::borrow::Cow::into_owned)
}

/// Dates of `time` elements: those near the headline first.
fn times(
    tree: &Tree<'_>,
    all: impl Iterator<Item = NodeId>,
    headline: Option<NodeId>,
    day_first: bool,
    given: &mut Shown,
) {
    let mut found: Vec<(bool, Role, Moment, bool)> = Vec::new();
    for id in all.filter(|&id| !is_apart(tree, id, headline)) {
        let machine = machine_text(tree, id).and_then(|text| read(&text, day_first));
        let words = short_words(tree, id);
        let Some(moment) = machine.or_else(|| within(&words, day_first).map(|(_, m)| m)) else {
            continue;
        };
        let role = role_of(tree, id, &words);
        let near = headline.is_none_or(|h| is_near(id, h));
        found.push((
            near,
            role,
            moment,
            headline.is_some_and(|h| is_beside(id, h)),
        ));
    }
    found.sort_by_key(|&(near, ..)| !near);
    given.extend(found.into_iter().map(|(_, role, value, beside)| {
        (
            role,
            Found {
                value,
                from: Place::Time,
            },
            beside,
        )
    }));
}

fn is_near(id: NodeId, headline: NodeId) -> bool {
    id.saturating_add(NEAR.1) >= headline && id <= headline.saturating_add(NEAR.0)
}

fn is_beside(id: NodeId, headline: NodeId) -> bool {
    id.saturating_add(BESIDE.1) >= headline && id <= headline.saturating_add(BESIDE.0)
}

/// What the words in front of a date, or its element's class, call it.
fn role_of(tree: &Tree<'_>, id: NodeId, words: &str) -> Role {
    let class = tree.attribute(id, "class").unwrap_or_default();
    let mut before = String::new();
    if let Some(parent) = tree.above(id).next() {
        let around = short_words(tree, parent);
        if around.len() <= LONGEST {
            let at = around.find(words).unwrap_or(0);
            around.get(..at).unwrap_or_default().clone_into(&mut before);
        }
    }
    let own = words
        .split(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    if says_updated(&class) || says_updated(own) || last_label(&before) {
        Role::Updated
    } else {
        Role::Published
    }
}

fn last_label(before: &str) -> bool {
    let lower = before.to_lowercase();
    let last = |words: &[String]| words.iter().filter_map(|w| lower.rfind(w.as_str())).max();
    match (last(&WORDS.updated), last(&WORDS.published)) {
        (Some(updated), Some(published)) => updated > published,
        (updated, _) => updated.is_some(),
    }
}

fn says_updated(text: &str) -> bool {
    let lower = text.to_lowercase();
    WORDS
        .updated
        .iter()
        .any(|word| lower.contains(word.as_str()))
}

/// Dates in elements whose class or id names one.
fn named(
    tree: &Tree<'_>,
    all: impl Iterator<Item = NodeId>,
    headline: Option<NodeId>,
    day_first: bool,
    given: &mut Shown,
) {
    let mut found: Vec<(bool, Role, Moment, bool)> = Vec::new();
    for id in all {
        if tree.after(id) - id > 60 {
            continue;
        }
        let words = short_words(tree, id);
        if words.len() > LONGEST {
            continue;
        }
        if let Some((role, moment)) = within(&words, day_first)
            && !is_apart(tree, id, headline)
        {
            let near = headline.is_some_and(|h| is_near(id, h));
            found.push((
                near,
                role,
                moment,
                headline.is_some_and(|h| is_beside(id, h)),
            ));
        }
    }
    found.sort_by_key(|&(near, ..)| !near);
    let from = Place::Byline;
    given.extend(
        found
            .into_iter()
            .map(|(_, role, value, beside)| (role, Found { value, from }, beside)),
    );
}

/// Dates in short texts near the headline.
fn near(
    tree: &Tree<'_>,
    all: impl Iterator<Item = NodeId>,
    headline: NodeId,
    day_first: bool,
    given: &mut Shown,
) {
    for id in all {
        if tree.tag(id).is_some() {
            continue;
        }
        let text = tree.characters(id);
        let text = text.trim();
        if text.len() < 6 || text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let Some((role, value)) = label_and_date(text, day_first) else {
            continue;
        };
        let unread = tree
            .above(id)
            .take(3)
            .any(|up| tree.tag(up).is_some_and(Tag::is_unread));
        if !unread && !is_apart(tree, id, Some(headline)) {
            given.push((
                role,
                Found {
                    value,
                    from: Place::Text,
                },
                is_beside(id, headline),
            ));
        }
    }
}

/// A text that is a date, with marks, a label or a name in front of it and little behind it.
fn label_and_date(text: &str, day_first: bool) -> Option<(Role, Moment)> {
    let words = text.split_whitespace().count();
    (words <= 14).then(|| within(text, day_first)).flatten()
}

/// The first date in a short text, and what the words in front of it call it. Where one is said to
/// be of publication, and another of an update, the former.
pub(super) fn within(text: &str, day_first: bool) -> Option<(Role, Moment)> {
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(moment) = read(text, day_first) {
        return Some((
            if says_updated(text) {
                Role::Updated
            } else {
                Role::Published
            },
            moment,
        ));
    }
    let mut found: Option<(Role, Moment)> = None;
    let words: Vec<(usize, &str)> = text
        .split([' ', '|', '\n', '•', '·', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let mut at = 0;
    let mut label_from = 0;
    while let Some(&(start, word)) = words.get(at) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let opens = bare.bytes().any(|b| b.is_ascii_digit()) || is_any_month(bare);
        let longest = (at..(at + 7).min(words.len())).rev();
        let hit = opens
            .then(|| {
                longest.into_iter().find_map(|last| {
                    let &(from, word) = words.get(last)?;
                    let part = text.get(start..from + word.len())?;
                    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
                    Some((read(part, day_first)?, last))
                })
            })
            .flatten();
        if let Some((moment, last)) = hit {
            let updated = last_label(text.get(label_from..start).unwrap_or_default());
            if !updated {
                return Some((Role::Published, moment));
            }
            found = found.or(Some((Role::Updated, moment)));
            label_from = start;
            at = last;
        }
        at += 1;
    }
    found
}

/// Reads a date of a page: as [`moment`] does, and epoch times. `day_first`: in a date of numbers
/// and slashes, the day stands before the month.
pub(super) fn read(text: &str, day_first: bool) -> Option<Moment> {
    let text = text.trim().trim_end_matches("[UTC]");
    let read = epoch(text)
        .or_else(|| {
            day_first
                .then(|| swapped(text))
                .flatten()
                .and_then(|text| moment(&text))
        })
        .or_else(|| moment(text))
        .or_else(|| {
            // A clock time that cannot be read does not spoil the day.
            let day = text.get(..10)?;
            let rest = text.get(10..)?;
            (rest.starts_with(['T', ' ']) && rest.bytes().any(|b| b.is_ascii_digit()))
                .then(|| day.parse().ok())
                .flatten()
        })?;
    (FIRST..LAST).contains(&read.date()).then_some(read)
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Moment> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.get(..10)?.parse().ok()?;
    let time = jiff::Timestamp::from_second(number).ok()?;
    let time = jiff::tz::Offset::UTC.to_datetime(time);
    let clock = |n: i8| u8::try_from(n).ok();
    Moment::at(
        time.date(),
        clock(time.hour())?,
        clock(time.minute())?,
        clock(time.second())?,
        0,
    )
}

/// `19/12/2025` for `12/19/2025`, and the other way round.
fn swapped(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '/' && c != '-');
    let (numbers, rest) = text.split_at(end.unwrap_or(text.len()));
    let mark = if numbers.contains('/') { '/' } else { '-' };
    let mut parts = numbers.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && first.len() <= 2 && second.parse::<u8>().ok()? <= 12;
    fits.then(|| format!("{second}/{first}/{year}{rest}"))
}

/// The day in an address (`/2025/12/19/`, `/2025-12-19-`, `/20251219/`, `/2025/dec/19/`).
pub(super) fn of_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '+']).collect();
    let year = |part: &str| {
        (part.len() == 4)
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let small = |part: &str| (part.len() <= 2).then(|| part.parse::<i8>().ok()).flatten();
    let believed = |day: Date| (FIRST..LAST).contains(&day).then_some(day);
    for (at, part) in parts.iter().enumerate() {
        if part.len() == 8
            && part.bytes().all(|b| b.is_ascii_digit())
            && let Some(day) = moment(part).map(Moment::date).and_then(believed)
        {
            return Some(day);
        }
        let (Some(second), Some(third)) = (parts.get(at + 1), parts.get(at + 2)) else {
            continue;
        };
        let day = match (year(part), small(second), small(third)) {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (Some(_), None, Some(_)) if is_any_month(second) => {
                moment(&format!("{third} {second} {part}")).map(Moment::date)
            }
            _ => None,
        };
        if let Some(day) = day.and_then(believed) {
            return Some(day);
        }
    }
    None
}
