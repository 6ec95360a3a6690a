//! The noun phrase that says: before the cue, behind it, or elsewhere in the sentence.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::lexicon::{self, AliasKind, RoleKind};
use variorum_text::words::{is_function_word, is_negation};

use super::{Context, Found};
use crate::cues::{Cue, Form, Group, stands_between};

/// A source before a cue.
pub(super) struct Before {
    pub tokens: Range<usize>,
    /// The cue has no subject of its own ("X met Y and said ...").
    pub elided: bool,
}

/// How far a noun phrase may reach, in tokens.
const LONGEST: usize = 28;

const SUBORDINATORS: [&str; 25] = [
    "that", "which", "while", "as", "because", "if", "after", "before", "since", "until",
    "although", "though", "where", "when", "whereas", "but", "or", "so", "than", "whether", "what",
    "how", "why", "once", "unless",
];
const DETERMINERS: [&str; 36] = [
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those",
    "some", "many", "several", "another", "one", "no", "each", "both", "most", "all", "two",
    "three", "four", "five", "few", "other", "any", "every", "more", "dozens", "hundreds",
    "senior", "local",
];
const LINKS: [&str; 14] = [
    "of", "for", "at", "from", "with", "near", "to", "in", "on", "against", "inside", "within",
    "about", "familiar",
];

/// Whether the cue denies that anything was said ("did not say"), or is a passive ("was told").
pub(super) fn is_negated_or_passive(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
) -> bool {
    let mut at = cue.tokens.start;
    while at > sentence.start {
        let lower = context.lower(at - 1);
        if is_negation(&lower) && lower != "nor" {
            return true;
        }
        if cue.form == Form::Past && is_be(&lower) {
            return true;
        }
        let to_infinitive = lower == "to" && cue.form == Form::Present;
        if to_infinitive {
            return true;
        }
        if !(stands_between(&lower) || context.time_of[at - 1].is_some()) {
            return false;
        }
        at -= 1;
    }
    false
}

fn is_be(lower: &str) -> bool {
    ["is", "are", "was", "were", "be", "been", "being"].contains(&lower)
}

/// The subject directly before a cue. `elided` when the cue follows "and", "but" or "who".
pub(super) fn before(context: &Context<'_>, sentence: &Range<usize>, cue: &Cue) -> Option<Before> {
    before_from(context, sentence, cue, cue.tokens.start)
}

/// The same for a cue whose words begin at `start` ("could not |confirm").
pub(super) fn before_from(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    start: usize,
) -> Option<Before> {
    let mut at = start;
    while at > sentence.start && context.quotation_of[at - 1].is_none() {
        let lower = context.lower(at - 1);
        let named = context.mention_of[at - 1].is_some();
        if named || !(stands_between(&lower) || context.time_of[at - 1].is_some()) {
            break;
        }
        at -= 1;
    }
    if at == sentence.start {
        return None;
    }
    match context.lower(at - 1).as_str() {
        "," => apposition(context, sentence, at - 1)
            .or_else(|| stray_comma(context, sentence, cue, at - 1)),
        "who" => {
            let end = if at >= 2 && context.doc.word(at - 2) == "," {
                at - 2
            } else {
                at - 1
            };
            phrase_ending(context, sentence, end).map(|tokens| Before {
                tokens,
                elided: false,
            })
        }
        "and" | "but" | "which" => Some(Before {
            tokens: at..at,
            elided: true,
        }),
        ")" => {
            let open = (sentence.start..at - 1)
                .rev()
                .take(8)
                .find(|&t| context.doc.word(t) == "(")?;
            phrase_ending(context, sentence, open).map(|tokens| Before {
                tokens: tokens.start..at,
                elided: false,
            })
        }
        _ => phrase_ending(context, sentence, at).map(|tokens| Before {
            tokens,
            elided: false,
        }),
    }
}

/// "Stoltenberg, the NATO head, said": the comma at `comma` closes an insertion behind the subject.
fn apposition(context: &Context<'_>, sentence: &Range<usize>, comma: usize) -> Option<Before> {
    let open = (sentence.start..comma)
        .rev()
        .take(LONGEST)
        .take_while(|&t| !context.is_quotation_mark(t))
        .find(|&t| context.doc.word(t) == ",")?;
    // "Boris Johnson, 52, a lawmaker, said" has two insertions.
    let subject = phrase_ending(context, sentence, open).or_else(|| {
        let number = open.checked_sub(2)?;
        (number > sentence.start && context.doc.word(number) == ",")
            .then(|| phrase_ending(context, sentence, number))?
    });
    let inner = open + 1..comma;
    match subject {
        // A clause of its own between the commas is no insertion.
        Some(subject) if !is_clause(context, inner.clone()) => {
            let names = context.mention_of[inner.start].is_some()
                || DETERMINERS.contains(&context.lower(inner.start).as_str())
                || lexicon::role(&context.lower(inner.start)).is_some();
            let end = if names { comma } else { subject.end };
            Some(Before {
                tokens: subject.start..end,
                elided: false,
            })
        }
        _ => None,
    }
}

/// "Jens Stoltenberg, assured on Friday that": a stray comma between subject and cue, as
/// translations have it. Only at the beginning of a sentence and in front of a "that".
fn stray_comma(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    comma: usize,
) -> Option<Before> {
    let tokens = phrase_ending(context, sentence, comma)?;
    let mut reach = cue.tokens.end..(cue.tokens.end + 8).min(sentence.end);
    let that = reach.any(|t| context.lower(t) == "that");
    (tokens.start == sentence.start && that).then_some(Before {
        tokens,
        elided: false,
    })
}

/// Whether some tokens have a subject and a finite verb of their own.
fn is_clause(context: &Context<'_>, tokens: Range<usize>) -> bool {
    let first = context.lower(tokens.start);
    if ["who", "which", "speaking", "whose", "a", "an", "the"].contains(&first.as_str()) {
        return false;
    }
    context.has_finite(tokens)
}

/// The noun phrase that ends before `end`, when it names somebody who can say something.
pub(super) fn phrase_ending(
    context: &Context<'_>,
    sentence: &Range<usize>,
    end: usize,
) -> Option<Range<usize>> {
    let mut start = end;
    while start > sentence.start && end - start < LONGEST {
        let at = start - 1;
        if context.quotation_of[at].is_some() {
            break;
        }
        // "the Organization (NATO)": brackets belong to the phrase.
        if context.doc.word(at) == ")" {
            let open = (sentence.start..at)
                .rev()
                .take(6)
                .find(|&t| context.doc.word(t) == "(");
            if let Some(open) = open.filter(|&open| open > sentence.start) {
                start = open;
                continue;
            }
        }
        if let Some(mention) = context.mention_of[at] {
            let mention = &context.mentions[mention];
            start = mention
                .title
                .as_ref()
                .map_or(mention.tokens.start, |t| t.start)
                .min(at);
            continue;
        }
        if context.time_of[at].is_some() && start == end {
            break;
        }
        let lower = context.lower(at);
        if start == end && is_speaking_pronoun(&lower) {
            return Some(at..end);
        }
        if lower == "'s" || (context.is_mark(at) && matches!(lower.as_str(), "'" | "’" | "-" | "/"))
        {
            start = at;
        } else if context.is_mark(at) {
            if !is_inner_comma(context, sentence, at, start) {
                break;
            }
            start = at;
        } else if lower == "and" || lower == "&" {
            if !joins_sources(context, sentence, at, start..end) {
                break;
            }
            start = at;
        } else if LINKS.contains(&lower.as_str()) {
            if at == sentence.start || context.is_mark(at - 1) || start == end {
                break;
            }
            start = at;
        } else if DETERMINERS.contains(&lower.as_str()) {
            start = at;
            let goes_on = at > sentence.start && {
                let previous = context.lower(at - 1);
                LINKS.contains(&previous.as_str())
                    || DETERMINERS.contains(&previous.as_str())
                    || (previous == "and" && joins_sources(context, sentence, at - 1, start..end))
            };
            if !goes_on {
                break;
            }
        } else if SUBORDINATORS.contains(&lower.as_str())
            || is_function_word(&lower)
            || is_verb_like(context, at)
        {
            break;
        } else {
            start = at;
        }
    }
    let start = skip_leading(context, start, end);
    (start < end && can_say(context, start..end)).then_some(start..end)
}

/// "Jens Stoltenberg, NATO chief said" and "The secretary general of NATO, Jens Stoltenberg, warned":
/// a comma inside the phrase, between a role and the name it belongs to.
fn is_inner_comma(context: &Context<'_>, sentence: &Range<usize>, at: usize, right: usize) -> bool {
    if context.doc.word(at) != "," || at == sentence.start || right > at + 1 {
        return false;
    }
    let names_person =
        context.mention_of[right].is_some_and(|m| context.mentions[m].kind == NameKind::Person);
    let left = at - 1;
    let left_is_person =
        context.mention_of[left].is_some_and(|m| context.mentions[m].kind == NameKind::Person);
    if !names_person
        || left_is_person
        || context.mention_of[left].is_some() && !role_near(context, sentence, left)
    {
        return false;
    }
    role_near(context, sentence, left)
}

/// Whether a role noun stands in the noun phrase that ends at `at` ("secretary of state", "the head
/// of the European Commission").
fn role_near(context: &Context<'_>, sentence: &Range<usize>, at: usize) -> bool {
    (sentence.start..=at)
        .rev()
        .take(10)
        .take_while(|&t| {
            (!context.is_mark(t) || matches!(context.doc.word(t), "(" | ")" | "."))
                && !SUBORDINATORS.contains(&context.lower(t).as_str())
        })
        .any(|t| lexicon::role(&context.lower(t)).is_some_and(|r| r.kind == RoleKind::Person))
}

/// Whether "and" at `at` joins two sources ("police and prosecutors said").
fn joins_sources(
    context: &Context<'_>,
    sentence: &Range<usize>,
    at: usize,
    right: Range<usize>,
) -> bool {
    if at == sentence.start || right.is_empty() {
        return false;
    }
    let left = at - 1;
    let names = |t: usize| {
        context.mention_of[t].is_some()
            || lexicon::role(&context.lower(t)).is_some()
            || is_party_word(context.doc.word(t))
    };
    names(left) && names(right.start) || names(left) && right.clone().take(3).any(names)
}

/// Drops what stands in front of the phrase proper: an opening preposition with its object is
/// dropped when a name or role follows ("In Moscow officials said").
fn skip_leading(context: &Context<'_>, mut start: usize, end: usize) -> usize {
    while start < end {
        let lower = context.lower(start);
        if LINKS.contains(&lower.as_str())
            || lower == "and"
            || context.is_mark(start)
            || lower == "'s"
        {
            start += 1;
        } else {
            break;
        }
    }
    start
}

/// Whether a word that is no name looks like a verb.
fn is_verb_like(context: &Context<'_>, at: usize) -> bool {
    let lower = context.lower(at);
    let is_cue = context.cues.binary_search_by(|c| {
        if c.tokens.end <= at {
            std::cmp::Ordering::Less
        } else if c.tokens.start > at {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    });
    is_cue.is_ok_and(|i| context.cues[i].form == Form::Past)
        || (variorum_text::words::is_finite(&lower))
        || (super::is_past_like(&lower)
            && lexicon::role(&lower).is_none()
            && !is_participle_adjective(&lower))
}

fn is_participle_adjective(lower: &str) -> bool {
    [
        "united",
        "retired",
        "elected",
        "armed",
        "unnamed",
        "unidentified",
        "appointed",
        "disgraced",
        "concerned",
        "alleged",
        "accused",
        "wanted",
        "related",
        "based",
        "owned",
        "backed",
        "experienced",
    ]
    .contains(&lower)
}

fn is_speaking_pronoun(lower: &str) -> bool {
    ["he", "she", "they", "it", "i", "we"].contains(&lower)
}

/// Whether a phrase names a person, a body or a role, or is plainly someone ("a woman", "the
/// 27-year-old").
fn can_say(context: &Context<'_>, tokens: Range<usize>) -> bool {
    tokens.clone().any(|t| {
        context.mention_of[t].is_some()
            || lexicon::role(&context.lower(t)).is_some()
            || is_party_word(context.doc.word(t))
            || context.doc.word(t).ends_with("-year-old")
    })
}

/// Whether a word names a party or its people ("the Americans"), not only an adjective ("Russian").
fn is_party_word(word: &str) -> bool {
    lexicon::party_alias(word)
        .is_some_and(|(_, kind)| kind != AliasKind::People || word.ends_with('s'))
}

/// The source behind an inverted cue ("said the minister", "said, on Friday, Jens Stoltenberg").
/// The words that are said must stand before the cue.
pub(super) fn behind(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
) -> Option<Range<usize>> {
    if cue.form == Form::Participle
        || !(cue.is(Group::Say)
            || cue.is(Group::Clause)
            || cue.is(Group::Quote)
            || cue.is(Group::Tell)
            || cue.is(Group::Demand))
    {
        return None;
    }
    // Something said must end directly before the cue.
    let previous = cue
        .tokens
        .start
        .checked_sub(1)
        .filter(|&p| p >= sentence.start)?;
    let previous = if context.lower(previous) == "and" {
        previous.checked_sub(1)?
    } else {
        previous
    };
    let said_before = context.is_quotation_mark(previous)
        || (context.doc.word(previous) == "," && apposition(context, sentence, previous).is_none());
    if !said_before {
        return None;
    }
    phrase_from(
        context,
        sentence,
        skip_times(context, sentence, cue.tokens.end),
    )
}

/// Skips time expressions and the commas around them.
fn skip_times(context: &Context<'_>, sentence: &Range<usize>, mut at: usize) -> usize {
    loop {
        let in_time = |t: usize| t < sentence.end && context.time_of[t].is_some();
        let comma = at < sentence.end && context.doc.word(at) == ",";
        let before_time = (comma || context.lower(at) == "on") && in_time(at + 1);
        let behind_time = comma && at > 0 && in_time(at - 1);
        if !(in_time(at) || before_time || behind_time) {
            return at;
        }
        at += 1;
    }
}

/// The noun phrase that begins at `start`, with an apposition, when it names somebody.
pub(super) fn phrase_from(
    context: &Context<'_>,
    sentence: &Range<usize>,
    start: usize,
) -> Option<Range<usize>> {
    let mut end = start;
    while end < sentence.end && end - start < LONGEST {
        if context.quotation_of[end].is_some() {
            break;
        }
        if let Some(mention) = context.mention_of[end] {
            end = context.mentions[mention].tokens.end.max(end + 1);
            continue;
        }
        let lower = context.lower(end);
        if end == start && is_speaking_pronoun(&lower) {
            return Some(start..end + 1);
        }
        let links = ["of", "for", "at", "to"].contains(&lower.as_str()) && end > start;
        let joins = lower == "and"
            && end > start
            && end + 1 < sentence.end
            && (context.mention_of[end + 1].is_some()
                || lexicon::role(&context.lower(end + 1)).is_some());
        let determiner = DETERMINERS.contains(&lower.as_str());
        let clitic = lower == "'s" || (lower == "’" && end > start);
        if context.time_of[end].is_some()
            || (context.is_mark(end) && !clitic)
            || (is_function_word(&lower) && !(links || joins || determiner || clitic))
            || (end > start && is_verb_like(context, end))
        {
            break;
        }
        end += 1;
    }
    if end == start || !can_say(context, start..end) {
        return None;
    }
    // A name may follow the role behind a comma ("the British foreign minister, Liz Truss"), and a
    // role the name ("Anna Weber, a spokeswoman for the port").
    if end + 1 < sentence.end && context.doc.word(end) == "," {
        let next = end + 1;
        let named = |t: usize| {
            context.mention_of[t].is_some_and(|m| context.mentions[m].kind == NameKind::Person)
        };
        if let Some(mention) = context.mention_of[next]
            && named(next)
            && !(start..end).any(named)
        {
            return Some(start..context.mentions[mention].tokens.end);
        }
        if (start..end).any(named) && DETERMINERS.contains(&context.lower(next).as_str()) {
            let close = (next..sentence.end).find(|&t| {
                matches!(context.doc.word(t), "," | "." | ";") || context.is_quotation_mark(t)
            });
            if let Some(close) = close.filter(|&c| c - next < 16 && !context.has_finite(next..c)) {
                return Some(start..close);
            }
        }
    }
    Some(start..end)
}

/// The subject of a cue that has none beside it.
pub(super) enum Elided {
    /// It stands elsewhere in the sentence.
    Here(Range<usize>),
    /// The sentence does not name it; whoever spoke before is meant.
    KnownBefore,
}

impl Elided {
    /// Its tokens, where the sentence has them.
    pub(super) fn tokens(self) -> Option<Range<usize>> {
        match self {
            Elided::Here(tokens) => Some(tokens),
            Elided::KnownBefore => None,
        }
    }
}

/// The subject of a cue that has none of its own: that of the statement before it in the sentence,
/// or the first name of the sentence ("X met Y, adding that ...").
pub(super) fn elided(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    earlier: &[Found],
) -> Option<Elided> {
    let previous = cue
        .tokens
        .start
        .checked_sub(1)
        .filter(|&p| p >= sentence.start);
    let previous_word = previous.map_or(String::new(), |p| context.lower(p));
    let mut at = cue.tokens.start;
    while at > sentence.start && stands_between(&context.lower(at - 1)) {
        at -= 1;
    }
    let opens = at == sentence.start
        || at == sentence.start + 1 && context.is_mark(sentence.start)
        || at == sentence.start + 2 && context.doc.word(at - 1) == ",";
    if opens {
        // "Nevertheless, celebrated that ...": the speaker is known from before.
        let that = context.lower(cue.tokens.end) == "that";
        return (cue.form == Form::Past && that).then_some(Elided::KnownBefore);
    }
    let joined = at > sentence.start && ["and", "but"].contains(&context.lower(at - 1).as_str());
    let participle = cue.form == Form::Participle
        && (previous_word == ","
            || context.is_quotation_mark(previous.unwrap_or(at))
            || previous.is_some_and(|p| context.mention_of[p].is_some()));
    if !(joined || participle) {
        return None;
    }
    let before = |p: usize| {
        let end = if context.doc.word(p) == "," { p } else { p + 1 };
        phrase_ending(context, sentence, end)
    };
    if cue.form == Form::Participle
        && let Some(named) = previous.and_then(before)
    {
        let direct = previous_word != ",";
        let person = named.clone().any(|t| {
            context.mention_of[t].is_some_and(|m| context.mentions[m].kind == NameKind::Person)
        });
        if direct || earlier.is_empty() && (named.start == sentence.start || person) {
            return Some(Elided::Here(named));
        }
    }
    if let Some(source) = earlier.iter().rev().find_map(|f| f.source.clone()) {
        return Some(Elided::Here(source));
    }
    let first = (sentence.start..cue.tokens.start).find_map(|t| context.mention_of[t])?;
    let mention = &context.mentions[first];
    matches!(
        mention.kind,
        NameKind::Person | NameKind::Organization | NameKind::Place
    )
    .then(|| Elided::Here(mention.tokens.clone()))
}
