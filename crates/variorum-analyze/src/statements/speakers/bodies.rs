//! Bodies and places that speak: which one a source names, and which one a description means.

use std::collections::BTreeMap;
use std::ops::Range;

use variorum_model::{NameKind, Speaker, SpeakerKind};
use variorum_text::lexicon;

use super::super::Context;
use super::{is_utterance, party_of};
use crate::names::Mention;

/// The body or place that was the subject last before a token, in its sentence or the one before.
pub(super) fn last_body(context: &Context<'_>, before: usize) -> Option<Speaker> {
    let syntax = context.syntax;
    let sentence = syntax.sentences[before];
    let body = (sentence.saturating_sub(1)..=sentence)
        .rev()
        .find_map(|s| {
            let tokens = context.doc.sentences[s].tokens.clone();
            let mut subjects = (tokens.start..tokens.end.min(before)).filter_map(|t| {
                let mention = &context.mentions[context.mention_of[t]?];
                let is_body = matches!(mention.kind, NameKind::Organization | NameKind::Place);
                let is_subject =
                    syntax.relations[t].is_subject() && context.quotation_of[t].is_none();
                (is_body && is_subject).then_some(mention)
            });
            if s == sentence {
                subjects.next_back()
            } else {
                subjects.next()
            }
        })?;
    Some(Speaker {
        name: body.name.clone(),
        kind: if body.kind == NameKind::Place {
            SpeakerKind::Place
        } else {
            SpeakerKind::Organization
        },
        party: party_of(&body.name),
    })
}

/// The bodies that a report names.
pub(super) struct Bodies<'a> {
    /// The first mention of one for each word of a name, in small letters.
    by_word: BTreeMap<String, &'a Mention>,
}

impl<'a> Bodies<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let mut by_word = BTreeMap::new();
        for mention in context.mentions {
            if mention.kind == NameKind::Organization {
                for word in mention.name.split(' ') {
                    by_word
                        .entry(variorum_text::words::fold(word))
                        .or_insert(mention);
                }
            }
        }
        Bodies { by_word }
    }

    /// Which body a definite description means: "the court", "the judges" after the Ninth Circuit Court; the
    /// first one named whose name holds the word.
    pub(super) fn meant(&self, context: &Context<'_>, source: &Range<usize>) -> Option<Speaker> {
        let head = source
            .clone()
            .find(|&t| context.syntax.heads[t].is_none_or(|head| !source.contains(&head)))?;
        let head = context.lower(head);
        // A panel speaks for its court, which may stand beside it: "a panel of judges on the 4th Circuit".
        let panel = matches!(head.as_str(), "panel" | "judges" | "justices");
        let named = source.clone().rev().find_map(|t| context.mention_of[t]);
        let court = named.map(|m| &context.mentions[m]).filter(|mention| {
            let mut words = mention.name.split(' ');
            panel && words.any(|word| matches!(word, "Court" | "Circuit" | "Tribunal"))
        });
        if let Some(court) = court {
            return Some(Speaker {
                name: court.name.clone(),
                kind: SpeakerKind::Organization,
                party: party_of(&court.name),
            });
        }
        if !panel && !["the", "its", "their"].contains(&context.lower(source.start).as_str()) {
            return None;
        }
        let words: &[&str] = match head.as_str() {
            "court" | "judges" | "panel" | "justices" => &["court", "circuit"],
            "company" | "firm" | "retailer" | "manufacturer" => {
                &["inc", "corp", "company", "group"]
            }
            "bureau" | "agents" => &["bureau", "fbi"],
            "pentagon" | "military" => &["defense", "pentagon", "army", "force"],
            "newspaper" | "paper" => &["times", "post", "journal", "tribune", "news", "guardian"],
            _ => &[],
        };
        let fits = |name: &str| {
            name.split(' ').any(|word| {
                let word = variorum_text::words::fold(word);
                word == head || words.contains(&word.as_str())
            })
        };
        let is_one = |m: &&Mention| m.kind == NameKind::Organization && fits(&m.name);
        // One that stands before the verb of the sentence before; else the first one of the report, which it is about.
        let syntax = context.syntax;
        let last = syntax.sentences[source.start].checked_sub(1);
        let near = last.and_then(|last| {
            let tokens = context.doc.sentences[last].tokens.clone();
            let verb = tokens.clone().find(|&t| syntax.heads[t].is_none())?;
            let from = |token: usize| context.mentions.partition_point(|m| m.tokens.start < token);
            let before_verb = from(tokens.start)..from(verb.min(source.start));
            context.mentions.get(before_verb)?.iter().find(is_one)
        });
        let first = || {
            let words = words.iter().copied().chain([head.as_str()]);
            let named = words.filter_map(|word| self.by_word.get(word).copied());
            let first = named.min_by_key(|mention| mention.tokens.start);
            first.filter(|mention| mention.tokens.start < source.start)
        };
        let body = near.or_else(first)?;
        Some(Speaker {
            name: body.name.clone(),
            kind: SpeakerKind::Organization,
            party: None,
        })
    }
}

/// The body or place that a source consists of, when it has no other head.
pub(super) fn sole_mention(
    context: &Context<'_>,
    source: &Range<usize>,
) -> Option<(String, NameKind)> {
    // "The operator, Skerrow Lines": the name behind the comma.
    let named = |t: usize| context.mention_of[t].map(|m| &context.mentions[m]);
    if let Some(comma) = source.clone().find(|&t| context.doc.word(t) == ",")
        && !(source.start..comma).any(|t| named(t).is_some())
        && let Some(mention) = named((comma + 1).min(source.end - 1))
        && mention.tokens == (comma + 1..source.end)
    {
        return Some((mention.name.clone(), mention.kind));
    }
    // "The Ninth Circuit's ruling" says what the Ninth Circuit says.
    let is_owner = |mention: &Mention| {
        matches!(context.doc.word(mention.tokens.end), "'s" | "’s")
            && mention.tokens.end < source.end
    };
    let utterance = is_utterance(&context.lower(source.end - 1));
    let has_role = source
        .clone()
        .any(|t| context.mention_of[t].is_none() && lexicon::role(&context.lower(t)).is_some());
    let owned = source.clone().find_map(named).is_some_and(is_owner);
    if has_role && !(utterance && owned) {
        return None;
    }
    // "Russia, which has massed troops, demanded": only what stands before the comma.
    let comma = source
        .clone()
        .find(|&t| context.doc.word(t) == ",")
        .unwrap_or(source.end);
    let source = source.start..comma;
    let last = source.clone().rev().find_map(|t| context.mention_of[t])?;
    let mention = &context.mentions[last];
    let owner = is_owner(mention);
    let own_words = owner && utterance;
    let end = if own_words {
        mention.tokens.end
    } else {
        source.end
    };
    let plain = (source.start..end).all(|t| {
        context.mention_of[t] == Some(last) || context.lower(t) == "the" || context.is_mark(t)
    });
    (plain && (own_words || !owner)).then(|| (mention.name.clone(), mention.kind))
}
