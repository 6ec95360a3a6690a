//! The value of each time expression, read against the day of publication and the dates mentioned
//! before it.

mod dated;
mod lengths;
mod relative;
mod weekdays;

use std::ops::Range;

use jiff::civil::Date;
use variorum_model::TimeType;

use super::Direction;
use super::calendar::Stretch;
use super::direction::Clause;
use super::patterns::{Found, Logic, Pattern};

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimeType,
    pub(super) value: String,
    /// The stretch of the calendar, where it is known.
    pub(super) stretch: Option<Stretch>,
    pub(super) direction: Direction,
}

impl Resolved {
    fn date(stretch: Stretch) -> Self {
        Resolved {
            kind: TimeType::Date,
            value: stretch.value(),
            stretch: Some(stretch),
            direction: Direction::Unknown,
        }
    }

    fn open(kind: TimeType, value: impl Into<String>) -> Self {
        Resolved {
            kind,
            value: value.into(),
            stretch: None,
            direction: Direction::Unknown,
        }
    }

    /// A known stretch, or else a value with what is not known left open.
    fn date_or(stretch: Option<Stretch>, open: impl FnOnce() -> String) -> Self {
        match stretch {
            Some(stretch) => Resolved::date(stretch),
            None => Resolved::open(TimeType::Date, open()),
        }
    }

    /// The same on a part of the day or at a clock time.
    fn at(mut self, time: &str) -> Self {
        self.kind = TimeType::Time;
        self.value += time;
        self
    }
}

/// How many sentences a day reaches to lend its year and to be counted from.
const REACH: usize = 3;

/// What has been read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The day of publication, or the date line of an undated text.
    pub(super) published: Option<Date>,
    /// Whether the text tells of long ago, so that dates follow one another rather than publication.
    pub(super) narrative: bool,
    /// Whether the text goes on to the day after the one that it is dated.
    pub(super) goes_on: bool,
    /// The stretch mentioned last.
    pub(super) last: Option<Stretch>,
    /// The stretch mentioned last that does not lie ahead of publication.
    pub(super) last_past: Option<Stretch>,
    /// The day mentioned last, and its sentence.
    pub(super) full: Option<(usize, Date)>,
    /// The days that weekdays were tied to, by date or bracket; Monday first.
    pub(super) weekdays: [Option<Date>; 7],
    /// The expression before this one in the same sentence.
    pub(super) before: Option<Before>,
}

/// The expression before this one in the same sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) end: usize,
    pub(super) day: Option<Date>,
    pub(super) direction: Direction,
}

/// One expression to resolve: where it stands and what its clause tells.
pub(super) struct Place<'a, 't> {
    pub(super) text: &'t str,
    pub(super) found: &'a Found,
    pub(super) sentence: usize,
    pub(super) clause: Clause,
    /// The clock time's day: a date right beside it in the same sentence.
    pub(super) beside: Option<Stretch>,
}

impl<'t> Place<'_, 't> {
    fn get(&self, group: &str) -> Option<&'t str> {
        self.found.get(self.text, group)
    }

    fn number<T: std::str::FromStr>(&self, group: &str) -> Option<T> {
        let digits = self.get(group)?.trim_end_matches(char::is_alphabetic);
        digits.parse().ok()
    }

    /// Which way the clause looks.
    fn looks(&self) -> Direction {
        self.clause.direction
    }

    /// The group, in lower case.
    fn lower(&self, group: &str) -> Option<String> {
        self.get(group).map(crate::words::fold)
    }
}

impl Context {
    /// The day against which words such as "last week" are read.
    fn today(&self) -> Option<Date> {
        if self.narrative {
            self.last.and_then(Stretch::first).or(self.published)
        } else {
            self.published
        }
    }

    /// The stretch that "the next year" counts from.
    fn anchor(&self) -> Option<Stretch> {
        self.last.or(self.published.map(Stretch::Day))
    }

    /// The stretch that "the next day" counts from: the day mentioned last, where it is near.
    fn day_anchor(&self, sentence: usize) -> Option<Stretch> {
        let near = self.full.filter(|&(at, _)| sentence <= at + REACH);
        let last = self.last.filter(|_| self.narrative);
        near.map(|(_, day)| Stretch::Day(day)).or(last)
    }

    /// Takes note of an expression that has been resolved.
    pub(super) fn note(&mut self, resolved: &Resolved, sentence: usize, range: &Range<usize>) {
        let day = match resolved.stretch {
            Some(Stretch::Day(day)) => Some(day),
            _ => None,
        };
        if let Some(stretch) = resolved.stretch {
            let ahead = match (stretch.first(), self.published) {
                (Some(first), Some(published)) => first > published,
                _ => false,
            };
            if !ahead {
                self.last_past = Some(stretch);
            }
            self.last = Some(stretch);
        }
        if let Some(day) = day {
            self.full = Some((sentence, day));
        } else if resolved.kind == TimeType::Date && resolved.value.starts_with("XXXX-") {
            // A day that is not known yet: what comes behind must not count from an older one.
            (self.last, self.full) = (None, None);
        }
        self.before = Some(Before {
            end: range.end,
            day,
            direction: resolved.direction,
        });
    }
}

/// What an expression stands for; `None` when it turns out to be no time expression. Whether it is one
/// never depends on the day of publication.
pub(super) fn resolve(
    place: &Place<'_, '_>,
    pattern: &Pattern,
    context: &mut Context,
) -> Option<Resolved> {
    match pattern.logic {
        Logic::Date => dated::date(place, context),
        Logic::Slashed => dated::slashed(place, context),
        Logic::Years => place
            .number("year")
            .map(|y| Resolved::date(Stretch::Year(y))),
        Logic::BeforeChrist | Logic::BeforeChristBare => dated::before_christ(place),
        Logic::Decade => dated::decade(place),
        Logic::Century => dated::century(place),
        Logic::Season => dated::season(place, context),
        Logic::Quarter => dated::quarter(place, context),
        Logic::Half => dated::half(place, context),
        Logic::Fiscal => dated::fiscal(place),
        Logic::Holiday => dated::holiday(place, context),
        Logic::Weekday => weekdays::weekday(place, context),
        Logic::DayWord => relative::day_word(place, context),
        Logic::PartOfDay => relative::part_of_day(place, context),
        Logic::Clock => relative::clock(place, context),
        Logic::Relative => relative::relative(place, context),
        Logic::Anaphoric => relative::anaphoric(place, context),
        Logic::RelativeMonth => relative::relative_month(place, context),
        Logic::Shift => relative::shifted(place, context),
        Logic::OrdinalDay => relative::ordinal_day(place, context),
        Logic::SetWeekday => lengths::set_weekday(place),
        Logic::Duration => lengths::duration(place),
        Logic::HalfDuration => lengths::half_duration(place),
        Logic::Set => lengths::set(place),
        Logic::Constant => {
            Some(Resolved::open(TimeType::Date, pattern.value.clone()?)).map(|mut resolved| {
                resolved.stretch = resolved.value.parse().ok().map(Stretch::Day);
                resolved
            })
        }
    }
}

/// Whether the calendar holds such a day.
pub(super) fn is_possible(found: &Found, text: &str, logic: Logic) -> bool {
    dated::is_possible(found, text, logic)
}

/// The day that an expression names in full.
pub(super) fn full_day(found: &Found, text: &str, logic: Logic) -> Option<Date> {
    dated::full_day(found, text, logic)
}
