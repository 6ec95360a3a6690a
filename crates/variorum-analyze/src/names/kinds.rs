//! What a name stands for.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::words::fold;
use variorum_text::{Document, TokenKind, lexicon};

use super::context::Context;
use super::is_initial;

/// What a name stands for that the trained finder did not find.
pub(super) fn kind_of(
    doc: &Document<'_>,
    context: &Context<'_>,
    part: Range<usize>,
    titled: bool,
) -> NameKind {
    let first = doc.word(part.start);
    let last = doc.word(part.end - 1);
    let has = |head: fn(&str) -> bool| part.clone().any(|t| head(doc.word(t)));
    if titled {
        return NameKind::Person;
    }
    let long = part.len() > 1;
    if has(lexicon::organization_head) && long {
        return NameKind::Organization;
    }
    if lexicon::place_head(last) && long {
        return NameKind::Place;
    }
    if has(lexicon::other_head) {
        return NameKind::Other;
    }
    let initial = doc.word(part.start + 1) == "." && is_initial(first);
    let in_lower = part
        .clone()
        .any(|t| context.lower.contains(&fold(doc.word(t))));
    if long && (initial || lexicon::is_given_name(first)) && !in_lower {
        return NameKind::Person;
    }
    let aged = doc.word(part.end) == ","
        && doc
            .tokens
            .get(part.end + 1)
            .is_some_and(|t| t.kind == TokenKind::Number && t.of(doc.text).parse::<u8>().is_ok());
    let before = part.start.checked_sub(1).map_or("", |t| doc.word(t));
    let beside_cue =
        context.beside_cue.contains(&(part.end - 1)) || context.beside_cue.contains(&part.start);
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let initials = !long && letters >= 2 && !first.chars().any(char::is_lowercase);
    // "the Ninth Circuit said": a person's name has no article.
    if beside_cue && (initials || matches!(before, "the" | "The")) {
        return NameKind::Organization;
    }
    if (aged || beside_cue) && !initials {
        return NameKind::Person;
    }
    if !long && context.located.contains(first) && !in_lower {
        return NameKind::Place;
    }
    NameKind::Other
}
