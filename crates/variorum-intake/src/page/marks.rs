//! One walk over a page that notes each place where it may say something about itself: metas,
//! links, JSON-LD scripts, headings, times, microdata and elements named for an author or a date.

use std::borrow::Cow;

use super::tags::Tag;
use super::tree::{Kind, NodeId, Tree};
use super::words::{
    AUTHOR, DATE, LIVE, WALL, WORDS, has, named, names_other_part, names_own_footer,
    names_page_footer,
};

/// More of one kind than this are not kept: a page names itself early.
const MOST: usize = 400;
/// An element of a byline or a date has at most so many nodes below it.
const MOST_NODES: u32 = 100;
/// Longer values of attributes are not looked at.
const LONGEST_NAME: usize = 500;
/// So many bytes of text outside of paragraphs are prose too.
const LEAST_PROSE: u32 = 100;

/// The places.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// Names in lower case, and contents.
    pub metas: Vec<(String, Cow<'a, str>)>,
    /// `rel` in lower case, and `href`.
    pub links: Vec<(String, Cow<'a, str>)>,
    /// JSON-LD.
    pub scripts: Vec<NodeId>,
    pub language: Option<Cow<'a, str>>,
    pub title: Option<NodeId>,
    /// `h1` elements.
    pub headings: Vec<NodeId>,
    /// `h2` elements.
    pub subheadings: Vec<NodeId>,
    pub times: Vec<NodeId>,
    /// Microdata: elements and their `itemprop`.
    pub items: Vec<(NodeId, &'a str)>,
    /// `rel=author` links.
    pub author_links: Vec<NodeId>,
    /// Links to a person's page, by their address.
    pub person_links: Vec<NodeId>,
    /// Elements whose class or id names an author.
    pub bylines: Vec<NodeId>,
    /// Elements whose class or id names a date.
    pub dates: Vec<NodeId>,
    /// A class or id that a live blog has.
    pub live: bool,
    /// Elements named for a wall that hides the rest of an article.
    pub walls: Vec<NodeId>,
    /// `h2` to `h4` elements that are links.
    pub linked_headings: usize,
    /// Characters of paragraphs outside of links, roughly.
    pub prose: usize,
}

/// Walks over a page.
pub(super) fn marks<'a>(tree: &Tree<'a>) -> Marks<'a> {
    let mut marks = Marks::default();
    for (id, node) in tree.nodes.iter().enumerate() {
        let id = id as NodeId;
        match node.kind {
            Kind::Element { tag, .. } => marks.element(tree, id, tag),
            Kind::Text { start, end, .. } => {
                let parent = tree.tag(node.parent);
                let long = end - start >= LEAST_PROSE
                    && matches!(parent, Some(Tag::Div | Tag::Span | Tag::Section));
                if parent == Some(Tag::P) || long {
                    marks.prose += (end - start) as usize;
                }
            }
        }
    }
    marks
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST {
        list.push(item);
    }
}

impl<'a> Marks<'a> {
    fn element(&mut self, tree: &Tree<'a>, id: NodeId, tag: Tag) {
        match tag {
            Tag::Meta => return self.meta(tree, id),
            Tag::Link => {
                if let (Some(rel), Some(href)) =
                    (tree.attribute(id, "rel"), tree.attribute(id, "href"))
                    && rel.len() < LONGEST_NAME
                {
                    push(&mut self.links, (rel.to_ascii_lowercase(), href));
                }
            }
            Tag::Script => {
                let data = tree
                    .attribute(id, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                if data {
                    push(&mut self.scripts, id);
                }
                return;
            }
            Tag::Html => self.language = tree.attribute(id, "lang"),
            Tag::Title if self.title.is_none() && !in_drawing(tree, id) => self.title = Some(id),
            Tag::H1 => push(&mut self.headings, id),
            Tag::H2 => push(&mut self.subheadings, id),
            Tag::Time => push(&mut self.times, id),
            _ => {}
        }
        if matches!(tag, Tag::H2 | Tag::H3 | Tag::H4) {
            let linked = tree.children(id).any(|c| tree.tag(c) == Some(Tag::A))
                || tree.above(id).take(2).any(|c| tree.tag(c) == Some(Tag::A));
            self.linked_headings += usize::from(linked);
        }
        for (name, value) in tree.raw_attributes(id) {
            if value.is_empty() || value.len() > LONGEST_NAME {
                continue;
            }
            match name.len() {
                8 if name.eq_ignore_ascii_case("itemprop") => push(&mut self.items, (id, value)),
                3 if name.eq_ignore_ascii_case("rel")
                    && tag == Tag::A
                    && value.split(' ').any(|v| v.eq_ignore_ascii_case("author")) =>
                {
                    push(&mut self.author_links, id);
                }
                4 if tag == Tag::A && name.eq_ignore_ascii_case("href") && is_person(value) => {
                    push(&mut self.person_links, id);
                }
                5 if name.eq_ignore_ascii_case("class") => self.named(id, tag, value),
                2 if name.eq_ignore_ascii_case("id") => self.named(id, tag, value),
                11 if name.eq_ignore_ascii_case("data-testid") => self.named(id, tag, value),
                _ => {}
            }
        }
    }

    fn named(&mut self, id: NodeId, tag: Tag, value: &str) {
        if matches!(tag, Tag::Body | Tag::Html) {
            self.live |= named(value) & LIVE != 0;
            return;
        }
        let named = named(value);
        let (author, date, wall) = (named & AUTHOR != 0, named & DATE != 0, named & WALL != 0);
        self.live |= named & LIVE != 0;
        if wall {
            push(&mut self.walls, id);
        }
        if author && self.bylines.last() != Some(&id) {
            push(&mut self.bylines, id);
        }
        if date && self.dates.last() != Some(&id) {
            push(&mut self.dates, id);
        }
    }

    fn meta(&mut self, tree: &Tree<'a>, id: NodeId) {
        let Some(content) = tree.attribute(id, "content") else {
            return;
        };
        if content.is_empty() {
            return;
        }
        for (name, value) in tree.raw_attributes(id) {
            let names = ["name", "property", "itemprop", "http-equiv"];
            if names.iter().any(|n| name.eq_ignore_ascii_case(n)) && value.len() < LONGEST_NAME {
                push(
                    &mut self.metas,
                    (value.trim().to_ascii_lowercase(), content.clone()),
                );
            }
        }
    }
}

fn in_drawing(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.above(id)
        .any(|above| matches!(tree.tag(above), Some(Tag::Svg | Tag::Math)))
}

/// The words of an element; none where it has more nodes than a byline or a date has, so that
/// elements which are never closed do not cost the whole page each.
pub(super) fn short_words(tree: &Tree<'_>, id: NodeId) -> String {
    if tree.after(id) - id > MOST_NODES {
        return String::new();
    }
    tree.words(id)
}

/// Whether an element stands in a part of the page that is about other articles, or that readers
/// wrote. A part that holds the headline too is none.
pub(super) fn is_apart(tree: &Tree<'_>, id: NodeId, headline: Option<NodeId>) -> bool {
    stands_apart(tree, id, headline, true)
}

/// The same, but what stands at the foot of a page is about the page.
pub(super) fn is_apart_from_page(tree: &Tree<'_>, id: NodeId, headline: Option<NodeId>) -> bool {
    stands_apart(tree, id, headline, false)
}

fn stands_apart(tree: &Tree<'_>, id: NodeId, headline: Option<NodeId>, footers: bool) -> bool {
    // Climbs as `at` does, and meets it where that holds the headline.
    let mut over = headline;
    for at in std::iter::once(id).chain(tree.above(id)) {
        let tag = tree.tag(at);
        while let Some(node) = over.filter(|&node| node > at) {
            over = tree.above(node).next();
        }
        if matches!(tag, Some(Tag::Body | Tag::Html | Tag::Main)) || over == Some(at) {
            return false;
        }
        let apart = match tag {
            Some(Tag::Nav) => true,
            Some(Tag::Aside) => {
                headline.is_none_or(|headline| id + 80 < headline || id > headline + 300)
            }
            // An article's own footer may sign it.
            Some(Tag::Footer) => {
                footers
                    && !names(tree, at).any(names_own_footer)
                    && !tree
                        .above(at)
                        .any(|above| matches!(tree.tag(above), Some(Tag::Article | Tag::Main)))
            }
            _ => false,
        };
        let named = || {
            names(tree, at).any(|value| {
                names_other_part(value)
                    && !names_own_footer(value)
                    && (footers || !names_page_footer(value))
            })
        };
        if apart || named() {
            return true;
        }
    }
    false
}

/// An element's class and id.
pub(super) fn names<'a>(tree: &Tree<'a>, id: NodeId) -> impl Iterator<Item = &'a str> {
    tree.raw_attributes(id)
        .filter(|(name, value)| {
            (name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id"))
                && value.len() < LONGEST_NAME
        })
        .map(|(_, value)| value)
}

/// Whether an address's path says that it is a person's page.
fn is_person(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let last = parts.next().unwrap_or_default();
    last.len() > 2 && parts.next().is_some_and(|part| has(&WORDS.people, part))
}
