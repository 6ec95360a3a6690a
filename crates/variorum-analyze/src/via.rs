//! The medium that a report itself names for a line: "told Le Monde", "Reuters reported", "citing AFP".
//!
//! Every name of a known medium that stands outside of quotation marks is looked at with the words before
//! and behind it in its sentence; the forms are patterns in `data/en/via.toml`. What is found covers its
//! sentence, or the half of it between words like "while" that the medium stands in. A medium that is only
//! written about ("Reuters fired a reporter") is none.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{Attribution, CodePoints};
use variorum_text::outlets::Outlets;
use variorum_text::quotations::quotations;
use variorum_text::regexes::LazyRegex;
use variorum_text::words::data;
use variorum_text::{Document, TokenKind};

/// Most words in the name of a medium.
const NAME_WORDS: usize = 5;
/// How many bytes before and behind a name are looked at.
const AROUND: usize = 200;
/// Fewer words behind a medium are no line of their own: "he told Reuters on Friday".
const LINE_WORDS: usize = 3;
/// What is told to a medium stands no further before it than the words for who tells it.
const TELLER: usize = 120;

/// A medium with what is taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Via {
    /// Its usual name.
    pub(crate) name: String,
    /// The words that come from there, in bytes.
    pub(crate) covers: Range<usize>,
}

/// The media that a text names for its lines, in text order.
pub(crate) fn vias(doc: &Document<'_>, outlets: &Outlets) -> Vec<Via> {
    let mut found = Vec::new();
    let mut quoted: Option<Vec<Range<usize>>> = None;
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((name, end)) = name_at(doc, outlets, at, sentence.tokens.end) else {
                at += 1;
                continue;
            };
            let bytes = doc.tokens[at].start..doc.tokens[end - 1].range().end;
            if let Some(covers) = covered(doc.text, &sentence.range, &bytes) {
                let quoted = quoted.get_or_insert_with(|| {
                    quotations(doc)
                        .into_iter()
                        .map(|quotation| quotation.outer)
                        .collect()
                });
                let at = quoted.partition_point(|q| q.end <= bytes.start);
                if !quoted.get(at).is_some_and(|q| q.contains(&bytes.start)) {
                    found.push(Via {
                        name: name.to_owned(),
                        covers,
                    });
                }
            }
            at = end;
        }
    }
    found
}

/// The medium that some words come from. Of several the one that covers least, as the nearest.
pub(crate) fn of(vias: &[Via], words: &Range<usize>) -> Option<String> {
    // They come in text order, and none reaches over its sentence.
    let last = vias.partition_point(|via| via.covers.start <= words.start);
    let near = vias[..last].iter().rev().take(NEAR);
    near.filter(|via| words.start < via.covers.end)
        .min_by_key(|via| via.covers.len())
        .map(|via| via.name.clone())
}

/// Adds what the statements of a report take from media, so that lines inside of them come from there too.
pub(crate) fn add_statements(vias: &mut Vec<Via>, said: &[Attribution], points: &CodePoints<'_>) {
    for statement in said {
        if let Some(name) = &statement.via {
            vias.extend(statement.content.iter().map(|&span| Via {
                name: name.clone(),
                covers: points.bytes(span),
            }));
        }
    }
    vias.sort_by_key(|via| (via.covers.start, via.covers.end));
}

/// More media than that do not cover one place.
const NEAR: usize = 8;

/// The longest name of a medium from a token on: its usual name, and the token behind it.
fn name_at<'a>(
    doc: &Document<'_>,
    outlets: &'a Outlets,
    at: usize,
    end: usize,
) -> Option<(&'a str, usize)> {
    let token = &doc.tokens[at];
    if token.kind == TokenKind::Mark || !outlets.begins(doc.word(at).split('-').next()?) {
        return None;
    }
    (at + 1..=end.min(at + NAME_WORDS)).rev().find_map(|end| {
        let words = &doc.text[token.start..doc.tokens[end - 1].range().end];
        let outlet = outlets.get(words)?;
        let next = doc.tokens.get(end).map(|next| (doc.word(end), next.start));
        // "Time Warner" is not Time.
        let goes_on = next.is_some_and(|(word, start)| {
            let first = word.chars().next().is_some_and(char::is_uppercase);
            let adjoins = doc.text[doc.tokens[end - 1].range().end..start] == *" ";
            first && adjoins && !FORMS.goes_on.contains(word)
        });
        let sure = !FORMS.doubtful.contains(words)
            || FORMS
                .sure
                .get()
                .is_match(&doc.text[before(doc.text, 0, token.start)]);
        (sure && !goes_on).then_some((outlet.name.as_str(), end))
    })
}

/// What comes from a medium, if any form fits around its name.
fn covered(text: &str, sentence: &Range<usize>, name: &Range<usize>) -> Option<Range<usize>> {
    let front = &text[before(text, sentence.start, name.start)];
    let back = &text[behind(text, name.end, sentence.end)];
    FORMS.form.iter().find_map(|form| {
        let start = form.before.get().find(front)?;
        let fits = form
            .after
            .as_ref()
            .is_none_or(|after| after.get().is_match(back));
        let other = form
            .not
            .as_ref()
            .is_some_and(|not| not.get().is_match(back));
        let denied = form
            .unless
            .as_ref()
            .is_some_and(|unless| unless.get().is_match(front));
        if !fits || other || denied {
            return None;
        }
        Some(match form.covers {
            Covers::Sentence => part(text, sentence, name),
            Covers::Speech => {
                let phrase = name.start - (front.len() - start.start());
                speech(text, sentence, phrase, name)
            }
        })
    })
}

/// What is told to a medium or by it: the words behind, and those before where a mark ends them or nothing
/// stands behind.
fn speech(text: &str, sentence: &Range<usize>, phrase: usize, name: &Range<usize>) -> Range<usize> {
    let part = part(text, sentence, name);
    let words = text[name.end..part.end].split(' ').filter(|word| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        plain.chars().next().is_some_and(char::is_lowercase) && !is_small(plain)
    });
    let ends = words.take(LINE_WORDS).count() < LINE_WORDS;
    let marked = text[part.start..phrase.max(part.start)]
        .rfind([',', '”', '"'])
        .is_some_and(|at| phrase - (part.start + at) <= TELLER);
    let told_behind = TOLD_BEHIND.get().is_match(&text[name.end..part.end]);
    match (ends || marked, ends || told_behind) {
        (true, true) => part,
        // “A,” he told CNN after B.
        (true, false) => part.start..name.end,
        (false, _) => phrase.max(part.start)..part.end,
    }
}

/// The half of a sentence, between words like "while", in which a name stands.
fn part(text: &str, sentence: &Range<usize>, name: &Range<usize>) -> Range<usize> {
    let break_before = BREAK
        .get()
        .find_iter(&text[sentence.start..name.start])
        .last()
        .map_or(sentence.start, |found| sentence.start + found.end());
    let break_behind = BREAK
        .get()
        .find(&text[name.end..sentence.end])
        .map_or(sentence.end, |found| name.end + found.start());
    break_before..break_behind
}

/// Whether a word tells of a time or leads over to one: "on Friday morning".
fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

const SMALL: [&str; 24] = [
    "on",
    "in",
    "at",
    "by",
    "an",
    "a",
    "the",
    "last",
    "late",
    "early",
    "earlier",
    "later",
    "this",
    "that",
    "week",
    "month",
    "year",
    "day",
    "night",
    "morning",
    "evening",
    "afternoon",
    "telephone",
    "interview",
];

/// The bytes before a place, bounded.
fn before(text: &str, from: usize, to: usize) -> Range<usize> {
    let start = (to.saturating_sub(AROUND).max(from)..=to)
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(to);
    start..to
}

/// The bytes behind a place, bounded.
fn behind(text: &str, from: usize, to: usize) -> Range<usize> {
    let end = (from..=(from + AROUND).min(to).max(from))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(from);
    from..end
}

/// What comes from a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Covers {
    Sentence,
    Speech,
}

/// One form, as the data file gives it.
struct Form {
    before: LazyRegex,
    after: Option<LazyRegex>,
    not: Option<LazyRegex>,
    unless: Option<LazyRegex>,
    covers: Covers,
}

struct Forms {
    doubtful: BTreeSet<String>,
    goes_on: BTreeSet<String>,
    sure: LazyRegex,
    form: Vec<Form>,
}

#[derive(Deserialize)]
struct File {
    intro: String,
    sure: LazyRegex,
    doubtful: BTreeSet<String>,
    goes_on: BTreeSet<String>,
    form: Vec<FileForm>,
}

#[derive(Deserialize)]
struct FileForm {
    before: String,
    after: Option<LazyRegex>,
    not: Option<LazyRegex>,
    unless: Option<LazyRegex>,
    covers: Covers,
}

const FILE: &str = include_str!("../data/en/via.toml");

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let file: File = data("via.toml", FILE);
    let form = |form: FileForm| Form {
        before: LazyRegex::new(&form.before.replace("INTRO", &file.intro)),
        after: form.after,
        not: form.not,
        unless: form.unless,
        covers: form.covers,
    };
    Forms {
        form: file.form.into_iter().map(form).collect(),
        doubtful: file.doubtful,
        goes_on: file.goes_on,
        sure: file.sure,
    }
});

/// Words behind a medium that tell more of what was said.
static TOLD_BEHIND: LazyLock<LazyRegex> =
    LazyLock::new(|| LazyRegex::new(r#"\bthat\b|\badding\b|[“":]"#));

/// Where another thought begins inside a sentence.
static BREAK: LazyLock<LazyRegex> =
    LazyLock::new(|| LazyRegex::new(r",? (?:while|whereas|but|although|though) |, when |; "));

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        form: Vec<Example>,
    }

    #[derive(Deserialize)]
    struct Example {
        name: String,
        via: Vec<Vec<String>>,
        none: Vec<String>,
    }

    fn found(text: &str) -> Vec<Via> {
        vias(&Document::new(text, None), Outlets::built_in())
    }

    #[test]
    fn the_examples_hold() {
        let examples: Examples = data("via.toml", FILE);
        let mut wrong = Vec::new();
        for form in &examples.form {
            for case in &form.via {
                let [text, name, line, rest @ ..] = case.as_slice() else {
                    panic!("{case:?}");
                };
                let vias = found(text);
                let of = |words: &str| {
                    let at = text.find(words).expect("words of the sentence");
                    of(&vias, &(at..at + words.len()))
                };
                if of(line).as_ref() != Some(name) {
                    wrong.push(format!("{}: {text:?}: {line:?} from {vias:?}", form.name));
                }
                if rest.iter().any(|words| of(words).is_some()) {
                    wrong.push(format!("{}: {text:?}: {rest:?} from {vias:?}", form.name));
                }
            }
            for text in &form.none {
                if !found(text).is_empty() {
                    wrong.push(format!("{}: {text:?} gives {:?}", form.name, found(text)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_a_quotation_names_is_not_the_reports_own() {
        assert_eq!(
            found("“You told Reuters that 3 men had left,” she said."),
            []
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "(told |Reuters|AP|, |“|”|é|while |🙂|reported | |\\PC){0,40}") {
            let doc = Document::new(&text, None);
            for via in vias(&doc, Outlets::built_in()) {
                proptest::prop_assert!(text.get(via.covers).is_some());
            }
        }
    }
}
