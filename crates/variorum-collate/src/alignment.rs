//! Which propositions of a story are one statement.
//!
//! Propositions are compared within a speaker, and with those whose speaker is left out, described, or a body. Those
//! are joined that are likely to be wordings of one thought (`joining`), the most alike first, as long as the groups
//! that they belong to are likely on average; never two that were said on different days or by two people, and
//! none that says the opposite of another with other words around (`wording`).

use std::collections::BTreeMap;

use variorum_model::{PartialDate, Speaker, SpeakerKind, Stance};
use variorum_text::words::fold;
use variorum_text::{TokenKind, lexicon, tokens};

use crate::Member;
use crate::bags::Bag;
use crate::joining::{FEATURES, LEAST, Relation, features, likelihood};
use crate::propositions::Proposition;
use crate::wording::{self, Grade, Words};

/// Two propositions are joined from this likelihood on that they are one statement.
const LIKELY: f32 = 0.2;

/// And share so much of their plain words: those who say two things of the same names have not said one.
const PLAIN: f32 = 0.25;

/// Or from this likeness on, when one speaker said both: short wordings give the model little to weigh.
const ALIKE: f32 = 0.4;

/// Two groups are joined when their members are this likely on average.
const LIKELY_ON_AVERAGE: f32 = 0.05;

/// Two propositions of one report are joined from this likeness on, with each other or with the same one of
/// another report.
const ALIKE_IN_ONE_REPORT: f32 = 0.5;

/// Propositions without a speaker are joined from this likeness on.
const ALIKE_WITHOUT_SPEAKER: f32 = 0.5;

/// Statements are not compared for a word that more of them hold, which bounds the work for a speaker
/// of very many.
const MOST_HOLDERS: usize = 100;

/// What is one statement, and what is not although it is alike.
pub(crate) struct Aligned {
    /// Groups of propositions that are one statement, each in order, in order of their first.
    pub groups: Vec<Vec<usize>>,
    /// Pairs of one speaker that are alike, but were said on different days or say different things.
    pub parted: Vec<(usize, usize)>,
}

/// Lines up the propositions of a story.
pub(crate) fn groups(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    wordings: &[Words],
) -> Aligned {
    let words: Vec<String> = propositions.iter().map(|p| bare_words(&p.text)).collect();
    let keys: Vec<Option<String>> = propositions
        .iter()
        .map(|p| p.speaker.as_ref().map(speaker_key))
        .collect();
    // A wording that many reports copy is compared once.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, proposition) in propositions.iter().enumerate() {
        same.entry((&keys[i], &words[i], proposition.said_on, proposition.stance))
            .or_default()
            .push(i);
    }
    let mut by_speaker: BTreeMap<&Option<String>, Vec<usize>> = BTreeMap::new();
    for ((speaker, ..), indexes) in &same {
        by_speaker.entry(speaker).or_default().push(indexes[0]);
    }
    let copies: BTreeMap<usize, Vec<usize>> = same
        .into_values()
        .map(|indexes| (indexes[0], indexes))
        .collect();
    let firsts: Vec<usize> = copies.keys().copied().collect();
    let by_speaker: Vec<Vec<usize>> = by_speaker.into_values().collect();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    let mut parted = Vec::new();
    for (a, b, relation) in compared(propositions, bags, &keys, &by_speaker, &firsts) {
        let (x, y) = (&propositions[a], &propositions[b]);
        let likeness = bags[a].likeness(&bags[b]);
        let one_speaker = keys[a] == keys[b];
        let least = if one_speaker && keys[a].is_none() {
            ALIKE_WITHOUT_SPEAKER
        } else if relation.one_report {
            ALIKE_IN_ONE_REPORT
        } else {
            LEAST
        };
        // First, for it leaves out most pairs and costs least.
        if likeness < least {
            continue;
        }
        let likely = likelihood((&bags[a], &wordings[a]), (&bags[b], &wordings[b]), relation);
        let likely_one = likely >= LIKELY && bags[a].shared_plain(&bags[b]) >= PLAIN;
        if !likely_one && (relation.other_speakers || likeness < ALIKE) {
            continue;
        }
        // Two who contradict one another have not said one thing, nor has one who does so on another day.
        let other_day = x.said_on.zip(y.said_on).is_some_and(|(x, y)| !x.meets(y));
        let contradict = || {
            (!one_speaker || other_day)
                && wording::point(&wordings[a], &wordings[b]).is_some_and(|point| point.opposite)
        };
        if days_fit(members, x, y, likeness)
            && compatible(propositions, wordings, a, b)
            && !contradict()
        {
            pairs.push((likeness, a, b));
        } else if one_speaker && keys[a].is_some() {
            parted.push((a, b));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups: Vec<Vec<usize>> = join(
        members,
        propositions,
        bags,
        wordings,
        &keys,
        &firsts,
        &pairs,
    )
    .into_iter()
    .map(|group| {
        group
            .iter()
            .flat_map(|first| &copies[first])
            .copied()
            .collect()
    })
    .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    Aligned { groups, parted }
}

/// Whether two propositions can be one statement, as far as what they say: their speaker stands to both alike,
/// neither says the opposite of the other with other words around, and neither takes the other back.
///
/// What says the opposite in nearly the same words can be one: two reports of one utterance then disagree.
fn compatible(propositions: &[Proposition], wordings: &[Words], a: usize, b: usize) -> bool {
    let (x, y) = (&wordings[a], &wordings[b]);
    if x.takes_back != y.takes_back {
        return false;
    }
    let grade = wording::point(x, y).map(|point| point.grade);
    // A line has one stance: what is denied would else stand there without the word that denies it. Only a question in
    // quotation marks is one, whether its report says that it was asked or that it was said.
    let (one, other) = (&propositions[a], &propositions[b]);
    let asks = |p: &Proposition| p.stance == Stance::Asks || p.text.ends_with('?');
    let same_stance = one.stance == other.stance || asks(one) && asks(other);
    // A denial is never what it denies.
    let turned = x.turned == y.turned || x.negators % 2 != y.negators % 2;
    same_stance && grade != Some(Grade::Apart) && (turned || grade == Some(Grade::Plain))
}

/// The pairs that are compared and can have been said on one day, with their features, for learning how to weigh these.
pub(crate) fn features_of_pairs(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    wordings: &[Words],
) -> Vec<(usize, usize, [f32; FEATURES])> {
    let keys: Vec<Option<String>> = propositions
        .iter()
        .map(|p| p.speaker.as_ref().map(speaker_key))
        .collect();
    let mut by_speaker: BTreeMap<&Option<String>, Vec<usize>> = BTreeMap::new();
    for (i, key) in keys.iter().enumerate() {
        by_speaker.entry(key).or_default().push(i);
    }
    let by_speaker: Vec<Vec<usize>> = by_speaker.into_values().collect();
    let all: Vec<usize> = (0..propositions.len()).collect();
    let pairs = compared(propositions, bags, &keys, &by_speaker, &all).into_iter();
    pairs
        .filter(|&(a, b, _)| {
            let likeness = bags[a].likeness(&bags[b]);
            likeness >= LEAST && days_fit(members, &propositions[a], &propositions[b], likeness)
        })
        .map(|(a, b, relation)| {
            let of = |i: usize| (&bags[i], &wordings[i]);
            (a, b, features(of(a), of(b), relation))
        })
        .collect()
}

/// All pairs that share a content word and may be of one speaker: those of each speaker, then those of which one
/// speaker is unknown or no person ("the judges", who may be the court's) in two reports.
fn compared(
    propositions: &[Proposition],
    bags: &[Bag],
    keys: &[Option<String>],
    by_speaker: &[Vec<usize>],
    firsts: &[usize],
) -> Vec<(usize, usize, Relation)> {
    let mut found = Vec::new();
    for indexes in by_speaker {
        let alike: Vec<(f32, usize, usize)> = candidates(indexes, bags)
            .into_iter()
            .map(|(a, b)| (bags[a].likeness(&bags[b]), a, b))
            .collect();
        let closest = closest(propositions, &alike);
        for (likeness, a, b) in alike {
            let is_closest = |a: usize, b: usize| closest[&(a, propositions[b].member)] <= likeness;
            let relation = Relation {
                closest: is_closest(a, b) && is_closest(b, a),
                one_report: propositions[a].member == propositions[b].member,
                other_speakers: false,
            };
            found.push((a, b, relation));
        }
    }
    for (a, b) in candidates(firsts, bags) {
        let (x, y) = (&propositions[a], &propositions[b]);
        if x.member != y.member && keys[a] != keys[b] && !are_two_people(x, y) {
            let relation = Relation {
                closest: true,
                one_report: false,
                other_speakers: !same_body(keys[a].as_ref(), keys[b].as_ref()),
            };
            found.push((a, b, relation));
        }
    }
    found
}

/// For each proposition and each other report, the likeness of what is most alike there.
fn closest(
    propositions: &[Proposition],
    alike: &[(f32, usize, usize)],
) -> BTreeMap<(usize, usize), f32> {
    let mut closest = BTreeMap::new();
    for &(likeness, a, b) in alike {
        for (one, other) in [(a, b), (b, a)] {
            let most = closest
                .entry((one, propositions[other].member))
                .or_insert(likeness);
            *most = likeness.max(*most);
        }
    }
    closest
}

/// Whether the name of one body holds that of the other: "the Ninth Circuit" and the "9th U.S. Circuit Court of
/// Appeals".
fn same_body(a: Option<&String>, b: Option<&String>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    let (a, b) = (body_words(a), body_words(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() > 1 && long.windows(short.len()).any(|words| words == short)
}

/// The words of a body's name, its number in digits and its country left out.
fn body_words(name: &str) -> Vec<&str> {
    const ORDINALS: [(&str, &str); 12] = [
        ("First", "1st"),
        ("Second", "2nd"),
        ("Third", "3rd"),
        ("Fourth", "4th"),
        ("Fifth", "5th"),
        ("Sixth", "6th"),
        ("Seventh", "7th"),
        ("Eighth", "8th"),
        ("Ninth", "9th"),
        ("Tenth", "10th"),
        ("Eleventh", "11th"),
        ("Twelfth", "12th"),
    ];
    name.split(' ')
        .filter(|word| !["U.S.", "US", "the", "The"].contains(word))
        .map(|word| {
            let ordinal = ORDINALS.iter().find(|ordinal| ordinal.0 == word);
            ordinal.map_or(word, |ordinal| ordinal.1)
        })
        .collect()
}

/// What tells speakers apart: a person's name, a body's or state's party, the head of a description.
fn speaker_key(speaker: &Speaker) -> String {
    match speaker.kind {
        SpeakerKind::Person => speaker.name.clone(),
        SpeakerKind::Organization | SpeakerKind::Place => speaker
            .party
            .clone()
            .unwrap_or_else(|| speaker.name.clone()),
        SpeakerKind::Described => {
            let head = speaker
                .name
                .split_whitespace()
                .map(fold)
                .take_while(|word| {
                    !["of", "for", "in", "at", "who", "with", "from"].contains(&word.as_str())
                })
                .filter(|word| lexicon::role(word).is_some())
                .last();
            let head = head.unwrap_or_else(|| speaker.name.to_lowercase());
            format!("{} {head}", speaker.party.as_deref().unwrap_or_default())
        }
    }
}

/// Pairs of propositions that share a content word, found by their words.
fn candidates(indexes: &[usize], bags: &[Bag]) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in indexes {
        for stem in bags[i].stems() {
            holders.entry(stem).or_default().push(i);
        }
    }
    // A word that very many statements of one speaker hold does not tell them apart.
    let most = (indexes.len() / 4).clamp(60, MOST_HOLDERS);
    let mut pairs: Vec<(usize, usize)> = holders
        .values()
        .filter(|holders| holders.len() <= most)
        .flat_map(|holders| {
            let pairs = holders.iter().enumerate();
            pairs.flat_map(|(i, &a)| holders[i + 1..].iter().map(move |&b| (a.min(b), a.max(b))))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether two propositions are said by two named people.
fn are_two_people(a: &Proposition, b: &Proposition) -> bool {
    let person = |p: &Proposition| {
        let speaker = p.speaker.as_ref().filter(|s| s.kind == SpeakerKind::Person);
        speaker.map(|speaker| speaker.name.clone())
    };
    person(a).zip(person(b)).is_some_and(|(a, b)| a != b)
}

/// The words of a text in lower case, each between two spaces.
fn bare_words(text: &str) -> String {
    let words = tokens::tokens(text)
        .into_iter()
        .filter(|t| t.kind != TokenKind::Mark);
    words.fold(" ".to_owned(), |all, token| {
        all + &fold(token.of(text)) + " "
    })
}

/// Whether two wordings can have been said on one day. A day that is not told is taken to be on or
/// before the day of publication.
fn days_fit(members: &[Member<'_>], a: &Proposition, b: &Proposition, likeness: f32) -> bool {
    let published = |p: &Proposition| {
        members[p.member]
            .published
            .map(|m| PartialDate::day(m.date()))
    };
    match (a.said_on, b.said_on) {
        (Some(x), Some(y)) => {
            let apart = x
                .first()
                .until(y.first())
                .map_or(0, |span| span.get_days().abs());
            x.meets(y) || (apart <= 1 && likeness > 0.9)
        }
        (Some(x), None) => published(b).is_none_or(|y| x.first() <= y.last()),
        (None, Some(y)) => published(a).is_none_or(|x| y.first() <= x.last()),
        (None, None) => true,
    }
}

/// Joins the most alike pairs first, while groups stay alike on average.
fn join(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    wordings: &[Words],
    keys: &[Option<String>],
    firsts: &[usize],
    pairs: &[(f32, usize, usize)],
) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..propositions.len()).collect();
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); propositions.len()];
    for &first in firsts {
        groups[first].push(first);
    }
    for &(_, a, b) in pairs {
        let (x, y) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        if x == y {
            continue;
        }
        let mut sum = 0.0;
        let mut fits = true;
        for &i in &groups[x] {
            for &j in &groups[y] {
                let one_report = propositions[i].member == propositions[j].member;
                let likeness = bags[i].likeness(&bags[j]);
                let relation = Relation {
                    closest: false,
                    one_report,
                    other_speakers: keys[i] != keys[j],
                };
                sum += likelihood((&bags[i], &wordings[i]), (&bags[j], &wordings[j]), relation);
                fits = fits
                    && days_fit(members, &propositions[i], &propositions[j], likeness)
                    && !are_two_people(&propositions[i], &propositions[j])
                    && compatible(propositions, wordings, i, j)
                    && (!one_report || bags[a].likeness(&bags[b]) >= ALIKE_IN_ONE_REPORT);
            }
        }
        if fits && sum / (groups[x].len() * groups[y].len()) as f32 >= LIKELY_ON_AVERAGE {
            let moved = std::mem::take(&mut groups[y]);
            for &i in &moved {
                group_of[i] = x;
            }
            groups[x].extend(moved);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}
