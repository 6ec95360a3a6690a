//! From likelihoods of labels to spans: the best legal sequence of labels (Viterbi 1967).

use std::ops::Range;

const OUTSIDE: usize = 0;
const FIRST: usize = 1;
const INSIDE: usize = 2;
const LAST: usize = 3;
const SINGLE: usize = 4;

/// A statement as its labels tell it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The mean log likelihood of its labels.
    pub(crate) inside: f32,
    /// The log likelihood of the less likely of its two ends.
    pub(crate) ends: f32,
}

/// The statements of the likeliest labels, when `eager` is added to all labels but "outside".
pub(crate) fn statements(labels: &[[f32; 5]], eager: f32) -> Vec<Labelled> {
    let mut found = Vec::new();
    let mut start = 0;
    let path = viterbi(labels, |from, to| {
        let follows = match from {
            Some(FIRST | INSIDE) => matches!(to, INSIDE | LAST),
            _ => matches!(to, OUTSIDE | FIRST | SINGLE),
        };
        match (follows, to) {
            (false, _) => f32::NEG_INFINITY,
            (true, OUTSIDE) => 0.0,
            (true, _) => eager,
        }
    });
    for (token, &label) in path.iter().enumerate() {
        if matches!(label, FIRST | SINGLE) {
            start = token;
        }
        // Labels end with the window, whether or not the last statement does.
        let ends = matches!(label, LAST | SINGLE) || (label != OUTSIDE && token + 1 == path.len());
        if ends {
            let tokens = start..token + 1;
            let of = |token: usize| labels[token][path[token]];
            found.push(Labelled {
                inside: tokens.clone().map(of).sum::<f32>() / tokens.len() as f32,
                ends: of(start).min(of(token)),
                tokens,
            });
        }
    }
    found
}

/// The runs of cue words.
pub(crate) fn cues(labels: &[[f32; 3]], eager: f32) -> Vec<Range<usize>> {
    let path = viterbi(labels, |from, to| match (from, to) {
        (None | Some(OUTSIDE), INSIDE) => f32::NEG_INFINITY,
        (_, OUTSIDE) => 0.0,
        _ => eager,
    });
    let mut found: Vec<Range<usize>> = Vec::new();
    for (token, &label) in path.iter().enumerate() {
        match found.last_mut() {
            Some(last) if label == INSIDE && last.end == token => last.end += 1,
            _ if label != OUTSIDE => found.push(token..token + 1),
            _ => {}
        }
    }
    found
}

/// The labels whose likelihoods and steps add up to most; the first of equal ones.
fn viterbi<const N: usize>(
    labels: &[[f32; N]],
    step: impl Fn(Option<usize>, usize) -> f32,
) -> Vec<usize> {
    let mut scores = [f32::NEG_INFINITY; N];
    let mut before: Vec<[usize; N]> = Vec::with_capacity(labels.len());
    for (token, likely) in labels.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; N];
        let mut back = [0; N];
        for to in 0..N {
            if token == 0 {
                next[to] = step(None, to) + likely[to];
                continue;
            }
            for (from, score) in scores.iter().enumerate() {
                let score = score + step(Some(from), to) + likely[to];
                if score > next[to] {
                    next[to] = score;
                    back[to] = from;
                }
            }
        }
        scores = next;
        before.push(back);
    }
    let mut best = 0;
    for label in 1..N {
        if scores[label] > scores[best] {
            best = label;
        }
    }
    let mut path = vec![0; labels.len()];
    for token in (0..labels.len()).rev() {
        path[token] = best;
        best = before[token][best];
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character a token, for its likeliest label: `.` outside, `B`, `I`, `L`, `S`.
    fn check(likely: &str, expected: &[Range<usize>]) {
        let labels: Vec<[f32; 5]> = likely
            .chars()
            .map(|c| {
                let mut scores = [-3.0; 5];
                scores[".BILS".find(c).unwrap_or(0)] = -0.2;
                scores
            })
            .collect();
        let found = statements(&labels, 0.0);
        let found: Vec<_> = found.into_iter().map(|one| one.tokens).collect();
        assert_eq!(found, expected, "statements of {likely:?}");
    }

    #[test]
    fn only_legal_sequences() {
        check("..BIIL..S", &[2..6, 8..9]);
        check("BILBIL", &[0..3, 3..6]);
        // An end that is missing is found where it costs least.
        check(".BIII.S", &[1..5, 6..7]);
        check("", &[]);
    }
}
