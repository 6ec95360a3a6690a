//! The parts of a run: titles, known names, and what stands between them.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::Document;
use variorum_text::lexicon::{self, AliasKind, RoleKind};
use variorum_text::outlets::Outlets;
use variorum_text::words::fold;

use super::context::Context;
use super::kinds::kind_of;
use super::{Mention, is_capitalised, is_initial, is_particle};

/// Cuts a run where the lexicons know a part of it, and tells what each part stands for.
pub(super) fn split(
    doc: &Document<'_>,
    context: &Context<'_>,
    run: Range<usize>,
    found: &mut Vec<Mention>,
) {
    let mut at = run.start;
    let mut title: Option<Range<usize>> = None;
    while at < run.end {
        if let Some(end) = longest(doc, at, run.end, |words| lexicon::title(words).is_some()) {
            if end < run.end || lexicon::is_given_name(doc.word(at)) {
                title = Some(title.map_or(at, |t| t.start)..end);
                at = if doc.word(end) == "." { end + 1 } else { end };
                continue;
            }
            // A title at the end of a run names nobody by itself.
            break;
        }
        let learned = context.learned(at);
        let known_here = known(doc, context.outlets, at, run.end);
        if let Some((end, kind)) = known_here
            && learned.is_none_or(|(last, _)| last <= end)
        {
            if let Some(kind) = kind {
                push(doc, at..end, kind, None, found);
            }
            title = None;
            at = end;
            continue;
        }
        if let Some((end, kind)) = learned.filter(|&(end, _)| !is_role(doc, at..end)) {
            let kind = if title.is_some() {
                NameKind::Person
            } else {
                kind
            };
            let begins =
                (at..end).find(|&t| is_capitalised(doc.word(t)) || is_particle(doc.word(t)));
            // "(Va.-)based 4th Circuit"; a name in small letters throughout stays whole.
            push(doc, begins.unwrap_or(at)..end, kind, title.take(), found);
            at = end;
            continue;
        }
        let start = at;
        at += 1;
        while at < run.end
            && context.learned(at).is_none()
            && longest(doc, at, run.end, |words| lexicon::title(words).is_some()).is_none()
            && known(doc, context.outlets, at, run.end)
                .is_none_or(|(_, kind)| kind.is_none() || title.is_some())
            && !begins_person(doc, start, at, run.end)
        {
            at += 1;
        }
        let part = trim_part(doc, start..at);
        let names_nobody = part.is_empty()
            || part.len() == 1 && is_description(doc.word(part.start))
            || part
                .clone()
                .all(|t| lexicon::role(&fold(doc.word(t))).is_some())
                && !(part.len() == 1 && title.is_some());
        if names_nobody {
            title = None;
            continue;
        }
        let kind = match kind_of(doc, context, part.clone(), title.is_some()) {
            NameKind::Person if begins_person(doc, start, at, run.end) => NameKind::Other,
            kind => kind,
        };
        push(doc, part, kind, title.take(), found);
    }
}

/// Whether a person's name begins at `at`, behind the name of something else: "Government of Velmar
/// |T. Hedrin", "Counter Terrorism |Mark Rowley".
fn begins_person(doc: &Document<'_>, start: usize, at: usize, end: usize) -> bool {
    let last = doc.word(end - 1);
    if at + 2 == end
        && lexicon::is_given_name(doc.word(at))
        && !lexicon::is_given_name(doc.word(start))
        && !is_initial(doc.word(start))
        && ![
            lexicon::place_head,
            lexicon::organization_head,
            lexicon::other_head,
        ]
        .iter()
        .any(|head| head(last))
        && at > start + 1
    {
        return true;
    }
    let initial = doc.word(at).chars().count() == 1 && doc.word(at + 1) == ".";
    initial && at + 2 < end && (start..at).any(|t| lexicon::organization_head(doc.word(t)))
}

/// Whether words tell what somebody is, not who: "(the) New York Democrat".
fn is_role(doc: &Document<'_>, words: Range<usize>) -> bool {
    let last = fold(doc.word(words.end - 1));
    let before = words.start.checked_sub(1).map_or("", |t| doc.word(t));
    let role = lexicon::role(&last).is_some_and(|role| role.kind == RoleKind::Person);
    role && ["the", "The", "a", "A", "an", "An"].contains(&before)
}

/// Whether a capitalised word only tells of what kind somebody is: "U.S.-based", "Head".
fn is_description(word: &str) -> bool {
    let compound = word.rsplit_once('-');
    compound.is_some_and(|(_, last)| last.starts_with(char::is_lowercase))
        || matches!(word, "Head" | "Chief" | "Police" | "Acting")
}

/// A name neither begins nor ends with a full stop or a lower-case word; particles may begin it.
fn trim_part(doc: &Document<'_>, mut part: Range<usize>) -> Range<usize> {
    while part.start < part.end && !is_capitalised(doc.word(part.end - 1)) {
        part.end -= 1;
    }
    while part.start < part.end
        && !is_capitalised(doc.word(part.start))
        && !is_particle(doc.word(part.start))
    {
        part.start += 1;
    }
    part
}

fn push(
    doc: &Document<'_>,
    tokens: Range<usize>,
    kind: NameKind,
    title: Option<Range<usize>>,
    found: &mut Vec<Mention>,
) {
    let name = doc.text[doc.bytes(tokens.clone())]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    found.push(Mention {
        tokens,
        kind,
        name,
        title,
    });
}

/// End of the longest stretch from `at` that satisfies a lookup.
fn longest(doc: &Document<'_>, at: usize, end: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    (at + 1..=(at + 8).min(end))
        .rev()
        .find(|&end| is(&doc.text[doc.bytes(at..end)]))
}

/// The longest known name at `at`: its end, and its kind; no kind for the word for a people
/// ("Russian"), which is no name.
fn known(
    doc: &Document<'_>,
    outlets: &Outlets,
    at: usize,
    end: usize,
) -> Option<(usize, Option<NameKind>)> {
    for to in (at + 1..=(at + 8).min(end)).rev() {
        let words = &doc.text[doc.bytes(at..to)];
        if to < end && lexicon::is_given_name(words) && is_capitalised(doc.word(to)) {
            continue;
        }
        if outlets.get(words).is_some() {
            return Some((to, Some(NameKind::Organization)));
        }
        if lexicon::party_alias(words).is_some_and(|(_, kind)| kind == AliasKind::People) {
            return Some((to, None));
        }
        if let Some(party) = lexicon::party(words) {
            let kind = if lexicon::place(words).is_some() {
                NameKind::Place
            } else {
                party.kind
            };
            return Some((to, Some(kind)));
        }
        if lexicon::place(words).is_some() {
            return Some((to, Some(NameKind::Place)));
        }
    }
    None
}
