//! Statements as the trained labeller finds them, completed by the rules.
//!
//! [`spans`] makes statements of the labeller's spans, [`agencies`] gives to its speaker what an outlet only passes on,
//! and [`reconcile`] takes from the rules' reading of the same words what they read better.

mod agencies;
mod reconcile;
mod spans;

use variorum_model::StatementKind;
use variorum_text::attribution::{View, attributions};

use super::source::is_negated_or_passive;
use super::weak::is_weak;
use super::{Context, Found, stance};
use crate::cues::{Cue, Group};
use agencies::{is_outlet, pass_on, quoted_as_saying};
use reconcile::{Lying, carve, cue_start, is_quotation, is_told_behind, reconcile};
use spans::statement;

/// The statements that the labeller finds, completed by those that the rules find: a source where the
/// labeller has none, and whole statements where it has nothing.
pub(super) fn completed(context: &Context<'_>, mut by_rule: Vec<Found>) -> Vec<Found> {
    let view = View::new(context.doc, context.syntax, &context.quotations);
    let found = attributions(&view, context.outlets);
    let mut found: Vec<Found> = found
        .iter()
        .filter_map(|one| statement(context, one))
        .collect();
    for one in found.iter_mut().chain(&mut by_rule) {
        quoted_as_saying(context, one);
    }
    pass_on(context, &mut found);
    pass_on(context, &mut by_rule);
    // "According to Reuters, Weber said no" is Weber's, which the rules know how to read.
    let rules = Lying::of(&by_rule);
    found.retain(|one| !is_outlet(context, one) || rules.same(one, |_| true).is_none());
    // "Weber did not say that": nothing was said.
    found.retain(|one| {
        let cue = one.cue.clone().unwrap_or_default();
        let says = |c: &&Cue| c.is(Group::Say);
        let turned = context.cues_in(cue).iter().find(says).is_some_and(|say| {
            let sentence = context.syntax.sentences[say.tokens.start];
            let tokens = context.doc.sentences[sentence].tokens.clone();
            is_negated_or_passive(context, &tokens, say)
                && context.doc.word(say.tokens.start) == "say"
        });
        !turned || stance::is_answer(context, one)
    });
    // "Kelley was found guilty in 2012, the Pentagon reported": what is reported holds no other statement.
    let learned = Lying::of(&found);
    let reports: Vec<Found> = by_rule
        .iter()
        .filter(|rule| is_told_behind(context, rule) && learned.sharing_cue(rule).is_none())
        .cloned()
        .collect();
    let reports = Lying::of(&reports);
    let is_reported = |one: &Found| {
        reports.around(cue_start(context, one)).next().is_some()
            && super::kind(context, one) == StatementKind::Indirect
    };
    found.retain(|one| !is_reported(one));
    by_rule.retain(|rule| !is_reported(rule));
    let rules = Lying::of(&by_rule);
    for one in &mut found {
        if let Some(rule) = rules.sharing_cue(one) {
            reconcile(context, one, &by_rule[rule]);
        }
    }
    // "rejected any suggestion that ...": what is said is no cue.
    for one in &mut found {
        if let (Some(cue), Some(said)) = (&mut one.cue, one.content.first()) {
            let said = context.doc.tokens_in(said.clone());
            if cue.start < said.start {
                cue.end = cue.end.min(said.start);
            }
        }
    }
    let learned = Lying::of(&found);
    for rule in by_rule.iter().filter(|rule| is_quotation(context, rule)) {
        if learned.sharing_cue(rule).is_none() {
            for around in learned.meeting_cue(context, rule) {
                carve(context, &mut found[around], rule);
            }
        }
    }
    found.retain(|one| !one.content.is_empty());
    for one in found.iter_mut().filter(|one| one.source.is_none()) {
        let Some(rule) = rules.same(one, |rule| by_rule[rule].source.is_some()) else {
            continue;
        };
        let rule = &by_rule[rule];
        one.source.clone_from(&rule.source);
        one.frame = one.frame.start.min(rule.frame.start)..one.frame.end.max(rule.frame.end);
        one.via = one.via.take().or_else(|| rule.via.clone());
    }
    // "Its union sees things differently: ..., Haugen said": Haugen's words, whatever the labeller makes of them.
    found.retain(|one| {
        !is_weak(context, one)
            || rules
                .same(one, |rule| is_told_behind(context, &by_rule[rule]))
                .is_none()
    });
    let learned = Lying::of(&found);
    let missed: Vec<Found> = by_rule
        .into_iter()
        .filter(|rule| learned.same(rule, |_| true).is_none())
        .collect();
    found.extend(missed);
    found
}
