//! How long and how often: durations and sets.

use variorum_model::TimeType;

use super::{Place, Resolved};
use crate::numerals::numeral;
use crate::times::words;

/// So many units: `P4Y`, `PT30M`, `PXW`.
pub(super) fn duration(place: &Place<'_, '_>) -> Option<Resolved> {
    let unit = place.get("plural").or(place.get("unit"))?;
    let code = words::unit(unit).or(unit.to_lowercase().starts_with("night").then_some("D"))?;
    let count = match count(place)? {
        Count::Exact(number) => number.to_string(),
        Count::None if !unit.ends_with('s') => {
            if place.get("and_half").is_some() {
                "1.5".to_owned()
            } else {
                "1".to_owned()
            }
        }
        Count::Vague | Count::None => "X".to_owned(),
    };
    Some(Resolved::open(TimeType::Duration, period(code, &count)))
}

/// A number of units as the words give it.
pub(super) enum Count {
    Exact(f64),
    /// "several", "a few".
    Vague,
    /// No number at all.
    None,
}

/// The number of units; `None` when it is one that no calendar holds.
pub(super) fn count(place: &Place<'_, '_>) -> Option<Count> {
    let Some(words) = place.get("num") else {
        return Some(Count::None);
    };
    let half = if place.get("and_half").is_some() {
        0.5
    } else {
        0.0
    };
    // "a ten-day trip" lasts ten days.
    let bare = ["a ", "an "].iter().find_map(|article| {
        let head = words.get(..article.len())?;
        let rest = &words[article.len()..];
        head.eq_ignore_ascii_case(article).then_some(rest)
    });
    Some(match numeral(bare.unwrap_or(words)) {
        Some(number) if number < 1e6 => Count::Exact(number + half),
        Some(_) => return None,
        None if words.starts_with(|c: char| c.is_ascii_digit()) => return None,
        None => Count::Vague,
    })
}

/// Half an hour.
pub(super) fn half_duration(place: &Place<'_, '_>) -> Option<Resolved> {
    let code = words::unit(
        place
            .get("unit")
            .or(place.get("unit2"))
            .or(place.get("unit3"))?,
    )?;
    Some(Resolved::open(TimeType::Duration, period(code, "0.5")))
}

/// Every day, annually, twice a week.
pub(super) fn set(place: &Place<'_, '_>) -> Option<Resolved> {
    if let Some(adverb) = place.lower("adverb") {
        let value = match adverb.as_str() {
            "daily" | "everyday" | "nightly" => "P1D",
            "weekly" => "P1W",
            "biweekly" => "P2W",
            "monthly" => "P1M",
            "quarterly" => "P1Q",
            "hourly" => "PT1H",
            _ => "P1Y",
        };
        return Some(Resolved::open(TimeType::Set, value));
    }
    let word = place.lower("unit").or_else(|| place.lower("unit2"))?;
    let value = match words::unit(&word) {
        Some(code) => match count(place)? {
            Count::Exact(number) => period(code, &number.to_string()),
            Count::Vague => period(code, "X"),
            Count::None if place.get("other").is_some() => period(code, "2"),
            Count::None => period(code, "1"),
        },
        None => match (words::part(&word), words::season(&word)) {
            (Some(part), _) => format!("XXXX-XX-XX{part}"),
            (None, Some(season)) => format!("XXXX-{}", season.code),
            (None, None) => return None,
        },
    };
    Some(Resolved::open(TimeType::Set, value))
}

/// Every Monday, on Sundays.
pub(super) fn set_weekday(place: &Place<'_, '_>) -> Option<Resolved> {
    let weekday = words::weekday(place.get("weekday")?)?;
    let part = place.get("part").and_then(words::part).unwrap_or("");
    let number = weekday.to_monday_one_offset();
    Some(Resolved::open(
        TimeType::Set,
        format!("XXXX-WXX-{number}{part}"),
    ))
}

fn period(code: &str, count: &str) -> String {
    match code.strip_prefix('T') {
        Some(code) => format!("PT{count}{code}"),
        None => format!("P{count}{code}"),
    }
}
