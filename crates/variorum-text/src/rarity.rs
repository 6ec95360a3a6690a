//! How rare a word is in English prose: the weight that tells words which carry a topic from
//! words which any text has.
//!
//! `data/en/rarity.tsv` holds, for each common stem, `-ln` of the share of texts that contain it,
//! counted by `tools/train`: the mean of what treebanks of many genres and news reports give, so
//! that the people in the news of one year do not pass for common words. It is sorted by stem.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::stem::stem;

/// Rarity of a lower-case word: 0 for a word of every text, up to [`UNSEEN`].
pub fn rarity(word_lower: &str) -> f32 {
    of_stem(&stem(word_lower))
}

/// Rarity of a stem as [`stem`] gives it.
pub fn of_stem(stem: &str) -> f32 {
    TABLE.get(stem).copied().unwrap_or(UNSEEN)
}

/// The rarity of words that are not in the table: names, numbers, rare words.
pub const UNSEEN: f32 = 7.0;

static TABLE: LazyLock<FxHashMap<&'static str, f32>> = LazyLock::new(|| {
    include_str!("../data/en/rarity.tsv")
        .lines()
        .filter_map(|line| {
            let (stem, value) = line.split_once('\t')?;
            Some((stem, value.parse().ok()?))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_read_whole() {
        let lines: Vec<_> = include_str!("../data/en/rarity.tsv").lines().collect();
        assert_eq!(TABLE.len(), lines.len());
        assert!(lines.is_sorted_by_key(|line| line.split_once('\t').map(|(stem, _)| stem)));
    }

    #[test]
    fn common_words_weigh_less() {
        for (common, rare) in [
            ("the", "people"),
            ("people", "alliance"),
            ("said", "sanctions"),
        ] {
            assert!(rarity(common) < rarity(rare), "{common} against {rare}");
        }
        assert!(rarity("zzyzx") >= UNSEEN);
    }
}
