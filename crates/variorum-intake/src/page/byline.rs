//! Who wrote a page: names from its data, else from its byline.

use variorum_model::Place;

use super::facts::Found;
use super::headline::letters;
use super::marks::{Marks, is_apart, short_words};
use super::meta::{Field, Metas};
use super::names::{LONGEST, cleaned, from_line, looks_like_name};
use super::tags::Tag;
use super::tree::{NodeId, Tree};
use super::words::WORDS;

/// A byline stands at most so many nodes behind the headline, or before it.
const NEAR: (NodeId, NodeId) = (300, 80);

/// Chooses the author. `data` are the names that JSON-LD gives, each with whether it is that of an
/// organisation; `sites` are names of the site.
pub(super) fn author(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    data: &[(String, bool)],
    sites: &[String],
    headline: Option<NodeId>,
) -> Option<Found<String>> {
    let own: Vec<String> = sites.iter().map(|site| bare(site)).collect();
    // Desks, feeds and the outlet itself give way to a person.
    let is_site = |name: &str| own.contains(&bare(name)) || is_desk(name);
    let is_person = |name: &str| !is_site(&without_outlet(name, sites));
    let signed = |name: &str| Some(without_outlet(&cleaned(name)?, sites));
    let (mut people, mut groups) = (Vec::new(), Vec::new());
    for (name, group) in data {
        let Some(name) = signed(name) else { continue };
        if *group || is_site(&name) {
            groups.push(name);
        } else {
            people.push(name);
        }
    }
    let mut from = Place::JsonLd;
    let group_from = if groups.is_empty() {
        Place::Meta
    } else {
        Place::JsonLd
    };
    if people.is_empty() {
        from = Place::Meta;
        let mut last: Option<&str> = None;
        for meta in metas.of(Field::Author) {
            // Several metas of one name give several authors.
            if last.is_some_and(|last| last != meta.name) {
                break;
            }
            if meta.name == "twitter:data1" && !is_labelled(marks) {
                continue;
            }
            let Some(name) = signed(meta.value) else {
                continue;
            };
            if is_site(&name) {
                groups.push(name);
            } else {
                last = Some(meta.name);
                people.push(turned(&name));
            }
        }
    }
    if let Some(value) = joined(&people) {
        let fuller = (people.len() == 1)
            .then(|| visible(tree, marks, headline, true, &is_person))
            .flatten()
            .map(|name| without_outlet(&name, sites))
            .filter(|shown| is_fuller(shown, &value));
        return Some(match fuller {
            Some(value) => Found {
                value,
                from: Place::Byline,
            },
            None => Found { value, from },
        });
    }
    let microdata = microdata(tree, marks, headline).map(|mut found| {
        found.value = without_outlet(&found.value, sites);
        found
    });
    let shown = |is_wanted: &dyn Fn(&str) -> bool| {
        let name = visible(tree, marks, headline, false, is_wanted)?;
        Some(Found {
            value: without_outlet(&name, sites),
            from: Place::Byline,
        })
    };
    let is_named = |found: &Found<String>| is_person(&found.value);
    let named = microdata.clone().filter(is_named);
    let named = named.or_else(|| shown(&is_person));
    groups.truncate(1);
    let group = joined(&groups).map(|value| Found {
        value,
        from: group_from,
    });
    named.or(group).or(microdata).or_else(|| shown(&|_| true))
}

/// A name's letters, without an article in front.
fn bare(name: &str) -> String {
    let name = letters(name);
    name.strip_prefix("the").unwrap_or(&name).to_owned()
}

/// Whether a name is that of a desk or a feed ("Valley feed", "Staff", "Web Desk").
fn is_desk(name: &str) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.trim_end_matches('.');
    if lower.contains([',', '&']) || lower.contains(" and ") {
        return false;
    }
    WORDS.desks.iter().any(|desk| {
        lower
            .strip_suffix(desk.as_str())
            .is_some_and(|front| front.is_empty() || front.ends_with([' ', '-', '/']))
    })
}

/// A name without the outlet's behind it ("Jane Doe, The Courier", "Jane Doe THE COURIER").
fn without_outlet(name: &str, sites: &[String]) -> String {
    let starts = name.match_indices(' ').map(|(at, _)| at);
    let mut fronts = starts.filter_map(|at| {
        let end = letters(name.get(at..)?);
        let is_site = end.len() > 2 && sites.iter().any(|site| letters(site) == end);
        let front = name.get(..at)?.trim_end_matches([',', ' ']);
        (is_site && front.contains(' ')).then_some(front)
    });
    fronts.next().unwrap_or(name).to_owned()
}

/// Whether the label that belongs to `twitter:data1` is that of an author.
fn is_labelled(marks: &Marks<'_>) -> bool {
    let label = marks
        .metas
        .iter()
        .find(|(name, _)| name == "twitter:label1");
    label.is_some_and(|(_, label)| {
        let label = label.to_lowercase();
        ["by", "author", "autor", "von", "par", "por", "door"]
            .iter()
            .any(|word| label.contains(word))
    })
}

/// Whether a byline says more than the data: several names, among them the one given, or a name
/// where the data has the name of an account.
fn is_fuller(shown: &str, given: &str) -> bool {
    let several = shown.contains([',', '&']) || shown.contains(" and ");
    if several {
        return shown.contains(given);
    }
    !given.contains(' ')
        && given.is_ascii()
        && shown.split_whitespace().count() >= 2
        && looks_like_name(shown)
        && (given.contains(['.', '_', '-'])
            || given.chars().skip(1).any(char::is_uppercase)
            || given.chars().all(|c| !c.is_uppercase()))
}

/// "Doe, Jane" of a library's metas as "Jane Doe".
fn turned(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given))
            if !given.contains(',')
                && !family.contains(' ')
                && given.split(' ').count() <= 2
                && given.len() > 3 =>
        {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    }
}

fn joined(names: &[String]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for name in names {
        if !all.iter().any(|known| letters(known) == letters(name)) && all.len() < 20 {
            all.push(name);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

fn microdata(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    headline: Option<NodeId>,
) -> Option<Found<String>> {
    let mut names = Vec::new();
    for &(id, prop) in &marks.items {
        if !prop.split(' ').any(|p| p.eq_ignore_ascii_case("author"))
            || is_apart(tree, id, headline)
        {
            continue;
        }
        let inner = tree.below(id).take(60).find(|&below| {
            tree.attribute(below, "itemprop")
                .is_some_and(|p| p == "name")
        });
        let at = inner.unwrap_or(id);
        let text = match tree.attribute(at, "content") {
            Some(content) if !content.is_empty() => content.into_owned(),
            _ => short_words(tree, at),
        };
        names.extend(from_line(&text));
    }
    let value = joined(&names)?;
    Some(Found {
        value,
        from: Place::Microdata,
    })
}

/// The byline that readers see: near the headline, in an element that is named for it, a link to
/// the author, or a line that begins with "By".
fn visible(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    headline: Option<NodeId>,
    only_near: bool,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let name_of = |tree: &Tree<'_>, id: NodeId| name_of(tree, id).filter(|name| is_wanted(name));
    let near = |id: NodeId| headline.is_none_or(|h| id + NEAR.1 >= h && id <= h + NEAR.0);
    let apart = |id: NodeId| is_apart(tree, id, headline);
    let has_name = |id: NodeId| {
        tree.attribute(id, "class")
            .is_some_and(|class| class.to_ascii_lowercase().contains("name"))
    };
    let mut rest: Option<String> = None;
    for (at, &id) in marks.bylines.iter().enumerate() {
        if (only_near && !near(id)) || apart(id) {
            continue;
        }
        let after = tree.after(id);
        let inner = marks
            .bylines
            .iter()
            .skip(at + 1)
            .take_while(|&&other| other < after);
        if !has_name(id) && inner.into_iter().any(|&other| has_name(other)) {
            continue;
        }
        if let Some(name) = name_of(tree, id) {
            if near(id) {
                return Some(name);
            }
            rest = rest.or(Some(name));
        }
    }
    for links in [&marks.author_links, &marks.person_links] {
        let mut names: Vec<(NodeId, String)> = Vec::new();
        for &id in links.iter().filter(|&&id| near(id) && !apart(id)) {
            names.extend(name_of(tree, id).map(|name| (id, name)));
        }
        if let Some(&(first, _)) = names.first() {
            // A second list of them further down repeats the first, or belongs to other articles.
            names.retain(|(id, _)| *id <= first + 40);
            let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
            return joined(&names);
        }
    }
    if let Some(name) = headline.and_then(|headline| by_line(tree, headline, is_wanted)) {
        return Some(name);
    }
    if only_near {
        return None;
    }
    let mut far = marks.author_links.iter().filter(|&&id| !apart(id));
    let far = far.find_map(|&id| name_of(tree, id)).or(rest);
    // Elsewhere, links to the pages of one person only.
    far.or_else(|| {
        let people = marks.person_links.iter().filter(|&&id| !apart(id));
        let mut people: Vec<String> = people.filter_map(|&id| name_of(tree, id)).collect();
        people.dedup();
        people.pop().filter(|_| people.is_empty())
    })
}

fn name_of(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    if tree.after(id) - id > 60 {
        return None;
    }
    let text = tree.words(id);
    let whole = (text.len() <= LONGEST)
        .then(|| from_line(&text))
        .flatten()
        .filter(|name| looks_like_name(name));
    // Links, bold words and headings in a box about the author are names.
    let inner: Vec<String> = tree
        .below(id)
        .skip(1)
        .filter(|&below| {
            tree.tag(below)
                .is_some_and(|tag| matches!(tag, Tag::A | Tag::Strong | Tag::B) || tag.is_heading())
        })
        .filter_map(|below| from_line(&tree.words(below)))
        .filter(|name| looks_like_name(name) && name.contains(' '))
        .collect();
    match (whole, inner.first()) {
        (Some(whole), None) => Some(whole),
        (Some(whole), Some(first)) => {
            let several = whole.contains([',', '&']) || whole.contains(" and ");
            let more = whole.split_whitespace().count() > first.split_whitespace().count();
            Some(if more && !several && whole.contains(first.as_str()) {
                joined(&inner)?
            } else {
                whole
            })
        }
        (None, _) => inner.into_iter().next(),
    }
}

/// A line near the headline that begins with "By".
fn by_line(tree: &Tree<'_>, headline: NodeId, is_wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    let fits = |name: &String| looks_like_name(name) && is_wanted(name);
    let end = tree.after(headline);
    for id in end..end + NEAR.0 {
        if tree.tag(id).is_some() {
            continue;
        }
        let text = tree.characters(id);
        let text = text.trim();
        if text.len() > LONGEST {
            continue;
        }
        let lower = text.to_lowercase();
        let opens = WORDS
            .before_names
            .iter()
            .any(|word| lower.starts_with(word.as_str()) || lower == word.trim_end());
        if !opens || is_apart(tree, id, Some(headline)) {
            continue;
        }
        let parent = tree.above(id).next()?;
        let line = short_words(tree, parent);
        let line = if line.len() <= LONGEST && line.starts_with(text) {
            line
        } else {
            text.to_owned()
        };
        if let Some(name) = from_line(&line).filter(fits) {
            return Some(name);
        }
        let next = tree
            .below(tree.above(id).nth(1)?)
            .skip_while(|&n| n <= id)
            .take(6);
        let found = next
            .filter(|&n| tree.tag(n).is_none())
            .filter_map(|n| from_line(tree.characters(n).trim()))
            .find(fits);
        if found.is_some() {
            return found;
        }
    }
    None
}
