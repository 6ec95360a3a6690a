//! A text as the features of attributions see it.

use crate::Document;
use crate::forms::{Form, NONE};
use crate::parser::Relation;
use crate::quotations::Quotation;
use crate::syntax::Syntax;
use crate::tagger::Tag;

/// A text with all that the features ask, a number for each token.
pub struct View<'a> {
    /// The text.
    pub doc: &'a Document<'a>,
    /// Its tags and trees.
    pub syntax: &'a Syntax<'a>,
    /// For each token one more than the number of the quotation that it stands in; 0 for none.
    quotations: Vec<usize>,
    paragraphs: Vec<usize>,
}

impl<'a> View<'a> {
    /// Looks at a text.
    pub fn new(doc: &'a Document<'a>, syntax: &'a Syntax<'a>, quotations: &[Quotation]) -> Self {
        let mut quoted = vec![0; doc.tokens.len()];
        for (number, quotation) in quotations.iter().enumerate() {
            for token in doc.tokens_in(quotation.outer.clone()) {
                quoted[token] = number + 1;
            }
        }
        let mut paragraphs = Vec::with_capacity(doc.tokens.len());
        for sentence in &doc.sentences {
            paragraphs.resize(sentence.tokens.end, sentence.paragraph);
        }
        View {
            doc,
            syntax,
            quotations: quoted,
            paragraphs,
        }
    }

    fn get(&self, at: Option<usize>) -> Option<&Form> {
        self.syntax.forms.get(at?)
    }

    /// The word in lower case.
    pub(super) fn word(&self, at: Option<usize>) -> u64 {
        self.get(at).map_or(NONE, |form| form.lower)
    }

    /// The stem of the word.
    pub(super) fn stem(&self, at: Option<usize>) -> u64 {
        self.get(at).map_or(NONE, |form| form.stem)
    }

    /// Its last three letters.
    pub(super) fn suffix(&self, at: Option<usize>) -> u64 {
        self.get(at).map_or(NONE, |form| form.suffixes[2])
    }

    /// What it looks like.
    pub(super) fn shape(&self, at: usize) -> u64 {
        self.get(Some(at)).map_or(NONE, |form| form.shape)
    }

    /// Its kind of word.
    pub(super) fn tag(&self, at: Option<usize>) -> u64 {
        let tag = at.and_then(|at| self.syntax.tags.get(at));
        tag.map_or(NONE, |&tag| tag as u64)
    }

    /// Its relation to its head.
    pub(super) fn relation(&self, at: Option<usize>) -> u64 {
        let relation = at.and_then(|at| self.syntax.relations.get(at));
        relation.map_or(NONE, |&relation| relation as u64)
    }

    /// Its head.
    pub(super) fn head(&self, at: usize) -> Option<usize> {
        self.syntax.heads.get(at).copied().flatten()
    }

    /// One more than the number of its quotation, 0 for none.
    pub(super) fn quotation(&self, at: usize) -> usize {
        self.quotations.get(at).copied().unwrap_or(0)
    }

    /// Whether it is a mark of punctuation.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.get(Some(at)).is_none_or(|form| form.is_mark)
    }

    /// Whether it is a quotation mark.
    pub(super) fn is_quotation_mark(&self, at: usize) -> bool {
        self.is_mark(at)
            && matches!(
                self.doc.word(at),
                "“" | "”" | "\"" | "«" | "»" | "„" | "‘" | "’" | "'" | "`"
            )
    }

    /// Its paragraph.
    pub(super) fn paragraph(&self, at: usize) -> usize {
        self.paragraphs.get(at).copied().unwrap_or(0)
    }

    /// Its sentence.
    pub(super) fn sentence(&self, at: usize) -> usize {
        self.syntax.sentences.get(at).copied().unwrap_or(0)
    }

    /// Which kinds of children a token has, a bit each.
    pub(super) fn children(&self, at: usize) -> u64 {
        let kinds =
            self.syntax
                .children(at)
                .iter()
                .map(|&child| match self.syntax.relations[child] {
                    Relation::Subject | Relation::ClausalSubject => 1,
                    Relation::SubjectPassive => 2,
                    Relation::Complement => 4,
                    Relation::OpenComplement => 8,
                    Relation::Object => 16,
                    Relation::Parataxis => 32,
                    Relation::Auxiliary => 64,
                    Relation::Marker => 128,
                    Relation::Oblique => 256,
                    Relation::Case => 512,
                    _ => 0,
                });
        kinds.fold(0, |all, kind| all | kind)
    }

    /// The subject of a verb: its own, or that of a verb above it ("Weber smiled, *saying* no"). How many steps
    /// up, and the word.
    pub(super) fn subject(&self, verb: usize) -> Option<(u64, usize)> {
        let mut at = verb;
        for level in 0..5 {
            let found = self.syntax.child(at, Relation::is_subject);
            if let Some(subject) = found.filter(|&subject| subject != verb) {
                return Some((level, subject));
            }
            // "the man saying no", "who said no": the word above is the subject.
            let head = self.head(at)?;
            if matches!(
                self.syntax.relations[at],
                Relation::NounClause | Relation::RelativeClause
            ) {
                return Some((level + 5, head));
            }
            at = head;
        }
        None
    }

    /// Whether a token is a verb in a finite form.
    pub(super) fn is_finite_verb(&self, at: usize) -> bool {
        matches!(
            self.syntax.tags.get(at),
            Some(Tag::VerbPast | Tag::VerbPresent | Tag::VerbParticiple | Tag::VerbIng | Tag::Verb)
        )
    }

    /// The subject of an active verb, or of the verb that it is joined to by "and".
    pub(super) fn own_subject(&self, verb: usize) -> Option<usize> {
        let active = |at: usize| self.syntax.child(at, |r| r == Relation::Subject);
        if self
            .syntax
            .child(verb, |r| r == Relation::SubjectPassive)
            .is_some()
        {
            return None;
        }
        active(verb).or_else(|| {
            let above = matches!(
                self.syntax.relations[verb],
                Relation::Conjunct | Relation::AdverbialClause | Relation::OpenComplement
            );
            active(self.head(verb).filter(|_| above)?)
        })
    }

    /// Whether it is "who", "which" or "whose".
    pub(super) fn is_relative_pronoun(&self, at: usize) -> bool {
        self.syntax.tags.get(at) == Some(&Tag::Wh)
    }

    /// Whether it is part of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.syntax.tags.get(at) == Some(&Tag::ProperNoun)
    }
}

/// A distance in seven steps, with its sign.
pub(super) fn steps(from: usize, to: usize) -> u64 {
    let size = match from.abs_diff(to) {
        near @ 0..4 => near as u64,
        4..7 => 4,
        7..12 => 5,
        12..25 => 6,
        _ => 7,
    };
    size | u64::from(to < from) << 3
}
