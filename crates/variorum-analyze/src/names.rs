//! People, organisations and places.
//!
//! Two finders are put together: the trained one of `variorum-text`, and runs of capitalised words, cut where
//! the lexicons know a part of them ("NATO Secretary General Jens Stoltenberg" is a body, a title and a
//! person). What the trained one takes for a name is one, unless the lexicons know more words of it;
//! the rest of a run is told by a title or a given name in front of it, by the head word of a body
//! ("... Commission"), or by a cue beside it. A person named once in full is meant wherever the
//! surname stands alone; two people of one surname are kept apart by the nearest full name before.

mod context;
mod kinds;
mod parts;
mod runs;
mod short_forms;

use std::ops::Range;

use variorum_model::{CodePoints, Name, NameKind};
use variorum_text::Document;
use variorum_text::outlets::Outlets;
use variorum_text::syntax::Syntax;

use crate::cues::{self, Cue};
use context::Context;

/// One mention of a name, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The words of the name itself, without a title.
    pub tokens: Range<usize>,
    /// What it stands for.
    pub kind: NameKind,
    /// The fullest form of the name in this report.
    pub name: String,
    /// The title directly before it, if any.
    pub title: Option<Range<usize>>,
}

impl Mention {
    /// The mention with offsets in code points.
    pub(crate) fn to_model(&self, doc: &Document<'_>, points: &CodePoints<'_>) -> Name {
        let span = points.span(doc.bytes(self.tokens.clone()));
        Name {
            start: span.start,
            end: span.end,
            kind: self.kind,
            name: self.name.clone(),
        }
    }
}

/// All cues and mentions of a text. What is part of a name is no cue ("United States").
pub(crate) fn cues_and_mentions(
    doc: &Document<'_>,
    syntax: &Syntax<'_>,
    outlets: &Outlets,
) -> (Vec<Cue>, Vec<Mention>) {
    let mut cues = cues::cues(doc, syntax);
    let mentions = mentions(doc, syntax, &cues, outlets);
    cues.retain(|cue| {
        let at = mentions.partition_point(|m| m.tokens.end <= cue.tokens.start);
        mentions.get(at).is_none_or(|m| {
            let start = m.title.as_ref().map_or(m.tokens.start, |t| t.start);
            !(start..m.tokens.end).contains(&cue.tokens.start)
        })
    });
    (cues, mentions)
}

/// All mentions of names, in text order.
fn mentions(
    doc: &Document<'_>,
    syntax: &Syntax<'_>,
    cues: &[Cue],
    outlets: &Outlets,
) -> Vec<Mention> {
    let context = Context::of(doc, syntax, cues, outlets);
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        for run in runs::runs(doc, &context, sentence.tokens.clone()) {
            parts::split(doc, &context, run, &mut found);
        }
    }
    for mention in &mut found {
        with_ordinal(doc, mention);
    }
    short_forms::resolve(doc, &context, &mut found);
    found.retain(|mention| !mention.name.is_empty());
    found
}

/// Takes the number of a court, army or district into its name: "9th U.S. Circuit Court of Appeals".
fn with_ordinal(doc: &Document<'_>, mention: &mut Mention) {
    let Some(before) = mention.tokens.start.checked_sub(1) else {
        return;
    };
    let word = doc.word(before);
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let ordinal = digits.len() < word.len() && matches!(digits, "st" | "nd" | "rd" | "th");
    let counted = [
        "Circuit", "Fleet", "Division", "Army", "Brigade", "Regiment", "Precinct",
    ]
    .contains(&doc.word(mention.tokens.start));
    let long = mention.name.contains(' ') && mention.kind == NameKind::Organization;
    if ordinal && (long || counted) && mention.title.is_none() {
        mention.tokens.start = before;
        mention.name = format!("{word} {}", mention.name);
        mention.kind = NameKind::Organization;
    }
}

fn is_capitalised(word: &str) -> bool {
    let begins = |word: &str| word.starts_with(char::is_uppercase);
    // "al-Qaeda".
    let article = |prefix: &str| prefix.len() <= 3 && prefix.chars().all(char::is_lowercase);
    begins(word)
        || word
            .split_once('-')
            .is_some_and(|(prefix, name)| article(prefix) && begins(name))
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
        || [
            "Jr", "Sr", "Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col",
            "Sgt", "Capt", "Prof", "Rev", "Adm", "Maj",
        ]
        .contains(&word)
}

/// Lower-case words inside a person's name.
fn is_particle(word: &str) -> bool {
    [
        "von", "van", "der", "den", "de", "la", "del", "della", "di", "da", "dos", "du", "le",
        "bin", "ibn", "al", "el", "ter", "ten", "ben", "bint", "abu",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, NameKind)]) {
        let doc = Document::new(text, None);
        let (_, mentions) = cues_and_mentions(&doc, &Syntax::of(&doc), Outlets::built_in());
        let found: Vec<_> = mentions
            .iter()
            .map(|m| {
                (
                    &doc.text[doc.bytes(m.tokens.clone())],
                    m.name.as_str(),
                    m.kind,
                )
            })
            .collect();
        assert_eq!(found, expected, "names of {text:?}");
    }

    #[test]
    fn a_run_is_cut_into_body_title_and_person() {
        use NameKind::{Organization, Person, Place};
        check(
            "NATO Secretary General Jens Stoltenberg warned. Stoltenberg left Geneva.",
            &[
                ("NATO", "NATO", Organization),
                ("Jens Stoltenberg", "Jens Stoltenberg", Person),
                ("Stoltenberg", "Jens Stoltenberg", Person),
                ("Geneva", "Geneva", Place),
            ],
        );
        check(
            "Russian Deputy Foreign Minister Alexander Grushko said no on Monday.",
            &[("Alexander Grushko", "Alexander Grushko", Person)],
        );
        check(
            "The head of the European Commission, Ursula von der Leyen, complained.",
            &[
                ("European Commission", "European Commission", Organization),
                ("Ursula von der Leyen", "Ursula von der Leyen", Person),
            ],
        );
    }

    #[test]
    fn an_initial_begins_a_name_and_stands_for_the_full_one() {
        use NameKind::{Organization, Person};
        check(
            "The Head of the Government of Velmar T. Hedrin spoke. Tomas Hedrin left.",
            &[
                ("Government of Velmar", "Government of Velmar", Organization),
                ("T. Hedrin", "Tomas Hedrin", Person),
                ("Tomas Hedrin", "Tomas Hedrin", Person),
            ],
        );
    }

    #[test]
    fn what_tells_only_of_what_kind_somebody_is_names_nobody() {
        use NameKind::{Organization, Other, Person};
        check(
            "“No,” said U.S.-based expert John Schilling. The Ninth Circuit ruled.",
            &[
                ("John Schilling", "John Schilling", Person),
                ("Ninth Circuit", "Ninth Circuit", Organization),
            ],
        );
        check(
            "Deputy Commissioner and Head of Counter Terrorism Mark Rowley spoke.",
            &[
                ("Counter Terrorism", "Counter Terrorism", Other),
                ("Mark Rowley", "Mark Rowley", Person),
            ],
        );
    }

    #[test]
    fn two_people_of_one_surname_are_kept_apart() {
        use NameKind::Person;
        check(
            "Anna Weber spoke. Weber was calm. Paul Weber left. Weber was angry.",
            &[
                ("Anna Weber", "Anna Weber", Person),
                ("Weber", "Anna Weber", Person),
                ("Paul Weber", "Paul Weber", Person),
                ("Weber", "Paul Weber", Person),
            ],
        );
    }
}
