//! Whom a source means: a person by full name, a body, or a description that is kept as it stands.
//!
//! What a report tells of its people (titles, appositions, the body or state they belong to) is
//! gathered first, so that "the NATO head" finds Jens Stoltenberg. Pronouns go to the person who
//! spoke or acted last.

mod bodies;
mod earlier;
mod people;
mod pronouns;
mod times;

use std::ops::Range;

use variorum_model::{NameKind, Speaker, SpeakerKind, StatementKind};
use variorum_text::lexicon::{self, AliasKind, RoleKind};

use super::{Context, Found};
use bodies::{Bodies, last_body, sole_mention};
use earlier::Earlier;
use people::{GENERIC, Profiles, last_person, person_in};
use pronouns::antecedent;
pub(super) use pronouns::is_relative;
pub(super) use times::said_on;

/// What a report tells of its people and bodies.
pub(super) struct Known<'a> {
    people: Profiles,
    bodies: Bodies<'a>,
}

impl<'a> Known<'a> {
    pub(super) fn of(context: &'a Context<'_>) -> Self {
        Known {
            people: Profiles::of(context),
            bodies: Bodies::of(context),
        }
    }
}

/// The speaker of each statement.
pub(super) fn speakers(
    context: &Context<'_>,
    known: &Known<'_>,
    found: &[Found],
) -> Vec<Option<Speaker>> {
    let mut earlier = Earlier::of(found);
    for (i, one) in found.iter().enumerate() {
        let speaker = match &one.source {
            Some(source) => resolve(context, known, source, &earlier),
            // "It is feared that ...": nobody says who.
            None if one.cue.is_some() && super::kind(context, one) == StatementKind::Indirect => {
                None
            }
            None => unnamed(context, found, &earlier, i),
        };
        earlier.push(speaker);
    }
    let mut speakers = earlier.speakers();
    // A quotation in front of the paragraph's statement is that statement's speaker's.
    for i in (0..found.len().saturating_sub(1)).rev() {
        let alone = found[i].source.is_none() && found[i].cue.is_none();
        if alone
            && same_paragraph(context, found[i].at, found[i + 1].at)
            && found[i + 1].source.is_some()
        {
            let speaker = speakers[i + 1].clone();
            speakers[i] = speaker;
        }
    }
    speakers
}

fn resolve(
    context: &Context<'_>,
    known: &Known<'_>,
    source: &Range<usize>,
    earlier: &Earlier,
) -> Option<Speaker> {
    let Known { people, bodies } = known;
    let first = context.lower(source.start);
    if source.len() == 1 {
        match first.as_str() {
            "he" | "she" => return last_person(context, source.start, earlier),
            "they" | "it" => {
                if let Some(body) = last_body(context, source.start).filter(|_| first == "it") {
                    return Some(body);
                }
                return earlier.last_body().cloned();
            }
            "i" | "we" => return None,
            relative if is_relative(relative) => {
                // What stands for another pronoun again means nobody: "that that that said".
                let noun = antecedent(context, source.start)
                    .filter(|noun| noun.len() > 1 || !is_relative(&context.lower(noun.start)))?;
                return resolve(context, known, &noun, earlier);
            }
            _ => {}
        }
    }
    if words(context, source).eq_ignore_ascii_case("the statement")
        && let Some(speaker) = earlier.last()
    {
        return Some(speaker.clone());
    }
    // "A company statement" after a sentence about a company.
    let names_nobody = source.clone().all(|t| context.mention_of[t].is_none());
    if names_nobody
        && is_utterance(&context.lower(source.end - 1))
        && source.clone().any(|t| is_body_noun(&context.lower(t)))
        && let Some(body) = last_body(context, source.start)
    {
        return Some(body);
    }
    if let Some(name) = person_in(context, source) {
        let party = people.party(&name).cloned();
        return Some(Speaker {
            name,
            kind: SpeakerKind::Person,
            party,
        });
    }
    let role = (source.clone())
        .rev()
        .filter_map(|t| lexicon::role(&context.lower(t)).map(|role| (t, role)))
        .find(|(t, _)| context.mention_of[*t].is_none());
    let party = party_in(context, source.clone());
    // "The New York Democrat", but not "the Department of Justice".
    let last = context.lower(source.end - 1);
    let named = context.mention_of[source.end - 1].is_some();
    let generic = first == "the"
        && GENERIC.contains(&last.as_str())
        && (!named || matches!(last.as_str(), "democrat" | "republican"))
        && source.len() <= 5;
    let definite = ["the", "his", "her"].contains(&first.as_str()) || first == "nato";
    if let Some((at, role)) = role.filter(|(_, role)| role.kind == RoleKind::Person) {
        if (definite || context.mention_of[source.start].is_some())
            && let Some(speaker) = people.by_role(context, source, at, party.as_ref())
        {
            return Some(speaker);
        }
        let word = context.lower(at);
        let generic = first == "the" && GENERIC.contains(&word.as_str());
        if generic
            && !role.plural
            && source.len() <= 4
            && let Some(last) = last_person(context, source.start, earlier)
            && may_hold(&last, &word, party.as_ref())
        {
            return Some(last);
        }
    } else if let Some(mention) = sole_mention(context, source).filter(|_| !generic) {
        let kind = match mention.1 {
            NameKind::Place => SpeakerKind::Place,
            _ => SpeakerKind::Organization,
        };
        return Some(Speaker {
            name: usual_name(mention.0),
            kind,
            party,
        });
    }
    let state = || party_in(context, source.start..source.end - 1);
    if generic
        && let Some(person) = last_person(context, source.start, earlier)
        && may_hold(&person, &last, state().as_ref())
    {
        return Some(person);
    }
    if let Some(body) = bodies.meant(context, source) {
        return Some(body);
    }
    Some(Speaker {
        name: words(context, source),
        kind: SpeakerKind::Described,
        party,
    })
}

/// The speaker of a statement that names no source: whoever spoke before, close by.
fn unnamed(
    context: &Context<'_>,
    found: &[Found],
    earlier: &Earlier,
    at: usize,
) -> Option<Speaker> {
    let last = at.checked_sub(1)?;
    let apart =
        paragraph(context, found[at].at)?.checked_sub(paragraph(context, found[last].at)?)?;
    earlier.of_statement(last).cloned().filter(|_| apart <= 1)
}

fn same_paragraph(context: &Context<'_>, a: usize, b: usize) -> bool {
    paragraph(context, a) == paragraph(context, b)
}

/// The paragraph of a token.
fn paragraph(context: &Context<'_>, token: usize) -> Option<usize> {
    let byte = context.doc.tokens.get(token)?.start;
    Some(context.doc.sentences[context.doc.sentence_at(byte)?].paragraph)
}

/// The party of a word, and of the state for an organ of a state.
fn party_of(words: &str) -> Option<String> {
    let (party, kind) = lexicon::party_alias(words)?;
    if kind == AliasKind::Context {
        return None;
    }
    Some(party.of.clone().unwrap_or_else(|| party.name.clone()))
}

/// The party named in some tokens, the first one.
fn party_in(context: &Context<'_>, tokens: Range<usize>) -> Option<String> {
    tokens.clone().find_map(|from| {
        (from + 1..=(from + 6).min(tokens.end))
            .rev()
            .find_map(|to| party_of(&context.doc.text[context.doc.bytes(from..to)]))
    })
}

/// The words of a source as they stand.
fn words(context: &Context<'_>, source: &Range<usize>) -> String {
    let bytes = context.doc.bytes(source.clone());
    let words: Vec<_> = context.doc.text[bytes].split_whitespace().collect();
    let words = words.join(" ");
    let words = words.split(", ").next().unwrap_or_default();
    words.trim_end_matches([',', ' ']).to_owned()
}

/// Whether a person can be meant by an office of a state: "the French prime minister" is nobody of another state, but
/// "the Norwegian politician" may speak for NATO.
fn may_hold(person: &Speaker, role: &str, state: Option<&String>) -> bool {
    let office = ["minister", "president", "chancellor", "governor"].contains(&role);
    !office || state.is_none() || person.party.as_ref() == state
}

/// A body's usual name in place of its initials: "USAF" is the U.S. Air Force.
fn usual_name(name: String) -> String {
    let initials = name.chars().all(char::is_uppercase);
    match lexicon::party_alias(&name) {
        Some((party, AliasKind::Name)) if initials => party.name.clone(),
        _ => name,
    }
}

/// Whether a noun means a body without its name.
fn is_body_noun(lower: &str) -> bool {
    lexicon::role(lower).is_some_and(|role| role.kind == RoleKind::Body)
}

/// Whether somebody's own words are meant: "Weber's tweets" said what Weber said.
fn is_utterance(lower: &str) -> bool {
    [
        "tweet",
        "tweets",
        "statement",
        "statements",
        "remarks",
        "speech",
        "letter",
        "comments",
        "words",
        "post",
        "posts",
        "message",
        "testimony",
        "memo",
        "email",
        "ruling",
        "opinion",
        "order",
        "report",
        "decision",
        "findings",
        "filing",
        "lawsuit",
        "announcement",
    ]
    .contains(&lower)
}
