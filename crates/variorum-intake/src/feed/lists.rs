//! Lists of addresses: OPML, sitemaps and indexes of sitemaps.

use std::rc::Rc;

use super::draft::{Draft, Parts};
use super::markup::{Element, End, Token, Tokens, Walk, attributes, name};
use super::names::{Ns, Scope};
use super::plain;

/// Reads a list of feeds. Folders of folders are one list.
pub(super) fn opml(text: &str, scope: &Scope) -> Parts {
    let mut parts = Parts::default();
    let mut tokens = Tokens::new(text, 0);
    let mut closed = false;
    // The title of the list stands in its head, before all outlines.
    let mut in_title = false;
    while let Some((_, token)) = tokens.next() {
        match token {
            Token::Open(tag, _) if name(tag).1.eq_ignore_ascii_case("outline") => {
                parts.drafts.extend(outline(tag, scope));
            }
            Token::Open(tag, empty) => in_title = name(tag).1 == "title" && !empty,
            Token::Text(part) | Token::Cdata(part) if in_title && parts.title.is_none() => {
                parts.title = plain::line(part);
            }
            Token::Close(tag) => {
                in_title = false;
                closed |= name(tag).1.eq_ignore_ascii_case("opml");
            }
            _ => {}
        }
    }
    parts.ends(closed);
    parts
}

fn outline(tag: &str, scope: &Scope) -> Option<Draft> {
    let attributes = attributes(tag);
    let value = |wanted: &str| {
        let mut found = attributes.iter();
        let (_, value) = found.find(|(key, _)| key.eq_ignore_ascii_case(wanted))?;
        Some(value.trim()).filter(|value| !value.is_empty())
    };
    let mut draft = Draft {
        link: Some(resolved(scope, value("xmlUrl")?)),
        ..Draft::default()
    };
    draft.entry.title = value("title").or(value("text")).and_then(plain::line);
    draft.entry.language = value("language").map(str::to_owned);
    Some(draft)
}

fn resolved(scope: &Scope, address: &str) -> String {
    scope
        .resolve(address)
        .map_or_else(|| address.to_owned(), String::from)
}

/// Reads a sitemap or an index of them.
pub(super) fn sitemap(text: &str, scope: Rc<Scope>) -> Parts {
    let mut parts = Parts::default();
    let entries = &["url", "sitemap"];
    let mut walk = Walk::new(text, scope, &["urlset", "sitemapindex"], entries);
    for element in &mut walk {
        if element.ns == Ns::Plain && entries.contains(&element.name) {
            match element.end {
                End::Closed => parts.push(place(&element)),
                End::Missing => parts.broken_off(),
            }
        }
    }
    parts.ends(walk.closed);
    parts
}

fn place(element: &Element) -> Draft {
    let mut draft = Draft::default();
    for child in element.children() {
        match (child.ns, child.name) {
            (Ns::Plain, "loc") => {
                draft.link = child.text().map(|link| resolved(&child.scope, &link));
            }
            (Ns::Plain, "lastmod") => draft.entry.updated = child.text(),
            (Ns::News, "news") => news(&child, &mut draft),
            _ => {}
        }
    }
    // A title alone is nothing to go to.
    if draft.link.is_none() {
        draft.entry.title = None;
    }
    draft
}

fn news(element: &Element, draft: &mut Draft) {
    for child in element.children().filter(|child| child.ns == Ns::News) {
        match child.name {
            "title" => draft.entry.title = child.line(),
            "publication_date" => draft.entry.published = child.text(),
            "publication" => {
                for part in child.children() {
                    match part.name {
                        "name" => draft.entry.outlet = part.line(),
                        "language" => draft.entry.language = part.line(),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}
