//! Windows: runs of sentences that fit the encoder.
//!
//! Each sentence is one window's own, which tells what is found in it; the windows around see it as context.

use std::ops::Range;

/// The most pieces of a window, without the two at its ends.
pub(crate) const LONGEST: usize = 510;
/// Pieces before its own sentences that a window sees.
const BEFORE: usize = 96;
/// Pieces behind them that it leaves room for.
const BEHIND: usize = 32;

/// One window, in sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// All that it sees.
    pub(crate) seen: Range<usize>,
    /// Its own.
    pub(crate) own: Range<usize>,
}

/// The windows over sentences of so many pieces each.
pub(crate) fn windows(pieces: &[usize]) -> Vec<Window> {
    let mut found = Vec::new();
    let mut rest: usize = pieces.iter().sum();
    let mut first = 0;
    while first < pieces.len() {
        let mut begin = first;
        let mut room = BEFORE;
        while begin > 0 && pieces[begin - 1] <= room {
            begin -= 1;
            room -= pieces[begin];
        }
        let mut used = BEFORE - room;
        let limit = if used + rest <= LONGEST {
            LONGEST
        } else {
            LONGEST - BEHIND
        };
        let mut last = first;
        while last < pieces.len() && (last == first || used + pieces[last] <= limit) {
            used += pieces[last];
            rest -= pieces[last];
            last += 1;
        }
        let mut end = last;
        while end < pieces.len() && used + pieces[end] <= LONGEST {
            used += pieces[end];
            end += 1;
        }
        found.push(Window {
            seen: begin..end,
            own: first..last,
        });
        first = last;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pieces: &[usize], expected: &[(Range<usize>, Range<usize>)]) {
        let found = windows(pieces);
        let found: Vec<_> = found.into_iter().map(|w| (w.seen, w.own)).collect();
        assert_eq!(found, expected, "windows over {pieces:?}");
    }

    #[test]
    fn all_in_one() {
        check(&[], &[]);
        check(&[100, 200, 210], &[(0..3, 0..3)]);
    }

    #[test]
    fn neighbours_are_seen() {
        check(
            &[200, 200, 50, 40, 30, 200, 200],
            &[(0..4, 0..3), (2..6, 3..6), (6..7, 6..7)],
        );
    }

    #[test]
    fn a_sentence_too_long_stands_alone() {
        check(&[40, 900, 40], &[(0..1, 0..1), (0..2, 1..2), (2..3, 2..3)]);
    }
}
