//! Which words of one wording are missing from another: a longest common subsequence of words,
//! compared without case and punctuation.

/// The largest table of words by words; longer wordings are compared as bags of words.
const LARGEST_TABLE: usize = 4_000_000;

/// A stretch of a wording that is the same as in the other, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Words with single spaces between them, and none at the ends.
    pub(crate) text: String,
    /// Whether the other wording lacks them.
    pub(crate) differs: bool,
}

/// The wording in pieces; `differs` is true for what none of the other wordings has.
pub(crate) fn against(wording: &str, others: &[&str]) -> Vec<Piece> {
    let words: Vec<&str> = wording.split_whitespace().collect();
    let keys: Vec<String> = words.iter().map(|w| key(w)).collect();
    let mut differs = vec![!others.is_empty(); words.len()];
    for other in others {
        let other: Vec<String> = other.split_whitespace().map(key).collect();
        for (flag, missing) in differs.iter_mut().zip(missing(&keys, &other)) {
            *flag &= missing;
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for ((word, key), differs) in words.iter().zip(&keys).zip(differs) {
        // A lone dash or quotation mark goes along with what stands before it.
        let lone = key.is_empty();
        match pieces.last_mut() {
            Some(last) if lone || last.differs == differs => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            _ => pieces.push(Piece {
                text: (*word).to_owned(),
                differs: differs && !lone,
            }),
        }
    }
    pieces
}

/// What a word is compared by.
fn key(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// For each word of `a`, whether a longest common subsequence with `b` leaves it out.
fn missing(a: &[String], b: &[String]) -> Vec<bool> {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[start..].iter().rev().zip(b[start..].iter().rev());
    let end = tail.take_while(|(x, y)| x == y).count();
    let (rows, columns) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let mut out = vec![false; a.len()];
    let middle = &mut out[start..a.len() - end];
    if rows.len().saturating_mul(columns.len()) > LARGEST_TABLE {
        let known: std::collections::BTreeSet<&String> = columns.iter().collect();
        for (flag, word) in middle.iter_mut().zip(rows) {
            *flag = !known.contains(word);
        }
        return out;
    }
    // longest[i][j]: length of the longest common subsequence of rows[i..] and columns[j..].
    let width = columns.len() + 1;
    let mut longest = vec![0u32; (rows.len() + 1) * width];
    for i in (0..rows.len()).rev() {
        for j in (0..columns.len()).rev() {
            longest[i * width + j] = if rows[i] == columns[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows.len() {
        if j < columns.len() && rows[i] == columns[j] {
            i += 1;
            j += 1;
        } else if j < columns.len() && longest[i * width + j + 1] > longest[(i + 1) * width + j] {
            j += 1;
        } else {
            middle[i] = true;
            i += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differing pieces in brackets.
    fn check(wording: &str, others: &[&str], expected: &str) {
        let shown: Vec<String> = against(wording, others)
            .into_iter()
            .map(|p| {
                if p.differs {
                    format!("[{}]", p.text)
                } else {
                    p.text
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{wording:?} against {others:?}");
    }

    #[test]
    fn differing_words_are_found() {
        check(
            "We will see if it works.",
            &["we will see whether it works"],
            "We will see [if] it works.",
        );
        check("the same words", &["The same, words!"], "the same words");
        check("all new", &["nothing alike"], "[all new]");
        check("a b c", &[], "a b c");
        check("", &["a"], "");
        check("a b c", &["a x c", "a c"], "a [b] c");
        check("a b c", &["a x c", "b"], "a b c");
        check("we – they", &["we – them"], "we – [they]");
    }

    #[test]
    fn long_wordings_are_compared_too() {
        let a = "x ".repeat(3000) + "only";
        let b = "y ".repeat(3000) + "x";
        assert!(
            against(&a, &[&b])
                .iter()
                .any(|p| p.differs && p.text == "only")
        );
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(a in "[a-c ]{0,20}", b in "[a-c ]{0,20}") {
            let joined: Vec<String> = against(&a, &[&b]).into_iter().map(|p| p.text).collect();
            let words: Vec<&str> = a.split_whitespace().collect();
            proptest::prop_assert_eq!(joined.join(" "), words.join(" "));
        }
    }
}
