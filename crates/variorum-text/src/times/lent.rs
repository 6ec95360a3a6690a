//! A year that closes a list or a range holds for every month in it: "in April and May of 1867", "between
//! March and June 2014".

use super::patterns::{Found, Logic, patterns};
use super::words;

/// What may stand between two members of such a list.
const JOINTS: [&str; 14] = [
    "and", "or", "to", "through", "until", "till", "-", "–", "—", ",", ", and", ", or", "and in",
    "and from",
];

/// Gives each month, day or season without a year the year that the one joined behind it closes with.
pub(super) fn lend_years(text: &str, found: &mut [Found]) {
    for index in (1..found.len()).rev() {
        let (before, behind) = found.split_at_mut(index);
        let (one, next) = (&mut before[index - 1], &behind[0]);
        if let Some(year) = lent(text, one, next) {
            one.lent_year = Some(year);
        }
    }
}

fn lent(text: &str, one: &Found, next: &Found) -> Option<i16> {
    let joint = text.get(one.range.end..next.range.start)?.trim();
    let bare = ["year", "that", "rel", "of", "last", "week"]
        .iter()
        .all(|group| one.get(text, group).is_none());
    let has_day = |found: &Found| found.get(text, "day").is_some();
    // "on 14 January, and on 5 May 2021" may be of two years.
    let apart = has_day(one) != has_day(next) || (has_day(one) && joint.starts_with(','));
    if !bare || apart || !JOINTS.contains(&joint) {
        return None;
    }
    let year = next
        .get(text, "year")
        .and_then(|year| year.parse::<i16>().ok())
        .or(next.lent_year)?;
    // "from December to February 2015" begins in the year before.
    let (first, second) = (month(text, one)?, month(text, next)?);
    Some(year - i16::from(first > second))
}

/// The month that an expression names or begins with.
fn month(text: &str, found: &Found) -> Option<i8> {
    match patterns().get(found.pattern).logic {
        Logic::Date => words::month(found.get(text, "month")?),
        Logic::Season => Some(words::season(found.get(text, "season")?)?.first_month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, times::times};

    #[test]
    fn a_year_holds_for_all_that_it_closes() {
        let check = |text: &str, expected: &[&str]| {
            let doc = Document::new(text, Some(jiff::civil::date(2017, 1, 19)));
            let found: Vec<String> = times(&doc).into_iter().map(|time| time.value).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check(
            "Mills shut in May and June of 1871.",
            &["1871-05", "1871-06"],
        );
        check(
            "in March, April and July 1902",
            &["1902-03", "1902-04", "1902-07"],
        );
        check("between April and August 2014", &["2014-04", "2014-08"]);
        check("from 3 April to 5 May 1867", &["1867-04-03", "1867-05-05"]);
        check("on March 3 and June 5, 2014", &["2014-03-03", "2014-06-05"]);
        check("from November to February 2015", &["2014-11", "2015-02"]);
        check("in the spring and summer of 1969", &["1969-SP", "1969-SU"]);
        check("in June 2013 and May 2014", &["2013-06", "2014-05"]);
        check(
            "It fell in November. May 2015 was dry.",
            &["2016-11", "2015-05"],
        );
        check("in May last year and June 2011", &["2016-05", "2011-06"]);
    }
}
