//! Reads a page's tags, strictly, for the tests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]
#![allow(dead_code, unused_imports, reason = "not every test needs all of it")]

mod follow;

use std::collections::BTreeSet;

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

pub(crate) use follow::{Followed, follow, letters};

/// Elements without an end tag.
const VOID: [&str; 3] = ["meta", "br", "img"];

/// One start tag.
#[derive(Clone)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let mut found = self.attributes.iter().filter(|(known, _)| *known == name);
        found.next().map(|(_, value)| *value)
    }

    pub(crate) fn classes(&self) -> Vec<&'a str> {
        self.get("class").unwrap_or_default().split(' ').collect()
    }
}

/// What a page is made of.
pub(crate) enum Node<'a> {
    Start(Tag<'a>),
    End,
    /// Words, as they are written.
    Text(&'a str),
}

/// The nodes of a page; panics when an end tag does not close the last element opened, or an
/// attribute is not plainly `name="value"`. An element without an end tag ends at once.
pub(crate) fn nodes(page: &str) -> Vec<Node<'_>> {
    let (mut nodes, mut open) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            nodes.push(Node::Text(&rest[..at]));
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "an end tag closes what was opened last"
            );
            nodes.push(Node::End);
            continue;
        }
        if inside == "!DOCTYPE html" {
            continue;
        }
        let closed = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        assert!(
            name.chars().all(|c| c.is_ascii_alphanumeric()),
            "odd tag: {inside}"
        );
        nodes.push(Node::Start(Tag {
            name,
            attributes: pairs(attributes),
        }));
        if closed || VOID.contains(&name) {
            nodes.push(Node::End);
        } else {
            open.push(name);
        }
        if name == "style" {
            let (style, after) = rest.split_at(rest.find("</style>").expect("styles end"));
            nodes.push(Node::Text(style));
            rest = after;
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    nodes
}

fn pairs(mut rest: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    while let Some(at) = rest.find('=') {
        let name = rest[..at].trim();
        let value = rest[at + 1..].strip_prefix('"').expect("values are quoted");
        let end = value.find('"').expect("values end");
        pairs.push((name, &value[..end]));
        rest = &value[end + 1..];
    }
    assert!(
        rest.trim().is_empty() || rest.trim() == "open",
        "odd attribute: {rest}"
    );
    pairs
}

/// The page's only style sheet.
fn style(page: &str) -> &str {
    let (_, rest) = page.split_once("<style>").expect("a style sheet");
    rest.split_once("</style>").expect("its end").0
}

/// What must hold for every page: it runs nothing and fetches nothing and says so to the browser,
/// its ids are unique, and its links lead to a place on it or to a web address. Gives those
/// addresses.
pub(crate) fn check(page: &str) -> BTreeSet<&str> {
    let tags: Vec<Tag<'_>> = nodes(page)
        .into_iter()
        .filter_map(|node| match node {
            Node::Start(tag) => Some(tag),
            _ => None,
        })
        .collect();
    let values = |wanted: &str| {
        let all = tags.iter().flat_map(|tag| &tag.attributes);
        all.filter(|(name, _)| *name == wanted)
            .map(|(_, value)| *value)
            .collect::<Vec<_>>()
    };
    for tag in &tags {
        let forbidden = [
            "script", "link", "img", "iframe", "object", "base", "form", "image", "use",
        ];
        assert!(!forbidden.contains(&tag.name), "a page has no {}", tag.name);
        for (name, _) in &tag.attributes {
            assert!(!name.starts_with("on"), "a page runs nothing: {name}");
            assert!(
                !["src", "style", "xlink:href"].contains(name),
                "a page fetches nothing"
            );
        }
    }
    check_policy(&tags, style(page));
    let ids = values("id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "ids are unique: {ids:?}");
    for label in values("aria-labelledby") {
        assert!(unique.contains(label), "no element {label}");
    }
    let mut addresses = BTreeSet::new();
    for (tag, href) in tags.iter().filter_map(|tag| Some((tag, tag.get("href")?))) {
        if let Some(id) = href.strip_prefix('#') {
            assert!(unique.contains(id), "no place for #{id}");
        } else {
            assert!(
                href.starts_with("https://") || href.starts_with("http://"),
                "{href}"
            );
            let rel = tag.get("rel").unwrap_or_default();
            assert!(rel.contains("noopener") && rel.contains("noreferrer"));
            addresses.insert(href);
        }
    }
    addresses
}

/// The browser is told to load nothing, to run nothing and to apply no other style, before there is
/// any.
fn check_policy(tags: &[Tag<'_>], style: &str) {
    let digest = BASE64_STANDARD.encode(Sha256::digest(style));
    let expected = [
        "default-src 'none'",
        &format!("style-src 'sha256-{digest}'"),
        "base-uri 'none'",
        "form-action 'none'",
    ];
    let place = |wanted: &dyn Fn(&Tag<'_>) -> bool| tags.iter().position(wanted);
    let policy = place(&|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.expect("a policy");
    assert_eq!(tags[policy].get("content"), Some(&*expected.join("; ")));
    let sheet = place(&|tag| tag.name == "style").expect("a style sheet");
    assert!(policy < sheet, "the policy stands before what it is for");
    let referrer = place(&|tag| tag.get("name") == Some("referrer")).expect("a line on it");
    assert_eq!(tags[referrer].get("content"), Some("no-referrer"));
}
