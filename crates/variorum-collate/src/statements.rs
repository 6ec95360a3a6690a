//! The same proposition of the same speaker across reports.
//!
//! Speakers get one name each, `alignment` says which propositions are one statement, and each group
//! becomes a statement with its best wording, every report's variant, and what differs between them.

use std::collections::BTreeMap;

use variorum_model::id::content_id;
use variorum_model::{
    Disagreement, DisagreementKind, NameKind, PartialDate, Side, SpeakerKind, Stance, Statement,
    StatementKind, Variant, Wording,
};
use variorum_text::words::fold;

use crate::alignment::{Aligned, groups};
use crate::bags::{self, Bag};
use crate::bodies::full_names;
use crate::people::canonical_names;
use crate::propositions::{Proposition, is_verbal, propositions};
use crate::reversals::reversals;
use crate::wording::Words;
use crate::{Member, origin_count, quoted, wording};

/// What is less certain is folded: of the lines that are not, close to nine in ten are wholly right.
const FOLDED: f64 = 0.7;

/// The statements of a story, and where their wordings differ plainly.
pub(crate) fn statements(members: &[Member<'_>]) -> (Vec<Statement>, Vec<Disagreement>) {
    let (propositions, bags, words) = lined_up(members);
    let Aligned { groups, parted } = groups(members, &propositions, &bags, &words);
    let groups = apart(&propositions, groups);
    let mut found = Vec::new();
    let mut disagreements = Vec::new();
    for group in &groups {
        let (statement, disagreement) = statement(members, &propositions, &bags, &words, group);
        disagreements.extend(disagreement.map(|d| (group[0], d)));
        found.push((group[0], statement));
    }
    let ids: Vec<&str> = found.iter().map(|(_, one)| one.id.as_str()).collect();
    disagreements.extend(reversals(
        members,
        &propositions,
        &words,
        &groups,
        &parted,
        &ids,
    ));
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

/// Groups without the wordings that would fold them away, which stand for themselves.
fn apart(propositions: &[Proposition], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let is_sure = |at: &usize| {
        propositions[*at]
            .certainty
            .is_none_or(|sure| sure >= FOLDED)
    };
    let mut apart = Vec::new();
    for group in groups {
        let (sure, unsure): (Vec<usize>, Vec<usize>) = group.iter().partition(|at| is_sure(at));
        if sure.is_empty() || unsure.is_empty() {
            apart.push(group);
        } else {
            apart.push(sure);
            apart.extend(unsure.into_iter().map(|at| vec![at]));
        }
    }
    apart
}

/// The propositions of a story with their speakers named alike, and what they are compared by.
pub(crate) fn lined_up(members: &[Member<'_>]) -> (Vec<Proposition>, Vec<Bag>, Vec<Words>) {
    let mut propositions = propositions(members);
    name_speakers(members, &mut propositions);
    let bags = bags::bags(propositions.iter().map(|p| p.text.as_str()));
    let words = propositions.iter().map(words).collect();
    (propositions, bags, words)
}

/// A proposition's words, taken apart.
fn words(proposition: &Proposition) -> Words {
    let party = proposition
        .speaker
        .as_ref()
        .and_then(|s| s.party.as_deref());
    Words::of(
        &proposition.text,
        party,
        proposition.stance == Stance::Denies,
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

fn statement(
    members: &[Member<'_>],
    propositions: &[Proposition],
    bags: &[Bag],
    words: &[Words],
    group: &[usize],
) -> (Statement, Option<Disagreement>) {
    let speakers = || {
        group
            .iter()
            .filter_map(|&i| propositions[i].speaker.as_ref())
    };
    // A person or body that one report names stands for "officials" of another, but not for those of two.
    let described = speakers()
        .filter(|s| s.kind == SpeakerKind::Described)
        .count();
    let all = speakers().count();
    // Of several the one of the most certain wording.
    let sureness = |i: usize| propositions[i].certainty.unwrap_or_default();
    let mut sure = group.to_vec();
    sure.sort_by(|&a, &b| sureness(b).total_cmp(&sureness(a)));
    let named = sure
        .iter()
        .filter_map(|&i| propositions[i].speaker.as_ref())
        .find(|s| s.kind != SpeakerKind::Described)
        .filter(|_| 2 * described <= all);
    let speaker = named
        .or_else(|| speakers().find(|s| s.kind == SpeakerKind::Described))
        .cloned();
    let unique = unique_texts(propositions, group);
    let best = best_wording(propositions, bags, &unique);
    let unique_words: Vec<&Words> = unique.iter().map(|same| &words[same[0]]).collect();
    let wordings = wording::compare(&unique_words);
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
                cue: proposition.cue.map(|cue| member.evidence(cue)),
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
    let lines = || group.iter().map(|&i| line(&propositions[i]));
    let mut reports: Vec<usize> = lines().map(|(member, _)| member).collect();
    reports.dedup();
    let quotations: Vec<(usize, Vec<String>)> = unique
        .iter()
        .enumerate()
        .map(|(i, same)| (i, quoted::quoted_words(&propositions[same[0]])))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let difference = wordings
        .difference
        .or_else(|| quoted::difference(&quotations));
    let disagreement = difference.map(|difference| Disagreement {
        id: content_id("d", &["wording", &id]),
        kind: DisagreementKind::Wording,
        what: difference.what,
        about: id.clone(),
        sides: sides(members, propositions, &unique, &difference.sides),
    });
    let disagreement = disagreement.filter(|d| d.sides.len() > 1);
    let certainty = certainty(propositions, group);
    let statement = Statement {
        id,
        certainty,
        folded: certainty.is_some_and(|certainty| certainty < FOLDED),
        speaker,
        said_on: said_on(propositions, group),
        exact,
        stance: propositions[best].stance,
        wording: (variants.len() > 1).then_some(if disagreement.is_some() {
            Wording::Differs
        } else {
            wordings.wording
        }),
        report_count: reports.len(),
        origin_count: origin_count(members, lines()),
        variants,
    };
    (statement, disagreement)
}

/// How likely all wordings of a group are right: one wrong one makes the line wrong.
fn certainty(propositions: &[Proposition], group: &[usize]) -> Option<f64> {
    let mut all = group.iter().map(|&i| propositions[i].certainty);
    let first = all.next()??;
    all.try_fold(first, |least, one| Some(least.min(one?)))
}

/// Its report and the medium that this names for it.
pub(crate) fn line(proposition: &Proposition) -> (usize, Option<&str>) {
    (proposition.member, proposition.via.as_deref())
}

/// The propositions of a group by their text, in the order of the first of each.
fn unique_texts(propositions: &[Proposition], group: &[usize]) -> Vec<Vec<usize>> {
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unique: Vec<Vec<usize>> = Vec::new();
    for &i in group {
        let next = unique.len();
        let at = *place.entry(&propositions[i].text).or_insert(next);
        if at == next {
            unique.push(Vec::new());
        }
        unique[at].push(i);
    }
    unique
}

/// The wording that stands for the statement: direct before the others, with a verb, and closest to
/// all.
fn best_wording(propositions: &[Proposition], bags: &[Bag], unique: &[Vec<usize>]) -> usize {
    let count = unique.iter().map(Vec::len).sum::<usize>() as f32;
    let score = |i: usize| {
        let likeness: f32 = unique
            .iter()
            .map(|same| bags[i].likeness(&bags[same[0]]) * same.len() as f32)
            .sum();
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
        // A fragment without a verb is no thought.
        let mut words = propositions[i].text.split_whitespace();
        let verb = if words.any(|word| is_verbal(&fold(word))) {
            0.2
        } else {
            0.0
        };
        likeness / count + direct + whole + verb
    };
    let mut best = (f32::NEG_INFINITY, unique[0][0]);
    for same in unique {
        let score = score(same[0]);
        if score > best.0 + 1e-6 {
            best = (score, same[0]);
        }
    }
    best.1
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

/// The words of a proposition, behind its cue when they are not asserted.
fn told(members: &[Member<'_>], proposition: &Proposition) -> String {
    match proposition.cue {
        Some(cue) if proposition.stance != Stance::Asserts => {
            let cue = members[proposition.member].evidence(cue).exact;
            format!("{cue} {}", proposition.text)
        }
        _ => proposition.text.clone(),
    }
}

fn sides(
    members: &[Member<'_>],
    propositions: &[Proposition],
    unique: &[Vec<usize>],
    sides: &[Vec<usize>],
) -> Vec<Side> {
    let mut found: Vec<Side> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for side in sides {
        let propositions: Vec<&Proposition> = side
            .iter()
            .flat_map(|&i| &unique[i])
            .map(|&i| &propositions[i])
            .collect();
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
            value: told(members, first),
            reports: reports
                .iter()
                .map(|&r| members[r].report.id.clone())
                .collect(),
            origin_count: origin_count(
                members,
                propositions
                    .iter()
                    .filter(|p| reports.contains(&p.member))
                    .map(|p| line(p)),
            ),
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
