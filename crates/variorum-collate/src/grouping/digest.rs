//! What grouping keeps of one report: small, owned, and written to disk where a stream is long.
//!
//! A [`Digest`] holds the report's words as hashes of stems, paragraph by paragraph, with its names,
//! places and numbers, the days that it tells of, and one vector of meaning. Paragraphs are kept apart
//! since some turn out to be a site's furniture, the same under every page; these are left out when
//! the digest becomes a [`Profile`](super::profile::Profile).

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use variorum_model::{Analysis, CodePoints, Moment, NameKind, Report, Span};
use variorum_text::stem::stem;
use variorum_text::tokens::{TokenKind, tokens};
use variorum_text::words::fold;
use variorum_text::{rarity, vectors};

use crate::origins::site;

/// Words of the opening, which says what a report is about.
const OPENING: usize = 120;
/// How many times a word of the opening or the title counts.
const OPENING_WEIGHT: u8 = 2;
/// Words of the opening that give the report's meaning.
const LEAD: usize = 60;
/// Bytes that surely hold them.
const LEAD_BYTES: usize = 1200;
/// Bytes of a first line that stands for a title.
const TITLE: usize = 200;
/// The most words that are read; what a longer report is about is told by then.
const MOST_WORDS: usize = 20_000;
/// The most word forms that are remembered at once.
const MOST_FORMS: usize = 200_000;
/// Steps between two rarities that are told apart.
const STEPS: f32 = 32.0;

/// What grouping keeps of one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The report's id.
    pub id: String,
    /// When it was published, if it says so.
    pub published: Option<Moment>,
    /// Hash of its outlet or site; 0 when neither is known.
    pub(super) outlet: u32,
    /// Hash of all its words: two reports with the same words have the same.
    pub(super) wording: u64,
    /// How many words it has.
    pub(super) words: u32,
    /// Of its paragraphs, in text order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Stems of the title, or of the first line, sorted.
    pub(super) title: Vec<u32>,
    /// Days that it tells of: month times 32 plus day, sorted.
    pub(super) days: Vec<u16>,
    /// Direction of what its title and opening mean; empty where no word is known.
    pub(super) meaning: Vec<i8>,
}

/// What stands in one paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Paragraph {
    /// Of its words.
    pub hash: u32,
    /// Its words, numbers and names.
    pub mentions: Vec<Mention>,
}

/// One word, number or name where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Mention {
    /// Of its stem, or of the whole name.
    pub hash: u32,
    /// What it is.
    pub kind: Kind,
    /// How rare the stem is in English at large, in steps.
    rarity: u8,
    /// How many times it counts.
    pub weight: u8,
}

impl Mention {
    /// Whether it is a word or number of the text, and no name over words.
    pub(super) fn is_word(self) -> bool {
        !matches!(self.kind, Kind::Name | Kind::Place)
    }

    /// How rare the stem is in English at large, as `-ln` of its share of texts.
    pub(super) fn rarity(self) -> f32 {
        f32::from(self.rarity) / STEPS
    }
}

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A word in small letters.
    Word,
    /// A word of the title, whose capitals tell nothing.
    Title,
    /// A word with a capital letter.
    Capital,
    /// A number other than a year.
    Number,
    /// A person, organisation or other thing with a name.
    Name,
    /// A place.
    Place,
}

/// Word forms that were seen before, by their hashes, with their stems: what a digest is comes out the
/// same with an empty one, only later.
#[derive(Debug, Default)]
pub struct Stems {
    forms: FxHashMap<u64, (u32, u8)>,
}

impl Stems {
    /// Hash of a word's stem and how rare it is.
    fn of(&mut self, word: &str) -> (u32, u8) {
        let form = wide_hash(word);
        if let Some(&known) = self.forms.get(&form) {
            return known;
        }
        if self.forms.len() >= MOST_FORMS {
            self.forms.clear();
        }
        let stem = stem(&fold(word));
        let found = (hash(&stem), (rarity::of_stem(&stem) * STEPS) as u8);
        self.forms.insert(form, found);
        found
    }
}

impl Digest {
    /// Reads a report and its analysis.
    pub fn of(report: &Report, analysis: &Analysis, stems: &mut Stems) -> Self {
        let text = report.text.as_str();
        let (mut paragraphs, ends) = paragraphs(text, stems);
        let wording = wording(&paragraphs);
        let words_read = paragraphs.iter().map(|p| p.mentions.len() as u32).sum();
        add_names(&mut paragraphs, &ends, text, analysis);
        let first_line = text.trim_start().lines().next().unwrap_or_default();
        let given = report.title.as_deref();
        let title = given.unwrap_or(beginning(first_line, TITLE));
        let mentions: Vec<Mention> = words(title)
            .map(|(_, word, kind)| mention(stems.of(word), kind, OPENING_WEIGHT))
            .map(|mention| Mention {
                kind: match mention.kind {
                    Kind::Number => Kind::Number,
                    _ => Kind::Title,
                },
                ..mention
            })
            .collect();
        let of_title = sorted(mentions.iter().map(|mention| mention.hash).collect());
        if given.is_some() {
            paragraphs.push(Paragraph { hash: 0, mentions });
        }
        let days = analysis.times.iter().filter_map(|time| day(&time.value));
        Digest {
            id: report.id.clone(),
            published: report.published,
            outlet: site(report).as_deref().map_or(0, hash),
            wording,
            words: words_read,
            paragraphs,
            title: of_title,
            days: sorted(days.collect()),
            meaning: meaning(given.unwrap_or_default(), text, stems),
        }
    }

    /// Its paragraphs without the title.
    pub(super) fn body(&self) -> impl Iterator<Item = &Paragraph> {
        self.paragraphs
            .iter()
            .filter(|paragraph| paragraph.hash != 0)
    }
}

/// Hash of all words of some paragraphs.
fn wording(paragraphs: &[Paragraph]) -> u64 {
    let mentions = paragraphs.iter().flat_map(|p| &p.mentions);
    mentions.fold(0, |sum: u64, mention| {
        (sum.rotate_left(5) ^ u64::from(mention.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// The paragraphs, and the byte where each ends.
fn paragraphs(text: &str, stems: &mut Stems) -> (Vec<Paragraph>, Vec<usize>) {
    let (mut found, mut ends) = (Vec::new(), Vec::new());
    let (mut nth, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        end += line.len();
        let mut sum = 0u32;
        let mut mentions = Vec::with_capacity(line.len() / 5);
        for (_, word, kind) in words(line).take(MOST_WORDS - nth) {
            let weight = if nth < OPENING { OPENING_WEIGHT } else { 1 };
            let mention = mention(stems.of(word), kind, weight);
            sum = (sum.rotate_left(5) ^ mention.hash).wrapping_mul(0x9e37_79b1);
            mentions.push(mention);
            nth += 1;
        }
        if !mentions.is_empty() {
            found.push(Paragraph {
                hash: sum.max(1),
                mentions,
            });
            ends.push(end);
        }
    }
    (found, ends)
}

fn mention((hash, rarity): (u32, u8), kind: Kind, weight: u8) -> Mention {
    Mention {
        hash,
        kind,
        rarity,
        weight,
    }
}

/// Puts the names of an analysis into the paragraphs where they stand.
fn add_names(paragraphs: &mut [Paragraph], ends: &[usize], text: &str, analysis: &Analysis) {
    let points = CodePoints::of(text);
    for name in &analysis.names {
        let at = points
            .bytes(Span {
                start: name.start,
                end: name.end,
            })
            .start;
        let next = ends.partition_point(|&end| end <= at);
        if let Some(paragraph) = paragraphs.get_mut(next) {
            let kind = match name.kind {
                NameKind::Place => Kind::Place,
                _ => Kind::Name,
            };
            let unseen = (rarity::UNSEEN * STEPS) as u8;
            paragraph
                .mentions
                .push(mention((hash(&fold(&name.name)), unseen), kind, 1));
        }
    }
}

/// The month and day of a TIMEX3 value that names a day, with or without its year.
fn day(value: &str) -> Option<u16> {
    let mut parts = value.get(..10)?.split('-').skip(1);
    let month: u16 = parts.next()?.parse().ok()?;
    let day: u16 = parts.next()?.parse().ok()?;
    (value.as_bytes()[4] == b'-' && month <= 12 && day <= 31).then_some(month * 32 + day)
}

/// What a title and the first words of a text mean together, the rarer words more.
fn meaning(title: &str, text: &str, stems: &mut Stems) -> Vec<i8> {
    let lead: Vec<(String, f32)> = words(title)
        .chain(words(beginning(text, LEAD_BYTES)).take(LEAD))
        .map(|(_, word, _)| (fold(word), f32::from(stems.of(word).1)))
        .collect();
    let mean = vectors::mean(lead.iter().map(|(word, rarity)| (word.as_str(), *rarity)));
    let greatest = mean.iter().fold(0.0f32, |most, part| most.max(part.abs()));
    let parts = mean
        .iter()
        .map(|part| (part / greatest * 127.0).round() as i8);
    parts.collect()
}

/// Words and numbers with the byte where they begin and what they are. Scripts that put no spaces
/// between words give pairs of characters instead.
fn words(text: &str) -> impl Iterator<Item = (usize, &str, Kind)> {
    let mut found = Vec::with_capacity(text.len() / 5);
    for token in tokens(text) {
        let word = token.of(text);
        let kind = match token.kind {
            TokenKind::Mark => continue,
            TokenKind::Number if is_year(word) => Kind::Word,
            TokenKind::Number => Kind::Number,
            TokenKind::Word if word.starts_with(['\'', '’']) => continue,
            TokenKind::Word if word.starts_with(char::is_uppercase) => Kind::Capital,
            TokenKind::Word => Kind::Word,
        };
        if !word.is_ascii() && word.chars().any(is_unspaced) {
            let pairs = pairs(word).into_iter();
            found.extend(pairs.map(|pair| (token.start + pair.start, &word[pair], kind)));
        } else {
            found.push((token.start, word, kind));
        }
    }
    found.into_iter()
}

/// The first characters of a text, up to so many bytes.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|&at| at >= bytes);
    &text[..end.unwrap_or(text.len())]
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Each two characters that stand side by side.
fn pairs(word: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let end = |i: usize| starts.get(i + 2).copied().unwrap_or(word.len());
    starts
        .iter()
        .enumerate()
        .map(|(i, &at)| at..end(i))
        .collect()
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// FNV-1a, folded to half its width.
fn hash(word: &str) -> u32 {
    let wide = wide_hash(word);
    (wide ^ (wide >> 32)) as u32
}

fn wide_hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_values() {
        for (value, expected) in [
            ("2022-01-12", Some(32 + 12)),
            ("XXXX-03-05", Some(3 * 32 + 5)),
            ("2022-01-12T18:00", Some(32 + 12)),
            ("2022-01", None),
            ("2022-W02", None),
            ("P3D", None),
            ("XXXX-WXX-3", None),
            ("élan-élan-", None),
        ] {
            assert_eq!(day(value), expected, "{value}");
        }
    }

    #[test]
    fn the_same_words_have_one_wording() {
        let of = |text: &str| {
            let report = crate::tests::report("r", None, text);
            Digest::of(&report, &Analysis::bare(&report), &mut Stems::default()).wording
        };
        assert_eq!(
            of("The dam broke.\nFour died."),
            of("The dam broke. Four died")
        );
        assert_ne!(of("The dam broke."), of("The dam held."));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in ".{0,200}", title in proptest::option::of(".{0,20}")) {
            let mut report = crate::tests::report("r", None, &text);
            report.title = title;
            Digest::of(&report, &Analysis::bare(&report), &mut Stems::default());
        }
    }
}
