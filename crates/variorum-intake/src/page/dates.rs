//! When a page was published and updated: the choice among all dates that it gives.
//!
//! The page's own data comes first, then a line beside the headline, then the day in the address,
//! then what stands farther off. An instant in UTC gives way to the day of the place where the page
//! was published. Where a page gives no day of publication, the day that readers are told it was
//! last edited stands for it, for so it read on that day. A date before 1990 is not believed, nor is
//! an update before publication.

use variorum_model::{Moment, Place};

use super::facts::Found;
use super::marks::{Marks, is_apart, short_words};
use super::meta::{Field, Metas};
use super::shown::{Shown, Stands, machine_text, shown};
use super::tags::Tag;
use super::tree::{NodeId, Tree};
use super::words::WORDS;
pub(super) use super::written::Role;
use super::written::{of_address, read};

/// When the page was published and updated.
pub(super) struct Dates {
    pub published: Option<Found<Moment>>,
    pub updated: Option<Found<Moment>>,
}

/// The dates that the page's data gives, best first.
type Given = Vec<(Role, Found<Moment>)>;

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
    let given = given(tree, marks, metas, data, headline, day_first);
    let published = first(&given, Role::Published);
    let shown = shown(tree, marks, headline, day_first, published.is_some());
    let updated = first(&given, Role::Updated);
    let published = match published {
        Some(data) => {
            let other = earlier(&data, &shown);
            Some(other.unwrap_or_else(|| local(&data, address).unwrap_or(data)))
        }
        None => of_page(tree, address, &shown, day_first),
    };
    let last = |shown: &[Shown]| {
        let edited = shown.iter().find(|shown| shown.role == Role::Updated)?;
        Some(edited.found.clone())
    };
    let edited = last(&shown);
    let published = published.or_else(|| edited.clone()).or_else(|| {
        // The head of a page that was written by hand.
        let by_hand = |found: &&Found<Moment>| found.from == Place::Meta;
        updated.as_ref().filter(by_hand).cloned()
    });
    let updated = updated.or(edited).filter(|updated| {
        published
            .as_ref()
            .is_none_or(|published| updated.value.date() >= published.value.date())
    });
    Dates { published, updated }
}

fn first(given: &Given, role: Role) -> Option<Found<Moment>> {
    let found = given.iter().find(|(r, _)| *r == role);
    found.map(|(_, found)| found.clone())
}

/// What the page's data gives: JSON-LD, metas, microdata.
fn given(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    data: &[(Role, String)],
    headline: Option<NodeId>,
    day_first: bool,
) -> Given {
    let mut given: Given = Vec::new();
    let mut add = |role: Role, text: &str, from: Place| {
        let value = read(text, day_first);
        given.extend(value.map(|value| (role, Found { value, from })));
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
    given
}

/// The day of publication of a page whose data gives none.
fn of_page(
    tree: &Tree<'_>,
    address: Option<&str>,
    shown: &[Shown],
    day_first: bool,
) -> Option<Found<Moment>> {
    let published = || shown.iter().filter(|shown| shown.role == Role::Published);
    let beside = published().find(|shown| shown.stands == Stands::Beside);
    if let Some(day) = address.and_then(of_address) {
        let of_address = Found {
            value: Moment::day(day),
            from: Place::Address,
        };
        // A line beside the headline tells the hour too; one that tells of another day must say
        // what it is. "03/10/2023" is read as the address has it.
        let same = |shown: &&Shown| {
            let own = shown.found.value.date();
            let apart = day.since(own).map_or(i32::MAX, |span| span.get_days());
            apart.abs() <= 1 || shown.labelled
        };
        let turned = |shown: &&Shown| {
            let own = shown.found.value.date();
            (own.month(), own.day(), own.year()) == (day.day(), day.month(), day.year())
        };
        return Some(match beside.filter(|shown| same(shown) && !turned(shown)) {
            Some(shown) => shown.found.clone(),
            None => of_address,
        });
    }
    let beside = beside.or_else(|| published().find(|shown| shown.labelled));
    if let Some(shown) = beside {
        return Some(shown.found.clone());
    }
    if let Some(value) = of_scripts(tree, day_first) {
        let from = Place::JsonLd;
        return Some(Found { value, from });
    }
    let named = |shown: &&Shown| shown.stands == Stands::Near && shown.found.from != Place::Text;
    if let Some(near) = published().find(named) {
        return Some(near.found.clone());
    }
    // Farther off, several days are those of several pages.
    let mut rest = published();
    let only = rest.next()?;
    rest.all(|shown| shown.found.value.date() == only.found.value.date())
        .then(|| only.found.clone())
}

/// A date beside the headline, where all dates there are before that of the data: some systems
/// give the day when a page was last built for that of its publication.
fn earlier(data: &Found<Moment>, shown: &[Shown]) -> Option<Found<Moment>> {
    let beside = |shown: &&Shown| {
        let sure = shown.alone || shown.labelled;
        sure && shown.stands == Stands::Beside && shown.role == Role::Published
    };
    let mut beside = shown.iter().filter(beside);
    let first = beside.next()?;
    // A day's difference is one of time zones.
    let last = data.value.date().yesterday().ok()?;
    let before = |shown: &Shown| shown.found.value.date() < last;
    (before(first) && beside.all(before)).then(|| first.found.clone())
}

/// The day in the address, where that is another than the day of an instant in UTC: it is the day
/// of the place where the page was published.
fn local(data: &Found<Moment>, address: Option<&str>) -> Option<Found<Moment>> {
    let instant = data.value.to_string();
    let hour = instant.strip_suffix('Z')?.get("2022-01-07T".len()..)?;
    let day = address.and_then(of_address).map(|day| Found {
        value: Moment::day(day),
        from: Place::Address,
    });
    day.filter(|day| {
        let span = day.value.date().since(data.value.date());
        // Zones reach twelve hours to the west of Greenwich, and fourteen to the east.
        match span.map_or(0, |span| span.get_days()) {
            -1 => hour < "12",
            1 => hour >= "10",
            _ => false,
        }
    })
}

/// The one day that the page's scripts call that of publication: pages that scripts fill in keep
/// it there.
fn of_scripts(tree: &Tree<'_>, day_first: bool) -> Option<Moment> {
    let mut found: Option<Moment> = None;
    for key in &WORDS.script_keys {
        let finder = memchr::memmem::Finder::new(key.as_bytes());
        for at in finder.find_iter(tree.source.as_bytes()) {
            let Some(value) = tree.source.get(at + key.len()..) else {
                continue;
            };
            let Some(moment) = script_value(value).and_then(|text| read(&text, day_first)) else {
                continue;
            };
            if found.is_some_and(|found| found.date() != moment.date()) {
                return None;
            }
            found = found.or(Some(moment));
        }
    }
    found
}

/// The value behind a key of a script, which may stand in an attribute or in a string itself.
fn script_value(rest: &str) -> Option<String> {
    const QUOTES: [&str; 3] = ["\\\"", "\"", "&quot;"];
    let quote = QUOTES.iter().find(|quote| rest.starts_with(**quote))?;
    let rest = rest.get(quote.len()..)?.trim_start().strip_prefix(':')?;
    let rest = rest.trim_start().strip_prefix(quote)?;
    let end = rest.find(quote).filter(|&end| end <= 40)?;
    rest.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests;
