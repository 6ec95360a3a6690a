//! Whom the words of a report mean: its names, the descriptions that were said of them, and pronouns.
//!
//! The text is read once from its beginning. A name stands for itself, or for the full name when it is the
//! short form that brackets give ("Singapore Airlines (SIA)"). A description ("the company", "the airliner")
//! means the last name of which the same noun was said, else the last one of its kind; "he" the last person,
//! "it" the subject before. What is not told so means nobody.

use std::collections::BTreeMap;
use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::lexicon;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;

use super::super::view::View;
use super::words;

/// For each token the name that it means.
pub(super) struct Who {
    names: Vec<String>,
    short: BTreeMap<usize, String>,
    means: Vec<Option<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    Body,
    Thing,
    Place,
}

#[derive(Default)]
struct Memory {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
    /// Short forms that brackets gave.
    short: BTreeMap<String, usize>,
    /// What was said of a name last.
    described: BTreeMap<String, usize>,
    person: Option<usize>,
    body: Option<usize>,
    thing: Option<usize>,
    /// The subject of the clause before, a body or a thing.
    subject: Option<usize>,
}

impl Who {
    /// Reads the whole text.
    pub(super) fn of(view: &View<'_>) -> Self {
        let count = view.doc.tokens.len();
        let mut means = vec![None; count];
        let mut memory = Memory::default();
        let mut k = 0;
        while k < count {
            let Some((tokens, name, sort)) = name_at(view, k) else {
                means[k] = memory.meant(view, k);
                k += 1;
                continue;
            };
            let number = memory.name(&name);
            memory.bracketed(view, &tokens, number);
            memory.said_of(view, &tokens, number);
            match sort {
                Sort::Person => memory.person = Some(number),
                Sort::Body => memory.body = Some(number),
                Sort::Thing => memory.thing = Some(number),
                Sort::Place => {}
            }
            let head = head(view, &tokens);
            if matches!(sort, Sort::Body | Sort::Thing) && view.syntax.relations[head].is_subject()
            {
                memory.subject = Some(number);
            }
            means[tokens.clone()].fill(Some(number));
            k = tokens.end.max(k + 1);
        }
        Who {
            names: memory.names,
            short: memory
                .short
                .into_iter()
                .map(|(short, number)| (number, short))
                .collect(),
            means,
        }
    }

    /// The name that a token means, and the short form that brackets give it.
    pub(super) fn names(&self, token: usize) -> impl Iterator<Item = &str> {
        let number = self.means.get(token).copied().flatten();
        let name = number.and_then(|number| self.names.get(number));
        let short = number.and_then(|number| self.short.get(&number));
        name.into_iter().chain(short).map(String::as_str)
    }
}

impl Memory {
    fn name(&mut self, name: &str) -> usize {
        if let Some(&number) = self.short.get(name) {
            return number;
        }
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    /// "European Aeronautic Defence and Space Company (EADS)".
    fn bracketed(&mut self, view: &View<'_>, name: &Range<usize>, number: usize) {
        let word = view.doc.word(name.end + 1);
        let short = word.len() >= 2 && word.chars().all(char::is_uppercase);
        if view.lower(name.end) == "(" && view.lower(name.end + 2) == ")" && short {
            self.short.insert(word.to_owned(), number);
        }
    }

    /// The nouns beside a name that say what it is: "|manufacturer| Boeing", "Airbus, Europe's biggest
    /// |manufacturer|", "A380 |superjumbo|".
    fn said_of(&mut self, view: &View<'_>, name: &Range<usize>, number: usize) {
        let syntax = view.syntax;
        let head = head(view, name);
        let below = syntax.children(head).iter().copied();
        let below = below.filter(|&k| {
            matches!(
                syntax.relations[k],
                Relation::Apposition | Relation::Compound
            )
        });
        let above = syntax.heads[head].filter(|_| {
            matches!(
                syntax.relations[head],
                Relation::Apposition | Relation::Compound
            )
        });
        let nouns: Vec<usize> = below
            .chain(above)
            .filter(|k| !name.contains(k) && view.tag(*k) == Tag::Noun)
            .filter(|&k| above != Some(k) || !is_person_noun(view, k))
            .filter(|&k| view.noun_kind(k).is_none())
            .collect();
        for noun in nouns {
            self.described.insert(view.lower(noun).to_owned(), number);
        }
    }

    fn meant(&mut self, view: &View<'_>, token: usize) -> Option<usize> {
        let lower = view.lower(token);
        let meant = match view.tag(token) {
            Tag::Pronoun | Tag::PronounPossessive => match lower {
                "he" | "she" | "his" | "her" | "him" => self.person,
                "it" | "its" => self.subject,
                "they" | "their" => self.body.filter(|_| self.subject == self.body),
                _ => None,
            },
            Tag::Noun => {
                let definite = super::is_definite(view, token);
                definite.then(|| self.described(lower)).flatten()
            }
            _ => None,
        };
        if view.syntax.relations[token].is_subject()
            && meant.is_some()
            && (meant == self.body || meant == self.thing)
        {
            self.subject = meant;
        }
        meant
    }

    fn described(&self, noun: &str) -> Option<usize> {
        let said = self.described.get(noun).copied();
        let kind = if words().bodies.contains(noun) {
            self.body
        } else if words().things.contains(noun) {
            self.thing
        } else {
            None
        };
        said.or(kind)
    }
}

fn is_person_noun(view: &View<'_>, noun: usize) -> bool {
    lexicon::role(view.doc.word(noun)).is_some() || lexicon::title(view.doc.word(noun)).is_some()
}

/// The token of a name that the rest of it hangs on.
fn head(view: &View<'_>, name: &Range<usize>) -> usize {
    let outside = |k: &usize| view.syntax.heads[*k].is_none_or(|head| !name.contains(&head));
    name.clone().rev().find(outside).unwrap_or(name.start)
}

/// The name that begins at a token: one of the report's, with the words and numbers of a model behind it
/// ("Boeing 787 Dreamliner"), or a model alone ("A380", "the 787").
fn name_at(view: &View<'_>, token: usize) -> Option<(Range<usize>, String, Sort)> {
    let text = |range: Range<usize>| view.doc.text[view.doc.bytes(range)].to_owned();
    let at = view.names.partition_point(|n| n.tokens.start < token);
    let named = view
        .names
        .get(at)
        .filter(|n| n.tokens.start == token && !n.tokens.is_empty());
    if let Some(named) = named.filter(|n| n.kind == NameKind::Person) {
        return Some((named.tokens.clone(), named.name.to_owned(), Sort::Person));
    }
    let mut end = named.map_or(token, |n| n.tokens.end);
    if named.is_none() && !(is_model(view, token) || starts_run(view, token)) {
        return None;
    }
    while end < view.doc.tokens.len()
        && (is_model(view, end) || view.tag(end) == Tag::ProperNoun)
        && view.time_at(end).is_none()
        && view.syntax.sentences.get(end) == view.syntax.sentences.get(token)
        && !is_role(view, end)
        && !(end > token
            && view
                .names
                .iter()
                .skip(at + 1)
                .take(1)
                .any(|n| n.tokens.start == end && n.kind == NameKind::Person))
    {
        end += 1;
    }
    let end = end.max(token + 1);
    let model = (token..end).any(|k| has_digit(view, k));
    let name = match named {
        Some(named) if named.tokens.end == end => named.name.to_owned(),
        _ => text(token..end),
    };
    let sort = match named.map(|n| n.kind) {
        _ if model => Sort::Thing,
        Some(NameKind::Place) => Sort::Place,
        _ => Sort::Body,
    };
    Some((token..end, name, sort))
}

fn is_role(view: &View<'_>, token: usize) -> bool {
    let word = view.doc.word(token);
    lexicon::role(word).is_some() || lexicon::title(word).is_some() || word == "CEO"
}

fn has_digit(view: &View<'_>, token: usize) -> bool {
    view.doc.word(token).contains(|c: char| c.is_ascii_digit())
}

/// A word of capitals and digits ("A380"), or a number that is used as a noun ("the 787", "its 737s").
fn is_model(view: &View<'_>, token: usize) -> bool {
    let word = view.doc.word(token);
    if !has_digit(view, token) || view.time_at(token).is_some() {
        return false;
    }
    if word.contains(|c: char| c.is_ascii_uppercase()) && word.len() <= 12 {
        return true;
    }
    let digits = word.trim_end_matches('s');
    let number = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let before = token.checked_sub(1).map_or(Tag::Mark, |k| view.tag(k));
    let after_name = before == Tag::ProperNoun;
    let noun = !matches!(
        view.syntax.relations[token],
        Relation::Number | Relation::Determiner
    );
    let determined = matches!(before, Tag::Determiner | Tag::PronounPossessive);
    let before_name = view.tag(token + 1) == Tag::ProperNoun
        && view.time_at(token + 1).is_none()
        && view.is_capital(token + 1);
    number && (before_name || digits.len() < word.len() || after_name || (noun && determined))
}

/// A capitalised word inside a sentence that no finder took for a name.
fn starts_run(view: &View<'_>, token: usize) -> bool {
    view.tag(token) == Tag::ProperNoun
        && view.is_capital(token)
        && view.time_at(token).is_none()
        && !is_role(view, token)
}
