//! Short forms of a name: the full name that a surname, a first name or an initial stands for.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::NameKind;
use variorum_text::{Document, lexicon};

use super::Mention;
use super::context::Context;

/// Gives short forms the full name that they stand for.
pub(super) fn resolve(doc: &Document<'_>, context: &Context<'_>, found: &mut [Mention]) {
    let surname = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_owned();
    let mut full: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let initialled = |name: &str| name.chars().nth(1) == Some('.');
    for mention in found
        .iter()
        .filter(|m| m.kind == NameKind::Person && m.tokens.len() > 1 && !initialled(&m.name))
    {
        let entry = full.entry(surname(&mention.name)).or_default();
        if entry.last().is_none_or(|(_, name)| *name != mention.name) {
            entry.push((mention.tokens.start, mention.name.clone()));
        }
    }
    let mut first_names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, name) in full.values().flatten() {
        let first = name.split(' ').next().unwrap_or(name).to_owned();
        first_names.entry(first).or_default().insert(name.clone());
    }
    for mention in found.iter_mut() {
        if initialled(&mention.name) {
            let same = full.get(&surname(&mention.name)).into_iter().flatten();
            let first = mention.name.chars().next();
            if let Some((_, name)) = same.rev().find(|(_, n)| n.chars().next() == first) {
                mention.name.clone_from(name);
                mention.kind = NameKind::Person;
            }
        }
        if mention.tokens.len() > 1 {
            continue;
        }
        let open = matches!(mention.kind, NameKind::Person | NameKind::Other);
        let place_of_unknown = mention.kind == NameKind::Place
            && lexicon::place(&mention.name).is_none()
            && lexicon::party(&mention.name).is_none();
        if let Some(names) = full.get(&mention.name).filter(|_| open || place_of_unknown) {
            let nearest = names
                .iter()
                .rev()
                .find(|(at, _)| *at <= mention.tokens.start);
            if let Some((_, name)) = nearest.or(names.first()) {
                mention.name.clone_from(name);
                mention.kind = NameKind::Person;
            }
        } else if let Some(names) = first_names
            .get(&mention.name)
            .filter(|n| open && n.len() == 1)
        {
            mention.name = names.iter().next().cloned().unwrap_or_default();
            mention.kind = NameKind::Person;
        } else if mention.kind == NameKind::Other
            && mention.title.is_none()
            && !context.beside_cue.contains(&mention.tokens.start)
            && doc
                .sentences
                .binary_search_by_key(&mention.tokens.start, |s| s.tokens.start)
                .is_ok()
            && !context.capitalised.contains(&mention.name)
        {
            mention.name.clear();
        }
    }
}
