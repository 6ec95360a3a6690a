//! Which propositions of a story are one statement.
//!
//! Propositions are compared within a speaker. Those are joined that are alike in words, the most alike
//! first, as long as the groups that they belong to are alike on average; never two that were said on
//! different days. A quotation that stands word for word in two reports is one statement even where one
//! of them leaves its speaker out or only describes him.

use std::collections::BTreeMap;

use variorum_model::{PartialDate, Speaker, SpeakerKind, Stance, StatementKind};
use variorum_text::words::{fold, is_function_word};
use variorum_text::{TokenKind, lexicon, tokens};

use crate::Member;
use crate::bags::Bag;
use crate::propositions::Proposition;

/// Two propositions of two reports are joined from this likeness on.
const ALIKE: f32 = 0.24;

/// From this one on, when they share nothing but names.
const ALIKE_IN_NAMES: f32 = 0.5;

/// Or from this one on, when each is the closest to the other in its report and their word vectors are so near.
const NEARLY_ALIKE: f32 = 0.15;
const NEAR: f32 = 0.2;

/// Two propositions of one report are joined from this likeness on, with each other or with the same one of
/// another report.
const ALIKE_IN_ONE_REPORT: f32 = 0.5;

/// Propositions without a speaker are joined from this likeness on.
const ALIKE_WITHOUT_SPEAKER: f32 = 0.5;

/// Propositions of two speakers who are not two people, and so may be one, are joined from this likeness
/// on, when they share so many content words.
const ALIKE_OF_OTHERS: f32 = 0.5;
const SHARED: usize = 4;

/// A quotation that is told again word for word has this many words, and so many content words.
const QUOTED: usize = 3;
const QUOTED_CONTENT: usize = 2;

/// Statements are not compared for a word that more of them hold, which bounds the work for a speaker
/// of very many.
const MOST_HOLDERS: usize = 300;

/// Two groups are joined when their members are this alike on average.
const ALIKE_ON_AVERAGE: f32 = 0.15;

/// Groups of propositions that are one statement, each in order, in order of their first.
pub(crate) fn groups(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
) -> Vec<Vec<usize>> {
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
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (speaker, indexes) in &by_speaker {
        let alike: Vec<(f32, usize, usize)> = candidates(indexes, bags)
            .into_iter()
            .map(|(a, b)| (bags[a].likeness(&bags[b]), a, b))
            .collect();
        let closest = closest(propositions, &alike);
        for (likeness, a, b) in alike {
            let is_closest = |a: usize, b: usize| closest[&(a, propositions[b].member)] <= likeness;
            let least = if speaker.is_none() {
                ALIKE_WITHOUT_SPEAKER
            } else if propositions[a].member == propositions[b].member {
                ALIKE_IN_ONE_REPORT
            } else if !bags[a].share_plain_word(&bags[b]) {
                ALIKE_IN_NAMES
            } else if is_closest(a, b) && is_closest(b, a) && bags[a].nearness(&bags[b]) >= NEAR {
                NEARLY_ALIKE
            } else {
                ALIKE
            };
            let (x, y) = (&propositions[a], &propositions[b]);
            if likeness >= least && stances_fit(x, y) && days_fit(members, x, y, likeness) {
                pairs.push((likeness, a, b));
            }
        }
    }
    let firsts: Vec<usize> = copies.keys().copied().collect();
    pairs.extend(across_speakers(
        members,
        propositions,
        bags,
        &keys,
        &words,
        &firsts,
    ));
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups: Vec<Vec<usize>> = join(members, propositions, bags, &firsts, &pairs)
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
    groups
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

/// Pairs with different speakers of which one is unknown or no person ("the judges", who may be the
/// court's): long wordings that are nearly the same, or a quotation of one that stands word for word
/// in the other.
fn across_speakers(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    keys: &[Option<String>],
    words: &[String],
    firsts: &[usize],
) -> Vec<(f32, usize, usize)> {
    let quoted: Vec<Quoted> = propositions.iter().map(Quoted::of).collect();
    let open = |p: &Proposition| {
        let speaker = p.speaker.as_ref();
        speaker.is_none_or(|speaker| speaker.kind != SpeakerKind::Person)
    };
    candidates(firsts, bags)
        .into_iter()
        .filter_map(|(a, b)| {
            let (x, y) = (&propositions[a], &propositions[b]);
            if x.member == y.member
                || keys[a] == keys[b]
                || !(open(x) || open(y))
                || !stances_fit(x, y)
            {
                return None;
            }
            let likeness = bags[a].likeness(&bags[b]);
            let close = same_body(keys[a].as_ref(), keys[b].as_ref());
            let alike = if close {
                likeness >= ALIKE
            } else {
                likeness >= ALIKE_OF_OTHERS && bags[a].shared_words(&bags[b]) >= SHARED
            };
            let retold = || quoted[a].is_in(&words[b]) || quoted[b].is_in(&words[a]);
            let fits = (alike || retold()) && days_fit(members, x, y, likeness);
            fits.then_some((likeness, a, b))
        })
        .collect()
}

/// The longest run of words that a proposition quotes, where it is long enough to be told again.
struct Quoted(Option<String>);

impl Quoted {
    fn of(proposition: &Proposition) -> Self {
        let run = match proposition.kind {
            StatementKind::Indirect => None,
            StatementKind::Direct => Some(bare_words(&proposition.text)),
            StatementKind::Mixed => proposition
                .text
                .split(['“', '”', '"', '«', '»'])
                .skip(1)
                .step_by(2)
                .map(bare_words)
                .max_by_key(String::len),
        };
        let telling = |run: &String| {
            let words: Vec<&str> = run.split_whitespace().collect();
            words.len() >= QUOTED
                && words.iter().filter(|word| !is_function_word(word)).count() >= QUOTED_CONTENT
        };
        Quoted(run.filter(telling))
    }

    fn is_in(&self, words: &str) -> bool {
        self.0.as_ref().is_some_and(|run| words.contains(run))
    }
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

/// Whether two speakers stand alike to what they say. A question in quotation marks is one, whether its report says that
/// it was asked or that it was said.
fn stances_fit(a: &Proposition, b: &Proposition) -> bool {
    let asks = |p: &Proposition| p.stance == Stance::Asks || p.text.ends_with('?');
    a.stance == b.stance || asks(a) && asks(b)
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
    firsts: &[usize],
    pairs: &[(f32, usize, usize)],
) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..propositions.len()).collect();
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); propositions.len()];
    for &first in firsts {
        groups[first].push(first);
    }
    for &(alike, a, b) in pairs {
        let (x, y) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        if x == y {
            continue;
        }
        let mut sum = 0.0;
        let member = |i: &usize| propositions[*i].member;
        let one_report = groups[x]
            .iter()
            .any(|i| groups[y].iter().any(|j| member(i) == member(j)));
        let mut fits = !one_report || alike >= ALIKE_IN_ONE_REPORT;
        for &i in &groups[x] {
            for &j in &groups[y] {
                let likeness = bags[i].likeness(&bags[j]);
                sum += likeness;
                let (x, y) = (&propositions[i], &propositions[j]);
                fits &= stances_fit(x, y) && days_fit(members, x, y, likeness);
            }
        }
        if fits && sum / (groups[x].len() * groups[y].len()) as f32 >= ALIKE_ON_AVERAGE {
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
