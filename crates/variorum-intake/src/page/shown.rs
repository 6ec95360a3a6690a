//! The dates that readers see on a page, each with what it is called and where it stands.
//!
//! A date counts when it stands by itself, in an element made or named for one, or in a line that
//! is about the page. What stands in a quotation, a caption, a list of other pages or a sentence of
//! the text is no date of the page.

use std::ops::Range;

use variorum_model::{Moment, Place};

use super::blocks::is_short_row;
use super::facts::Found;
use super::marks::{Marks, is_apart, is_apart_from_page, names, short_words};
use super::names::looks_like_name;
use super::tags::Tag;
use super::tree::{NodeId, Tree};
use super::words::{WORDS, has, names_quotation};
use super::written::{LONGEST, Role, last_label, line, read, says_published, says_updated, within};

/// So many nodes after the headline, and before it, are near it.
const NEAR: (NodeId, NodeId) = (260, 60);
/// ... and so many are right beside it.
const BESIDE: (NodeId, NodeId) = (120, 40);
/// So many bytes of text outside of links are a paragraph.
const PARAGRAPH: usize = 100;
/// ... and so many behind one that end as a sentence does are another.
const SENTENCE: usize = 40;
/// A date in words is looked for in at most so many texts.
const MOST_LINES: usize = 2_000;
/// An element for a date has at most so many nodes below it.
const MOST_NODES: NodeId = 60;
/// So many elements around a date may be the entry of a list of other pages.
const ENTRY: usize = 3;
/// A link of so many words is the title of another page.
const TITLE_WORDS: usize = 4;

/// Where a date stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stands {
    /// Right beside the headline, before the text.
    Beside,
    /// Near the headline.
    Near,
    Elsewhere,
}

/// A date that readers see.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub role: Role,
    pub found: Found<Moment>,
    pub stands: Stands,
    /// A word says that it is the day of publication.
    pub labelled: bool,
    /// It stands by itself, or in an element that is made or named for a date.
    pub alone: bool,
}

/// All dates that readers see, those beside the headline first; of `time` elements before those in
/// elements that are named for one, before those in words.
pub(super) fn shown(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    headline: Option<NodeId>,
    day_first: bool,
    only_beside: bool,
) -> Vec<Shown> {
    let (beside, paragraph) = headline.map(|headline| beside(tree, headline)).unzip();
    let page = Page {
        tree,
        over: headline.into_iter().flat_map(|id| tree.above(id)).collect(),
        beside,
        paragraph,
        headline,
        day_first,
        only_beside,
    };
    let wanted = |id: NodeId| !only_beside || page.stands(id) == Stands::Beside;
    let mut all: Vec<Shown> = Vec::new();
    for &id in marks.times.iter().filter(|&&id| wanted(id)) {
        all.extend(page.element(id, Place::Time));
    }
    for &id in marks.dates.iter().filter(|&&id| wanted(id)) {
        if tree.after(id) - id <= MOST_NODES {
            all.extend(page.element(id, Place::Byline));
        }
    }
    let texts = match (&page.beside, only_beside) {
        (Some(beside), true) => beside.clone(),
        (None, true) => 0..0,
        _ => 0..tree.nodes.len() as NodeId,
    };
    all.extend(page.lines(texts));
    all.sort_by_key(|shown| shown.stands);
    all
}

/// The nodes beside a headline: some before it, and those after it up to the text; and where its
/// first paragraph ends, which may be the text already.
fn beside(tree: &Tree<'_>, headline: NodeId) -> (Range<NodeId>, NodeId) {
    let start = headline.saturating_sub(BESIDE.1);
    let after = tree.after(headline);
    let last = after.saturating_add(BESIDE.0);
    let mut paragraph = None;
    let mut link_end = 0;
    for id in after..last.min(tree.nodes.len() as NodeId) {
        if tree.tag(id) == Some(Tag::A) {
            link_end = tree.after(id);
        }
        let parent = tree.above(id).next().and_then(|parent| tree.tag(parent));
        if tree.tag(id).is_some() || id < link_end || parent.is_some_and(Tag::is_unread) {
            continue;
        }
        let text = tree.characters(id);
        let text = text.trim();
        let is_long = text.len() >= PARAGRAPH;
        match paragraph {
            // One may stand between a headline and the line under it.
            None if is_long => paragraph = Some(id),
            Some(first) if is_long || (parent == Some(Tag::P) && is_sentence(text)) => {
                return (start..id, first);
            }
            _ => {}
        }
    }
    (start..last, paragraph.unwrap_or(last))
}

/// Whether a text is at least a short paragraph of its own.
fn is_sentence(text: &str) -> bool {
    text.len() >= SENTENCE && text.ends_with(['.', '!', '?', '。'])
}

struct Page<'a> {
    tree: &'a Tree<'a>,
    headline: Option<NodeId>,
    /// The elements that hold the headline, the innermost first.
    over: Vec<NodeId>,
    beside: Option<Range<NodeId>>,
    /// The first paragraph behind the headline, or where it would stand.
    paragraph: Option<NodeId>,
    day_first: bool,
    only_beside: bool,
}

impl Page<'_> {
    fn stands(&self, id: NodeId) -> Stands {
        let near = |headline: NodeId| {
            id.saturating_add(NEAR.1) >= headline && id <= headline.saturating_add(NEAR.0)
        };
        if self
            .beside
            .as_ref()
            .is_some_and(|beside| beside.contains(&id))
        {
            Stands::Beside
        } else if self.headline.is_some_and(near) {
            Stands::Near
        } else {
            Stands::Elsewhere
        }
    }

    /// The date of a `time` element, or of one that is named for a date.
    fn element(&self, id: NodeId, from: Place) -> Option<Shown> {
        let words = short_words(self.tree, id);
        let machine = machine_text(self.tree, id).and_then(|text| read(&text, self.day_first));
        let (role, value) = match machine {
            Some(value) => (None, value),
            None if from == Place::Time => (None, within(&words, self.day_first)?.1),
            None => {
                let (role, value) = within(&words, self.day_first)
                    .filter(|_| words.len() <= LONGEST)
                    .filter(|_| line(&words, self.day_first).is_some())?;
                (Some(role), value)
            }
        };
        let (label, labelled) = self.label(id, &words);
        let role = role.unwrap_or(label);
        let found = Found { value, from };
        self.made(id, role, found, labelled, true)
    }

    /// Dates in lines of words.
    fn lines(&self, texts: Range<NodeId>) -> Vec<Shown> {
        let mut looked_at = 0;
        let mut found = Vec::new();
        for id in texts {
            if self.tree.tag(id).is_some() || looked_at > MOST_LINES {
                continue;
            }
            let text = self.tree.characters(id);
            let text = text.trim();
            if !(6..=LONGEST).contains(&text.len()) || !has_day(text) {
                continue;
            }
            looked_at += 1;
            let Some((role, value)) = line(text, self.day_first) else {
                continue;
            };
            let unread = self
                .tree
                .above(id)
                .take(3)
                .any(|up| self.tree.tag(up).is_some_and(Tag::is_unread));
            if unread || self.is_told(id) {
                continue;
            }
            let (label, labelled) = self.label(id, text);
            let role = if role == Role::Updated { role } else { label };
            let alone = read(text, self.day_first).is_some();
            let from = Place::Text;
            found.extend(self.made(id, role, Found { value, from }, labelled, alone));
        }
        found
    }

    fn made(
        &self,
        id: NodeId,
        role: Role,
        found: Found<Moment>,
        labelled: bool,
        alone: bool,
    ) -> Option<Shown> {
        let stands = self.stands(id);
        let apart = is_apart(self.tree, id, self.headline);
        // A line at the foot of the page that says so is about the page.
        let says_so = labelled || role == Role::Updated;
        let of_other = (apart && (!says_so || is_apart_from_page(self.tree, id, self.headline)))
            || self.is_quoted(id)
            || self.is_entry(id, stands, says_so);
        (!of_other).then_some(Shown {
            role,
            found,
            stands,
            labelled,
            alone,
        })
    }

    /// What the words in front of a date, or its element's class, call it, and whether words call
    /// it the day of publication.
    fn label(&self, id: NodeId, words: &str) -> (Role, bool) {
        let class = self.tree.attribute(id, "class").unwrap_or_default();
        let parent = self.tree.above(id).next();
        let around = parent
            .map(|parent| short_words(self.tree, parent))
            .unwrap_or_default();
        let around = Some(around.as_str()).filter(|text| text.len() <= LONGEST);
        let around = around.unwrap_or_default();
        let before = around
            .find(words)
            .and_then(|at| around.get(..at))
            .unwrap_or_default();
        let own = words
            .split(|c: char| c.is_ascii_digit())
            .next()
            .unwrap_or_default();
        let updated = says_updated(&class) && !says_published(&class)
            || says_updated(own)
            || last_label(before);
        if updated {
            (Role::Updated, false)
        } else {
            // A class says so of each page in a list.
            let whole = says_published(around) && !says_updated(around);
            let labelled = whole || [own, before].into_iter().any(says_published);
            (Role::Published, labelled)
        }
    }

    /// The elements around a node that do not hold the headline.
    fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let holds = |at: &NodeId| self.over.binary_search_by(|over| at.cmp(over)).is_ok();
        self.tree.above(id).take_while(move |at| !holds(at))
    }

    /// Whether a date stands in a quotation, a caption or the like.
    fn is_quoted(&self, id: NodeId) -> bool {
        std::iter::once(id).chain(self.around(id)).any(|at| {
            matches!(
                self.tree.tag(at),
                Some(Tag::Blockquote | Tag::Q | Tag::Figure | Tag::Figcaption | Tag::Aside)
            ) || names(self.tree, at).any(names_quotation)
        })
    }

    /// Whether a date is told in a row of a table.
    fn is_told(&self, id: NodeId) -> bool {
        let row = self
            .around(id)
            .find(|&at| self.tree.tag(at) == Some(Tag::Tr));
        row.is_some_and(|row| {
            self.tree.after(row) - row <= MOST_NODES && is_short_row(self.tree, row)
        })
    }

    /// Whether a date belongs to the link to another page.
    fn is_entry(&self, id: NodeId, stands: Stands, says_so: bool) -> bool {
        let beside = stands == Stands::Beside && !self.only_beside;
        let least = if beside || says_so { TITLE_WORDS } else { 1 };
        // A name may sign what stands behind a first paragraph; other links there lead elsewhere.
        let behind = !says_so && self.paragraph.is_some_and(|first| id > first);
        let leads_elsewhere = |link: NodeId| {
            let words = self.title_words(link);
            words >= least
                || (behind && words > 0 && !looks_like_name(&short_words(self.tree, link)))
        };
        self.around(id).take(ENTRY).any(|at| {
            let after = self.tree.after(at);
            after - at <= 2 * MOST_NODES
                && (at..after).any(|link| {
                    self.tree.tag(link) == Some(Tag::A)
                        && !is_of_this_page(self.tree, link)
                        && leads_elsewhere(link)
                })
        })
    }

    /// How many words of a link are no date.
    fn title_words(&self, link: NodeId) -> usize {
        let words = short_words(self.tree, link);
        if within(&words, self.day_first).is_some() && line(&words, self.day_first).is_some() {
            return 0;
        }
        let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        words.split_whitespace().filter(is_word).count()
    }
}

/// Whether a link is one to the author, the topics or the comments of this page.
fn is_of_this_page(tree: &Tree<'_>, link: NodeId) -> bool {
    let rel = tree.attribute(link, "rel").unwrap_or_default();
    let href = tree.attribute(link, "href").unwrap_or_default();
    rel.split(' ')
        .any(|rel| has(&WORDS.own_links, &rel.to_ascii_lowercase()))
        || href.starts_with(['#', '?'])
        || href.starts_with("mailto:")
        || href.split(['/', '?', '#', '=', '.']).any(|part| {
            let part = part.to_ascii_lowercase();
            has(&WORDS.people, &part) || has(&WORDS.topics, &part)
        })
}

/// A date of an attribute made for programs.
pub(super) fn machine_text(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    [
        "datetime",
        "content",
        "data-datetime",
        "data-timestamp",
        "data-time",
        "title",
    ]
    .iter()
    .find_map(|name| tree.attribute(id, name))
    .filter(|value| !value.is_empty())
    .map(std::borrow::Cow::into_owned)
}

/// Whether a text may hold a whole date: a year, or numbers with points or slashes between them.
fn has_day(text: &str) -> bool {
    let mut groups = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    let (mut count, mut year) = (0, false);
    groups.by_ref().for_each(|group| {
        count += 1;
        year |= group.len() == 4 || group.len() == 8;
    });
    count >= 3 || (year && count >= 1)
}
