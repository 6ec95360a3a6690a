//! The values that reports claim for one figure, drawn on one scale: a dot for a number, a bar for
//! a range, an arrow where the words leave an end open. Places are percentages, sizes pixels.

use askama::Template;

use crate::numbers;

/// Space left and right of the outermost values, in per cent.
const MARGIN: f64 = 9.0;
/// How many times the largest value must be the smallest for the scale to go by powers of ten.
const WIDE: f64 = 20.0;

/// One claimed value, drawn.
#[derive(Template)]
#[template(path = "range.svg", escape = "html")]
pub(crate) struct Bar {
    left: f64,
    right: f64,
    left_end: End,
    right_end: End,
    is_dot: bool,
    approximate: bool,
    label: String,
}

/// How an end of a bar is drawn.
#[derive(PartialEq, Eq)]
enum End {
    Closed,
    Open,
}

impl End {
    fn of(value: Option<f64>) -> Self {
        if value.is_some() {
            End::Closed
        } else {
            End::Open
        }
    }
}

/// A number written under the drawings.
pub(crate) struct Tick {
    pub(crate) place: f64,
    pub(crate) words: String,
}

/// What places values between 0 and 100 per cent.
pub(crate) struct Scale {
    low: f64,
    high: f64,
    by_powers: bool,
}

impl Scale {
    /// A scale for these ranges; `None` when there is nothing to compare: one number, or none.
    pub(crate) fn of(ranges: &[(Option<f64>, Option<f64>)]) -> Option<Self> {
        let ends = || {
            ranges
                .iter()
                .flat_map(|&(a, b)| [a, b])
                .flatten()
                .filter(|v| v.is_finite())
        };
        let low = ends().reduce(f64::min)?;
        let high = ends().reduce(f64::max)?;
        let open = ranges.iter().any(|(a, b)| a.is_some() != b.is_some());
        if low < high {
            let by_powers = low > 0.0 && high / low >= WIDE;
            return Some(Scale {
                low,
                high,
                by_powers,
            });
        }
        let room = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
        open.then_some(Scale {
            low: low - room,
            high: high + room,
            by_powers: false,
        })
    }

    fn place(&self, value: f64) -> f64 {
        let (low, high, value) = if self.by_powers {
            (
                self.low.log10(),
                self.high.log10(),
                value.max(self.low).log10(),
            )
        } else {
            (self.low, self.high, value)
        };
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        let share = if share.is_finite() { share } else { 0.5 };
        MARGIN + share * (100.0 - 2.0 * MARGIN)
    }

    /// Whether equal steps stand for equal factors.
    pub(crate) fn by_powers(&self) -> bool {
        self.by_powers
    }

    /// Round numbers along the scale, at most five.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let values = if self.by_powers {
            self.powers()
        } else {
            self.steps()
        };
        let tick = |v: f64| Tick {
            place: self.place(v),
            words: numbers::number(v),
        };
        values.into_iter().map(tick).collect()
    }

    fn powers(&self) -> Vec<f64> {
        let (first, last) = (
            self.low.log10().ceil() as i32,
            self.high.log10().floor() as i32,
        );
        let step = (last - first) / 4 + 1;
        (0..5)
            .map(|i| first + i * step)
            .filter(|&e| e <= last)
            .map(|e| 10f64.powi(e))
            .collect()
    }

    fn steps(&self) -> Vec<f64> {
        let span = self.high - self.low;
        let rough = 10f64.powf((span / 3.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|factor| factor * rough)
            .into_iter()
            .find(|step| span / step <= 3.0)
            .unwrap_or(span);
        let first = (self.low / step).ceil();
        (0..5)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|&v| v <= self.high)
            .filter(|v| v.is_finite())
            .collect()
    }

    /// One value's drawing; `None` when its words give no number.
    pub(crate) fn bar(
        &self,
        min: Option<f64>,
        max: Option<f64>,
        approximate: bool,
        label: String,
    ) -> Option<Bar> {
        let (left, right) = match (min, max) {
            (None, None) => return None,
            (Some(min), Some(max)) => (self.place(min), self.place(max)),
            (Some(min), None) => (self.place(min), 100.0),
            (None, Some(max)) => (0.0, self.place(max)),
        };
        Some(Bar {
            left,
            right: right.max(left),
            left_end: End::of(min),
            right_end: End::of(max),
            is_dot: min == max,
            approximate,
            label,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        let check = |low: f64, high: f64, expected: &[&str]| {
            let scale = Scale::of(&[(Some(low), Some(high))]).unwrap();
            let ticks: Vec<String> = scale.ticks().into_iter().map(|t| t.words).collect();
            assert_eq!(ticks, expected, "{low} to {high}");
        };
        check(10.0, 14.0, &["10", "12", "14"]);
        check(0.0, 100.0, &["0", "50", "100"]);
        check(40.0, 40_000.0, &["100", "1,000", "10,000"]);
        check(1.0, 1e9, &["1", "1,000", "1 million", "1 billion"]);
    }

    #[test]
    fn there_is_no_drawing_of_a_single_number() {
        assert!(Scale::of(&[(Some(3.0), Some(3.0)), (None, None)]).is_none());
        assert!(Scale::of(&[(Some(3.0), None)]).is_some());
        assert!(Scale::of(&[]).is_none());
    }

    proptest::proptest! {
        #[test]
        fn every_value_has_its_place(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY) {
            if let Some(scale) = Scale::of(&[(Some(a), None), (None, Some(b))]) {
                for value in [a, b] {
                    let place = scale.place(value);
                    proptest::prop_assert!((0.0..=100.0).contains(&place), "{place}");
                }
                proptest::prop_assert!(scale.ticks().len() <= 6);
            }
        }
    }
}
