//! What outlets and agencies pass on is said by somebody else.

use std::collections::BTreeMap;

use variorum_model::NameKind;

use super::super::{Context, Found};
use super::reconcile::cue_start;

/// "The agency quoted Weber as saying no": the statement is Weber's, by way of the agency.
pub(super) fn quoted_as_saying(context: &Context<'_>, one: &mut Found) {
    let cue = one.cue.clone().unwrap_or_default();
    let quotes = ["quoted", "quotes", "quoting", "cited", "cites", "citing"];
    let Some(verb) = cue
        .clone()
        .find(|&t| quotes.contains(&context.lower(t).as_str()))
    else {
        return;
    };
    let quoted = (verb + 1..context.doc.tokens.len())
        .take(3)
        .find_map(|t| context.mention_of[t])
        .map(|m| &context.mentions[m])
        .filter(|m| m.kind == NameKind::Person);
    if let Some(person) = quoted
        && context.lower(person.tokens.end) == "as"
        && ["saying", "telling"].contains(&context.lower(person.tokens.end + 1).as_str())
    {
        one.via = one.via.take().or_else(|| outlet_of(context, one));
        one.source = Some(person.tokens.clone());
        one.cue = Some(verb..verb + 1);
    }
}

/// "Weber said no, according to Reuters": the statement is Weber's, by way of Reuters.
pub(super) fn pass_on(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut outlets: Vec<Found> = Vec::new();
    found.retain(|one| {
        let is_outlet = is_outlet(context, one);
        if is_outlet {
            outlets.push(one.clone());
        }
        !is_outlet
    });
    // The first statement with a source whose cue begins at a byte.
    let mut by_cue: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        if one.source.is_some() {
            by_cue.entry(cue_start(context, one)).or_insert(at);
        }
    }
    for outlet in outlets {
        let content = outlet.content.iter().filter(|piece| !piece.is_empty());
        let held = content.flat_map(|piece| by_cue.range(piece.clone()));
        if let Some(&at) = held.map(|(_, at)| at).min() {
            let one = &mut found[at];
            one.via = one.via.take().or_else(|| outlet_of(context, &outlet));
        } else {
            by_cue
                .entry(cue_start(context, &outlet))
                .or_insert(found.len());
            found.push(outlet);
        }
    }
}

/// Whether a statement's source is an outlet.
pub(super) fn is_outlet(context: &Context<'_>, one: &Found) -> bool {
    outlet_of(context, one).is_some()
}

/// The usual name of the outlet that a statement's source is.
fn outlet_of(context: &Context<'_>, one: &Found) -> Option<String> {
    let source = one.source.clone()?;
    let words = &context.doc.text[context.doc.bytes(source)];
    context.outlet(words)
}
