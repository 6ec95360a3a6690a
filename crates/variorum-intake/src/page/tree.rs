//! A page as a tree of elements and text, in one list of nodes.
//!
//! Nodes hold places in the page's source; character references are resolved where text or an
//! attribute is asked for.

use std::borrow::Cow;
use std::ops::Range;

use super::tags::Tag;

/// A node's place in [`Tree::nodes`].
pub(crate) type NodeId = u32;

/// No node.
pub(crate) const NONE: NodeId = NodeId::MAX;

/// About so many bytes of an element's words are looked at.
const MOST_WORDS: usize = 10_000;

/// An attribute: where its name and its value stand.
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub name: Range<u32>,
    pub value: Range<u32>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An element, with its attributes' places in [`Tree::attributes`].
    Element { tag: Tag, attributes: (u32, u32) },
    /// A run of characters; `raw` ones have no character references.
    Text { start: u32, end: u32, raw: bool },
}

/// A node and its neighbours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub kind: Kind,
    pub parent: NodeId,
    pub first: NodeId,
    pub last: NodeId,
    pub next: NodeId,
}

/// A page. Node 0 is above all others.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub source: &'a str,
    pub nodes: Vec<Node>,
    pub attributes: Vec<Attribute>,
}

impl<'a> Tree<'a> {
    /// Appends a node to the children of another.
    pub(super) fn append(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let node = Node {
            kind,
            parent,
            first: NONE,
            last: NONE,
            next: NONE,
        };
        self.nodes.push(node);
        if let Some(above) = self.nodes.get_mut(parent as usize) {
            let last = std::mem::replace(&mut above.last, id);
            if last == NONE {
                above.first = id;
            } else if let Some(before) = self.nodes.get_mut(last as usize) {
                before.next = id;
            }
        }
        id
    }

    /// The tag of an element; `None` for text and for no node.
    pub(crate) fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.nodes.get(id as usize)?.kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text { .. } => None,
        }
    }

    /// The children of a node, in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = self.nodes.get(id as usize).map_or(NONE, |node| node.first);
        std::iter::from_fn(move || {
            let id = next;
            next = self.nodes.get(id as usize)?.next;
            Some(id)
        })
    }

    /// The nodes above a node, the nearest first.
    pub(crate) fn above(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = id;
        std::iter::from_fn(move || {
            at = self.nodes.get(at as usize)?.parent;
            (at != NONE).then_some(at)
        })
    }

    /// One past the last node below a node; nodes are numbered in the order of the page.
    pub(crate) fn after(&self, id: NodeId) -> NodeId {
        let mut last = id;
        while let Some(below) = self
            .nodes
            .get(last as usize)
            .map(|node| node.last)
            .filter(|&l| l != NONE)
        {
            last = below;
        }
        last + 1
    }

    /// A node and all below it, in the order of the page.
    pub(crate) fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        id..self.after(id)
    }

    /// The names and raw values of an element's attributes.
    pub(crate) fn raw_attributes(&self, id: NodeId) -> impl Iterator<Item = (&'a str, &'a str)> {
        let range = match self.nodes.get(id as usize).map(|node| node.kind) {
            Some(Kind::Element {
                attributes: (start, end),
                ..
            }) => start as usize..end as usize,
            _ => 0..0,
        };
        let source = self.source;
        let cut = move |range: &Range<u32>| {
            source
                .get(range.start as usize..range.end as usize)
                .unwrap_or_default()
        };
        self.attributes
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(move |attribute| (cut(&attribute.name), cut(&attribute.value)))
    }

    /// The value of an attribute, with white space at its ends removed.
    pub(crate) fn attribute(&self, id: NodeId, name: &str) -> Option<Cow<'a, str>> {
        let (_, value) = self
            .raw_attributes(id)
            .find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(unescaped(value.trim(), true))
    }

    /// The characters of a text node.
    pub(crate) fn characters(&self, id: NodeId) -> Cow<'a, str> {
        match self.nodes.get(id as usize).map(|node| node.kind) {
            Some(Kind::Text { start, end, raw }) => {
                let text = self
                    .source
                    .get(start as usize..end as usize)
                    .unwrap_or_default();
                if raw {
                    Cow::Borrowed(text)
                } else {
                    unescaped(text, false)
                }
            }
            _ => Cow::Borrowed(""),
        }
    }

    /// The words below a node but those that are not for reading, white space made single. What is
    /// longer than any title or name breaks off, so that elements which are never closed do not
    /// cost the whole page each.
    pub(crate) fn words(&self, id: NodeId) -> String {
        let mut words = String::new();
        self.add_words(id, &mut words);
        words.truncate(words.trim_end().len());
        words
    }

    fn add_words(&self, id: NodeId, words: &mut String) {
        let mut skip_to = id;
        for node in self.below(id) {
            if node < skip_to {
                continue;
            }
            if words.len() > MOST_WORDS {
                break;
            }
            match self.tag(node) {
                None => {
                    for c in self.characters(node).chars().take(MOST_WORDS) {
                        if !c.is_whitespace() {
                            words.push(c);
                        } else if !words.is_empty() && !words.ends_with(' ') {
                            words.push(' ');
                        }
                    }
                }
                Some(tag) if tag.is_unread() && node != id => skip_to = self.after(node),
                Some(tag) => {
                    let apart = tag == Tag::Br || !tag.is_inline();
                    if apart && !words.is_empty() && !words.ends_with(' ') {
                        words.push(' ');
                    }
                }
            }
        }
    }
}

/// Resolves character references.
pub(crate) fn unescaped(text: &str, in_attribute: bool) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    if in_attribute {
        htmlize::unescape_attribute(text)
    } else {
        htmlize::unescape(text)
    }
}
