//! Tables of small weights that hashed features point into.
//!
//! A linear model here is one block of bytes, compiled in and used as it lies: rows of `N` whole
//! numbers from -127 to 127, one for each answer. A feature is a number made of what it looks at; its
//! top bits are its row ("the hashing trick", Weinberger et al. 2009). Two features that share a row
//! disturb each other a little, which costs less than a dictionary of features.

/// One feature: a kind of question (`template`) and up to three answers to it.
pub fn feature(template: u32, a: u64, b: u64, c: u64) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = u64::from(template).wrapping_add(1).wrapping_mul(FACTOR);
    for part in [a, b, c] {
        hash = (hash ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    hash.wrapping_mul(FACTOR)
}

/// What stands for a word in a feature.
pub fn word(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The row of a feature in a table of `2^bits` rows.
pub fn row(feature: u64, bits: u32) -> usize {
    (feature >> (64 - bits)) as usize
}

/// The sums of the rows of some features; `weights` has `2^bits` rows of `N` bytes.
pub fn sums<const N: usize>(weights: &[u8], bits: u32, features: &[u64]) -> [i32; N] {
    let mut sums = [0i16; N];
    for &feature in features {
        let start = row(feature, bits) * N;
        if let Some(row) = weights.get(start..start + N) {
            add(&mut sums, row);
        }
    }
    sums.map(i32::from)
}

/// Adds a row of weights to sums. Up to 256 rows fit into sums of two bytes, which are added up several at a
/// time; no model here has so many features.
pub fn add(sums: &mut [i16], row: &[u8]) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_add(i16::from(i8::from_ne_bytes([*weight])));
    }
}

/// The place of the greatest sum, the first of equals.
pub fn best(sums: &[i32]) -> usize {
    (0..sums.len()).fold(0, |best, at| if sums[at] > sums[best] { at } else { best })
}
