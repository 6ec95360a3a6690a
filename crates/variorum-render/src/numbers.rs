//! Numbers and the ranges that words claim, as a reader would write them.

/// "13,000", "1.5", "2 million".
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "an endless number".to_owned();
    }
    for (size, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        let scaled = value / size;
        if scaled.abs() >= 1.0 && scaled.abs() < 1000.0 && is_short(scaled) {
            return format!("{} {name}", plain(scaled));
        }
    }
    if value.abs() >= 1e15 {
        format!("{value:e}")
    } else {
        grouped(value)
    }
}

/// Whether two digits behind the point write it fully.
fn is_short(value: f64) -> bool {
    ((value * 100.0).round() / 100.0 - value).abs() < 1e-9
}

/// At most three digits behind the point, no trailing zeros.
fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn grouped(value: f64) -> String {
    let text = plain(value);
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A number with its unit: "12%", "USD 5 million", "40 km".
fn with_unit(value: f64, unit: Option<&str>) -> String {
    let number = number(value);
    match unit.map(str::trim) {
        None | Some("") => number,
        Some(unit @ ("%" | "°" | "°C" | "°F")) => format!("{number}{unit}"),
        Some(unit) if is_currency(unit) => format!("{unit} {number}"),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// Three capital letters, or a sign such as €.
fn is_currency(unit: &str) -> bool {
    (unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()))
        || matches!(unit, "$" | "€" | "£" | "¥" | "₹" | "₽")
}

/// A claimed range in words: "13,000", "about 100,000", "40 or more", "up to 12", "3 to 5".
pub(crate) fn range(
    min: Option<f64>,
    max: Option<f64>,
    approximate: bool,
    unit: Option<&str>,
) -> String {
    let words = match (min, max) {
        (None, None) => return "an unknown number".to_owned(),
        (Some(min), None) => format!("{} or more", with_unit(min, unit)),
        (None, Some(max)) => format!("up to {}", with_unit(max, unit)),
        (Some(min), Some(max)) if min >= max => with_unit(min, unit),
        (Some(min), Some(max)) => format!("{} to {}", number(min), with_unit(max, unit)),
    };
    if approximate {
        format!("about {words}")
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (7.0, "7"),
            (1.5, "1.5"),
            (-1234.0, "−1,234"),
            (13000.0, "13,000"),
            (100_000.0, "100,000"),
            (2_000_000.0, "2 million"),
            (1_234_567.0, "1,234,567"),
            (1.75e9, "1.75 billion"),
            (1e300, "1e300"),
            (f64::INFINITY, "an endless number"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn ranges_say_which_end_is_open() {
        let check = |min, max, approximate, unit, expected: &str| {
            assert_eq!(range(min, max, approximate, unit), expected);
        };
        check(Some(5.0), Some(5.0), false, None, "5");
        check(Some(5.0), Some(5.0), true, Some("km"), "about 5 km");
        check(Some(24.0), None, false, None, "24 or more");
        check(None, Some(3.0), false, Some("%"), "up to 3%");
        check(Some(3.0), Some(5.0), false, Some("USD"), "3 to USD 5");
        check(None, None, false, None, "an unknown number");
    }
}
