//! What kind of text it is, as far as its times tell: whether it says its own date, tells of long ago, or
//! goes on to the day after the one that it is dated.

use jiff::civil::{Date, Weekday};

use super::Direction;
use super::direction::Clause;
use super::patterns::{Found, Logic, patterns};
use super::{resolve, words};
use crate::Document;

/// A narrative names at least so many years.
const NARRATIVE_YEARS: usize = 6;
/// And so many years for each time that only publication gives a day ("Wednesday").
const YEARS_A_NEAR_DAY: usize = 30;
/// A text that names a day of its own week among so many times at its start is no narrative.
const OPENING: usize = 3;
/// A date line of an undated text stands within so many bytes of its start.
const DATE_LINE: usize = 400;

fn logic(found: &Found) -> Logic {
    patterns().get(found.pattern).logic
}

/// The full date that stands alone, or nearly so, at the head of an undated text.
pub(super) fn date_line(doc: &Document<'_>, found: &[Found]) -> Option<Date> {
    let mut head = found.iter().take_while(|one| one.range.start < DATE_LINE);
    head.find_map(|one| {
        let sentence = doc.sentence_at(one.range.start)?;
        let line = doc.paragraph_bytes(doc.sentences[sentence].paragraph);
        let rest = line.len().saturating_sub(one.range.len());
        let day = resolve::full_day(one, doc.text, logic(one))?;
        (rest < 12).then_some(day)
    })
}

/// Whether a text tells of long ago: most years that it names lie at least two years before it was
/// published, and it seldom says today, yesterday or Monday, least at its start.
pub(super) fn is_narrative(doc: &Document<'_>, found: &[Found], published: Option<Date>) -> bool {
    let (mut years, mut past, mut deictic) = (0, 0, 0);
    for (index, one) in found.iter().enumerate() {
        let logic = logic(one);
        let near = matches!(logic, Logic::DayWord | Logic::Weekday);
        if index < OPENING && (near || logic == Logic::Relative) {
            return false;
        }
        deictic += usize::from(near);
        let Some(year) = one
            .get(doc.text, "year")
            .and_then(|y| y.parse::<i16>().ok())
        else {
            continue;
        };
        years += 1;
        let before_christ = matches!(logic, Logic::BeforeChrist | Logic::BeforeChristBare);
        let recent = published.is_some_and(|day| year >= day.year() - 1);
        past += usize::from(before_christ || !recent);
    }
    years >= NARRATIVE_YEARS && past * 4 >= years * 3 && deictic * YEARS_A_NEAR_DAY <= years
}

/// Whether an expression is a line of its own at the head that says the day of publication.
pub(super) fn says_published(doc: &Document<'_>, one: &Found) -> bool {
    let alone = || {
        let sentence = doc.sentence_at(one.range.start)?;
        let paragraph = doc.sentences[sentence].paragraph;
        let line = &doc.text[doc.paragraph_bytes(paragraph)];
        Some(doc.paragraphs.len() > 1 && line.trim() == &doc.text[one.range.clone()])
    };
    one.range.start < DATE_LINE
        && doc.published.is_some()
        && doc.published == resolve::full_day(one, doc.text, logic(one))
        && alone() == Some(true)
}

/// Whether a text goes on to the day after the one that it is dated, as reports do that are updated overnight:
/// it tells of both that day, or the one before, and the day after as past.
pub(super) fn goes_on(
    doc: &Document<'_>,
    found: &[Found],
    clauses: &[Clause],
    published: Date,
) -> bool {
    let tells = |days: &[Weekday]| {
        found.iter().zip(clauses).any(|(one, clause)| {
            clause.direction == Direction::Past
                && bare_weekday(doc, one).is_some_and(|weekday| days.contains(&weekday))
        })
    };
    let day = published.weekday();
    tells(&[day, day.previous()]) && tells(&[day.next()])
}

/// The weekday that an expression names and nothing else. "Monday's attack" speaks of one that is known,
/// which may lie a week back.
pub(super) fn bare_weekday(doc: &Document<'_>, one: &Found) -> Option<Weekday> {
    let named = |group| one.get(doc.text, group);
    let bare = logic(one) == Logic::Weekday
        && named("rel").is_none()
        && named("week").is_none()
        && named("day").is_none()
        && !doc.text[one.range.end..].starts_with(['’', '\'']);
    words::weekday(named("weekday")?).filter(|_| bare)
}
