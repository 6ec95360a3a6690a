//! A page's text as blocks: paragraphs, headings, list items, captions, buttons, each as long as no
//! element that stands on lines of its own begins or ends, and no empty line is left.

use super::tags::Tag;
use super::tree::{Kind, NONE, NodeId, Tree};
use super::words::WORDS;

/// One block of text.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The nearest element around it that stands on lines of its own.
    pub node: NodeId,
    /// Its text: white space made single, lines as `<br>` makes them.
    pub text: String,
    /// Characters, white space left out.
    pub chars: u32,
    /// Those of them in links.
    pub linked: u32,
    /// Those of them in bold.
    pub bold: u32,
    /// It is in an element that is not shown.
    pub hidden: bool,
}

/// All blocks with a letter or digit in them, in the order of the page. A short row of a table is one
/// block, its cells parted by tabs.
pub(crate) fn blocks(tree: &Tree<'_>) -> Vec<Block> {
    let mut reader = Reader {
        open: Vec::new(),
        block: Block::begin(0),
        blocks: Vec::new(),
        links: 0,
        bold: 0,
        hidden: 0,
        row_end: 0,
    };
    let mut skip_to = 0;
    for id in 0..tree.nodes.len() as NodeId {
        if id < skip_to {
            continue;
        }
        let parent = tree.nodes.get(id as usize).map_or(NONE, |node| node.parent);
        while reader.open.last().is_some_and(|open| open.id != parent) {
            reader.leave();
        }
        match tree.tag(id) {
            None => reader.text(&tree.characters(id)),
            Some(Tag::Br) => reader.line_break(id),
            Some(tag) if tag.is_unread() || is_tip(tree, id, tag) || is_banner(tree, id) => {
                skip_to = tree.after(id);
            }
            Some(tag) => reader.enter(id, tag, tree),
        }
    }
    while !reader.open.is_empty() {
        reader.leave();
    }
    reader.flush();
    reader.blocks
}

impl Block {
    fn begin(node: NodeId) -> Self {
        Block {
            node,
            text: String::new(),
            chars: 0,
            linked: 0,
            bold: 0,
            hidden: false,
        }
    }
}

/// An open element.
struct Open {
    id: NodeId,
    tag: Tag,
    /// It stands on lines of its own.
    parts: bool,
    hidden: bool,
}

struct Reader {
    open: Vec<Open>,
    block: Block,
    blocks: Vec<Block>,
    links: u32,
    bold: u32,
    hidden: u32,
    /// Nodes before this one belong to a row that is one block.
    row_end: NodeId,
}

impl Reader {
    fn enter(&mut self, id: NodeId, tag: Tag, tree: &Tree<'_>) {
        let hidden = is_hidden(tree, id);
        let in_row = id < self.row_end;
        let parts = (!tag.is_inline() || tag == Tag::Button) && !in_row;
        self.open.push(Open {
            id,
            tag,
            parts,
            hidden,
        });
        self.links += u32::from(tag == Tag::A);
        self.bold += u32::from(matches!(tag, Tag::B | Tag::Strong | Tag::Th));
        if parts {
            self.flush();
        }
        self.hidden += u32::from(hidden);
        if parts {
            self.block.node = id;
            if tag == Tag::Tr && is_short_row(tree, id) {
                self.row_end = tree.after(id);
            }
        } else if matches!(tag, Tag::Td | Tag::Th) {
            self.white('\t');
        } else if !tag.is_inline() {
            self.white(' ');
        }
    }

    fn leave(&mut self) {
        let Some(Open {
            tag, parts, hidden, ..
        }) = self.open.pop()
        else {
            return;
        };
        self.links -= u32::from(tag == Tag::A);
        self.bold -= u32::from(matches!(tag, Tag::B | Tag::Strong | Tag::Th));
        if parts {
            self.flush();
            let around = self.open.iter().rev().find(|open| open.parts);
            self.block.node = around.map_or(0, |open| open.id);
        } else if !tag.is_inline() {
            self.white(' ');
        }
        self.hidden -= u32::from(hidden);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.white(' ');
            } else if !is_invisible(c) {
                self.block.text.push(c);
                self.block.chars += 1;
                self.block.linked += u32::from(self.links > 0);
                self.block.bold += u32::from(self.bold > 0);
            }
        }
    }

    fn white(&mut self, c: char) {
        let text = &mut self.block.text;
        if c == '\t' && text.ends_with(' ') {
            text.pop();
        }
        if !text.is_empty() && !text.ends_with([' ', '\n', '\t']) {
            text.push(c);
        }
    }

    fn line_break(&mut self, id: NodeId) {
        if id < self.row_end {
            return self.white(' ');
        }
        let text = &mut self.block.text;
        text.truncate(text.trim_end_matches(' ').len());
        if text.ends_with('\n') {
            self.flush();
        } else if !text.is_empty() {
            text.push('\n');
        }
    }

    fn flush(&mut self) {
        let node = self.block.node;
        let block = std::mem::replace(&mut self.block, Block::begin(node));
        self.blocks.extend(block.finished(self.hidden > 0));
    }
}

impl Block {
    fn finished(mut self, hidden: bool) -> Option<Self> {
        self.text.truncate(self.text.trim_end().len());
        self.hidden = hidden;
        self.text.chars().any(char::is_alphanumeric).then_some(self)
    }
}

/// Soft hyphens and marks of no width.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\0'
    )
}

/// Longer rows, in bytes of text, are laid out in cells rather than told in them.
const SHORT_ROW: usize = 600;

/// A row with a heading in it, or with so many paragraphs in a cell, is laid out too.
const PARAGRAPHS: usize = 2;

/// Whether a row of a table is one of data.
pub(super) fn is_short_row(tree: &Tree<'_>, row: NodeId) -> bool {
    let mut size = 0;
    let mut cells = 0;
    let mut paragraphs = 0;
    for id in tree.below(row) {
        match tree.nodes.get(id as usize).map(|node| node.kind) {
            Some(Kind::Text {
                start,
                end,
                raw: false,
            }) => size += (end - start) as usize,
            Some(Kind::Element {
                tag: Tag::Td | Tag::Th,
                ..
            }) => {
                cells += 1;
                paragraphs = 0;
            }
            Some(Kind::Element {
                tag: Tag::Table, ..
            }) => return false,
            Some(Kind::Element { tag, .. }) => {
                paragraphs += usize::from(tag == Tag::P);
                if tag.is_heading() || paragraphs >= PARAGRAPHS {
                    return false;
                }
            }
            _ => {}
        }
        if size > SHORT_ROW {
            return false;
        }
    }
    cells > 1
}

/// Whether an element is what an archive puts on top of a page that it keeps.
fn is_banner(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.raw_attributes(id).any(|(name, value)| {
        name.eq_ignore_ascii_case("id")
            && WORDS
                .banners
                .iter()
                .any(|id| value.starts_with(id.as_str()))
    })
}

fn is_hidden(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.raw_attributes(id)
        .any(|(name, value)| match name.len() {
            5 if name.eq_ignore_ascii_case("style") => {
                let bare: String = value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .take(400)
                    .collect();
                let bare = bare.to_ascii_lowercase();
                bare.contains("display:none") || bare.contains("visibility:hidden")
            }
            6 => name.eq_ignore_ascii_case("hidden"),
            11 => name.eq_ignore_ascii_case("aria-hidden") && value.eq_ignore_ascii_case("true"),
            _ => false,
        })
}

/// Whether an element within a line holds words that are no part of it: words that show on a touch
/// only, or to screen readers, and cards about what the line names.
fn is_tip(tree: &Tree<'_>, id: NodeId, tag: Tag) -> bool {
    tag == Tag::Span
        && (is_hidden(tree, id)
            || tree.raw_attributes(id).any(|(name, value)| {
                name.eq_ignore_ascii_case("class") && TIPS.iter().any(|word| value.contains(word))
            })
            || is_card(tree, id))
}

/// A card holds at least so many links, and little but links ...
const LINKS: usize = 3;
/// ... in at most so many nodes.
const LARGEST_CARD: NodeId = 200;

/// Whether an element is the innermost that holds links and little else.
fn is_card(tree: &Tree<'_>, id: NodeId) -> bool {
    let after = tree.after(id);
    if after - id > LARGEST_CARD {
        return false;
    }
    let (mut linked, mut all, mut link_end) = (0, 0, id);
    // The open elements within, each with its end and the links in it.
    let mut open = vec![(after, 0)];
    for node in id + 1..after {
        if closed(&mut open, node) {
            return false;
        }
        match tree.nodes.get(node as usize).map(|node| node.kind) {
            Some(Kind::Element { tag: Tag::A, .. }) => {
                link_end = tree.after(node);
                if let Some((_, links)) = open.last_mut() {
                    *links += 1;
                }
            }
            Some(Kind::Element { tag: Tag::Span, .. }) => open.push((tree.after(node), 0)),
            Some(Kind::Text { start, end, .. }) => {
                let text = tree.source.get(start as usize..end as usize);
                let size = text.map_or(0, |text| text.trim().len());
                all += size;
                linked += if node < link_end { size } else { 0 };
            }
            _ => {}
        }
    }
    !closed(&mut open, NodeId::MAX)
        && open.first().is_some_and(|(_, links)| *links >= LINKS)
        && 10 * linked >= 8 * all
}

/// Closes the elements that end before a node; whether one of them, but not the first, is a card.
fn closed(open: &mut Vec<(NodeId, usize)>, node: NodeId) -> bool {
    while open.len() > 1
        && let Some(&(_, links)) = open.last().filter(|(end, _)| *end <= node)
    {
        if links >= LINKS {
            return true;
        }
        open.pop();
        if let Some((_, around)) = open.last_mut() {
            *around += links;
        }
    }
    false
}

/// Parts of class names by which the common style sheets mark such words.
const TIPS: [&str; 7] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader",
    "screenreader",
    "tooltip",
    "popover",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::parse::parse;

    #[test]
    fn blocks_end_where_lines_do() {
        let check = |html: &str, expected: &[&str]| {
            let found: Vec<String> = blocks(&parse(html))
                .into_iter()
                .map(|block| block.text)
                .collect();
            assert_eq!(found, expected, "{html}");
        };
        check("<p>One  two\n three<p>Four", &["One two three", "Four"]);
        check("One<br>two<br><br>three", &["One\ntwo", "three"]);
        check(
            "<div>One <b>bold</b><ul><li>a<li>b</ul>two</div>",
            &["One bold", "a", "b", "two"],
        );
        check(
            "<table><tr><td>Sea<td>4<tr><td>Air<td>5</table>",
            &["Sea\t4", "Air\t5"],
        );
        check(
            "<p>Caf&eacute; &amp; bar&nbsp;&#8212; open</p>",
            &["Café & bar — open"],
        );
        check("a<script>var x = '<p>no</p>';</script>b", &["ab"]);
        check("<p>- *</p><p>1</p>", &["1"]);
        let card = "<span><a>Kim Roe</a><span><a>Kim Roe</a> <a>Bridge reopens</a> <a>More</a></span></span>";
        check(
            &format!("<p>Mayor {card} said so.</p>"),
            &["Mayor Kim Roe said so."],
        );
        check(
            "<p>Tea<span class='sr-only'>opens a window</span> time</p>",
            &["Tea time"],
        );
    }
}
