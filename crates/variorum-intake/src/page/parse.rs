//! HTML to a [`Tree`], as browsers read it but for what does not show in the words.
//!
//! One pass: tags, comments and text are cut out of the source, and each is put under the element
//! that is open at that point. Which elements an end tag or the start of another one closes follows
//! the HTML standard (section 13.2.6); not followed are the moving of text out of tables and the
//! opening anew of formatting elements across paragraphs. Elements deeper than [`DEEPEST`] stay flat, so that the
//! work grows with the length of the page only.

use memchr::memchr;

use super::tags::Tag;
use super::tree::{Attribute, Kind, NONE, Node, NodeId, Tree};

/// Deeper elements are put beside each other, as browsers do.
const DEEPEST: usize = 500;
/// An element's further attributes are left out, since each look at one passes those before it.
const MOST_ATTRIBUTES: usize = 300;

/// Reads a page.
pub(crate) fn parse(source: &str) -> Tree<'_> {
    let root = Node {
        kind: Kind::Element {
            tag: Tag::Other,
            attributes: (0, 0),
        },
        parent: NONE,
        first: NONE,
        last: NONE,
        next: NONE,
    };
    let guess = source.len() / 40;
    let mut nodes = Vec::with_capacity(guess + 1);
    nodes.push(root);
    let mut parser = Parser {
        bytes: source.as_bytes(),
        at: 0,
        tree: Tree {
            source,
            nodes,
            attributes: Vec::with_capacity(guess),
        },
        open: vec![(0, Tag::Other)],
        counts: [0; Tag::COUNT],
        flat: 0,
        foreign: 0,
    };
    parser.run();
    parser.tree
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    tree: Tree<'a>,
    /// The open elements, the root first.
    open: Vec<(NodeId, Tag)>,
    /// How many of each are open.
    counts: [u32; Tag::COUNT],
    /// How many elements are open beyond [`DEEPEST`].
    flat: usize,
    /// How many `svg` and `math` elements are open, in which `/>` closes.
    foreign: usize,
}

impl Parser<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            let start = self.at;
            let Some(mark) = self.find(b'<', start) else {
                self.text(start, self.bytes.len(), false);
                break;
            };
            match self.bytes.get(mark + 1) {
                Some(b) if b.is_ascii_alphabetic() => {
                    self.text(start, mark, false);
                    self.start_tag(mark + 1);
                }
                Some(b'/') => {
                    self.text(start, mark, false);
                    self.end_tag(mark + 2);
                }
                Some(b'!') => {
                    self.text(start, mark, false);
                    self.declaration(mark + 2);
                }
                Some(b'?') => {
                    self.text(start, mark, false);
                    self.at = self.after(b'>', mark);
                }
                _ => {
                    // A bare `<` is text, together with what follows it.
                    let end = self.find(b'<', mark + 1).unwrap_or(self.bytes.len());
                    self.text(start, end, false);
                    self.at = end;
                }
            }
        }
    }

    fn find(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.bytes.get(from..)?).map(|at| from + at)
    }

    /// One past the next such byte, or the end.
    fn after(&self, byte: u8, from: usize) -> usize {
        self.find(byte, from).map_or(self.bytes.len(), |at| at + 1)
    }

    fn text(&mut self, start: usize, end: usize, raw: bool) {
        self.at = end;
        let Some(text) = self.bytes.get(start..end).filter(|text| !text.is_empty()) else {
            return;
        };
        let blank = text.iter().all(u8::is_ascii_whitespace);
        if self.current() == Tag::Head && !blank {
            self.pop();
        }
        let kind = Kind::Text {
            start: start as u32,
            end: end as u32,
            raw,
        };
        let parent = self.parent();
        self.tree.append(parent, kind);
    }

    fn declaration(&mut self, from: usize) {
        if !self
            .bytes
            .get(from..)
            .is_some_and(|rest| rest.starts_with(b"--"))
        {
            self.at = self.after(b'>', from);
            return;
        }
        let rest = self.bytes.get(from + 2..).unwrap_or_default();
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            self.at = self.after(b'>', from);
            return;
        }
        let mut at = 0;
        self.at = loop {
            let Some(dashes) = rest.get(at..).and_then(|r| memchr::memmem::find(r, b"--")) else {
                break self.bytes.len();
            };
            at += dashes;
            match rest.get(at + 2..).unwrap_or_default() {
                [b'>', ..] => break from + 2 + at + 3,
                [b'!', b'>', ..] => break from + 2 + at + 4,
                _ => at += 1,
            }
        };
    }

    fn start_tag(&mut self, from: usize) {
        let bytes = self.bytes;
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let rest = bytes.get(from..).unwrap_or_default();
        let end = from + rest.iter().position(is_end).unwrap_or(rest.len());
        let tag = Tag::of(bytes.get(from..end).unwrap_or_default());
        let first = self.tree.attributes.len() as u32;
        let Some((after, closed)) = self.read_attributes(end) else {
            // A tag that the page's end cuts off is none.
            self.tree.attributes.truncate(first as usize);
            self.at = bytes.len();
            return;
        };
        self.at = after;
        let attributes = (first, self.tree.attributes.len() as u32);
        self.place(tag, attributes, closed);
        if tag.is_raw() && self.foreign == 0 {
            self.raw_content(tag, bytes.get(from..end).unwrap_or_default());
        }
    }

    /// Reads attributes up to the tag's end; also tells whether it ends in `/>`.
    fn read_attributes(&mut self, from: usize) -> Option<(usize, bool)> {
        let bytes = self.bytes;
        let first = self.tree.attributes.len();
        let mut at = from;
        loop {
            let mut slash = false;
            while let Some(&b) = bytes.get(at) {
                if b == b'/' {
                    slash = true;
                } else if !b.is_ascii_whitespace() {
                    break;
                } else {
                    slash = false;
                }
                at += 1;
            }
            if *bytes.get(at)? == b'>' {
                return Some((at + 1, slash));
            }
            let name = at;
            at += 1;
            while !matches!(bytes.get(at)?, b'=' | b'>' | b'/')
                && !bytes.get(at)?.is_ascii_whitespace()
            {
                at += 1;
            }
            let name = name as u32..at as u32;
            while bytes.get(at)?.is_ascii_whitespace() {
                at += 1;
            }
            let mut value = at as u32..at as u32;
            if *bytes.get(at)? == b'=' {
                at += 1;
                while bytes.get(at)?.is_ascii_whitespace() {
                    at += 1;
                }
                let quote = *bytes.get(at)?;
                if matches!(quote, b'"' | b'\'') {
                    let end = at + 1 + memchr(quote, bytes.get(at + 1..)?)?;
                    value = at as u32 + 1..end as u32;
                    at = end + 1;
                } else {
                    let start = at;
                    while *bytes.get(at)? != b'>' && !bytes.get(at)?.is_ascii_whitespace() {
                        at += 1;
                    }
                    value = start as u32..at as u32;
                }
            }
            if self.tree.attributes.len() - first < MOST_ATTRIBUTES {
                self.tree.attributes.push(Attribute { name, value });
            }
        }
    }

    fn raw_content(&mut self, tag: Tag, name: &[u8]) {
        let start = self.at;
        let mut at = start;
        let end = loop {
            let Some(mark) = self.find(b'<', at) else {
                break self.bytes.len();
            };
            let rest = self.bytes.get(mark + 1..).unwrap_or_default();
            let ends = rest.first() == Some(&b'/')
                && rest
                    .get(1..=name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(name))
                && rest
                    .get(name.len() + 1)
                    .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
            if ends {
                break mark;
            }
            at = mark + 1;
        };
        let with_references = matches!(tag, Tag::Title | Tag::Textarea);
        self.text(start, end, !with_references);
        if end < self.bytes.len() {
            self.end_tag(end + 2);
        }
    }

    fn end_tag(&mut self, from: usize) {
        let bytes = self.bytes;
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            self.at = self.after(b'>', from.saturating_sub(1));
            return;
        }
        let rest = bytes.get(from..).unwrap_or_default();
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let end = from + rest.iter().position(is_end).unwrap_or(rest.len());
        self.at = self.after(b'>', end);
        let tag = Tag::of(bytes.get(from..end).unwrap_or_default());
        self.close(tag);
    }

    fn current(&self) -> Tag {
        self.open.last().map_or(Tag::Other, |&(_, tag)| tag)
    }

    fn parent(&self) -> NodeId {
        self.open.last().map_or(0, |&(id, _)| id)
    }

    fn count(&self, tag: Tag) -> u32 {
        self.counts.get(tag as usize).copied().unwrap_or(0)
    }

    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some((_, tag)) = self.open.pop()
        {
            if let Some(count) = self.counts.get_mut(tag as usize) {
                *count = count.saturating_sub(1);
            }
            if matches!(tag, Tag::Svg | Tag::Math) {
                self.foreign -= 1;
            }
        }
    }

    /// Puts an element in its place, closing what its start ends.
    fn place(&mut self, tag: Tag, attributes: (u32, u32), closed: bool) {
        if self.foreign == 0 {
            if matches!(tag, Tag::Html | Tag::Body | Tag::Head)
                && (self.count(tag) > 0 || (tag == Tag::Head && self.count(Tag::Body) > 0))
            {
                return;
            }
            if self.current() == Tag::Head && !tag.is_head() {
                self.pop();
            }
            if !self.make_room(tag) {
                return;
            }
        }
        let kind = Kind::Element { tag, attributes };
        let parent = self.parent();
        let id = self.tree.append(parent, kind);
        if tag.is_void() || (closed && self.foreign > 0) {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.flat += usize::from(!tag.is_raw());
            return;
        }
        if matches!(tag, Tag::Svg | Tag::Math) {
            if closed {
                return;
            }
            self.foreign += 1;
        }
        self.open.push((id, tag));
        if let Some(count) = self.counts.get_mut(tag as usize) {
            *count += 1;
        }
    }

    /// Closes what the start of an element ends; false when the element has no place here.
    fn make_room(&mut self, tag: Tag) -> bool {
        use Tag::{
            A, Button, Caption, Col, Colgroup, Dd, Dt, Li, Optgroup, Option, P, Table, Tbody, Td,
            Tfoot, Th, Thead, Tr,
        };
        if tag.ends_paragraph() && self.count(P) > 0 {
            self.close_within(&[P], |t| t.is_scope() || t == Button);
        }
        match tag {
            Li => self.close_within(&[Li], Self::ends_list_item),
            Dd | Dt => self.close_within(&[Dd, Dt], Self::ends_list_item),
            Button if self.count(Button) > 0 => self.close_within(&[Button], Tag::is_scope),
            A if self.count(A) > 0 => self.close_within(&[A], |t| !t.is_inline()),
            Option | Optgroup if self.current() == Option => self.pop(),
            Caption | Col | Colgroup | Tbody | Thead | Tfoot | Tr | Td | Th => {
                if self.count(Table) == 0 {
                    return false;
                }
                let stops = |t: Tag| matches!(t, Table | Tag::Template);
                match tag {
                    Td | Th => self.close_within(&[Td, Th, Caption], |t| stops(t) || t == Tr),
                    Tr => self.close_within(&[Tr, Caption], |t| {
                        stops(t) || matches!(t, Tbody | Thead | Tfoot)
                    }),
                    _ => self.close_within(&[Tbody, Thead, Tfoot, Caption, Colgroup], stops),
                }
            }
            _ if tag.is_heading() && self.current().is_heading() => self.pop(),
            _ => {}
        }
        true
    }

    fn ends_list_item(tag: Tag) -> bool {
        tag.is_scope()
            || (!tag.is_inline()
                && !matches!(
                    tag,
                    Tag::Address | Tag::Div | Tag::P | Tag::Li | Tag::Dd | Tag::Dt
                ))
    }

    /// Closes the nearest of some elements, and all within it, unless a boundary comes first.
    fn close_within(&mut self, wanted: &[Tag], boundary: impl Fn(Tag) -> bool) {
        if wanted.iter().all(|&tag| self.count(tag) == 0) {
            return;
        }
        let found = self
            .open
            .iter()
            .rposition(|&(_, tag)| wanted.contains(&tag) || boundary(tag));
        if let Some(found) = found
            && self
                .open
                .get(found)
                .is_some_and(|(_, tag)| wanted.contains(tag))
        {
            while self.open.len() > found.max(1) {
                self.pop();
            }
        }
    }

    fn close(&mut self, tag: Tag) {
        if tag == Tag::Br {
            let parent = self.parent();
            self.tree.append(
                parent,
                Kind::Element {
                    tag,
                    attributes: (0, 0),
                },
            );
            return;
        }
        // What stands behind these ends belongs to the page like what stands before them.
        if matches!(tag, Tag::Body | Tag::Html) || tag.is_void() {
            return;
        }
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        if self.count(tag) == 0 {
            return;
        }
        let within_table = |t: Tag| matches!(t, Tag::Table | Tag::Template | Tag::Html);
        match tag {
            Tag::Table | Tag::Template => self.close_within(&[tag], |_| false),
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
                self.close_within(&[tag], within_table);
            }
            _ if tag.is_heading() => {
                use Tag::{H1, H2, H3, H4, H5, H6};
                self.close_within(&[H1, H2, H3, H4, H5, H6], Tag::is_scope);
            }
            _ if tag.is_inline() => self.close_inline(tag),
            _ => self.close_within(&[tag], Tag::is_scope),
        }
    }

    /// Ends an element within a line. When a paragraph or the like began inside it, only the element
    /// ends, not the paragraph.
    fn close_inline(&mut self, tag: Tag) {
        let found = self
            .open
            .iter()
            .rposition(|&(_, t)| t == tag || t.is_scope());
        let Some(found) = found.filter(|&at| self.open.get(at).is_some_and(|&(_, t)| t == tag))
        else {
            return;
        };
        let inside = self.open.get(found + 1..).unwrap_or_default();
        if inside.iter().all(|&(_, t)| t.is_inline()) {
            while self.open.len() > found.max(1) {
                self.pop();
            }
        } else {
            self.open.remove(found);
            if let Some(count) = self.counts.get_mut(tag as usize) {
                *count = count.saturating_sub(1);
            }
            if matches!(tag, Tag::Svg | Tag::Math) {
                self.foreign -= 1;
            }
        }
    }
}
