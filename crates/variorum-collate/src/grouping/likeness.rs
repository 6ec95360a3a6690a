//! How likely two reports tell one story.
//!
//! Two reports are compared by what they share: words, names, places, days, numbers, the title, the
//! meaning of their openings, and how far apart they were published. A logistic model weighs these
//! features; its weights are learned (`variorum-train likeness`) and lie in `data/likeness.toml`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::data;

use super::profile::{Profile, Vector};

/// How many features two reports are compared by.
pub const FEATURES: usize = 15;

/// The names of the features, in order.
pub const NAMES: [&str; FEATURES] = [
    "words",         // cosine of the weighted words
    "words_root", // its square root: the step from none to some tells more than from much to most
    "near",       // 1 on the same day, half every four days
    "undated",    // whether one of them is undated
    "days",       // days between them, in weeks
    "meaning",    // cosine of what their openings mean
    "names",      // cosine of the weighted names
    "names_of_less", // share of the capitalised words of the one with fewer that the other has
    "title",      // share of the shorter title
    "days_told",  // whether they tell of a common day
    "other_days", // whether both tell of days, but of none in common
    "places",     // share of the places of the one with fewer
    "other_places", // whether both name places, but none in common
    "numbers",    // share of the numbers of the one with fewer
    "other_numbers", // how sure it is that they give other numbers
];

/// One report, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The day it was published, as a number of days.
    pub day: Option<i32>,
    pub vector: Vector,
    pub profile: Profile,
}

/// How likely two reports tell one story, 0 to 1.
pub(super) fn likeness(a: &Entry, b: &Entry) -> f32 {
    let sum: f32 = features(a, b)
        .iter()
        .zip(&MODEL.weights)
        .map(|(f, w)| f * w)
        .sum();
    1.0 / (1.0 + (-sum - MODEL.bias).exp())
}

/// What two reports are compared by.
pub(super) fn features(a: &Entry, b: &Entry) -> [f32; FEATURES] {
    let (words, names_of_less) = words(&a.vector, &b.vector);
    let apart = match (a.day, b.day) {
        (Some(a), Some(b)) => Some((a - b).abs() as f32),
        _ => None,
    };
    let days = overlap(&a.profile.days, &b.profile.days);
    let places = overlap(&a.profile.places, &b.profile.places);
    let numbers = overlap(&a.profile.numbers, &b.profile.numbers);
    let title = overlap(&a.profile.title, &b.profile.title);
    [
        words,
        words.max(0.0).sqrt(),
        apart.map_or(0.0, |days| 0.5f32.powf(days / 4.0)),
        f32::from(apart.is_none()),
        apart.unwrap_or(0.0) / 7.0,
        cosine(&a.profile.meaning, &b.profile.meaning),
        names(&a.vector.names, &b.vector.names),
        names_of_less,
        title.share(),
        f32::from(days.shared > 0),
        f32::from(days.is_other()),
        places.share(),
        f32::from(places.is_other()),
        numbers.share(),
        if numbers.is_other() {
            numbers.least.min(5) as f32 / 5.0
        } else {
            0.0
        },
    ]
}

/// Cosine of two vectors' words, and the share of capitalised words of the one with fewer.
pub(super) fn words(a: &Vector, b: &Vector) -> (f32, f32) {
    let (mut i, mut j, mut dot, mut shared) = (0, 0, 0.0, 0.0);
    while let (Some(x), Some(y)) = (a.terms.get(i), b.terms.get(j)) {
        match x.hash.cmp(&y.hash) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                dot += x.weight * y.weight;
                if x.is_name && y.is_name {
                    shared += x.weight.min(y.weight);
                }
                i += 1;
                j += 1;
            }
        }
    }
    let least = a.name_terms.min(b.name_terms);
    (
        dot,
        if least > 0.0 {
            (shared / least).min(1.0)
        } else {
            0.0
        },
    )
}

fn names(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let in_b = |hash: u32| b.binary_search_by_key(&hash, |name| name.0).ok();
    a.iter()
        .filter_map(|&(hash, weight)| Some(weight * b[in_b(hash)?].1))
        .sum()
}

fn cosine(a: &[i8], b: &[i8]) -> f32 {
    let dot = |a: &[i8], b: &[i8]| -> i32 {
        a.iter()
            .zip(b)
            .map(|(&a, &b)| i32::from(a) * i32::from(b))
            .sum()
    };
    let lengths = (dot(a, a) as f32 * dot(b, b) as f32).sqrt();
    if lengths > 0.0 {
        dot(a, b) as f32 / lengths
    } else {
        0.0
    }
}

/// How two sorted lists overlap.
struct Overlap {
    shared: usize,
    /// Items of the shorter one.
    least: usize,
}

impl Overlap {
    fn share(&self) -> f32 {
        self.shared as f32 / self.least.max(1) as f32
    }

    /// Whether both have items, but none in common.
    fn is_other(&self) -> bool {
        self.least > 0 && self.shared == 0
    }
}

fn overlap<T: Ord>(a: &[T], b: &[T]) -> Overlap {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    Overlap {
        shared: short
            .iter()
            .filter(|item| long.binary_search(item).is_ok())
            .count(),
        least: short.len(),
    }
}

/// The learned weights.
struct Model {
    bias: f32,
    weights: [f32; FEATURES],
}

#[derive(Deserialize)]
struct ModelFile {
    bias: f32,
    weights: std::collections::BTreeMap<String, f32>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let file: ModelFile = data("likeness.toml", include_str!("../../data/likeness.toml"));
    Model {
        bias: file.bias,
        weights: NAMES.map(|name| file.weights.get(name).copied().unwrap_or(0.0)),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight() {
        let file: ModelFile = data("likeness.toml", include_str!("../../data/likeness.toml"));
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        assert_eq!(
            file.weights.keys().map(String::as_str).collect::<Vec<_>>(),
            names
        );
    }
}
