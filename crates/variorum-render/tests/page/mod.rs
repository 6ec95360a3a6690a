//! Reads a page's tags, strictly, for the tests.

#![allow(clippy::expect_used, reason = "helpers of tests may fail the test")]

use std::collections::BTreeSet;

/// Elements without an end tag.
const VOID: [&str; 3] = ["meta", "br", "img"];

/// One start tag.
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<(&'a str, &'a str)>,
}

/// The start tags of a page; panics when an end tag does not close the last element opened, or an
/// attribute is not plainly `name="value"`.
pub(crate) fn tags(page: &str) -> Vec<Tag<'_>> {
    let (mut tags, mut open) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "an end tag closes what was opened last"
            );
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
        if name == "style" {
            rest = &rest[rest.find("</style>").expect("styles end")..];
        }
        if !closed && !VOID.contains(&name) {
            open.push(name);
        }
        tags.push(Tag {
            name,
            attributes: pairs(attributes),
        });
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
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

/// What must hold for every page: it runs nothing and fetches nothing, its ids are unique, and its
/// links lead to a place on it or to a web address. Gives those addresses.
pub(crate) fn check(page: &str) -> BTreeSet<&str> {
    let tags = tags(page);
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
    let ids = values("id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "ids are unique: {ids:?}");
    for label in values("aria-labelledby") {
        assert!(unique.contains(label), "no element {label}");
    }
    let mut addresses = BTreeSet::new();
    for href in values("href") {
        if let Some(id) = href.strip_prefix('#') {
            assert!(unique.contains(id), "no place for #{id}");
        } else {
            assert!(
                href.starts_with("https://") || href.starts_with("http://"),
                "{href}"
            );
            addresses.insert(href);
        }
    }
    addresses
}
