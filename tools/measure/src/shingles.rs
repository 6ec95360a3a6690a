//! How well an extracted text agrees with the article, by runs of four words, as in Scrapinghub's
//! article extraction benchmark (2020): of each page the shares of right, wrong and missed runs, and
//! precision and recall as means over the pages.

use std::collections::HashMap;

/// Words in a run.
const RUN: usize = 4;

/// What one page's text has right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Runs in both texts.
    pub right: f64,
    /// Runs in the extracted text only.
    pub wrong: f64,
    /// Runs in the article only.
    pub missed: f64,
}

/// Compares an extracted text with the article.
pub fn agreement(article: &str, extracted: &str) -> Agreement {
    let (gold, found) = (words(article), words(extracted));
    let (gold, found) = (runs(&gold), runs(&found));
    let both: usize = found
        .iter()
        .map(|(run, &count)| count.min(gold.get(run).copied().unwrap_or(0)))
        .sum();
    let all = |runs: &HashMap<&[&str], usize>| runs.values().sum::<usize>();
    Agreement {
        right: both as f64,
        wrong: (all(&found) - both) as f64,
        missed: (all(&gold) - both) as f64,
    }
}

/// The words of a text, as the benchmark cuts them.
pub fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

fn runs<'a>(words: &'a [&'a str]) -> HashMap<&'a [&'a str], usize> {
    let mut runs = HashMap::new();
    let count = (words.len() + 1).saturating_sub(RUN).max(1);
    for start in 0..count {
        *runs
            .entry(&words[start..(start + RUN).min(words.len())])
            .or_default() += 1;
    }
    runs
}

/// Precision, recall and F1 over pages.
pub fn f1(pages: &[Agreement]) -> (f64, f64, f64) {
    let mean = |of: &dyn Fn(&Agreement) -> (f64, f64)| {
        let shares: Vec<f64> = pages
            .iter()
            .map(of)
            .filter(|(_, all)| *all > 0.0)
            .map(|(part, all)| part / all)
            .collect();
        shares.iter().sum::<f64>() / shares.len().max(1) as f64
    };
    let precision = mean(&|page| (page.right, page.right + page.wrong));
    let recall = mean(&|page| (page.right, page.right + page.missed));
    (
        precision,
        recall,
        2.0 * precision * recall / (precision + recall),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_on_both_sides() {
        let check = |article: &str, extracted: &str, expected: (f64, f64, f64)| {
            let found = agreement(article, extracted);
            assert_eq!(
                (found.right, found.wrong, found.missed),
                expected,
                "{article:?} {extracted:?}"
            );
        };
        check("a b c d e", "a, b; c d e!", (2.0, 0.0, 0.0));
        check("a b c d e", "a b c d x", (1.0, 1.0, 1.0));
        check("a b", "a b", (1.0, 0.0, 0.0));
        check("a b", "", (0.0, 1.0, 1.0));
    }
}
