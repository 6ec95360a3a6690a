//! Whom a source means: a person by full name, a body, or a description that is kept as it stands.
//!
//! What a report tells of its people (titles, appositions, the body or state they belong to) is
//! gathered first, so that "the NATO head" finds Jens Stoltenberg. Pronouns go to the person who
//! spoke or acted last.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use variorum_model::{NameKind, Speaker, SpeakerKind, StatementKind, TimeType};
use variorum_text::lexicon::{self, AliasKind, RoleKind};
use variorum_text::parser::Relation;
use variorum_text::words::is_finite;

use super::{Context, Found};

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
const GENERIC: [&str; 36] = [
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

/// The speaker of each statement.
pub(super) fn speakers(context: &Context<'_>, found: &[Found]) -> Vec<Option<Speaker>> {
    let profiles = profiles(context);
    let mut speakers: Vec<Option<Speaker>> = Vec::with_capacity(found.len());
    for (i, one) in found.iter().enumerate() {
        let speaker = match &one.source {
            Some(source) => resolve(context, &profiles, source, found, &speakers),
            // "It is feared that ...": nobody says who.
            None if one.cue.is_some() && super::kind(context, one) == StatementKind::Indirect => {
                None
            }
            None => unnamed(context, found, &speakers, i),
        };
        speakers.push(speaker);
    }
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

/// The time expression that tells when each statement was made: beside its cue, else the one of the
/// speaker's statement before.
pub(super) fn said_on(
    context: &Context<'_>,
    found: &[Found],
    speakers: &[Option<Speaker>],
) -> Vec<Option<usize>> {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    found
        .iter()
        .zip(speakers)
        .map(|(one, speaker)| {
            let time = time_of(context, one);
            let name = speaker.as_ref().map(|s| s.name.as_str());
            if let (Some(time), Some(name)) = (time, name) {
                last.insert(name, time);
            }
            time.or_else(|| name.and_then(|name| last.get(name).copied()))
        })
        .collect()
}

fn time_of(context: &Context<'_>, one: &Found) -> Option<usize> {
    let is_day = |time: usize| {
        let time = &context.times[time];
        let value = time.value.as_bytes();
        let day = value.len() >= 10 && value[4] == b'-' && value[7] == b'-';
        matches!(time.kind, TimeType::Date | TimeType::Time) && day
    };
    let free = |t: usize| {
        let at = context.doc.tokens[t].start;
        !one.content.iter().any(|c| c.contains(&at))
    };
    let in_frame = one
        .frame
        .clone()
        .filter(|&t| free(t))
        .find_map(|t| context.time_of[t].filter(|&i| is_day(i)));
    in_frame.or_else(|| {
        let cue = one.cue.as_ref()?;
        let sentence = context
            .doc
            .sentence_at(context.doc.tokens[cue.start].start)?;
        let tokens = context.doc.sentences[sentence].tokens.clone();
        let times: BTreeSet<usize> = tokens
            .filter(|&t| free(t))
            .filter_map(|t| context.time_of[t].filter(|&i| is_day(i)))
            .filter(|&time| !is_of_other(context, time))
            .collect();
        (times.len() == 1)
            .then(|| times.into_iter().next())
            .flatten()
    })
}

/// Whether a time belongs to something else that was before or after: "ahead of Monday's talks, NATO said".
fn is_of_other(context: &Context<'_>, time: usize) -> bool {
    let bytes = context.times[time].range.clone();
    let first = context.doc.tokens_in(bytes).start;
    let sentence = context.syntax.sentences[first];
    (1..=7)
        .filter_map(|back| first.checked_sub(back))
        .take_while(|&t| context.syntax.sentences[t] == sentence && context.doc.word(t) != ",")
        .any(|t| {
            ["before", "after", "ahead", "since", "until", "following"]
                .contains(&context.lower(t).as_str())
        })
}

fn same_paragraph(context: &Context<'_>, a: usize, b: usize) -> bool {
    let paragraph = |token: usize| {
        let byte = context.doc.tokens.get(token)?.start;
        Some(context.doc.sentences[context.doc.sentence_at(byte)?].paragraph)
    };
    paragraph(a) == paragraph(b)
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

/// What the report tells of its people.
fn profiles(context: &Context<'_>) -> BTreeMap<String, Profile> {
    let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
    for mention in context
        .mentions
        .iter()
        .filter(|m| m.kind == NameKind::Person)
    {
        let profile = profiles.entry(mention.name.clone()).or_default();
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
    profiles
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

fn resolve(
    context: &Context<'_>,
    profiles: &BTreeMap<String, Profile>,
    source: &Range<usize>,
    found: &[Found],
    earlier: &[Option<Speaker>],
) -> Option<Speaker> {
    let first = context.lower(source.start);
    if source.len() == 1 {
        match first.as_str() {
            "he" | "she" => return last_person(context, source.start, found, earlier),
            "they" | "it" => {
                if let Some(body) = last_body(context, source.start).filter(|_| first == "it") {
                    return Some(body);
                }
                return earlier
                    .iter()
                    .rev()
                    .flatten()
                    .find(|s| s.kind != SpeakerKind::Person)
                    .cloned();
            }
            "i" | "we" => return None,
            relative if is_relative(relative) => {
                // What stands for another pronoun again means nobody: "that that that said".
                let noun = antecedent(context, source.start)
                    .filter(|noun| noun.len() > 1 || !is_relative(&context.lower(noun.start)))?;
                return resolve(context, profiles, &noun, found, earlier);
            }
            _ => {}
        }
    }
    if words(context, source).eq_ignore_ascii_case("the statement")
        && let Some(speaker) = earlier.iter().rev().flatten().next()
    {
        return Some(speaker.clone());
    }
    if let Some(name) = person_in(context, source) {
        let party = profiles.get(&name).and_then(|p| p.party.clone());
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
    let definite = ["the", "his", "her"].contains(&first.as_str()) || first == "nato";
    if let Some((at, role)) = role.filter(|(_, role)| role.kind == RoleKind::Person) {
        if (definite || context.mention_of[source.start].is_some())
            && let Some(speaker) = by_role(context, profiles, source, at, party.as_ref())
        {
            return Some(speaker);
        }
        let word = context.lower(at);
        let generic = first == "the" && GENERIC.contains(&word.as_str());
        if generic
            && !role.plural
            && source.len() <= 4
            && let Some(last) = last_person(context, source.start, found, earlier)
        {
            return Some(last);
        }
    } else if let Some(mention) = sole_mention(context, source) {
        let kind = match mention.1 {
            NameKind::Place => SpeakerKind::Place,
            _ => SpeakerKind::Organization,
        };
        return Some(Speaker {
            name: mention.0,
            kind,
            party,
        });
    }
    let last = context.lower(source.end - 1);
    let generic = first == "the" && GENERIC.contains(&last.as_str()) && source.len() <= 5;
    if let Some(person) = last_person(context, source.start, found, earlier).filter(|_| generic) {
        return Some(person);
    }
    if let Some(body) = body_meant(context, source) {
        return Some(body);
    }
    Some(Speaker {
        name: words(context, source),
        kind: SpeakerKind::Described,
        party,
    })
}

fn is_relative(lower: &str) -> bool {
    ["who", "which", "that"].contains(&lower)
}

/// The words that a relative pronoun stands for: what the clause of "who" hangs on.
fn antecedent(context: &Context<'_>, pronoun: usize) -> Option<Range<usize>> {
    let syntax = context.syntax;
    let mut at = pronoun;
    for _ in 0..4 {
        let is_clause = syntax.relations[at] == Relation::RelativeClause;
        let Some(head) = syntax.heads[at] else { break };
        at = head;
        if is_clause {
            let noun = syntax.phrase(at);
            return (noun.start < pronoun).then(|| noun.start..noun.end.min(pronoun));
        }
    }
    // The parser missed the clause: the noun in front of the pronoun.
    let before = pronoun.checked_sub(1)?;
    let before = if context.doc.word(before) == "," {
        before.checked_sub(1)?
    } else {
        before
    };
    let same = syntax.sentences[before] == syntax.sentences[pronoun];
    (same && !context.is_mark(before)).then(|| {
        let noun = syntax.phrase(before);
        noun.start..before + 1
    })
}

/// The body or place that was the subject last before a token, in its sentence or the one before.
fn last_body(context: &Context<'_>, before: usize) -> Option<Speaker> {
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

/// Which body a definite description means: "the court", "the judges" after the Ninth Circuit Court; the
/// first one named whose name holds the word.
fn body_meant(context: &Context<'_>, source: &Range<usize>) -> Option<Speaker> {
    if !["the", "its", "their"].contains(&context.lower(source.start).as_str()) {
        return None;
    }
    let head = source
        .clone()
        .find(|&t| context.syntax.heads[t].is_none_or(|head| !source.contains(&head)))?;
    let head = context.lower(head);
    let words: &[&str] = match head.as_str() {
        "court" | "judges" | "panel" | "justices" => &["court", "circuit"],
        "company" | "firm" | "retailer" | "manufacturer" => &["inc", "corp", "company", "group"],
        "bureau" | "agents" => &["bureau", "fbi"],
        "pentagon" | "military" => &["defense", "pentagon", "army", "force"],
        "newspaper" | "paper" => &["times", "post", "journal", "tribune", "news", "guardian"],
        _ => &[],
    };
    let before = context
        .mentions
        .partition_point(|m| m.tokens.start < source.start);
    let fits = |name: &str| {
        name.split(' ').any(|word| {
            let word = variorum_text::words::fold(word);
            word == head || words.contains(&word.as_str())
        })
    };
    // The one that the report named first is what it is about.
    let body = context.mentions[..before]
        .iter()
        .find(|m| m.kind == NameKind::Organization && fits(&m.name))?;
    Some(Speaker {
        name: body.name.clone(),
        kind: SpeakerKind::Organization,
        party: None,
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

/// The person whom a source names: not one who is only part of a description ("a spokesman for
/// Anna Weber", "Weber's lawyer").
fn person_in(context: &Context<'_>, source: &Range<usize>) -> Option<String> {
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

/// The body or place that a source consists of, when it has no other head.
fn sole_mention(context: &Context<'_>, source: &Range<usize>) -> Option<(String, NameKind)> {
    // "The operator, Skerrow Lines": the name behind the comma.
    let named = |t: usize| context.mention_of[t].map(|m| &context.mentions[m]);
    if let Some(comma) = source.clone().find(|&t| context.doc.word(t) == ",")
        && !(source.start..comma).any(|t| named(t).is_some())
        && let Some(mention) = named((comma + 1).min(source.end - 1))
        && mention.tokens == (comma + 1..source.end)
    {
        return Some((mention.name.clone(), mention.kind));
    }
    let has_role = source
        .clone()
        .any(|t| context.mention_of[t].is_none() && lexicon::role(&context.lower(t)).is_some());
    if has_role {
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
    let owner = matches!(context.doc.word(mention.tokens.end), "'s" | "’s")
        && mention.tokens.end < source.end;
    // "The Ninth Circuit's ruling" says what the Ninth Circuit says.
    let own_words = owner && is_utterance(&context.lower(source.end - 1));
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

/// The one person of the report who has this role in this party ("the NATO head").
fn by_role(
    context: &Context<'_>,
    profiles: &BTreeMap<String, Profile>,
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
    let fits = |profile: &Profile| {
        let role_fits = words
            .iter()
            .any(|w| profile.roles.contains(w) && lexicon::role(w).is_some())
            || head
                && profile
                    .roles
                    .iter()
                    .any(|r| HEADS.contains(&r.as_str()) || r == "secretary");
        let party_fits = party.is_none() || profile.party.as_ref() == party;
        role_fits && party_fits
    };
    let mut candidates = profiles.iter().filter(|(_, profile)| fits(profile));
    let (name, profile) = candidates.next()?;
    candidates.next().is_none().then(|| Speaker {
        name: name.clone(),
        kind: SpeakerKind::Person,
        party: profile.party.clone(),
    })
}

/// The person who spoke or acted last before a token.
fn last_person(
    context: &Context<'_>,
    before: usize,
    found: &[Found],
    earlier: &[Option<Speaker>],
) -> Option<Speaker> {
    let doc = context.doc;
    let sentence = doc.sentence_at(doc.tokens[before].start)?;
    for (distance, s) in (0..=sentence).rev().enumerate() {
        if distance > 4 {
            break;
        }
        let tokens = doc.sentences[s].tokens.clone();
        let tokens = tokens.start..tokens.end.min(before);
        let spoke = found
            .iter()
            .zip(earlier)
            .rev()
            .filter(|(f, _)| {
                f.source
                    .as_ref()
                    .or(f.cue.as_ref())
                    .is_some_and(|r| tokens.contains(&r.start))
            })
            .find_map(|(_, speaker)| speaker.clone().filter(|s| s.kind == SpeakerKind::Person));
        if spoke.is_some() {
            return spoke;
        }
        let acted = tokens.clone().find_map(|t| {
            let mention = context.mention_of[t].filter(|_| context.quotation_of[t].is_none())?;
            let owner = matches!(doc.word(context.mentions[mention].tokens.end), "'s" | "’s");
            Some(&context.mentions[mention]).filter(|m| m.kind == NameKind::Person && !owner)
        });
        if let Some(mention) = acted {
            let known = earlier
                .iter()
                .rev()
                .flatten()
                .find(|s| s.name == mention.name);
            return Some(known.cloned().unwrap_or_else(|| Speaker {
                name: mention.name.clone(),
                kind: SpeakerKind::Person,
                party: None,
            }));
        }
    }
    earlier
        .iter()
        .rev()
        .flatten()
        .find(|s| s.kind == SpeakerKind::Person)
        .cloned()
}

/// The speaker of a statement that names no source: whoever spoke before, close by.
fn unnamed(
    context: &Context<'_>,
    found: &[Found],
    earlier: &[Option<Speaker>],
    at: usize,
) -> Option<Speaker> {
    let last = at.checked_sub(1)?;
    let paragraph = |token: usize| {
        let byte = context.doc.tokens.get(token)?.start;
        Some(context.doc.sentences[context.doc.sentence_at(byte)?].paragraph)
    };
    let near = paragraph(found[at].at)?.checked_sub(paragraph(found[last].at)?)? <= 1;
    earlier[last].clone().filter(|_| near)
}
