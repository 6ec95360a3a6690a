//! Tags and trees of a whole document, made once and shared by all finders.

use std::ops::Range;

use crate::Document;
use crate::forms::Forms;
use crate::parser::{self, Relation};
use crate::tagger::{self, Tag};

/// What each token is, and on which it hangs. Places are tokens of the document.
#[derive(Debug, Clone, Default)]
pub struct Syntax<'t> {
    /// What the models see of each token.
    pub forms: Forms<'t>,
    /// For each token its kind of word.
    pub tags: Vec<Tag>,
    /// For each token its head, in the same sentence.
    pub heads: Vec<Option<usize>>,
    /// For each token what it is to its head.
    pub relations: Vec<Relation>,
    /// For each token its sentence.
    pub sentences: Vec<usize>,
    /// All children, grouped by head, in text order.
    children: Vec<usize>,
    /// For each token where its children begin.
    first_child: Vec<usize>,
}

impl<'t> Syntax<'t> {
    /// Tags and parses all sentences.
    pub fn of(doc: &Document<'t>) -> Self {
        let count = doc.tokens.len();
        let mut syntax = Syntax {
            forms: Forms::of(doc),
            tags: Vec::with_capacity(count),
            heads: Vec::with_capacity(count),
            relations: Vec::with_capacity(count),
            sentences: Vec::with_capacity(count),
            children: Vec::new(),
            first_child: Vec::new(),
        };
        for tokens in doc.sentences.iter().map(|s| s.tokens.clone()) {
            let start = tokens.start;
            let tags = tagger::tags(&syntax.forms, tokens.clone());
            let tree = parser::parse(&syntax.forms, tokens, &tags);
            let heads = tree.heads.into_iter();
            syntax.heads.extend(heads.map(|head| Some(head? + start)));
            syntax.relations.extend(tree.relations);
            syntax.tags.extend(tags);
        }
        for (number, sentence) in doc.sentences.iter().enumerate() {
            syntax.sentences.resize(sentence.tokens.end, number);
        }
        syntax.index_children();
        syntax
    }

    /// The tokens that hang on one, in text order.
    pub fn children(&self, token: usize) -> &[usize] {
        match (self.first_child.get(token), self.first_child.get(token + 1)) {
            (Some(&start), Some(&end)) => &self.children[start..end],
            _ => &[],
        }
    }

    /// The first child that stands in a relation.
    pub fn child(&self, token: usize, is: impl Fn(Relation) -> bool) -> Option<usize> {
        let mut children = self.children(token).iter().copied();
        children.find(|&child| is(self.relations[child]))
    }

    /// A token with everything that hangs on it, directly or not: trees have no crossing branches.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let (mut start, mut end) = (token, token);
        while let Some(&child) = self.children(start).first().filter(|&&c| c < start) {
            start = child;
        }
        while let Some(&child) = self.children(end).last().filter(|&&c| c > end) {
            end = child;
        }
        start..end + 1
    }

    /// The words that hang on a noun, up to the marks around them: without what a comma parts off.
    pub fn phrase(&self, noun: usize) -> Range<usize> {
        let belongs = |at: usize| {
            let mut above = Some(at);
            // A sentence of endless words is read like any other, up to here.
            for _ in 0..64 {
                match above {
                    Some(word) if word == noun => return self.tags[at] != Tag::Mark,
                    Some(word) => above = self.heads[word],
                    None => return false,
                }
            }
            false
        };
        let (mut start, mut end) = (noun, noun + 1);
        while start > 0 && belongs(start - 1) {
            start -= 1;
        }
        while end < self.heads.len() && belongs(end) {
            end += 1;
        }
        start..end
    }

    fn index_children(&mut self) {
        let count = self.heads.len();
        let mut ends = vec![0; count + 2];
        for head in self.heads.iter().flatten() {
            ends[head + 2] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        self.children = vec![0; ends[count + 1]];
        for (child, head) in self.heads.iter().enumerate() {
            if let Some(head) = head {
                self.children[ends[head + 1]] = child;
                ends[head + 1] += 1;
            }
        }
        ends.truncate(count + 1);
        self.first_child = ends;
    }
}
