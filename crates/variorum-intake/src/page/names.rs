//! The names in a byline, without what stands in front of them and behind: words such as "By",
//! dates, roles and what other people did to the page.

use super::words::{WORDS, has};
use super::written::within;

/// Longer texts, in bytes, are no byline.
pub(super) const LONGEST: usize = 200;
/// A name has at most so many words.
const MOST_WORDS: usize = 7;

/// The names in a line that is plainly a byline.
#[cfg(test)]
pub(super) fn of_line(line: &str) -> Option<String> {
    from_line(line).filter(|name| looks_like_name(name))
}

/// The names in a byline: without what stands in front of them, a date and a role.
pub(super) fn from_line(line: &str) -> Option<String> {
    let mut line = line.trim();
    let lower = line.to_lowercase();
    // "December 3, 2025 by Jane Doe"
    if let Some(at) = lower.find(" by ")
        && lower.len() == line.len()
        && within(line.get(..at)?, false).is_some()
    {
        line = line.get(at + 1..)?;
    }
    // "This article was written by Jane Doe"
    let lower = line.to_lowercase();
    if lower.len() == line.len()
        && let Some(at) = lower.find(" written by ")
    {
        line = line.get(at + 1..)?;
    }
    if WORDS
        .others
        .iter()
        .any(|word| lower.starts_with(word.as_str()))
    {
        return None;
    }
    let others = lower.len() == line.len();
    let others = WORDS
        .others
        .iter()
        .filter(|_| others)
        .filter_map(|word| lower.find(word.as_str()))
        .min();
    line = line.get(..others.unwrap_or(line.len()))?;
    let end = [
        " | ",
        " • ",
        " · ",
        " – ",
        " — ",
        " - ",
        " on ",
        " in ",
        " Published",
        " Posted",
        " Updated",
        " Last ",
        " published ",
        " updated ",
        "\n",
        " // ",
    ]
    .iter()
    .filter_map(|mark| line.find(mark))
    .min();
    line = line.get(..end.unwrap_or(line.len()))?.trim();
    // A date behind the name.
    if let Some(digit) = line.find(|c: char| c.is_ascii_digit()) {
        let front = line.get(..digit)?.trim_end_matches([' ', ',', '.', '(']);
        let last = front.rsplit(' ').next().unwrap_or_default();
        let month = crate::dates::is_any_month(last) && last.len() > 2;
        line = if month {
            front.strip_suffix(last)?
        } else {
            front
        };
        line = line.trim_end_matches([' ', ',', '(']);
        let day = line.rsplit(' ').next().unwrap_or_default();
        if day.len() > 5 && crate::dates::is_weekday(day) {
            line = line.strip_suffix(day)?.trim_end_matches([' ', ',', '(']);
        }
    }
    let name = cleaned(line)?;
    let name = without_role(&name);
    let role = name.split_once(", ").filter(|(_, role)| {
        let role = role.to_lowercase();
        role.split(|c: char| !c.is_alphanumeric())
            .any(|word| has(&WORDS.roles, word))
    });
    Some(role.map_or(name.clone(), |(front, _)| front.to_owned()))
}

/// "Jane Doe Senior Trends Reporter" as "Jane Doe"; a point at the end is left out too.
fn without_role(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let role = words.iter().skip(2).position(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        has(&WORDS.roles, word.as_str()) || has(&WORDS.ranks, word.as_str())
    });
    let several = words.iter().any(|word| matches!(*word, "and" | "&")) || name.contains(',');
    let words = match role {
        Some(role) if !several || role == 0 => words.get(..role + 2).unwrap_or_default().join(" "),
        _ => name.to_owned(),
    };
    let short = words
        .rsplit([' ', ','])
        .next()
        .is_some_and(|last| matches!(last, "Jr." | "Sr."));
    if short {
        words
    } else {
        words.trim_end_matches(['.', ',']).to_owned()
    }
}

/// Whether all words are such as names have.
pub(super) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphanumeric() || *c == '&');
        first.is_some_and(|c| {
            c.is_uppercase() || c == '&' || (c.is_alphabetic() && !c.is_lowercase())
        }) || has(
            &WORDS.particles,
            word.trim_end_matches(',').to_lowercase().as_str(),
        )
    };
    (1..=20).contains(&words.len())
        && words.iter().all(fits)
        && words.first().is_some_and(|word| !word.starts_with('&'))
        && !name.ends_with(['?', '!', ':'])
        && !words
            .iter()
            .any(|word| has(&WORDS.not_names, word.to_lowercase().as_str()))
}

/// A name without what stands in front of it; `None` for what is no name.
pub(super) fn cleaned(name: &str) -> Option<String> {
    let name = super::jsonld::plain(name)?;
    let mut name = name.as_str();
    for _ in 0..3 {
        let cut = WORDS.before_names.iter().find_map(|word| {
            let front = name.get(..word.len())?;
            (front.to_lowercase() == *word)
                .then(|| name.get(word.len()..))
                .flatten()
        });
        name = cut.unwrap_or(name).trim();
    }
    let end = [" | ", " • ", " · ", " <", " (@"]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min();
    name = name.get(..end.unwrap_or(name.len()))?;
    name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '&' | ';' | ':' | '|' | '-' | '–' | '—' | '•' | '·')
    });
    let lower = name.to_lowercase();
    let several = name.contains([',', '&']) || lower.contains(" and ");
    let words = name.split_whitespace().count();
    let fits = name.len() <= LONGEST
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && (words <= MOST_WORDS || (several && words <= 30))
        && !name.contains("://")
        && !name.contains('@')
        && !lower.starts_with("www.")
        && !is_duration(&lower)
        && !is_key(name)
        && !has(&WORDS.nobody, lower.as_str())
        && crate::dates::moment(name).is_none();
    fits.then(|| name.to_owned())
}

/// "5 minutes"
fn is_duration(lower: &str) -> bool {
    let end = lower.split_whitespace().nth(1).unwrap_or_default();
    lower.starts_with(|c: char| c.is_ascii_digit())
        && ["min", "hour", "sec", "day", "week", "month"]
            .iter()
            .any(|unit| end.starts_with(unit))
}

/// "page.head.author": the name of a field that a template did not fill.
fn is_key(name: &str) -> bool {
    name.contains(['{', '}', '%', '$', '[', '<'])
        || name.matches('.').count() >= 3 && !name.contains(' ')
}
