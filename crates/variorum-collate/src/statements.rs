//! The same proposition of the same speaker across reports.
//!
//! Propositions are grouped by speaker, with one name for a person's spellings. Within a speaker
//! those are joined that are alike in words, the most alike first, as long as the groups that they
//! belong to are alike on average; never two that were said on different days. A quotation that
//! stands word for word in two reports is one statement even where one of them leaves its speaker
//! out.

use std::collections::BTreeMap;

use variorum_model::id::content_id;
use variorum_model::{
    Disagreement, DisagreementKind, NameKind, PartialDate, Side, Speaker, SpeakerKind, Statement,
    StatementKind, Variant, Wording,
};
use variorum_text::words::{fold, is_function_word};
use variorum_text::{TokenKind, lexicon, tokens};

use crate::bags::{self, Bag};
use crate::bodies::full_names;
use crate::people::canonical_names;
use crate::propositions::{Proposition, propositions};
use crate::{Member, origin_count, wording};

/// Two propositions of two reports are joined from this likeness on.
const ALIKE: f32 = 0.24;

/// Two propositions of one report are joined from this likeness on.
const ALIKE_IN_ONE_REPORT: f32 = 0.5;

/// Propositions of which one has no speaker, or only a described one who may be the other's, are
/// joined from this likeness on.
const ALIKE_WITHOUT_SPEAKER: f32 = 0.5;
const ALIKE_WHEN_DESCRIBED: f32 = 0.5;

/// A quotation that is told again word for word has this many words, and so many content words.
const QUOTED: usize = 3;
const QUOTED_CONTENT: usize = 2;

/// Two groups are joined when their members are this alike on average.
const ALIKE_ON_AVERAGE: f32 = 0.2;

/// The statements of a story, and where their wordings differ plainly.
pub(crate) fn statements(members: &[Member<'_>]) -> (Vec<Statement>, Vec<Disagreement>) {
    let mut propositions = propositions(members);
    name_speakers(members, &mut propositions);
    let bags = bags::bags(propositions.iter().map(|p| p.text.as_str()));
    let groups = groups(members, &propositions, &bags);
    let mut found = Vec::new();
    let mut disagreements = Vec::new();
    for group in groups {
        let (statement, disagreement) = statement(members, &propositions, &bags, &group);
        disagreements.extend(disagreement.map(|d| (group[0], d)));
        found.push((group[0], statement));
    }
    found.sort_by_key(|(first, statement)| (std::cmp::Reverse(statement.report_count), *first));
    disagreements.sort_by_key(|(first, _)| *first);
    (
        found.into_iter().map(|(_, statement)| statement).collect(),
        disagreements
            .into_iter()
            .map(|(_, disagreement)| disagreement)
            .collect(),
    )
}

/// Gives each person and each body one name, and each person a party when any report tells it.
fn name_speakers(members: &[Member<'_>], propositions: &mut [Proposition]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for speaker in propositions.iter().filter_map(|p| p.speaker.as_ref()) {
        if speaker.kind == SpeakerKind::Person {
            *counts.entry(speaker.name.clone()).or_default() += 1;
        }
    }
    let names = canonical_names(&counts);
    let all = members.iter().flat_map(|member| &member.analysis.names);
    let bodies = full_names(
        &all.filter(|name| name.kind == NameKind::Organization)
            .map(|name| name.name.as_str())
            .collect(),
    );
    let mut parties: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for speaker in propositions.iter_mut().filter_map(|p| p.speaker.as_mut()) {
        if speaker.kind == SpeakerKind::Organization
            && let Some(name) = bodies.get(&speaker.name)
        {
            speaker.name.clone_from(name);
        }
        if speaker.kind != SpeakerKind::Person {
            continue;
        }
        if let Some(name) = names.get(&speaker.name) {
            speaker.name.clone_from(name);
        }
        if let Some(party) = &speaker.party {
            let of = parties.entry(speaker.name.clone()).or_default();
            *of.entry(party.clone()).or_default() += 1;
        }
    }
    for speaker in propositions.iter_mut().filter_map(|p| p.speaker.as_mut()) {
        if let Some(counts) = parties.get(&speaker.name) {
            let most = counts
                .iter()
                .max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
            speaker.party = most.map(|(name, _)| name.clone());
        }
    }
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

/// Groups of propositions that are one statement, each in order, in order of their first.
fn groups(members: &[Member<'_>], propositions: &[Proposition], bags: &[Bag]) -> Vec<Vec<usize>> {
    let mut by_speaker: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (i, proposition) in propositions.iter().enumerate() {
        by_speaker
            .entry(proposition.speaker.as_ref().map(speaker_key))
            .or_default()
            .push(i);
    }
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (speaker, indexes) in &by_speaker {
        for (a, b) in candidates(indexes, bags) {
            let likeness = bags[a].likeness(&bags[b]);
            let least = if speaker.is_none() {
                ALIKE_WITHOUT_SPEAKER
            } else if propositions[a].member == propositions[b].member {
                ALIKE_IN_ONE_REPORT
            } else {
                ALIKE
            };
            if likeness >= least && days_fit(members, &propositions[a], &propositions[b], likeness)
            {
                pairs.push((likeness, a, b));
            }
        }
    }
    pairs.extend(across_speakers(members, propositions, bags));
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    join(members, propositions, bags, &pairs)
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
    let most = (indexes.len() / 4).max(60);
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
) -> Vec<(f32, usize, usize)> {
    let all: Vec<usize> = (0..propositions.len()).collect();
    let words: Vec<String> = propositions.iter().map(|p| bare_words(&p.text)).collect();
    let quoted: Vec<Quoted> = propositions.iter().map(Quoted::of).collect();
    let open = |p: &Proposition| match &p.speaker {
        None => Some(ALIKE_WITHOUT_SPEAKER),
        Some(speaker) => (speaker.kind != SpeakerKind::Person).then_some(ALIKE_WHEN_DESCRIBED),
    };
    candidates(&all, bags)
        .into_iter()
        .filter_map(|(a, b)| {
            let (x, y) = (&propositions[a], &propositions[b]);
            let least = match (open(x), open(y)) {
                (Some(x), Some(y)) => x.max(y),
                (x, y) => x.or(y)?,
            };
            let likeness = bags[a].likeness(&bags[b]);
            let alike = likeness >= least && bags[a].shared_words(&bags[b]) >= 4;
            let fits = x.member != y.member
                && x.speaker.as_ref().map(speaker_key) != y.speaker.as_ref().map(speaker_key)
                && (alike || quoted[a].is_in(&words[b]) || quoted[b].is_in(&words[a]))
                && days_fit(members, x, y, likeness);
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
    pairs: &[(f32, usize, usize)],
) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..propositions.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..propositions.len()).map(|i| vec![i]).collect();
    for &(_, a, b) in pairs {
        let (x, y) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        if x == y {
            continue;
        }
        let mut sum = 0.0;
        let mut fits = true;
        for &i in &groups[x] {
            for &j in &groups[y] {
                let likeness = bags[i].likeness(&bags[j]);
                sum += likeness;
                fits &= days_fit(members, &propositions[i], &propositions[j], likeness);
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
    let mut groups: Vec<Vec<usize>> = groups.into_iter().filter(|g| !g.is_empty()).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

fn statement(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    group: &[usize],
) -> (Statement, Option<Disagreement>) {
    let speakers = || {
        group
            .iter()
            .filter_map(|&i| propositions[i].speaker.as_ref())
    };
    let named = speakers().find(|s| s.kind != SpeakerKind::Described);
    let speaker = named.or_else(|| speakers().next()).cloned();
    let best = best_wording(propositions, bags, group);
    let texts: Vec<&str> = group
        .iter()
        .map(|&i| propositions[i].text.as_str())
        .collect();
    let party = speaker.as_ref().and_then(|s| s.party.as_deref());
    let wordings = wording::compare(&texts, party);
    let variants: Vec<Variant> = group
        .iter()
        .map(|&i| {
            let proposition = &propositions[i];
            let member = &members[proposition.member];
            Variant {
                report: member.report.id.clone(),
                kind: proposition.kind,
                via: proposition.via.clone(),
                origin: member.origin.clone(),
                spans: proposition
                    .spans
                    .iter()
                    .map(|&span| member.evidence(span))
                    .collect(),
            }
        })
        .collect();
    let exact = propositions[best].text.clone();
    let name = speaker.as_ref().map_or("", |s| s.name.as_str());
    let id = content_id("s", &[name, &exact, &variants[0].report]);
    let mut reports: Vec<usize> = group.iter().map(|&i| propositions[i].member).collect();
    reports.dedup();
    let disagreement = wordings.difference.map(|difference| Disagreement {
        id: content_id("d", &["wording", &id]),
        kind: DisagreementKind::Wording,
        what: difference.what,
        about: id.clone(),
        sides: sides(members, propositions, group, &difference.sides),
    });
    let disagreement = disagreement.filter(|d| d.sides.len() > 1);
    let differs = wordings.wording == Wording::Differs && disagreement.is_some();
    let statement = Statement {
        id,
        speaker,
        said_on: said_on(propositions, group),
        exact,
        wording: match wordings.wording {
            Wording::Differs if !differs => Wording::Varies,
            wording => wording,
        },
        report_count: reports.len(),
        origin_count: origin_count(members, reports),
        variants,
    };
    (statement, disagreement)
}

/// The wording that stands for the statement: direct before the others, and closest to all.
fn best_wording(propositions: &[Proposition], bags: &[Bag], group: &[usize]) -> usize {
    let score = |i: usize| {
        let likeness: f32 = group.iter().map(|&j| bags[i].likeness(&bags[j])).sum();
        let direct = match propositions[i].kind {
            StatementKind::Direct => 0.25,
            StatementKind::Mixed => 0.05,
            StatementKind::Indirect => 0.0,
        };
        let whole = if propositions[i].spans.len() == 1 {
            0.05
        } else {
            0.0
        };
        likeness / group.len() as f32 + direct + whole
    };
    let first = group[0];
    group.iter().copied().fold(first, |best, i| {
        if score(i) > score(best) + 1e-6 {
            i
        } else {
            best
        }
    })
}

/// The day that most of the wordings give.
fn said_on(propositions: &[Proposition], group: &[usize]) -> Option<PartialDate> {
    let mut counts: BTreeMap<PartialDate, usize> = BTreeMap::new();
    for day in group.iter().filter_map(|&i| propositions[i].said_on) {
        *counts.entry(day).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|&(day, count)| (count, std::cmp::Reverse(day)))
        .map(|(day, _)| day)
}

fn sides(
    members: &[Member<'_>],
    propositions: &[Proposition],
    group: &[usize],
    sides: &[Vec<usize>],
) -> Vec<Side> {
    let mut found: Vec<Side> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for side in sides {
        let propositions: Vec<&Proposition> =
            side.iter().map(|&i| &propositions[group[i]]).collect();
        let mut reports: Vec<usize> = propositions.iter().map(|p| p.member).collect();
        reports.sort_unstable();
        reports.dedup();
        // A report that words it both ways takes no side.
        reports.retain(|r| !taken.contains(r));
        taken.extend(&reports);
        let Some(first) = propositions.iter().find(|p| reports.contains(&p.member)) else {
            continue;
        };
        found.push(Side {
            value: first.text.clone(),
            reports: reports
                .iter()
                .map(|&r| members[r].report.id.clone())
                .collect(),
            origin_count: origin_count(members, reports.iter().copied()),
            evidence: propositions
                .iter()
                .filter(|p| reports.contains(&p.member))
                .flat_map(|p| p.spans.iter().map(|&span| members[p.member].evidence(span)))
                .collect(),
        });
    }
    found.sort_by_key(|side| (std::cmp::Reverse(side.origin_count), side.reports.clone()));
    found
}
