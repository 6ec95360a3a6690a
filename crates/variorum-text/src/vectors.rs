//! Word vectors: numbers that lie close together for words of like meaning.
//!
//! Distilled from a sentence model (`models/vectors.md`): one vector for each of its word pieces, compiled in
//! and used as they lie. A word that is no piece itself is read as the longest pieces that make it up,
//! from the left, as the sentence model reads it (WordPiece, Schuster and Nakajima 2012).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Numbers in a vector.
pub const PARTS: usize = 256;
/// Partitions of the words into groups that are used alike: coarse and fine.
pub const LEVELS: usize = 2;

static VECTORS: &[u8] = include_bytes!("../models/vectors.bin");
static CLUSTERS: &[u8] = include_bytes!("../models/clusters.bin");
static PIECES: &str = include_str!("../models/pieces.txt");

/// The longest word that is cut into pieces, in bytes; longer ones have no vector.
const LONGEST: usize = 40;

static PLACES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut places = FxHashMap::default();
    places.extend(PIECES.lines().zip(0..));
    places
});

/// The length of each vector.
static LENGTHS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let part = |byte: &u8| f32::from(i8::from_ne_bytes([*byte]));
    let length = |vector: &[u8]| vector.iter().map(|b| part(b) * part(b)).sum::<f32>().sqrt();
    VECTORS.chunks_exact(PARTS).map(length).collect()
});

/// The pieces of a lower-case word; none when a part of it is unknown.
pub fn pieces(lower: &str) -> Vec<u32> {
    if let Some(&whole) = PLACES.get(lower) {
        return vec![whole];
    }
    if lower.len() > LONGEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    let mut inner = String::with_capacity(lower.len() + 2);
    while start < lower.len() {
        let ends = (start + 1..=lower.len()).rev();
        let longest = ends
            .filter(|&end| lower.is_char_boundary(end))
            .find_map(|end| {
                inner.clear();
                inner.push_str(if start > 0 { "##" } else { "" });
                inner.push_str(&lower[start..end]);
                Some((*PLACES.get(inner.as_str())?, end))
            });
        let Some((piece, end)) = longest else {
            return Vec::new();
        };
        found.push(piece);
        start = end;
    }
    found
}

/// The vector of a piece, as whole numbers from -127 to 127 whose common scale tells nothing.
pub fn vector(piece: u32) -> &'static [u8] {
    let start = piece as usize * PARTS;
    VECTORS.get(start..start + PARTS).unwrap_or_default()
}

/// The groups of a lower-case word; `None` for a word that is no piece.
pub fn clusters(lower: &str) -> Option<[u16; LEVELS]> {
    let start = *PLACES.get(lower)? as usize * LEVELS * 2;
    let bytes = CLUSTERS.get(start..start + LEVELS * 2)?;
    Some(std::array::from_fn(|level| {
        u16::from_le_bytes([bytes[2 * level], bytes[2 * level + 1]])
    }))
}

/// Adds up the vectors of words, each made of length 1 and weighted; the sum is of length 1, or empty when no
/// word is known.
pub fn mean<'w>(words: impl Iterator<Item = (&'w str, f32)>) -> Vec<f32> {
    let mut sum = vec![0.0f32; PARTS];
    for (word, weight) in words {
        let pieces = pieces(word);
        let share = weight / pieces.len().max(1) as f32;
        for piece in pieces {
            let vector = vector(piece);
            let part = |byte: &u8| f32::from(i8::from_ne_bytes([*byte]));
            let length = LENGTHS.get(piece as usize).copied().unwrap_or(1.0);
            let share = share / length.max(1.0);
            for (sum, byte) in sum.iter_mut().zip(vector) {
                *sum += share * part(byte);
            }
        }
    }
    let length = sum.iter().map(|part| part * part).sum::<f32>().sqrt();
    if length == 0.0 {
        return Vec::new();
    }
    for part in &mut sum {
        *part /= length;
    }
    sum
}

/// How alike two vectors of length 1 are, from -1 to 1; 0 when one is empty.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_into_their_longest_pieces() {
        assert_eq!(pieces("president").len(), 1);
        assert_eq!(
            pieces("stoltenberg").len(),
            pieces("stoltenberg").len().max(2)
        );
        assert!(pieces("").is_empty());
        assert!(pieces("☂☂").is_empty());
    }

    #[test]
    fn like_words_lie_close_together() {
        let of = |word: &str| mean([(word, 1.0)].into_iter());
        let near = cosine(&of("troops"), &of("soldiers"));
        let far = cosine(&of("troops"), &of("banana"));
        assert!(near > far + 0.2, "{near} and {far}");
        assert!(mean(std::iter::empty()).is_empty());
    }
}
