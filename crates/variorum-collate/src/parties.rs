//! The states, bodies and groups that a story is about.
//!
//! Names that the lexicon knows are gathered under their party ("Kremlin", "Moscow" and "Russia" are
//! one). A body that the lexicon does not know is a party of the story when it speaks in it or stands
//! in several of its reports.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{NameKind, Party, SpeakerKind};
use variorum_text::lexicon::{self, AliasKind};

use crate::Member;

/// What the reports tell of one party.
struct Mentioned {
    kind: NameKind,
    also: BTreeMap<String, usize>,
    members: BTreeSet<usize>,
    count: usize,
    speaks: bool,
}

/// The parties of a story, those in most reports first. A party that a single report of several
/// names in passing is left out.
pub(crate) fn parties(members: &[Member<'_>]) -> Vec<Party> {
    let mut found: BTreeMap<String, Mentioned> = BTreeMap::new();
    let mut add = |name: String, kind: NameKind, alias: &str, member: usize, speaks: bool| {
        let entry = found.entry(name).or_insert_with(|| Mentioned {
            kind,
            also: BTreeMap::new(),
            members: BTreeSet::new(),
            count: 0,
            speaks: false,
        });
        *entry.also.entry(alias.to_owned()).or_default() += 1;
        entry.members.insert(member);
        entry.count += 1;
        entry.speaks |= speaks;
    };
    for (index, member) in members.iter().enumerate() {
        for name in &member.analysis.names {
            match lexicon::party_alias(&name.name) {
                Some((_, AliasKind::People | AliasKind::Context)) => {}
                Some((party, _)) => add(party.name.clone(), party.kind, &name.name, index, false),
                None if name.kind == NameKind::Organization
                    && member.outlets.get(&name.name).is_none() =>
                {
                    add(name.name.clone(), name.kind, &name.name, index, false);
                }
                None => {}
            }
        }
        for speaker in member
            .analysis
            .statements
            .iter()
            .filter_map(|s| s.speaker.as_ref())
        {
            match (&speaker.party, speaker.kind) {
                (Some(party), _) => {
                    let kind = lexicon::party(party).map_or(NameKind::Other, |p| p.kind);
                    add(party.clone(), kind, party, index, true);
                }
                (None, SpeakerKind::Organization | SpeakerKind::Place)
                    if member.outlets.get(&speaker.name).is_none() =>
                {
                    let kind = match speaker.kind {
                        SpeakerKind::Place => NameKind::Place,
                        _ => NameKind::Organization,
                    };
                    add(speaker.name.clone(), kind, &speaker.name, index, true);
                }
                _ => {}
            }
        }
    }
    // An agency that reports are taken from is no party to what they tell.
    let credits = members.iter().flat_map(|m| &m.analysis.credits);
    for name in credits.filter_map(|c| c.agency.as_ref().or(c.outlet.as_ref())) {
        found.remove(name);
    }
    let least = if members.len() > 2 { 2 } else { 1 };
    let mut parties: Vec<(usize, usize, Party)> = found
        .into_iter()
        .filter(|(_, m)| m.members.len() >= least || m.speaks)
        .map(|(name, mentioned)| {
            let also = mentioned
                .also
                .into_keys()
                .filter(|alias| *alias != name)
                .collect();
            let reports = mentioned
                .members
                .iter()
                .map(|&i| members[i].report.id.clone())
                .collect();
            let party = Party {
                name,
                kind: mentioned.kind,
                also,
                reports,
            };
            (mentioned.members.len(), mentioned.count, party)
        })
        .collect();
    parties.sort_by(|a, b| {
        (b.0, b.1)
            .cmp(&(a.0, a.1))
            .then_with(|| a.2.name.cmp(&b.2.name))
    });
    parties.into_iter().map(|(_, _, party)| party).collect()
}
