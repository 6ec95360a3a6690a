//! What outlets and agencies pass on is said by somebody else.

use variorum_model::NameKind;

use super::super::{Context, Found};
use super::reconcile::holds_cue;

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
    for outlet in outlets {
        let held = |one: &&mut Found| one.source.is_some() && holds_cue(context, &outlet, one);
        match found.iter_mut().find(held) {
            Some(one) => one.via = one.via.take().or_else(|| outlet_of(context, &outlet)),
            None => found.push(outlet),
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
