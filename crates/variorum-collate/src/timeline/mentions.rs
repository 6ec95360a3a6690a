//! The dated events of all reports, with what tells one from another.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use variorum_model::{Event, Moment, PartialDate};
use variorum_text::happenings::{self, Kind};
use variorum_text::rarity;
use variorum_text::stem::stem;
use variorum_text::tokens::{TokenKind, tokens};
use variorum_text::words::{fold, is_function_word, is_subject_pronoun};

use crate::Member;

/// One report's mention of an event.
pub(super) struct Mention<'a> {
    /// Index of the report in its story.
    pub member: usize,
    /// The event as its report tells it.
    pub event: &'a Event,
    /// Its date.
    pub date: PartialDate,
    /// When the report was published, in days.
    pub published: Option<jiff::civil::Date>,
    /// What kind of happening it is.
    pub kind: Option<Kind>,
    /// Whether the line is a noun phrase that names the happening, not a clause.
    pub names_it: bool,
    /// Who takes part, with the story's own spelling of each.
    pub participants: Vec<&'a str>,
    /// Stems of the line, by their place among all stems of the story, with their weights; the squares sum to 1.
    pub stems: Vec<(usize, f32)>,
    /// How well the line would stand for the event.
    pub score: i32,
}

/// All mentions with a date, in the order of the reports.
pub(super) fn mentions<'a>(members: &'a [Member<'_>]) -> Vec<Mention<'a>> {
    let mut found = Vec::new();
    let mut lines: Vec<BTreeMap<String, f32>> = Vec::new();
    for (at, member) in members.iter().enumerate() {
        for event in &member.analysis.events {
            let Some(date) = event.date else { continue };
            let (mention, stems) = mention(at, member, event, date);
            found.push(mention);
            lines.push(stems);
        }
    }
    let all: BTreeSet<&String> = lines.iter().flat_map(BTreeMap::keys).collect();
    let places: FxHashMap<&String, usize> = all.into_iter().zip(0..).collect();
    for (mention, stems) in found.iter_mut().zip(&lines) {
        mention.stems = stems.iter().map(|(stem, &w)| (places[stem], w)).collect();
    }
    found
}

/// A mention, and the stems of its line with their weights.
fn mention<'a>(
    at: usize,
    member: &Member<'_>,
    event: &'a Event,
    date: PartialDate,
) -> (Mention<'a>, BTreeMap<String, f32>) {
    let text = &event.what;
    let words: Vec<&str> = tokens(text)
        .iter()
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.of(text))
        .collect();
    let lower: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let noun = |i: usize| {
        let pair = i
            .checked_sub(1)
            .map(|before| format!("{} {}", lower[before], lower[i]));
        pair.and_then(|pair| happenings::noun(&pair))
            .or_else(|| happenings::noun(&lower[i]))
    };
    let nouns: Vec<(usize, Kind)> = (0..lower.len())
        .filter_map(|i| Some((i, noun(i)?)))
        .collect();
    // "phone call" and "test launch": the last of neighbouring nouns is the head.
    let head = nouns.iter().enumerate().find_map(|(n, &(i, kind))| {
        (nouns.get(n + 1).is_none_or(|&(next, _)| next > i + 1)).then_some((i, kind))
    });
    let kind = event.kind.as_deref().and_then(happenings::kind);
    let names_it = head.is_some_and(|(i, of)| i <= 6 && kind.is_none_or(|kind| kind == of));
    let mut stems: BTreeMap<String, f32> = BTreeMap::new();
    for word in lower.iter().filter(|word| !is_function_word(word)) {
        let stem = stem(word);
        let weight = rarity::of_stem(&stem);
        stems.insert(stem, weight);
    }
    let norm = stems.values().map(|w| w * w).sum::<f32>().sqrt().max(1e-6);
    for weight in stems.values_mut() {
        *weight /= norm;
    }
    let score = score(event, &words, names_it);
    let mention = Mention {
        member: at,
        event,
        date,
        published: member.published.map(Moment::date),
        kind,
        names_it,
        participants: event.participants.iter().map(String::as_str).collect(),
        stems: Vec::new(),
        score,
    };
    (mention, stems)
}

/// Prefers a short noun phrase that names those who take part.
fn score(event: &Event, words: &[&str], names_it: bool) -> i32 {
    let length = words.len() as i32;
    let names = event.participants.len().min(3) as i32;
    let long = (length - 12).max(0) + (4 - length).max(0) * 2;
    let quoted = i32::from(event.what.contains(['“', '”', '"']));
    let vague = words
        .first()
        .is_some_and(|word| is_subject_pronoun(&fold(word)));
    4 * i32::from(names_it) - 8 * i32::from(vague)
        + 3 * names
        + 2 * i32::from(event.place.is_some())
        - long
        - 4 * quoted
}

impl Mention<'_> {
    /// How alike the words of two lines are, 0 to 1.
    pub(super) fn words_alike(&self, other: &Mention<'_>) -> f32 {
        let mut theirs = other.stems.iter().peekable();
        let shared = self.stems.iter().filter_map(|(stem, a)| {
            while theirs.next_if(|(other, _)| other < stem).is_some() {}
            let (_, b) = theirs.next_if(|(other, _)| other == stem)?;
            Some(a * b)
        });
        shared.sum()
    }

    /// How many participants both name.
    pub(super) fn shared(&self, other: &Mention<'_>) -> usize {
        let named = |name: &&&str| other.participants.iter().any(|o| same_name(name, o));
        self.participants.iter().filter(named).count()
    }
}

/// Whether two names are one, an ending aside: "Karsova" and "Karsovan".
fn same_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    a == b || (short.len() >= 5 && long.len() - short.len() <= 3 && long.starts_with(short))
}
