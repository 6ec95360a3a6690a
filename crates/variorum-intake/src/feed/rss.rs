//! RSS of all ages: 0.9x, 1.0 (which is RDF) and 2.0.
//!
//! What the channel says and its items are read in one walk, wherever they stand: RSS 1.0 has its
//! items beside the channel, RSS 2.0 inside it.

use std::rc::Rc;

use super::Source;
use super::draft::{Draft, Parts, date, joined, person};
use super::markup::{Element, End, Walk};
use super::names::{Ns, Scope};
use super::plain;

/// Reads a feed.
pub(super) fn parts(text: &str, scope: Rc<Scope>) -> Parts {
    let mut parts = Parts::default();
    let through = &["rss", "RSS", "RDF", "channel"];
    let mut walk = Walk::new(text, scope, through, &["item"]);
    for element in &mut walk {
        if element.name == "item" {
            match element.end {
                End::Closed => parts.push(item(&element)),
                End::Missing => parts.broken_off(),
            }
            continue;
        }
        let slot = match (element.ns, element.name) {
            (Ns::Plain, "title") => &mut parts.title,
            (Ns::Plain, "link") if parts.home.is_none() => {
                parts.home = element.text();
                continue;
            }
            (Ns::Plain | Ns::Dc, "language") => &mut parts.language,
            _ => continue,
        };
        if slot.is_none() {
            *slot = element.line();
        }
        parts.language = parts.language.or_else(|| element.scope.language.clone());
    }
    parts.ends(walk.closed);
    parts
}

/// The parts of an item, those of the better vocabulary apart from the others.
#[derive(Default)]
struct Item {
    guid: Option<String>,
    guid_is_link: bool,
    about: Option<String>,
    original: Option<String>,
    link: Option<String>,
    atom_link: Option<String>,
    title: Option<String>,
    other_title: Option<String>,
    creators: Vec<String>,
    authors: Vec<String>,
    published: [Option<String>; 4],
    updated: [Option<String>; 2],
    language: Option<String>,
    credit: Option<Source>,
    content: [Option<String>; 3],
    description: Option<String>,
}

fn item(element: &Element) -> Draft {
    let mut item = Item {
        about: element.attribute("rdf:about"),
        ..Item::default()
    };
    item.language.clone_from(&element.scope.language);
    for child in element.children() {
        take(&mut item, &child);
    }
    // A guid is the address of the item unless it says that it is not.
    let permalink = item.guid.as_ref().filter(|_| item.guid_is_link).cloned();
    let link = item.original.or(item.link).or(item.atom_link).or(permalink);
    let mut draft = Draft {
        link: link.map(|link| match element.scope.resolve(&link) {
            Some(url) => url.into(),
            None => link,
        }),
        guid: item.guid.or(item.about),
        ..Draft::default()
    };
    let names = |texts: &[String]| joined(texts.iter().filter_map(|text| person(text)));
    draft.entry.title = item.title.or(item.other_title);
    draft.entry.author = names(&item.creators).or_else(|| names(&item.authors));
    draft.entry.published = date(item.published);
    draft.entry.updated = date(item.updated);
    draft.entry.language = item.language;
    draft.entry.credit = item.credit;
    draft.entry.html = item.content.into_iter().flatten().next();
    draft.entry.summary = item.description;
    draft
}

fn take(item: &mut Item, child: &Element) {
    fn set(slot: &mut Option<String>, value: Option<String>) {
        if slot.is_none() {
            *slot = value;
        }
    }
    match (child.ns, child.name) {
        (Ns::Plain, "guid") if item.guid.is_none() => {
            item.guid = child.text();
            item.guid_is_link = child
                .attribute("isPermaLink")
                .is_none_or(|value| !value.eq_ignore_ascii_case("false"));
        }
        (Ns::Plain, "link") => set(
            &mut item.link,
            child.text().or_else(|| child.attribute("href")),
        ),
        (Ns::Atom, "link") if child.attribute("rel").is_none_or(|rel| rel == "alternate") => {
            set(&mut item.atom_link, child.attribute("href"));
        }
        (Ns::Plain, "title") => set(&mut item.title, child.line()),
        (Ns::Dc | Ns::Atom, "title") => set(&mut item.other_title, child.line()),
        (Ns::Dc, "creator") => item.creators.extend(child.line()),
        (Ns::Plain, "author") => item.authors.extend(child.line()),
        (Ns::Atom, "author") => {
            let names = child.children().filter(|part| part.name == "name");
            item.authors.extend(names.filter_map(|name| name.line()));
        }
        (Ns::Plain, "pubDate" | "pubdate" | "PubDate") => set(&mut item.published[0], child.text()),
        (Ns::Dc, "date") => set(&mut item.published[1], child.text()),
        (Ns::DcTerms, "issued") | (Ns::Atom, "published") => {
            set(&mut item.published[2], child.text());
        }
        (Ns::DcTerms, "created") => set(&mut item.published[3], child.text()),
        (Ns::Atom | Ns::Plain, "updated") => set(&mut item.updated[0], child.text()),
        (Ns::DcTerms, "modified") => set(&mut item.updated[1], child.text()),
        (Ns::Dc, "language") => item.language = child.line().or_else(|| item.language.take()),
        (Ns::Plain, "source") if item.credit.is_none() => {
            item.credit = Some(Source {
                name: child.line(),
                url: child.attribute("url"),
            });
        }
        (Ns::Content, "encoded") => set(&mut item.content[0], child.html()),
        (Ns::Xhtml, "body" | "div") => set(&mut item.content[1], child.html()),
        (Ns::Plain | Ns::Dc, "description") => set(&mut item.description, child.html()),
        (Ns::Other, "origLink") if child.prefix == "feedburner" => {
            set(&mut item.original, child.text());
        }
        (Ns::Other, "full-text") if child.prefix == "yandex" => {
            set(
                &mut item.content[2],
                child.text().map(|text| plain::html(&text)),
            );
        }
        _ => {}
    }
}
