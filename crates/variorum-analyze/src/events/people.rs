//! Who takes part in a happening, and where it takes place.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::lexicon::{self, AliasKind};

use super::view::{Named, View, words};

/// Participants and place. They are named among the given tokens or in the line itself; what a
/// meeting is about ("on Ukraine") takes no part in it.
pub(super) fn people(
    view: &View<'_>,
    among: &Range<usize>,
    what: &Range<usize>,
) -> (Vec<String>, Option<String>) {
    let mut found = Vec::new();
    // "in Marnfeld, where the two governments will meet".
    let before = among.start.wrapping_sub(1);
    let mut place = (view.lower(before) == "where")
        .then(|| before - usize::from(view.lower(before.wrapping_sub(1)) == ","))
        .and_then(|end| view.name_before(end))
        .filter(|named| is_place(named) || is_located(view, named.tokens.start, 0))
        .map(|named| named.name.to_owned());
    scan(view, among, what, &mut found, &mut place);
    if what.start >= among.end || what.end <= among.start {
        scan(view, what, what, &mut found, &mut place);
    }
    (found, place)
}

fn scan(
    view: &View<'_>,
    range: &Range<usize>,
    what: &Range<usize>,
    found: &mut Vec<String>,
    place: &mut Option<String>,
) {
    let mut topic = false;
    let mut k = range.start;
    while k < range.end {
        let word = view.lower(k);
        if view.is_mark(k) || view.is_verb(k) || matches!(word, "with" | "between" | "in" | "at") {
            topic = false;
        }
        if words().topic.contains(word) && view.time_at(k + 1).is_none() {
            topic = true;
        }
        // What stands behind the line is another clause; only a place can follow.
        let takes_part = !topic && k < what.end;
        let Some(named) = named_at(view, k) else {
            if takes_part {
                for party in stands_for(view, k) {
                    add(found, party.to_owned());
                }
            }
            k += 1;
            continue;
        };
        let located = is_located(view, k, range.start) || is_seat_of_noun(view, named);
        if is_place(named) && located {
            place.get_or_insert_with(|| named.name.to_owned());
        } else if takes_part {
            for party in parties_of(view, named) {
                add(found, party);
            }
        }
        k = named.tokens.end.min(range.end).max(k + 1);
    }
}

fn add(found: &mut Vec<String>, name: String) {
    if !name.is_empty() && !found.contains(&name) {
        found.push(name);
    }
}

fn named_at<'v>(view: &'v View<'_>, token: usize) -> Option<&'v Named<'v>> {
    let at = view.names.partition_point(|n| n.tokens.start < token);
    view.names
        .get(at)
        .filter(|n| n.tokens.start == token && !n.tokens.is_empty())
}

fn is_place(named: &Named<'_>) -> bool {
    named.kind == NameKind::Place || lexicon::place(named.name).is_some()
}

fn is_country(name: &str) -> bool {
    lexicon::party(name).is_some_and(|party| party.name == name && party.kind == NameKind::Place)
}

/// Whether "in" or the like stands before a name.
fn is_located(view: &View<'_>, token: usize, from: usize) -> bool {
    let mut k = token;
    while k > from {
        k -= 1;
        match view.lower(k) {
            "the" | "(" => {}
            "," => return k > from && named_before(view, k),
            // "in the border town of Marnfeld"
            "of" => {
                let kind = view.lower(k.wrapping_sub(1));
                return matches!(
                    kind,
                    "town" | "city" | "village" | "capital" | "port" | "resort"
                );
            }
            word => {
                return matches!(
                    word,
                    "in" | "at" | "near" | "outside" | "from" | "to" | "across"
                ) || (k + 1 < token && view.lower(k + 1) == "(");
            }
        }
    }
    false
}

/// "Geneva, Switzerland": the name behind the comma tells where the first one lies.
fn named_before(view: &View<'_>, comma: usize) -> bool {
    view.name_before(comma)
        .is_some_and(|n| is_place(n) && is_located(view, n.tokens.start, 0))
}

/// "the Geneva talks".
fn is_seat_of_noun(view: &View<'_>, named: &Named<'_>) -> bool {
    view.noun_kind(named.tokens.end).is_some() && !is_country(named.name)
}

/// The usual names of the parties that a name or a seat of government stands for ("US-Russian"
/// for two), else the name.
fn parties_of(view: &View<'_>, named: &Named<'_>) -> Vec<String> {
    if named.kind == NameKind::Person {
        return vec![named.name.to_owned()];
    }
    if view.outlets.get(named.name).is_some() {
        return Vec::new();
    }
    match lexicon::party_alias(named.name) {
        Some((party, AliasKind::Name | AliasKind::Seat | AliasKind::People)) => {
            return vec![party.name.clone()];
        }
        Some((_, AliasKind::Context)) => {}
        None => {
            let parties = halves(named.name);
            if parties.len() >= 2 {
                return parties.into_iter().map(str::to_owned).collect();
            }
        }
    }
    vec![named.name.to_owned()]
}

/// The parties in the halves of a hyphenated word or in the first word of a name: "NATO-Russia
/// Council".
fn halves(name: &str) -> Vec<&'static str> {
    let word = name
        .split(' ')
        .find(|word| word.contains(HYPHENS))
        .unwrap_or(name);
    word.split(HYPHENS)
        .filter_map(lexicon::party_alias)
        .filter(|(_, kind)| *kind != AliasKind::Context)
        .map(|(party, _)| party.name.as_str())
        .collect()
}

const HYPHENS: [char; 4] = ['-', '‐', '‑', '–'];

/// The parties that a word which is no name of its own stands for: the halves of "US-Russian", and
/// "American and Russian" before those who act.
fn stands_for(view: &View<'_>, token: usize) -> Vec<&'static str> {
    let word = view.doc.word(token);
    if word.contains(HYPHENS) {
        return halves(word);
    }
    if !view.is_capital(token) {
        let pair = format!("{} {}", view.lower(token), view.lower(token + 1));
        return match lexicon::party_alias(&pair) {
            Some((party, AliasKind::Context)) if view.is_named(&party.name) => vec![&party.name],
            _ => Vec::new(),
        };
    }
    let acts = |k: usize| lexicon::role(view.doc.word(k)).is_some() || view.noun_kind(k).is_some();
    let joined = matches!(view.lower(token + 1), "and" | ",")
        && view.is_capital(token + 2)
        && acts(token + 3);
    match lexicon::party_alias(word) {
        Some((party, AliasKind::People)) if acts(token + 1) || acts(token + 2) || joined => {
            vec![&party.name]
        }
        Some((party, AliasKind::Name | AliasKind::Seat)) if !is_located(view, token, 0) => {
            vec![&party.name]
        }
        _ => Vec::new(),
    }
}
