//! When a statement was made, as far as the words beside its cue tell (`data/en/saying-times.toml`).
//!
//! A day counts only where it plainly belongs to the saying: between source and cue, behind the cue, or at the beginning
//! of the sentence in front of the source. It holds for what the same speaker says close by, until words tell of another
//! time. No day is later than the report. Where it is not plain, there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{PartialDate, Speaker, TimeType};
use variorum_text::tagger::Tag;
use variorum_text::words::data;

use super::super::{Context, Found};
use super::paragraph;
use crate::cues::stands_between;

/// How many tokens may part a day from its cue, or stand in front of it at the beginning of a sentence.
const NEAR: usize = 14;
/// How many tokens and paragraphs a day holds for the same speaker.
const HOLDS: usize = 600;
const PARAGRAPHS: usize = 5;
/// How far back a word is looked for that makes a day another happening's.
const BACK: usize = 7;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    front: BTreeSet<String>,
    others: BTreeSet<String>,
    owners: BTreeSet<String>,
    joins: BTreeSet<String>,
    meetings: BTreeSet<String>,
    counted: BTreeSet<String>,
    before: BTreeSet<String>,
    breaks: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

#[cfg(test)]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    words: String,
    day: Option<String>,
}

fn file() -> Words {
    data(
        "saying-times.toml",
        include_str!("../../../data/en/saying-times.toml"),
    )
}

static WORDS: LazyLock<Words> = LazyLock::new(file);

/// The time expression that tells when each statement was made: beside its cue, else the one of the
/// speaker's statement before.
pub(in super::super) fn said_on(
    context: &Context<'_>,
    found: &[Found],
    speakers: &[Option<Speaker>],
) -> Vec<Option<usize>> {
    let mut said = vec![false; context.doc.tokens.len()];
    for range in found.iter().flat_map(|one| &one.content) {
        said[context.doc.tokens_in(range.clone())].fill(true);
    }
    // For each speaker the day, and the token up to which it is known to hold.
    let mut last: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    found
        .iter()
        .zip(speakers)
        .map(|(one, speaker)| {
            let time = time_of(context, &said, one);
            let Some(name) = speaker.as_ref().map(|s| s.name.as_str()) else {
                return time;
            };
            let end = end_of_frame(context, one);
            let of_before = is_of_before(context, one);
            let time = time.or_else(|| {
                let (time, from) = *last.get(name)?;
                let same = !of_before && holds(context, &said, name, time, from..end);
                same.then_some(time)
            });
            match time {
                Some(time) if !of_before => last.insert(name, (time, end)),
                _ => last.remove(name),
            };
            time
        })
        .collect()
}

/// Where the sentence of a statement's cue ends, else where the statement does.
fn end_of_frame(context: &Context<'_>, one: &Found) -> usize {
    match &one.cue {
        Some(cue) => sentence(context, cue.start).end,
        None => one
            .content
            .last()
            .map_or(one.at, |piece| context.doc.tokens_in(piece.clone()).end),
    }
}

fn sentence(context: &Context<'_>, token: usize) -> Range<usize> {
    context.doc.sentences[context.syntax.sentences[token]]
        .tokens
        .clone()
}

/// Whether a statement is told as one of before: "had argued".
fn is_of_before(context: &Context<'_>, one: &Found) -> bool {
    let Some(cue) = &one.cue else { return false };
    let bound = sentence(context, cue.start).start;
    let walked = (bound..cue.end).rev().take_while(|&t| {
        t >= cue.start || stands_between(&context.lower(t)) || context.time_of[t].is_some()
    });
    walked
        .into_iter()
        .any(|t| WORDS.before.contains(&context.lower(t)))
}

/// Whether a day still holds behind some words of the report: none of them tells of another day, and no sentence about
/// the speaker of an earlier time.
fn holds(
    context: &Context<'_>,
    said: &[bool],
    name: &str,
    time: usize,
    words: Range<usize>,
) -> bool {
    let far = |(from, to): (Option<usize>, Option<usize>)| {
        from.zip(to)
            .is_none_or(|(from, to)| to.saturating_sub(from) > PARAGRAPHS)
    };
    let last = words.end.saturating_sub(1);
    let first = words.start.min(last);
    if words.len() > HOLDS || far((paragraph(context, first), paragraph(context, last))) {
        return false;
    }
    let day = &context.times[time].value;
    words.filter(|&t| !said[t]).all(|t| {
        let other = context.time_of[t].is_some_and(|other| {
            let other = &context.times[other];
            matches!(other.kind, TimeType::Date | TimeType::Time)
                && other.value.len() >= day.len()
                && !other.value.starts_with(day.as_str())
        });
        let quoted = context.quotation_of[t].is_some();
        let breaks = || WORDS.breaks.contains(&context.lower(t)) && is_about(context, name, t);
        quoted || !(other || breaks())
    })
}

/// Whether the sentence of a token names somebody, or has a pronoun in front of the token.
fn is_about(context: &Context<'_>, name: &str, token: usize) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let sentence = sentence(context, token);
    let pronoun = (sentence.start..token).any(|t| context.tag(t) == Tag::Pronoun);
    pronoun || sentence.into_iter().any(|t| context.doc.word(t) == last)
}

/// The day beside a cue that is the day of the saying.
fn time_of(context: &Context<'_>, said: &[bool], one: &Found) -> Option<usize> {
    let cue = one.cue.as_ref()?;
    let sentence = sentence(context, cue.start);
    // "Weber announced the ferry on Thursday, saying": the day may stand at the end of another content.
    let ends = |t: usize| context.doc.word(t + 1) == "," && t + 2 == cue.start;
    let free = |&t: &usize| (!said[t] || ends(t)) && context.quotation_of[t].is_none();
    let times: BTreeSet<usize> = sentence
        .clone()
        .filter(free)
        .filter_map(|t| context.time_of[t])
        .filter(|&time| is_day(context, time))
        .collect();
    times.into_iter().find(|&time| {
        let tokens = context.doc.tokens_in(context.times[time].range.clone());
        stands_beside(context, one, cue, &sentence, &tokens)
            && !is_of_other(context, said, one, &tokens)
    })
}

/// Whether a time is one day, not counted from another, and not after publication.
fn is_day(context: &Context<'_>, time: usize) -> bool {
    let time = &context.times[time];
    let value = time.value.as_bytes();
    let day = value.len() >= 10 && value[4] == b'-' && value[7] == b'-';
    let tokens = context.doc.tokens_in(time.range.clone());
    let mut words = tokens.map(|t| context.lower(t));
    let later = context.doc.published.zip(time.date());
    matches!(time.kind, TimeType::Date | TimeType::Time)
        && day
        && !words.any(|word| WORDS.counted.contains(&word))
        && later.is_none_or(|(published, date)| date.first() <= PartialDate::day(published).first())
}

/// Whether a time stands where it tells when something was said.
fn stands_beside(
    context: &Context<'_>,
    one: &Found,
    cue: &Range<usize>,
    sentence: &Range<usize>,
    time: &Range<usize>,
) -> bool {
    let mut start = time.start;
    while start > sentence.start && WORDS.front.contains(&context.lower(start - 1)) {
        start -= 1;
    }
    let verb = |mut tokens: Range<usize>| {
        tokens.any(|t| {
            context.tag(t) == Tag::Wh
                || context.tag(t).is_verb() && !stands_between(&context.lower(t))
        })
    };
    if start >= cue.end {
        return start - cue.end <= NEAR && !verb(cue.end..start);
    }
    if time.end > cue.start {
        return true;
    }
    let Some(source) = &one.source else {
        return time.end == cue.start;
    };
    // A source may end with the day: "Weber on Thursday |defended".
    let named = if source.contains(&time.start) {
        start
    } else {
        source.end
    };
    let participle = cue.start > 0
        && context.tag(cue.start) == Tag::VerbIng
        && context.doc.word(cue.start - 1) == ",";
    if start >= named && start > source.start {
        // "Weber on Thursday defended the plan and said", "Weber opened the port on Thursday in Oslo, saying".
        let rest = time.end..cue.start;
        let one_subject = start == named
            && !rest
                .clone()
                .any(|t| context.is_mark(t) || context.tag(t) == Tag::Wh);
        let acts = (named..start).filter(|&t| verb(t..t + 1)).count() <= 1
            && !(named..start).any(|t| context.doc.word(t) == ",");
        let place = time.end..cue.start.saturating_sub(1).max(time.end);
        let joined = participle && acts && place.len() <= NEAR && !verb(place);
        return one_subject || joined || !verb(named..start) && !verb(rest);
    }
    // "On Thursday, Weber said", "Speaking in Oslo on Thursday, Weber said".
    let comma = usize::from(context.doc.word(time.end) == ",");
    let first = (sentence.start..start)
        .find(|&t| !context.is_mark(t))
        .unwrap_or(start);
    let opening = start - first <= NEAR
        && context.tag(first) != Tag::VerbPast
        && !(first + 1..start).any(|t| context.tag(t).is_verb())
        && !(first..start).any(|t| context.doc.word(t) == ",");
    let adverbial = first == start || matches!(context.tag(first), Tag::Preposition | Tag::VerbIng);
    // "On Thursday Norland's minister said": the day may be taken for a part of the source.
    let who = if source.contains(&time.start) {
        time.end
    } else {
        source.start
    };
    let near = time.end + comma..who.max(time.end + comma);
    let next = near.is_empty() || first == start && near.len() <= NEAR && !verb(near);
    let follows = who >= time.end && source.end <= cue.start;
    follows && next && opening && adverbial && (participle || !verb(source.end..cue.start))
}

/// Whether a time belongs to something else: "ahead of Monday's talks, NATO said", "the July 25 call".
fn is_of_other(context: &Context<'_>, said: &[bool], one: &Found, time: &Range<usize>) -> bool {
    let sentence = context.syntax.sentences[time.start];
    let next = time.end;
    let sourced = one.source.as_ref().is_some_and(|s| s.contains(&next));
    let front = |back: usize| {
        let token = time.start.checked_sub(back)?;
        (context.syntax.sentences[token] == sentence).then(|| context.lower(token))
    };
    // "said after Wednesday's meeting that"
    let cue_end = one.cue.as_ref().map(|cue| cue.end);
    if context.lower(next) == "'s"
        && cue_end.is_some_and(|end| (end..=end + 1).contains(&time.start))
        && front(1).is_some_and(|word| WORDS.joins.contains(&word))
        && (next + 1..next + 4).any(|t| WORDS.meetings.contains(&context.lower(t)))
    {
        return false;
    }
    let plain = front(1).is_some_and(|word| WORDS.front.contains(&word))
        && context.tag(next) == Tag::ProperNoun;
    let owned = context.lower(next) == "'s"
        || next < said.len()
            && !said[next]
            && !sourced
            && !plain
            && matches!(
                context.tag(next),
                Tag::Noun | Tag::Nouns | Tag::ProperNoun | Tag::Possessive
            );
    owned
        || front(1).is_some_and(|word| WORDS.owners.contains(&word))
        || (1..=BACK)
            .filter_map(|back| time.start.checked_sub(back))
            .take_while(|&t| context.syntax.sentences[t] == sentence && context.doc.word(t) != ",")
            .take_while(|&t| one.cue.as_ref().is_none_or(|cue| !cue.contains(&t)))
            .any(|t| WORDS.others.contains(&context.lower(t)))
}

#[cfg(test)]
mod tests {
    use variorum_model::CodePoints;

    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for Example { text, words, day } in file().example {
            let report = crate::statements::tests::report(&text);
            let points = CodePoints::of(&text);
            let analysis = crate::analyze(&report);
            let mut found = analysis
                .statements
                .iter()
                .filter(|s| s.content.iter().any(|c| points.slice(*c).contains(&words)));
            let said_on = found.next().map(|s| s.said_on.map(|day| day.to_string()));
            assert_eq!(said_on, Some(day), "day of {words:?} in {text:?}");
        }
    }
}
