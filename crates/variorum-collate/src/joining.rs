//! How likely two propositions are wordings of one statement.
//!
//! Two wordings are compared by what they share: content words by rarity, runs of words, the meaning of all words
//! together, whether each is the closest to the other in its report, and whether one speaker is known to have
//! said both. A logistic model weighs these features; its weights are learned (`variorum-train joining`) and lie in
//! `data/joining.toml`.

use std::sync::LazyLock;

use variorum_model::{Analysis, Report, Span};
use variorum_text::outlets::Outlets;
use variorum_text::weights::{Model, Weights};
use variorum_text::words::data;

use crate::bags::Bag;
use crate::statements::lined_up;
use crate::wording::Words;
use crate::{alignment, dates};

/// How many features two propositions are compared by.
pub const FEATURES: usize = 10;

/// The names of the features, in order.
pub const NAMES: [&str; FEATURES] = [
    "likeness",       // the mean of Dice and containment over rarity-weighted stems
    "meaning",        // cosine of what all words mean
    "shared",         // content words that both hold, up to eight
    "plain_word",     // whether one of these is no name
    "closest",        // whether each is the closest to the other in its report
    "run",            // content words in the longest run of words that both hold, up to six
    "one_report",     // whether both stand in one report
    "shorter",        // content words of the shorter one, up to ten
    "longer",         // how much longer the other one is
    "other_speakers", // whether the reports do not name one speaker for both
];

/// Propositions that are less alike are no wordings of one statement.
pub(crate) const LEAST: f32 = 0.05;

/// Where two propositions stand to each other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Relation {
    /// Whether each is the closest to the other in its report.
    pub closest: bool,
    /// Whether both stand in one report.
    pub one_report: bool,
    /// Whether the reports do not name one speaker for both.
    pub other_speakers: bool,
}

/// How likely two propositions are wordings of one statement, 0 to 1.
pub(crate) fn likelihood(a: (&Bag, &Words), b: (&Bag, &Words), relation: Relation) -> f32 {
    if a.0.likeness(b.0) < LEAST {
        return 0.0;
    }
    let features = features(a, b, relation);
    let sum: f32 = features
        .iter()
        .zip(&MODEL.weights)
        .map(|(f, w)| f * w)
        .sum();
    1.0 / (1.0 + (-sum - MODEL.bias).exp())
}

/// A proposition by its report's id and its words.
pub type Place = (String, Vec<Span>);

/// The features of all pairs of propositions of one story that are compared, for learning the weights.
pub fn compared(entries: &[(&Report, &Analysis)]) -> Vec<(Place, Place, [f32; FEATURES])> {
    let members = dates::members(entries, Outlets::built_in());
    let (propositions, bags, words) = lined_up(&members);
    let place = |i: usize| {
        let proposition = &propositions[i];
        let report = &members[proposition.member].report.id;
        (report.clone(), proposition.spans.clone())
    };
    alignment::features_of_pairs(&members, &propositions, &bags, &words)
        .into_iter()
        .map(|(a, b, features)| (place(a), place(b), features))
        .collect()
}

/// What two propositions are compared by.
pub(crate) fn features(
    a: (&Bag, &Words),
    b: (&Bag, &Words),
    relation: Relation,
) -> [f32; FEATURES] {
    let (one, other) = (a.0, b.0);
    let shorter = one.len().min(other.len()) as f32;
    let longer = one.len().max(other.len()) as f32;
    let yes = |is: bool| f32::from(u8::from(is));
    [
        one.likeness(other),
        one.nearness(other),
        (one.shared_words(other) as f32).min(8.0) / 8.0,
        yes(one.share_plain_word(other)),
        yes(relation.closest),
        (longest_run(a.1, b.1) as f32).min(6.0) / 6.0,
        yes(relation.one_report),
        shorter.min(10.0) / 10.0,
        1.0 - shorter / longer.max(1.0),
        yes(relation.other_speakers),
    ]
}

/// The content words in the longest run of words that two wordings share.
fn longest_run(a: &Words, b: &Words) -> usize {
    let (a, b) = (&a.words, &b.words);
    let mut best = 0;
    let mut lengths = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let before = lengths[j + 1];
            lengths[j + 1] = if x.lower == y.lower { diagonal + 2 } else { 0 };
            if lengths[j + 1] > 0 && !x.content {
                // A little word goes on with a run and adds nothing; the lowest bit says that a run is open.
                lengths[j + 1] = diagonal | 1;
            }
            best = best.max(lengths[j + 1] / 2);
            diagonal = before;
        }
    }
    best
}

fn file() -> Weights<f32> {
    data("joining.toml", include_str!("../data/joining.toml"))
}

static MODEL: LazyLock<Model<f32, FEATURES>> = LazyLock::new(|| file().in_order(NAMES));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bags;

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

    #[test]
    fn the_longest_run_counts_what_tells() {
        let check = |a: &str, b: &str, expected: usize| {
            let words = |text: &str| Words::of(text, None, false);
            assert_eq!(longest_run(&words(a), &words(b)), expected, "{a:?} / {b:?}");
        };
        check("the dam of the old mill", "near the dam of the old mill", 3);
        check("the dam is old", "the mill is old", 1);
        check("of the", "of the", 0);
    }

    #[test]
    fn a_paraphrase_is_likelier_than_another_thought() {
        let texts = [
            "The harbour must be dredged before the winter storms arrive",
            "before winter storms come the harbour has to be dredged",
            "The harbour master has bought a new boat for his daughter",
        ];
        let bags = bags::bags(texts.into_iter());
        let words = texts.map(|text| Words::of(text, None, false));
        let relation = Relation {
            closest: true,
            ..Relation::default()
        };
        let to = |i: usize| likelihood((&bags[0], &words[0]), (&bags[i], &words[i]), relation);
        assert!(to(1) > 0.5 && to(2) < 0.2, "{} {}", to(1), to(2));
    }
}
