//! Whose words the encoder says they are: from the tokens that may name a speaker to people, bodies and descriptions,
//! held against the speakers that the rules find.

use std::ops::Range;

use variorum_encoder::Said;
use variorum_model::Speaker;
use variorum_text::tagger::Tag;

use super::speakers::{Known, speakers};
use super::{Context, Found};

/// The most speakers that are considered for one statement.
const MOST: usize = 4;
/// The most tokens of a description.
const LONGEST_DESCRIPTION: usize = 12;
/// How much likelier a speaker is whom the rules find too; where speakers of `gold2` are right most often.
const BY_RULES: f32 = 0.5;
/// Nobody is named before somebody who is less likely than this.
const LEAST: f32 = 0.1;

/// Somebody who may have said it.
pub(super) struct Candidate {
    speaker: Speaker,
    /// How likely the words that name him do.
    likely: f32,
}

/// The speaker of a statement, and what speaks for him.
pub(crate) struct Chosen {
    /// Who; none when nobody is likely enough.
    pub(super) speaker: Option<Speaker>,
    /// How likely the words that name him do.
    pub(crate) likely: f32,
    /// How much likelier he is than the next one, the rules counted.
    pub(crate) margin: f32,
    /// Whether the rules name him; none when they name nobody.
    pub(crate) by_rules: Option<bool>,
}

/// Those who may have said each statement, the likeliest first. `homes` are what the statements stand in.
pub(super) fn candidates(
    context: &Context<'_>,
    known: &Known<'_>,
    statements: &[Said],
    homes: &[&Found],
) -> Vec<Vec<Candidate>> {
    let places: Vec<Vec<(Range<usize>, f32)>> = statements
        .iter()
        .zip(homes)
        .map(|(said, home)| places(context, said, home))
        .collect();
    let mut found: Vec<Vec<Candidate>> = statements.iter().map(|_| Vec::new()).collect();
    for rank in 0..MOST {
        let sources = places.iter().zip(homes).map(|(places, home)| Found {
            source: places.get(rank).map(|(tokens, _)| tokens.clone()),
            ..(*home).clone()
        });
        let resolved = speakers(context, known, &sources.collect::<Vec<_>>());
        for ((found, places), speaker) in found.iter_mut().zip(&places).zip(resolved) {
            let (Some((_, likely)), Some(speaker)) = (places.get(rank), speaker) else {
                continue;
            };
            match found
                .iter_mut()
                .find(|one| one.speaker.name == speaker.name)
            {
                Some(one) => one.likely += likely,
                None => found.push(Candidate {
                    speaker,
                    likely: *likely,
                }),
            }
        }
    }
    found
}

/// The likeliest speaker, those whom the rules find being likelier.
pub(super) fn choose(candidates: &[Candidate], by_rules: Option<&Speaker>) -> Chosen {
    let is = |one: &Speaker, other: Option<&Speaker>| other.map(|other| other.name == one.name);
    let mut all: Vec<(&Speaker, f32)> = candidates
        .iter()
        .map(|one| (&one.speaker, one.likely))
        .collect();
    if let Some(known) = by_rules
        && all.iter().all(|(one, _)| one.name != known.name)
    {
        all.push((known, 0.0));
    }
    let score = |(one, likely): &(&Speaker, f32)| match is(one, by_rules) {
        Some(true) => likely + BY_RULES,
        _ => *likely,
    };
    // The first of equal ones stays in front.
    all.sort_by(|a, b| score(b).total_cmp(&score(a)));
    let next = all.get(1).map_or(0.0, score);
    let best = all.first().filter(|best| score(best) >= LEAST);
    Chosen {
        speaker: best.map(|(one, _)| (*one).clone()),
        likely: best.map_or(0.0, |(_, likely)| *likely),
        margin: best.map_or(0.0, |best| score(best) - next),
        by_rules: best.and_then(|(one, _)| is(one, by_rules)),
    }
}

/// The words that may name a speaker, with how likely they do: words of one name or description together, the
/// likeliest first.
fn places(context: &Context<'_>, said: &Said, home: &Found) -> Vec<(Range<usize>, f32)> {
    let mut found: Vec<(String, Range<usize>, f32)> = Vec::new();
    for &(token, likely) in &said.named {
        let (name, tokens) = if let Some(mention) = context.mention_of[token] {
            let mention = &context.mentions[mention];
            (mention.name.clone(), mention.tokens.clone())
        } else {
            let tokens = description(context, token, home);
            let words: Vec<String> = tokens.clone().map(|t| context.lower(t)).collect();
            (words.join(" "), tokens)
        };
        match found.iter_mut().find(|(other, ..)| *other == name) {
            Some((.., sum)) => *sum += likely,
            None => found.push((name, tokens, likely)),
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    found
        .into_iter()
        .map(|(_, tokens, likely)| (tokens, likely))
        .collect()
}

/// The phrase around a word that is no name.
fn description(context: &Context<'_>, token: usize, home: &Found) -> Range<usize> {
    let source = home.source.as_ref();
    if let Some(source) = source.filter(|source| source.contains(&token)) {
        return source.clone();
    }
    let sentence = context.syntax.sentences[token];
    let bounds = context.doc.sentences[sentence].tokens.clone();
    let noun = |t: usize| matches!(context.tag(t), Tag::Noun | Tag::Nouns | Tag::ProperNoun);
    let before = |t: usize| {
        noun(t)
            || matches!(
                context.tag(t),
                Tag::Adjective
                    | Tag::Determiner
                    | Tag::Number
                    | Tag::Possessive
                    | Tag::PronounPossessive
                    | Tag::VerbParticiple
            )
    };
    let mut start = token;
    while start > bounds.start && before(start - 1) && token - start < LONGEST_DESCRIPTION {
        start -= 1;
    }
    let mut end = token + 1;
    while end < bounds.end && noun(end) && end - token < LONGEST_DESCRIPTION {
        end += 1;
    }
    start..end
}
