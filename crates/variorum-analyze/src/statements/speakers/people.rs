//! People: what a report tells of them, and whom a description or a pronoun means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use variorum_model::{NameKind, Speaker, SpeakerKind};
use variorum_text::lexicon;
use variorum_text::words::is_finite;

use super::super::Context;
use super::earlier::Earlier;
use super::{is_utterance, party_in};

/// Roles of whoever leads a body; in "the NATO head" any of them will do.
const HEADS: [&str; 9] = [
    "head",
    "chief",
    "leader",
    "boss",
    "president",
    "director",
    "general",
    "chairman",
    "chair",
];

/// Words that can mean the person who spoke last ("the politician").
pub(super) const GENERIC: [&str; 36] = [
    "democrat",
    "republican",
    "billionaire",
    "mogul",
    "tycoon",
    "nominee",
    "front-runner",
    "frontrunner",
    "businessman",
    "businesswoman",
    "attorney",
    "lawyer",
    "judge",
    "justice",
    "professor",
    "author",
    "expert",
    "analyst",
    "mother",
    "father",
    "conservative",
    "chancellor",
    "politician",
    "leader",
    "official",
    "minister",
    "man",
    "woman",
    "lawmaker",
    "senator",
    "diplomat",
    "spokesman",
    "spokeswoman",
    "president",
    "candidate",
    "governor",
];

/// What a report tells of one person.
#[derive(Debug, Default)]
struct Profile {
    /// The party that the person speaks for.
    party: Option<String>,
    /// Role words in lower case.
    roles: BTreeSet<String>,
}

/// All people of a report.
pub(super) struct Profiles {
    by_name: BTreeMap<String, Profile>,
    /// Names by role word and party; without a party those of any.
    by_role: BTreeMap<(String, Option<String>), BTreeSet<String>>,
}

/// Stands for all roles of whoever leads a body.
const ANY_HEAD: &str = "";

impl Profiles {
    /// What the report tells of its people.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut by_name: BTreeMap<String, Profile> = BTreeMap::new();
        for mention in context
            .mentions
            .iter()
            .filter(|m| m.kind == NameKind::Person)
        {
            let profile = by_name.entry(mention.name.clone()).or_default();
            let start = mention
                .title
                .as_ref()
                .map_or(mention.tokens.start, |t| t.start);
            for tokens in [
                described_before(context, start)..mention.tokens.start,
                described_behind(context, mention.tokens.end),
            ] {
                let roles: Vec<String> = tokens
                    .clone()
                    .map(|t| context.lower(t))
                    .flat_map(|word| word.split('-').map(str::to_owned).collect::<Vec<_>>())
                    .filter(|word| HEADS.contains(&word.as_str()) || lexicon::role(word).is_some())
                    .collect();
                if roles.is_empty() && mention.title.is_none() {
                    continue;
                }
                profile.roles.extend(roles);
                if profile.party.is_none() {
                    profile.party = party_in(context, tokens);
                }
            }
        }
        let mut by_role: BTreeMap<(String, Option<String>), BTreeSet<String>> = BTreeMap::new();
        for (name, profile) in &by_name {
            let is_head = |role: &String| HEADS.contains(&role.as_str()) || role == "secretary";
            let head = profile.roles.iter().any(is_head).then_some(ANY_HEAD);
            let named = profile.roles.iter().map(String::as_str);
            for role in named.chain(head) {
                for party in [None, profile.party.clone()] {
                    let names = by_role.entry((role.to_owned(), party)).or_default();
                    names.insert(name.clone());
                }
            }
        }
        Profiles { by_name, by_role }
    }

    /// The party that a person speaks for.
    pub(super) fn party(&self, name: &str) -> Option<&String> {
        self.by_name.get(name)?.party.as_ref()
    }

    /// The one person of the report who has this role in this party ("the NATO head").
    pub(super) fn by_role(
        &self,
        context: &Context<'_>,
        source: &Range<usize>,
        role: usize,
        party: Option<&String>,
    ) -> Option<Speaker> {
        let words: BTreeSet<String> = source
            .clone()
            .map(|t| context.lower(t))
            .flat_map(|word| word.split('-').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let head = HEADS.contains(&context.lower(role).as_str())
            || words.iter().any(|w| HEADS.contains(&w.as_str()));
        let roles = words.into_iter().filter(|w| lexicon::role(w).is_some());
        let head = head.then(|| ANY_HEAD.to_owned());
        let mut fitting = roles
            .chain(head)
            .filter_map(|role| self.by_role.get(&(role, party.cloned())))
            // Two are enough to tell that there is not one.
            .flat_map(|names| names.iter().take(2));
        let name = fitting.next()?;
        fitting.all(|other| other == name).then(|| Speaker {
            name: name.clone(),
            kind: SpeakerKind::Person,
            party: self.party(name).cloned(),
        })
    }
}

/// Where the words before a name that describe it begin ("The secretary general of NATO, |Jens").
fn described_before(context: &Context<'_>, name: usize) -> usize {
    let mut start = name;
    let mut comma = false;
    while start > 0 && name - start < 16 {
        let at = start - 1;
        let word = context.doc.word(at);
        if context.quotation_of[at] != context.quotation_of[name] {
            break;
        }
        if word == "," && !comma && start == name {
            comma = true;
        } else if context.is_mark(at) && !matches!(word, "(" | ")" | "." | "-") {
            break;
        }
        let lower = context.lower(at);
        let other_person =
            context.mention_of[at].is_some_and(|m| context.mentions[m].kind == NameKind::Person);
        if is_finite(&lower)
            || other_person
            || ["and", "that", "with", "by", "but", "to", "as"].contains(&lower.as_str())
        {
            break;
        }
        start = at;
    }
    start
}

/// The apposition behind a name (", the head of NATO,").
fn described_behind(context: &Context<'_>, end: usize) -> Range<usize> {
    if !matches!(context.doc.word(end), "," | "(") {
        return end..end;
    }
    let begin = end + 1;
    let close = (begin..context.doc.tokens.len()).take(18).find(|&t| {
        matches!(context.doc.word(t), "," | ")" | "." | ";" | ":")
            || context.is_quotation_mark(t)
            || is_finite(&context.lower(t))
    });
    let close = close.unwrap_or(begin).min(context.doc.tokens.len());
    let paragraph_end = context
        .doc
        .tokens
        .get(end)
        .and_then(|t| context.doc.sentence_at(t.start))
        .map_or(begin, |s| context.doc.sentences[s].tokens.end);
    begin..close.max(begin).min(paragraph_end.max(begin))
}

/// The person whom a source names: not one who is only part of a description ("a spokesman for
/// Anna Weber", "Weber's lawyer").
pub(super) fn person_in(context: &Context<'_>, source: &Range<usize>) -> Option<String> {
    let mut seen_role = false;
    let mut last = None;
    for t in source.clone() {
        if let Some(index) = context.mention_of[t] {
            if last.replace(index) == Some(index) {
                continue;
            }
            let mention = &context.mentions[index];
            let before = t
                .checked_sub(1)
                .filter(|b| source.contains(b))
                .map(|b| context.lower(b));
            let owner = matches!(
                context.doc.word(mention.tokens.end),
                "'s" | "’s" | "’" | "'"
            ) && mention.tokens.end + 1 < source.end
                && !is_utterance(&context.lower(source.end - 1));
            let part = seen_role
                && before.is_some_and(|b| {
                    [
                        "for", "of", "to", "by", "with", "against", "about", "in", "at", "from",
                    ]
                    .contains(&b.as_str())
                });
            if mention.kind == NameKind::Person && !owner && !part {
                return Some(mention.name.clone());
            }
        } else {
            seen_role |= lexicon::role(&context.lower(t)).is_some();
        }
    }
    None
}

/// The person who spoke or acted last before a token.
pub(super) fn last_person(
    context: &Context<'_>,
    before: usize,
    earlier: &Earlier,
) -> Option<Speaker> {
    let doc = context.doc;
    let sentence = doc.sentence_at(doc.tokens[before].start)?;
    for (distance, s) in (0..=sentence).rev().enumerate() {
        if distance > 4 {
            break;
        }
        let tokens = doc.sentences[s].tokens.clone();
        let tokens = tokens.start..tokens.end.min(before);
        if let Some(speaker) = earlier.person_in(&tokens) {
            return Some(speaker.clone());
        }
        let acted = tokens.clone().find_map(|t| {
            let mention = context.mention_of[t].filter(|_| context.quotation_of[t].is_none())?;
            let owner = matches!(doc.word(context.mentions[mention].tokens.end), "'s" | "’s");
            Some(&context.mentions[mention]).filter(|m| m.kind == NameKind::Person && !owner)
        });
        if let Some(mention) = acted {
            let known = earlier.named(&mention.name);
            return Some(known.cloned().unwrap_or_else(|| Speaker {
                name: mention.name.clone(),
                kind: SpeakerKind::Person,
                party: None,
            }));
        }
    }
    earlier.last_person().cloned()
}
