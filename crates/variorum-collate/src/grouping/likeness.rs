//! How likely two reports tell one story.
//!
//! Two reports are compared by what they share: words, names, places, days, numbers, the title, the
//! meaning of their openings, and how far apart they were published. A logistic model weighs these
//! features; its weights are learned (`variorum-train likeness`) and lie in `data/likeness.toml`.

use std::sync::LazyLock;
use variorum_text::weights::{Model, Weights};
use variorum_text::words::data;

use super::profile::{Meaning, Profile, Vector, Weight};

/// Reports whose words have a lesser cosine do not tell one story.
pub(super) const LEAST_WORDS: f32 = 0.04;

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
    pub vector: Vector,
    pub profile: Profile,
}

/// A report that is compared with many others: its words in a table of their hashes.
pub(super) struct Query<'a> {
    entry: &'a Entry,
    /// Words by their hashes, each at the first free slot from its own on.
    slots: Vec<Option<Weight>>,
}

impl<'a> Query<'a> {
    /// Puts a report's words into a table that stays half empty.
    pub(super) fn of(entry: &'a Entry) -> Self {
        let terms = &entry.vector.terms;
        let mut slots = vec![None; (2 * terms.len() + 2).next_power_of_two()];
        for &term in terms {
            let mut at = term.hash as usize & (slots.len() - 1);
            while slots[at].is_some() {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = Some(term);
        }
        Query { entry, slots }
    }

    /// How likely the report and another one tell one story, 0 to 1.
    pub(super) fn likeness(&self, other: &Entry) -> f32 {
        let features = self.features(other);
        if features[0] < LEAST_WORDS {
            return 0.0;
        }
        let sum: f32 = features
            .iter()
            .zip(&MODEL.weights)
            .map(|(f, w)| f * w)
            .sum();
        1.0 / (1.0 + (-sum - MODEL.bias).exp())
    }

    /// What the two are compared by; nothing but words where they share next to none.
    pub(super) fn features(&self, other: &Entry) -> [f32; FEATURES] {
        let (a, b) = (self.entry, other);
        let (words, names_of_less) = self.words(&b.vector);
        let mut features = [0.0; FEATURES];
        features[0] = words;
        if words < LEAST_WORDS {
            return features;
        }
        let apart = match (a.profile.day, b.profile.day) {
            (Some(a), Some(b)) => Some((a - b).abs() as f32),
            _ => None,
        };
        let days = overlap(&a.profile.days, &b.profile.days);
        let places = overlap(&a.profile.places, &b.profile.places);
        let numbers = overlap(&a.profile.numbers, &b.profile.numbers);
        let title = overlap(&a.profile.title, &b.profile.title);
        [
            words,
            words.sqrt(),
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

    /// Cosine of the words, and the share of capitalised words of the one with fewer.
    fn words(&self, other: &Vector) -> (f32, f32) {
        let (mut dot, mut shared) = (0.0, 0.0);
        let last = self.slots.len() - 1;
        for term in &other.terms {
            let mut at = term.hash as usize & last;
            while let Some(own) = self.slots[at & last] {
                if own.hash == term.hash {
                    dot += own.value * term.value;
                    if own.is_name && term.is_name {
                        shared += own.value.min(term.value);
                    }
                    break;
                }
                at += 1;
            }
        }
        let least = self.entry.vector.name_terms.min(other.name_terms);
        let share = if least > 0.0 { shared / least } else { 0.0 };
        (dot, share.min(1.0))
    }
}

fn names(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let in_b = |hash: u32| b.binary_search_by_key(&hash, |name| name.0).ok();
    a.iter()
        .filter_map(|&(hash, weight)| Some(weight * b[in_b(hash)?].1))
        .sum()
}

fn cosine(a: &Meaning, b: &Meaning) -> f32 {
    let products = a.parts.iter().zip(&b.parts);
    let dot: i32 = products.map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    let lengths = a.length * b.length;
    if lengths > 0.0 {
        dot as f32 / lengths
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

fn file() -> Weights<f32> {
    data("likeness.toml", include_str!("../../data/likeness.toml"))
}

/// The learned weights.
static MODEL: LazyLock<Model<f32, FEATURES>> = LazyLock::new(|| file().in_order(NAMES));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight() {
        let file = file();
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        assert_eq!(
            file.weights.keys().map(String::as_str).collect::<Vec<_>>(),
            names
        );
    }
}
