//! Reads numbers written in digits or words: `1,200`, `40 000`, `twenty-one`, `two and a half`.

/// The value of a cardinal number; `None` when the words are no number or a vague one.
pub fn numeral(words: &str) -> Option<f64> {
    let lower = words.to_lowercase();
    let mut total = 0.0;
    let mut group = 0.0;
    let mut any = false;
    // What the word before multiplied by, which a half behind it is a half of: "a million and a half".
    let mut last_scale = 1.0;
    for word in lower.split(|c: char| c.is_whitespace() || c == '-' || c == '‑') {
        match word {
            "a" | "an" if !any => group += 1.0,
            "" | "and" | "a" => {}
            "half" => group += 0.5 * last_scale,
            "dozen" => {
                group = if group == 0.0 { 12.0 } else { group * 12.0 };
                last_scale = 12.0;
            }
            "hundred" => {
                group = if group == 0.0 { 100.0 } else { group * 100.0 };
                last_scale = 100.0;
            }
            _ => {
                if let Some(scale) = scale(word) {
                    // "three lakh crore" is one number.
                    if group == 0.0 && total > 0.0 && word.starts_with("crore") {
                        total *= scale;
                        continue;
                    }
                    total += if group == 0.0 { scale } else { group * scale };
                    group = 0.0;
                    last_scale = scale;
                } else if let Some(small) = small(word) {
                    group += small;
                } else if let Some(digits) = digits(word) {
                    // Digits after digits go on behind a thousands blank: `40 000`.
                    group = if group >= 1.0 && word.len() == 3 {
                        group * 1000.0
                    } else {
                        group
                    };
                    group += digits;
                } else {
                    return None;
                }
            }
        }
        any |= !word.is_empty();
    }
    any.then_some(total + group)
}

/// The value of a word that multiplies what stands before it.
pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('.') {
        "thousand" | "thousands" | "k" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "crore" | "crores" => 1e7,
        "million" | "millions" | "mn" | "mln" | "m" => 1e6,
        "billion" | "billions" | "bn" | "bln" | "b" => 1e9,
        "trillion" | "trillions" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if let Some(n) = ONES.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    let tens = TENS.iter().position(|w| *w == word)?;
    Some((tens as f64 + 2.0) * 10.0)
}

/// A number of more digits is a serial number, not a quantity.
const DIGITS: usize = 18;

fn digits(word: &str) -> Option<f64> {
    let plain: String = word
        .chars()
        .filter(|c| *c != ',' && !(*c == '.' && has_dots_for_thousands(word)))
        .collect();
    if plain.len() > DIGITS {
        return None;
    }
    let shape = plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    (shape && plain.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| plain.parse().ok())
        .flatten()
}

/// Whether dots part the thousands: `40.000`, `1.200.500`; `1.200` is more likely a decimal.
fn has_dots_for_thousands(word: &str) -> bool {
    let mut groups = word.split('.').skip(1);
    let threes = word.split('.').skip(1).all(|group| group.len() == 3);
    threes && (word.matches('.').count() > 1 || groups.any(|group| group == "000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_words() {
        let check = |words: &str, expected: Option<f64>| {
            assert_eq!(numeral(words), expected, "value of {words:?}");
        };
        check("1,200", Some(1200.0));
        check("40 000", Some(40_000.0));
        check("40\u{a0}000", Some(40_000.0));
        check("1.5 million", Some(1.5e6));
        check("twenty-one", Some(21.0));
        check("two hundred and fifty thousand", Some(250_000.0));
        check("a hundred", Some(100.0));
        check("two and a half", Some(2.5));
        check("a million and a half", Some(1_500_000.0));
        check("two million and a half", Some(2_500_000.0));
        check("two and a half thousand", Some(2500.0));
        check("three hundred and a half", Some(350.0));
        check("1.5 lakh", Some(150_000.0));
        check("three lakh crore", Some(3e12));
        check("1,50,000", Some(150_000.0));
        check("two dozen", Some(24.0));
        check("half", Some(0.5));
        check("several", None);
        check("", None);
        check("1.2.3", None);
        check("40.000", Some(40_000.0));
        check("1.200.500", Some(1_200_500.0));
        check("1.200", Some(1.2));
        check(&"9".repeat(400), None);
    }
}
