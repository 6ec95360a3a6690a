//! What is compared of one report, and how its words are weighted.
//!
//! A [`Profile`] adds up the paragraphs of a [`Digest`]. When the report takes its place in the stream,
//! its words are weighted (`tf-idf`): by how often they stand in it, whether they are names, and how rare
//! they are, in English at large and in the reports before it.

use rustc_hash::FxHashMap;
use variorum_model::Moment;

use super::digest::{Digest, Kind, Paragraph};
use super::furniture::Furniture;

/// How many texts the rarity in English at large counts for, against those of the stream.
const BACKGROUND: f32 = 300.0;
/// When the stream has given so many reports, each of them counts half from then on.
const FADING: f32 = 10_000.0;
/// How much more a word weighs that always has a capital letter.
const NAME_WEIGHT: f32 = 1.3;
/// Fewest words that a report has besides furniture.
const LEAST_LEFT: usize = 15;
/// The most stems that a vector keeps.
const KEPT: usize = 250;

/// What is compared of one report.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Id of the report.
    pub(super) id: String,
    /// The day it was published, as a number of days.
    pub(super) day: Option<i32>,
    /// Hash of all its words.
    pub(super) wording: u64,
    /// How many words it has.
    pub(super) words: u32,
    terms: Vec<Term>,
    names: Vec<(u32, f32)>,
    /// Places, sorted.
    pub(super) places: Vec<u32>,
    /// Numbers other than years, sorted.
    pub(super) numbers: Vec<u32>,
    /// Stems of the title, sorted.
    pub(super) title: Vec<u32>,
    /// Days that it tells of, sorted.
    pub(super) days: Vec<u16>,
    /// Direction of what its opening means.
    pub(super) meaning: Meaning,
}

/// The direction of what some words mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Meaning {
    pub parts: Vec<i8>,
    pub length: f32,
}

impl Meaning {
    fn of(parts: &[i8]) -> Self {
        let squares: i32 = parts
            .iter()
            .map(|&part| i32::from(part) * i32::from(part))
            .sum();
        Meaning {
            parts: parts.to_vec(),
            length: (squares as f32).sqrt(),
        }
    }
}

/// A stem of a report.
#[derive(Debug, Clone, Copy)]
struct Term {
    hash: u32,
    count: f32,
    /// Its share of texts in English at large.
    share: f32,
    /// Whether it always has a capital letter.
    is_name: bool,
}

impl Profile {
    /// Adds up a digest, without the furniture that is known.
    pub fn of(digest: &Digest, furniture: &Furniture) -> Self {
        let own = |p: &&Paragraph| !furniture.holds(digest, p);
        let words_left: usize = digest.body().filter(own).map(|p| p.mentions.len()).sum();
        // What has next to nothing of its own is one of many copies, and its words are no furniture.
        let is_copy = words_left < LEAST_LEFT;
        let kept = digest.paragraphs.iter().filter(|p| is_copy || own(p));
        let mut mentions: Vec<_> = kept.flat_map(|p| &p.mentions).copied().collect();
        mentions.sort_unstable_by_key(|mention| (mention.is_word(), mention.hash));
        let mut profile = Profile {
            id: digest.id.clone(),
            day: digest.published.and_then(day),
            wording: digest.wording,
            words: digest.words,
            title: digest.title.clone(),
            days: digest.days.clone(),
            meaning: Meaning::of(&digest.meaning),
            ..Profile::default()
        };
        for same in mentions.chunk_by(|a, b| (a.is_word(), a.hash) == (b.is_word(), b.hash)) {
            let Some(&first) = same.first() else { continue };
            let count = same.iter().map(|mention| f32::from(mention.weight)).sum();
            let any = |kind: Kind| same.iter().any(|mention| mention.kind == kind);
            if !first.is_word() {
                profile.names.push((first.hash, count));
                if any(Kind::Place) {
                    profile.places.push(first.hash);
                }
                continue;
            }
            if any(Kind::Number) {
                profile.numbers.push(first.hash);
            }
            profile.terms.push(Term {
                hash: first.hash,
                count,
                share: (-first.rarity()).exp(),
                is_name: any(Kind::Capital) && !any(Kind::Word),
            });
        }
        profile
    }
}

/// The day of a moment as a number of days.
fn day(moment: Moment) -> Option<i32> {
    let since = moment
        .date()
        .since((jiff::Unit::Day, jiff::civil::Date::ZERO));
    since.ok().map(|span| span.get_days())
}

/// A weighted stem of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    pub hash: u32,
    /// The squares of all weights of a report sum to 1.
    pub value: f32,
    pub is_name: bool,
}

/// A report's words and names, weighted.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector {
    /// Stems, sorted by their hashes.
    pub terms: Vec<Weight>,
    /// The sum of the weights of the stems that are names.
    pub name_terms: f32,
    /// Whole names, sorted by their hashes; the squares of their weights sum to 1.
    pub names: Vec<(u32, f32)>,
}

impl Vector {
    /// Its heaviest stems.
    pub(super) fn heaviest(&self, count: usize) -> Vec<Weight> {
        let mut ranked = self.terms.clone();
        keep_heaviest(&mut ranked, count);
        ranked
    }
}

/// Keeps the heaviest of some stems, and orders them by weight.
pub(super) fn keep_heaviest(terms: &mut Vec<Weight>, count: usize) {
    let order = |a: &Weight, b: &Weight| b.value.total_cmp(&a.value).then(a.hash.cmp(&b.hash));
    if terms.len() > count {
        terms.select_nth_unstable_by(count, order);
        terms.truncate(count);
    }
    terms.sort_unstable_by(order);
}

/// In how many reports of the stream each stem and name stands; older ones fade.
#[derive(Debug, Default)]
pub(super) struct Counts {
    reports: f32,
    terms: FxHashMap<u32, f32>,
    names: FxHashMap<u32, f32>,
}

impl Counts {
    /// Counts a report and weights its words.
    pub(super) fn weigh(&mut self, profile: &Profile) -> Vector {
        self.fade();
        self.reports += 1.0;
        let all = self.reports + BACKGROUND;
        let mut terms: Vec<Weight> = Vec::with_capacity(profile.terms.len());
        for term in &profile.terms {
            let count = self.terms.entry(term.hash).or_default();
            *count += 1.0;
            let rarity = (all / (term.share * BACKGROUND + *count)).ln();
            let name = if term.is_name { NAME_WEIGHT } else { 1.0 };
            let weight = (1.0 + term.count.ln()) * rarity * name;
            if weight > 0.0 {
                terms.push(Weight {
                    hash: term.hash,
                    value: weight,
                    is_name: term.is_name,
                });
            }
        }
        keep_heaviest(&mut terms, KEPT);
        terms.sort_unstable_by_key(|term| term.hash);
        let length = terms.iter().map(|w| w.value * w.value).sum::<f32>().sqrt();
        for weight in &mut terms {
            weight.value /= length;
        }
        let unseen = (-variorum_text::rarity::UNSEEN).exp() * BACKGROUND;
        let mut names: Vec<(u32, f32)> = Vec::with_capacity(profile.names.len());
        for &(hash, times) in &profile.names {
            let count = self.names.entry(hash).or_default();
            *count += 1.0;
            names.push((
                hash,
                (1.0 + times.ln()) * (all / (unseen + *count)).ln().max(0.0),
            ));
        }
        let length = names
            .iter()
            .map(|w| w.1 * w.1)
            .sum::<f32>()
            .sqrt()
            .max(f32::MIN_POSITIVE);
        for name in &mut names {
            name.1 /= length;
        }
        Vector {
            name_terms: terms.iter().filter(|w| w.is_name).map(|w| w.value).sum(),
            terms,
            names,
        }
    }

    fn fade(&mut self) {
        if self.reports < FADING {
            return;
        }
        self.reports /= 2.0;
        for counts in [&mut self.terms, &mut self.names] {
            counts.retain(|_, count| {
                *count /= 2.0;
                *count >= 0.5
            });
        }
    }
}
