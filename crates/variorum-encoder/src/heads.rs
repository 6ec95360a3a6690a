//! The heads: small matrices over the vectors of a window's tokens.
//!
//! The roles of words around a cue come from a scorer between the two, as in dependency parsing (Dozat and Manning
//! 2017, "Deep biaffine attention"), so that contents may nest, split and cross sentences. Whom a statement's speaker
//! is comes from a pointer (Vinyals and others 2015): each token of the window is scored as one that names him, by the
//! statement's own words, by its being the source of the cue that tells it, and by whom that source refers to.

use std::ops::Range;

use crate::network::WIDTH;

/// Width of the scorers.
const SMALL: usize = 128;
/// Buckets of distance, half of them behind.
const DISTANCES: usize = 24;
/// Added to a sum of weights, so that a source that is hardly there says little.
const LITTLE: f32 = 0.1;
/// Vectors that describe a run of tokens: the first, the last, the mean.
const SPAN: usize = 3 * WIDTH;

/// A linear layer: rows of weights, one for each output, and a bias each.
#[derive(Debug)]
struct Linear {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// The next layer of so many inputs and outputs.
fn linear(
    take: &mut impl FnMut(usize) -> Option<Vec<f32>>,
    given: usize,
    out: usize,
) -> Option<Linear> {
    Some(Linear {
        weights: take(given * out)?,
        bias: take(out)?,
    })
}

/// All heads.
#[derive(Debug)]
pub(crate) struct Heads {
    cue: Linear,
    role_cue: Linear,
    role_word: Linear,
    role_own: Linear,
    role_far: [Vec<f32>; 2],
    statement: Linear,
    said: Linear,
    name: Linear,
    nobody: Linear,
    name_own: Linear,
    name_far: Vec<f32>,
    refers: Linear,
    source_gain: f32,
    kind: Linear,
    weight: Linear,
}

impl Heads {
    /// Reads little-endian floats in the order in which they are written.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut take = |count: usize| -> Option<Vec<f32>> {
            let taken: Vec<f32> = numbers.by_ref().take(count).collect();
            (taken.len() == count).then_some(taken)
        };
        let cue = linear(&mut take, WIDTH, 3)?;
        let role_cue = linear(&mut take, WIDTH, 2 * SMALL)?;
        let role_word = linear(&mut take, WIDTH, SMALL)?;
        let role_own = linear(&mut take, WIDTH, 2)?;
        let role_far = [take(DISTANCES)?, take(DISTANCES)?];
        let statement = linear(&mut take, WIDTH, 5)?;
        let said = linear(&mut take, SPAN, SMALL)?;
        let name = linear(&mut take, WIDTH, SMALL)?;
        let nobody = linear(&mut take, SPAN, 1)?;
        let name_own = linear(&mut take, WIDTH, 1)?;
        let name_far = take(DISTANCES)?;
        let refers = linear(&mut take, WIDTH, SMALL)?;
        let source_gain = *take(1)?.first()?;
        let kind = linear(&mut take, SPAN, 3)?;
        let weight = linear(&mut take, SPAN, 3)?;
        let read = Heads {
            cue,
            role_cue,
            role_word,
            role_own,
            role_far,
            statement,
            said,
            name,
            nobody,
            name_own,
            name_far,
            refers,
            source_gain,
            kind,
            weight,
        };
        numbers.next().is_none().then_some(read)
    }

    /// Log likelihoods of each token's being outside, first or inside of a cue.
    pub(crate) fn cues(&self, tokens: &Vectors) -> Vec<[f32; 3]> {
        tokens.rows().map(|v| log_softmax(self.cue.of(v))).collect()
    }

    /// Log likelihoods of each token's being outside, first, inside, last or the only one of a statement.
    pub(crate) fn statements(&self, tokens: &Vectors) -> Vec<[f32; 5]> {
        let rows = tokens.rows();
        rows.map(|v| log_softmax(self.statement.of(v))).collect()
    }

    /// For each cue, log likelihoods of each token's having no role, being of the source or of the content.
    pub(crate) fn roles(&self, tokens: &Vectors, cues: &[Range<usize>]) -> Vec<Vec<[f32; 3]>> {
        if cues.is_empty() {
            return Vec::new();
        }
        let words: Vec<Vec<f32>> = tokens.rows().map(|v| gelu(self.role_word.all(v))).collect();
        let own: Vec<[f32; 2]> = tokens.rows().map(|v| self.role_own.of(v)).collect();
        let root = (SMALL as f32).sqrt();
        let of_cue = |cue: &Range<usize>| {
            let ends = tokens.row(cue.start).iter().zip(tokens.row(cue.end - 1));
            let at: Vec<f32> = ends.map(|(a, b)| f32::midpoint(*a, *b)).collect();
            let asked = gelu(self.role_cue.all(&at));
            let scored = words.iter().zip(&own).enumerate();
            let scores = scored.map(|(token, (word, own))| {
                let far = distance(cue, token);
                let score = |role: usize| {
                    let asked = &asked[role * SMALL..(role + 1) * SMALL];
                    dot(asked, word) / root + own[role] + self.role_far[role][far]
                };
                log_softmax([0.0, score(0), score(1)])
            });
            scores.collect()
        };
        cues.iter().map(of_cue).collect()
    }

    /// What is told of some statements, given the roles of words around each cue.
    pub(crate) fn spans(
        &self,
        tokens: &Vectors,
        spans: &[Range<usize>],
        roles: &[Vec<[f32; 3]>],
    ) -> Vec<OfSpan> {
        if spans.is_empty() {
            return Vec::new();
        }
        let keys: Vec<Vec<f32>> = tokens.rows().map(|v| self.name.all(v)).collect();
        let own: Vec<[f32; 1]> = tokens.rows().map(|v| self.name_own.of(v)).collect();
        let root = (SMALL as f32).sqrt();
        let of_span = |span: &Range<usize>| {
            let said = tokens.span(span);
            let mut asked = gelu(self.said.all(&said));
            let (told, source) = link(span, roles);
            if told > 0.0 {
                let refers = self.refers.all(&tokens.mean(&source));
                for (asked, refers) in asked.iter_mut().zip(refers) {
                    *asked += told * refers;
                }
            }
            let scored = keys.iter().zip(&own).enumerate();
            let mut named: Vec<f32> = scored
                .map(|(token, (key, own))| {
                    let source = source.get(token).copied().unwrap_or_default();
                    dot(&asked, key) / root
                        + own[0]
                        + self.name_far[distance(span, token)]
                        + self.source_gain * source
                })
                .collect();
            named.push(self.nobody.of::<1>(&said)[0]);
            softmax(&mut named);
            let exp = |scores: [f32; 3]| log_softmax(scores).map(f32::exp);
            OfSpan {
                nobody: named.pop().unwrap_or_default(),
                named,
                kind: exp(self.kind.of(&said)),
                weight: exp(self.weight.of(&said)),
            }
        };
        spans.iter().map(of_span).collect()
    }
}

/// How likely a cue tells a statement, and how likely each token is that cue's source.
fn link(span: &Range<usize>, roles: &[Vec<[f32; 3]>]) -> (f32, Vec<f32>) {
    let told = |roles: &Vec<[f32; 3]>| {
        let content = roles[span.clone()].iter().map(|likely| likely[2].exp());
        content.sum::<f32>() / span.len() as f32
    };
    let mut best: Option<(f32, &Vec<[f32; 3]>)> = None;
    for roles in roles {
        let told = told(roles);
        if best.is_none_or(|(most, _)| told > most) {
            best = Some((told, roles));
        }
    }
    match best {
        Some((told, roles)) => {
            let source = roles.iter().map(|likely| likely[1].exp() * told);
            (told, source.collect())
        }
        None => (0.0, Vec::new()),
    }
}

/// What the heads tell of one run of tokens, taken for a statement.
pub(crate) struct OfSpan {
    /// For each token of the window, how likely it names the speaker.
    pub(crate) named: Vec<f32>,
    /// How likely nobody is named.
    pub(crate) nobody: f32,
    /// How likely it is direct, indirect, mixed.
    pub(crate) kind: [f32; 3],
    /// How likely it is of little, some, much weight.
    pub(crate) weight: [f32; 3],
}

/// The vectors of some tokens, one after the other.
pub(crate) struct Vectors(pub(crate) Vec<f32>);

impl Vectors {
    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.0.chunks_exact(WIDTH)
    }

    fn row(&self, token: usize) -> &[f32] {
        &self.0[token * WIDTH..(token + 1) * WIDTH]
    }

    /// The sum of all vectors by some weights, which stays small where these are.
    fn mean(&self, weights: &[f32]) -> Vec<f32> {
        let mut mean = vec![0.0; WIDTH];
        for (row, weight) in self.rows().zip(weights) {
            for (sum, number) in mean.iter_mut().zip(row) {
                *sum += weight * number;
            }
        }
        let all = weights.iter().sum::<f32>() + LITTLE;
        mean.iter().map(|sum| sum / all).collect()
    }

    /// The first, the last and the mean of a run of tokens.
    fn span(&self, span: &Range<usize>) -> Vec<f32> {
        let mut all = self.row(span.start).to_vec();
        all.extend_from_slice(self.row(span.end - 1));
        let mut mean = vec![0.0; WIDTH];
        for token in span.clone() {
            for (sum, number) in mean.iter_mut().zip(self.row(token)) {
                *sum += number;
            }
        }
        all.extend(mean.iter().map(|sum| sum / span.len() as f32));
        all
    }
}

impl Linear {
    fn all(&self, given: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks_exact(given.len()).zip(&self.bias);
        rows.map(|(row, bias)| dot(row, given) + bias).collect()
    }

    fn of<const N: usize>(&self, given: &[f32]) -> [f32; N] {
        let mut out = [0.0; N];
        let rows = self.weights.chunks_exact(given.len()).zip(&self.bias);
        for (out, (row, bias)) in out.iter_mut().zip(rows) {
            *out = dot(row, given) + bias;
        }
        out
    }
}

/// The sum of products, in lanes that a compiler turns into wide instructions, in an order of its own.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

/// x times the normal distribution's integral up to x.
fn gelu(mut numbers: Vec<f32>) -> Vec<f32> {
    for x in &mut numbers {
        *x *= f32::midpoint(1.0, erf(*x / std::f32::consts::SQRT_2));
    }
    numbers
}

/// The error function, to 1.5e-7 (Abramowitz and Stegun 7.1.26).
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t
        + 0.254_829_6)
        * t;
    (1.0 - poly * (-x * x).exp()).copysign(x)
}

/// How far a token stands from a run of tokens: 0 within, then before it by 1, 2, 3 to 4, 5 to 8 ..., then behind it.
fn distance(span: &Range<usize>, token: usize) -> usize {
    let bucket = |far: usize| (far.next_power_of_two().ilog2() as usize + 1).min(DISTANCES / 2 - 1);
    if token < span.start {
        bucket(span.start - token)
    } else if token >= span.end {
        bucket(token + 1 - span.end) + DISTANCES / 2
    } else {
        0
    }
}

fn log_softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    scores.map(|score| score - most - sum.ln())
}

fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
    }
    let sum: f32 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let far: Vec<usize> = [0, 4, 8, 9, 10, 11, 12, 13, 16, 500]
            .map(|token| distance(&(10..12), token))
            .to_vec();
        assert_eq!(far, [5, 4, 2, 1, 0, 0, 13, 14, 16, 22]);
    }

    #[test]
    fn gelu_is_that_of_the_tables() {
        let found = gelu(vec![-1.0, 0.0, 0.5, 2.0]);
        for (found, expected) in found.iter().zip([-0.158_655, 0.0, 0.345_731, 1.954_5]) {
            assert!((found - expected).abs() < 1e-5, "{found} for {expected}");
        }
    }
}
