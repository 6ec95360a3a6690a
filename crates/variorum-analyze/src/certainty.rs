//! How likely a statement of the encoder is right in all: its words, its being one thought, its speaker.
//!
//! A logistic regression over what the encoder and the rules tell of it, learned from stories whose statements are
//! labelled by hand (`variorum-train certainty`); its weights lie in `data/certainty.toml`.

use std::sync::LazyLock;

use variorum_encoder::Said;
use variorum_model::{Proposition, Report, StatementKind};
use variorum_text::outlets::Outlets;
use variorum_text::weights::{Model, Weights};
use variorum_text::words::data;

use crate::statements::{self, Chosen};
use crate::{Encoder, Reading, in_context};

/// How many features a statement is weighed by.
pub const FEATURES: usize = 16;

/// The names of the features, in order.
pub const NAMES: [&str; FEATURES] = [
    "inside",       // likelihood of its words' being one statement, on average
    "ends",         // of the less certain of its two ends
    "eager",        // whether it is found only when more is asked for
    "named",        // likelihood of the words that name its speaker
    "margin",       // how much likelier he is than the next one
    "nobody",       // likelihood that nobody is named
    "by_rules",     // whether the rules name that speaker
    "not_by_rules", // whether they name another
    "found",        // whether the rules find a statement there
    "weak",         // whether they hold it for none that anybody would list
    "alike",        // share of words that both have in common
    "speaks",       // whether words of saying stand beside it
    "indirect",     // whether it is given in the reporter's words
    "quoted",       // share of its words in quotation marks
    "weight",       // likelihood of its having any weight
    "short",        // whether it has fewer than six words
];

/// What speaks for and against a statement, in the order of `NAMES`.
pub type Features = [f32; FEATURES];

/// What is told of a statement.
pub(crate) struct Told<'a> {
    /// By the encoder.
    pub(crate) said: &'a Said,
    /// Its speaker, and what speaks for him.
    pub(crate) chosen: &'a Chosen,
    /// The share of words that the rules' statement there has in common with it; none when there is none.
    pub(crate) alike: Option<f32>,
    /// Whether the rules hold that statement for none that anybody would list.
    pub(crate) weak: bool,
    /// Whether words of saying stand beside it.
    pub(crate) speaks: bool,
    /// How it is given.
    pub(crate) kind: StatementKind,
    /// The share of its words that are quoted.
    pub(crate) quoted: f32,
}

/// What speaks for and against a statement.
pub(crate) fn features(told: &Told<'_>) -> Features {
    let flag = |is: bool| f32::from(u8::from(is));
    [
        told.said.inside.exp(),
        told.said.ends.exp(),
        flag(told.said.eager),
        told.chosen.likely,
        told.chosen.margin,
        told.said.nobody,
        flag(told.chosen.by_rules == Some(true)),
        flag(told.chosen.by_rules == Some(false)),
        flag(told.alike.is_some()),
        flag(told.weak),
        told.alike.unwrap_or_default(),
        flag(told.speaks),
        flag(told.kind == StatementKind::Indirect),
        told.quoted,
        1.0 - told.said.weight[0],
        flag(told.said.tokens.len() < 6),
    ]
}

/// How likely a statement is right in all.
pub(crate) fn certainty(features: &Features) -> f64 {
    let weighed = MODEL.weights.iter().zip(features);
    let sum: f64 = MODEL.bias + weighed.map(|(w, f)| w * f64::from(*f)).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// The propositions of a report, each with what speaks for and against it, for training.
pub fn weighed(report: &Report, encoder: &Encoder) -> Vec<(Proposition, Features)> {
    let reading = Reading::of(report);
    in_context(&reading, Outlets::built_in(), |context, points, vias| {
        statements::weighed(context, points, &vias, encoder)
    })
}

fn file() -> Weights<f64> {
    data("certainty.toml", include_str!("../data/certainty.toml"))
}

static MODEL: LazyLock<Model<f64, FEATURES>> = LazyLock::new(|| file().in_order(NAMES));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight() {
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        let weights = file().weights;
        assert_eq!(
            weights.keys().map(String::as_str).collect::<Vec<_>>(),
            names
        );
    }
}
