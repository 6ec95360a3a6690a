//! Atom 1.0, and 0.3 with its other names for the same things.

use std::rc::Rc;

use super::Source;
use super::draft::{Draft, Parts, date, joined, person};
use super::markup::{Element, End, Walk};
use super::names::{Ns, Scope};
use super::plain;

/// Reads a feed.
pub(super) fn parts(text: &str, scope: Rc<Scope>) -> Parts {
    let mut parts = Parts::default();
    let mut authors = Vec::new();
    let mut walk = Walk::new(text, scope, &["feed"], &["entry"]);
    for element in &mut walk {
        match element.name {
            "entry" => match element.end {
                End::Closed => parts.push(entry(&element)),
                End::Missing => parts.broken_off(),
            },
            _ if !is_atom(&element) => {}
            "title" if parts.title.is_none() => parts.title = element.line(),
            "link" if parts.home.is_none() => parts.home = page(&element).map(|(link, _)| link),
            "author" => authors.extend(author(&element)),
            _ => {}
        }
        // That of the entries is their own.
        if element.name != "entry" {
            parts.language = parts.language.or_else(|| element.scope.language.clone());
        }
    }
    parts.author = joined(authors);
    parts.ends(walk.closed);
    parts
}

fn is_atom(element: &Element) -> bool {
    matches!(element.ns, Ns::Atom | Ns::Plain)
}

fn entry(element: &Element) -> Draft {
    let mut draft = Draft::default();
    let (mut authors, mut source_authors) = (Vec::new(), Vec::new());
    let mut published = [None, None, None];
    let mut updated = [None, None];
    // The link, and whether it is one to a web page.
    let mut link: Option<(String, bool)> = None;
    let result = &mut draft.entry;
    result.language.clone_from(&element.scope.language);
    for child in element.children() {
        match (child.ns, child.name) {
            (Ns::Dc, "creator") => authors.extend(child.line().and_then(|name| person(&name))),
            (Ns::DcTerms, "modified") => updated[1] = child.text(),
            (Ns::Other, "origLink") if child.prefix == "feedburner" => {
                link = child.text().map(|link| (link, true)).or(link);
            }
            _ if !is_atom(&child) => {}
            (_, "id") => draft.guid = child.text(),
            (_, "title") => result.title = child.line(),
            (_, "link") => {
                if link.as_ref().is_none_or(|(_, is_page)| !is_page)
                    && let Some(found) = page(&child)
                    && (link.is_none() || found.1)
                {
                    link = Some(found);
                }
            }
            (_, "author") => authors.extend(author(&child)),
            (_, "published") => published[0] = child.text(),
            (_, "issued") => published[1] = child.text(),
            (_, "created") => published[2] = child.text(),
            (_, "updated" | "modified") => updated[0] = child.text(),
            (_, "source") => {
                let (credit, names) = source(&child);
                result.credit = Some(credit);
                source_authors = names;
            }
            (_, "content") => {
                if let Some(place) = child.attribute("src") {
                    link = link.or_else(|| Some((resolved(&child, &place), false)));
                }
                result.html = html(&child);
                let language = child.scope.language.clone();
                result.language = language.or_else(|| result.language.take());
            }
            (_, "summary") => result.summary = html(&child),
            _ => {}
        }
    }
    let authors = if authors.is_empty() {
        source_authors
    } else {
        authors
    };
    result.author = joined(authors);
    result.published = date(published);
    result.updated = date(updated);
    draft.link = link.map(|(link, _)| link);
    draft
}

/// The address of the page that a link leads to, and whether the link says that it is one.
fn page(link: &Element) -> Option<(String, bool)> {
    let is_alternate = link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let kind = link.attribute("type");
    let is_page = kind.as_ref().is_none_or(|kind| kind.contains("html"));
    let address = link.attribute("href").filter(|_| is_alternate)?;
    Some((resolved(link, &address), is_page))
}

fn resolved(element: &Element, address: &str) -> String {
    element
        .scope
        .resolve(address)
        .map_or_else(|| address.to_owned(), String::from)
}

fn author(element: &Element) -> Option<String> {
    let mut children = element.children();
    let name = children
        .find(|child| child.name == "name")
        .and_then(|name| name.line());
    person(&name?)
}

/// Where a syndicated entry comes from, and who wrote what is there.
fn source(element: &Element) -> (Source, Vec<String>) {
    let mut source = Source {
        name: None,
        url: None,
    };
    let mut authors = Vec::new();
    for child in element.children() {
        match child.name {
            "title" => source.name = child.line(),
            "link" => source.url = source.url.or_else(|| page(&child).map(|(link, _)| link)),
            "author" => authors.extend(author(&child)),
            _ => {}
        }
    }
    (source, authors)
}

/// A text of whatever type as HTML.
fn html(element: &Element) -> Option<String> {
    let kind = element
        .attribute("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let escaped = element
        .attribute("mode")
        .is_some_and(|mode| mode == "escaped");
    let is_plain = matches!(kind.as_str(), "text" | "text/plain") && !escaped;
    let is_text = kind.is_empty() || kind.contains("html") || kind.starts_with("text");
    // Pictures and the like, in base64.
    if !is_text && !kind.contains("xml") {
        return None;
    }
    let html = element.html()?;
    if is_plain && plain::text(&html) == html {
        return Some(plain::html(&html));
    }
    Some(html)
}
