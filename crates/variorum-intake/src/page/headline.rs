//! A page's title, without the name of its site.
//!
//! The headline that readers see is the best title, but a page may have headings of other kinds. So
//! the heading that agrees with what the page's data, its `title` element or its address call it
//! counts; where none does, the data itself.

use std::collections::BTreeSet;

use variorum_model::Place;

use super::facts::Found;
use super::jsonld::plain;
use super::marks::Marks;
use super::meta::{Field, Metas};
use super::tree::{NodeId, Tree};

/// A longer text, in bytes, is no title.
const LONGEST: usize = 400;
/// A heading with more nodes below it was never closed.
const MOST_NODES: u32 = 80;
/// A heading is the title when at least this share of the words of it and of another title agree.
const AGREES: f64 = 0.5;
/// ... or this share, where it is the only heading.
const LEAST: f64 = 0.15;
/// Marks between a title and the name of its site.
const BETWEEN: [&str; 14] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ",
    " || ",
];

/// A title and, where it is a heading, the node.
pub(super) struct Title {
    pub title: Option<Found<String>>,
    pub node: Option<NodeId>,
}

/// Chooses the title. `data` is the headline that JSON-LD gives; `sites` are names of the site.
pub(super) fn title(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    data: Option<String>,
    sites: &[String],
    address: Option<&str>,
) -> Title {
    let headings: Vec<(NodeId, String)> = marks
        .headings
        .iter()
        .filter(|&&id| tree.after(id) - id <= MOST_NODES)
        .filter_map(|&id| Some((id, usable(&tree.words(id))?)))
        .take(20)
        .collect();
    let mut others: Vec<Found<String>> = Vec::new();
    let mut add = |text: &str, from: Place| {
        if let Some(value) = usable(text).map(|text| without_site(&text, sites)) {
            others.push(Found { value, from });
        }
    };
    if let Some(data) = data {
        add(&data, Place::JsonLd);
    }
    for meta in metas.of(Field::Title) {
        let from = if meta.name.starts_with("og:") {
            Place::OpenGraph
        } else {
            Place::Meta
        };
        add(meta.value, from);
    }
    if let Some(id) = marks.title {
        let text: String = tree
            .children(id)
            .map(|child| tree.characters(child))
            .collect();
        add(&text, Place::TitleElement);
    }
    let mut references: Vec<BTreeSet<String>> = others.iter().map(|o| words(&o.value)).collect();
    references.extend(address.map(slug));
    let agreement = |text: &str| {
        let own = words(text);
        references
            .iter()
            .map(|other| shared(&own, other))
            .fold(0.0, f64::max)
    };
    let mut best: Option<(f64, &(NodeId, String))> = None;
    for heading in &headings {
        let score = agreement(&heading.1);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, heading));
        }
    }
    if let Some((score, (id, text))) = best
        && (score >= AGREES || others.is_empty() || is_only(&headings, text, score))
    {
        let value = without_label(&without_site(text, sites));
        let value = without_kicker(&value, &others).unwrap_or(value);
        let title = Some(Found {
            value,
            from: Place::Heading,
        });
        return Title {
            title,
            node: Some(*id),
        };
    }
    // A lower heading may be the title where it says the same as the data.
    let node = marks.subheadings.iter().take(40).copied().find(|&id| {
        tree.after(id) - id <= MOST_NODES && {
            let own = words(&tree.words(id));
            others
                .iter()
                .any(|other| shared(&own, &words(&other.value)) >= 0.8)
        }
    });
    Title {
        title: others.into_iter().next(),
        node,
    }
}

/// The page's one heading, if it is as long as headlines are and says a little of what others say.
fn is_only(headings: &[(NodeId, String)], text: &str, score: f64) -> bool {
    headings.len() == 1 && score >= LEAST && text.split_whitespace().count() >= 4
}

/// A heading without a kicker in front of, or brackets behind, what the data calls it
/// ("Blog: ...", "... (example.com)").
fn without_kicker(title: &str, others: &[Found<String>]) -> Option<String> {
    let whole = title.to_lowercase();
    let within = |other: &&Found<String>| {
        let part = other.value.to_lowercase();
        let behind = whole.strip_prefix(&part).map(str::trim_start);
        let before = whole.strip_suffix(&part).map(str::trim_end);
        part.split_whitespace().count() >= 4
            && (behind.is_some_and(|rest| rest.starts_with('('))
                || before.is_some_and(|rest| rest.ends_with(':')))
    };
    others.iter().find(within).map(|other| other.value.clone())
}

fn usable(text: &str) -> Option<String> {
    if text.len() > 4 * LONGEST {
        return None;
    }
    let text = plain(text)?;
    (text.len() <= LONGEST && text.chars().any(char::is_alphanumeric)).then_some(text)
}

/// The words of a text, in lower case.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase().replace(['\'', '’'], "");
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of an address's longest part.
fn slug(address: &str) -> BTreeSet<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let part = path.split('/').skip(3).max_by_key(|part| part.len());
    words(part.unwrap_or_default())
}

/// The share of the words of both that both have.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / longest as f64
}

/// The letters and digits of a name, in lower case.
pub(super) fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_site(part: &str, sites: &[String]) -> bool {
    let part = letters(part);
    let bare = part.strip_prefix("the").unwrap_or(&part);
    // "Letter from Ashford #18" is the title of an issue.
    let numbered =
        part.chars().any(|c| c.is_ascii_digit()) && !sites.iter().any(|site| letters(site) == part);
    !bare.is_empty()
        && !numbered
        && sites.iter().any(|site| {
            let site = letters(site);
            let site = site.strip_prefix("the").unwrap_or(&site);
            site == bare
                || (bare.len() >= 4 && 2 * bare.len() >= site.len() && site.contains(bare))
                || (site.len() >= 4 && 5 * site.len() >= 3 * bare.len() && bare.contains(site))
        })
}

/// A title without the site's name at its end or front, and without a section's name between.
pub(super) fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let Some((at, mark)) = BETWEEN
            .iter()
            .filter_map(|m| Some((title.rfind(m)?, *m)))
            .max()
        else {
            break;
        };
        let (front, end) = (title.get(..at), title.get(at + mark.len()..));
        let (Some(front), Some(end)) = (front, end) else {
            break;
        };
        let few = end.split_whitespace().count() <= 4 && front.split_whitespace().count() >= 3;
        if (is_site(end, sites) && end.split_whitespace().count() <= 9) || (mark == " | " && few) {
            title = front.trim();
        } else {
            break;
        }
    }
    for _ in 0..2 {
        let first = BETWEEN
            .iter()
            .filter_map(|m| Some((title.find(m)?, *m)))
            .min();
        if let Some((at, mark)) = first
            && let (Some(front), Some(end)) = (title.get(..at), title.get(at + mark.len()..))
            && is_site(front, sites)
            && end.split_whitespace().count() >= 2
        {
            title = end.trim();
        }
    }
    title.to_owned()
}

/// A heading without a label behind a bar ("| Opinion").
fn without_label(title: &str) -> String {
    let label = title.rsplit_once(" | ").filter(|(front, label)| {
        label.split_whitespace().count() <= 3 && front.split_whitespace().count() >= 3
    });
    label.map_or(title, |(front, _)| front.trim()).to_owned()
}
