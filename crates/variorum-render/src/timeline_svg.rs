//! The days of a story, drawn: marks with numbers stand on their days. Days are columns where
//! there is room for them, else rows; often columns on a wide page and rows on a phone. Stretches
//! without an event are shortened, long ones broken, so that one far day does not squash the
//! others.
//!
//! Places along the axis are percentages and sizes are pixels, so that the drawing fits any width
//! with its words still readable.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use variorum_model::EventStatus;

use crate::dates;

/// One mark of the drawing.
#[derive(Clone)]
pub(crate) struct Mark {
    /// Its number in the list.
    pub(crate) number: usize,
    /// Id of its entry in the list.
    pub(crate) anchor: String,
    /// What happens.
    pub(crate) what: String,
    /// The day it is drawn on.
    pub(crate) day: Date,
    /// Decides its shape.
    pub(crate) status: EventStatus,
    /// Whether the reports give different dates.
    pub(crate) disputed: bool,
    /// Whether this is a day that only a minority gives.
    pub(crate) minority: bool,
}

/// The shape of a mark, centred on the point (0, 0).
#[derive(Template)]
#[template(path = "mark.svg", escape = "html")]
pub(crate) struct Shape<'a> {
    pub(crate) status: &'a str,
    pub(crate) number: usize,
    pub(crate) disputed: bool,
    pub(crate) minority: bool,
}

/// The name of a status in class names of the page.
pub(crate) fn class(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Held => "held",
        EventStatus::Scheduled => "scheduled",
        EventStatus::Postponed => "postponed",
        EventStatus::Cancelled => "cancelled",
    }
}

/// The longest stretch without events whose days are drawn one by one.
const LONGEST_STRETCH: i64 = 4;
/// The most slots that fit side by side on a phone and on a wide page: a day with events takes two.
const MOST_COLUMNS: usize = 24;
const MOST_COLUMNS_WIDE: usize = 60;
/// The most marks above each other in a column.
const MOST_STACKED: usize = 8;
const MOST_STACKED_WIDE: usize = 14;
/// Pixels from one mark to the next.
const STEP: usize = 28;
/// The most marks side by side in a row on a phone.
const MOST_IN_ROW: usize = 8;
/// Pixels left of a row's first mark, and left of the axis between the rows' days and marks.
const ROW_LABEL: usize = 104;
const ROW_AXIS: usize = ROW_LABEL - 16;

/// Part of the axis.
#[derive(Clone)]
enum Slot {
    Day(Date, Vec<Mark>),
    Empty,
    Break(i64),
}

impl Slot {
    fn weight(&self) -> usize {
        if matches!(self, Slot::Empty) { 1 } else { 2 }
    }
}

struct Drawn {
    /// With its unit: `12.5%` or `121`.
    x: String,
    y: usize,
    href: String,
    title: String,
    shape: String,
}

struct Label {
    x: String,
    y: usize,
    words: String,
    strong: bool,
}

/// Small signs on the axis.
struct Sign {
    x: String,
    y: usize,
    is_break: bool,
}

/// The finished drawing.
#[derive(Template)]
#[template(path = "timeline.svg", escape = "html")]
pub(crate) struct Chart {
    /// On which pages it is shown: `wide`, `narrow` or, when empty, all.
    pages: &'static str,
    height: usize,
    /// Where the axis lies: across the page at this height, or down the page when `None`.
    across: Option<usize>,
    marks: Vec<Drawn>,
    labels: Vec<Label>,
    signs: Vec<Sign>,
    summary: String,
}

/// Draws the marks: once for all pages, or for wide and for narrow ones; not at all when they stand
/// on fewer than two days.
pub(crate) fn draw(marks: Vec<Mark>) -> Vec<Chart> {
    let mut days: BTreeMap<Date, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        days.entry(mark.day).or_default().push(mark);
    }
    if days.len() < 2 {
        return Vec::new();
    }
    let tallest = days.values().map(Vec::len).max().unwrap_or(0);
    let slots = slots(days);
    let columns: usize = slots.iter().map(Slot::weight).sum();
    if columns <= MOST_COLUMNS && tallest <= MOST_STACKED {
        vec![across(slots, columns, tallest)]
    } else if columns <= MOST_COLUMNS_WIDE && tallest <= MOST_STACKED_WIDE {
        let wide = Chart {
            pages: "wide",
            ..across(slots.clone(), columns, tallest)
        };
        vec![
            wide,
            Chart {
                pages: "narrow",
                ..down(slots)
            },
        ]
    } else {
        vec![down(slots)]
    }
}

fn slots(days: BTreeMap<Date, Vec<Mark>>) -> Vec<Slot> {
    let (mut slots, mut previous) = (Vec::new(), None);
    for (day, marks) in days {
        if let Some(previous) = previous {
            let stretch = dates::days_between(previous, day);
            if stretch > LONGEST_STRETCH {
                slots.push(Slot::Break(stretch));
            } else {
                slots.extend((1..stretch).map(|_| Slot::Empty));
            }
        }
        previous = Some(day);
        slots.push(Slot::Day(day, marks));
    }
    slots
}

/// Days as columns, marks stacked above the axis.
fn across(slots: Vec<Slot>, columns: usize, tallest: usize) -> Chart {
    let axis = tallest * STEP + 6;
    let mut chart = empty(axis + 52, Some(axis), &slots);
    let (mut passed, mut month) = (0, None);
    for slot in slots {
        let weight = slot.weight();
        let middle = (passed as f64 + weight as f64 / 2.0) / columns as f64 * 100.0;
        let x = format!("{middle:.2}%");
        passed += weight;
        match slot {
            Slot::Empty => chart.signs.push(Sign {
                x,
                y: axis,
                is_break: false,
            }),
            Slot::Break(_) => chart.signs.push(Sign {
                x,
                y: axis,
                is_break: true,
            }),
            Slot::Day(day, marks) => {
                let label = |y, words: String, strong| Label {
                    x: x.clone(),
                    y,
                    words,
                    strong,
                };
                chart.labels.push(label(
                    axis + 18,
                    dates::weekday(day, true).to_owned(),
                    false,
                ));
                chart
                    .labels
                    .push(label(axis + 33, day.day().to_string(), true));
                let this = (day.year(), day.month());
                if month != Some(this) {
                    let name = dates::month(day, true).to_owned();
                    chart.labels.push(label(axis + 47, name, false));
                    month = Some(this);
                }
                for (at, mark) in marks.into_iter().enumerate() {
                    let y = axis.saturating_sub(16 + at * STEP);
                    chart.marks.push(drawn(&mark, x.clone(), y));
                }
            }
        }
    }
    chart
}

/// Days as rows, marks side by side behind the date.
fn down(slots: Vec<Slot>) -> Chart {
    let mut chart = empty(0, None, &slots);
    let (mut y, line) = (16, ROW_AXIS);
    for slot in slots {
        match slot {
            Slot::Empty => {
                chart.signs.push(Sign {
                    x: line.to_string(),
                    y: y - 6,
                    is_break: false,
                });
                y += 10;
            }
            Slot::Break(days) => {
                chart.signs.push(Sign {
                    x: line.to_string(),
                    y: y + 2,
                    is_break: true,
                });
                chart.labels.push(Label {
                    x: (line - 12).to_string(),
                    y: y + 6,
                    words: dates::gap(days),
                    strong: false,
                });
                y += 26;
            }
            Slot::Day(day, marks) => {
                chart.labels.push(Label {
                    x: (line - 12).to_string(),
                    y: y + 5,
                    words: format!(
                        "{} {} {}",
                        dates::weekday(day, true),
                        day.day(),
                        dates::month(day, true)
                    ),
                    strong: false,
                });
                chart.signs.push(Sign {
                    x: line.to_string(),
                    y,
                    is_break: false,
                });
                let rows = marks.len().div_ceil(MOST_IN_ROW);
                for (at, mark) in marks.into_iter().enumerate() {
                    let x = ROW_LABEL + 10 + at % MOST_IN_ROW * STEP;
                    chart
                        .marks
                        .push(drawn(&mark, x.to_string(), y + at / MOST_IN_ROW * STEP));
                }
                y += rows * STEP + 3;
            }
        }
    }
    chart.height = y;
    chart
}

fn empty(height: usize, across: Option<usize>, slots: &[Slot]) -> Chart {
    let days: Vec<Date> = slots
        .iter()
        .filter_map(|s| {
            if let Slot::Day(day, _) = s {
                Some(*day)
            } else {
                None
            }
        })
        .collect();
    let name = |day: Option<&Date>| {
        day.map_or(String::new(), |&day| {
            dates::long(variorum_model::PartialDate::day(day))
        })
    };
    Chart {
        pages: "",
        height,
        across,
        marks: Vec::new(),
        labels: Vec::new(),
        signs: Vec::new(),
        summary: format!(
            "Events from {} to {}",
            name(days.first()),
            name(days.last())
        ),
    }
}

fn drawn(mark: &Mark, x: String, y: usize) -> Drawn {
    let day = dates::long(variorum_model::PartialDate::day(mark.day));
    let note = match (mark.minority, mark.disputed) {
        (true, _) => " (a date that fewer reports give)",
        (_, true) => " (the reports give different dates)",
        _ => "",
    };
    let shape = Shape {
        status: class(mark.status),
        number: mark.number,
        disputed: mark.disputed,
        minority: mark.minority,
    };
    Drawn {
        x,
        y,
        href: mark.anchor.clone(),
        title: format!("{}. {day}: {}{note}", mark.number, mark.what),
        shape: shape.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(days: &[i16]) -> Vec<Mark> {
        let first = Date::constant(2022, 1, 1);
        let mark = |(at, day): (usize, &i16)| Mark {
            number: at + 1,
            anchor: format!("e{at}"),
            what: "<b>".to_owned(),
            day: first.saturating_add(jiff::Span::new().days(*day)),
            status: EventStatus::Held,
            disputed: false,
            minority: false,
        };
        days.iter().enumerate().map(mark).collect()
    }

    #[test]
    fn the_layout_follows_the_days() {
        let check = |days: &[i16], expected: &[(&str, bool)]| {
            let charts = draw(marks(days));
            let shown: Vec<_> = charts
                .iter()
                .map(|c| (c.pages, c.across.is_some()))
                .collect();
            assert_eq!(shown, expected, "{days:?}");
        };
        check(&[], &[]);
        check(&[3, 3], &[]);
        check(&[0, 1, 5, 5], &[("", true)]);
        check(&[0, 9000], &[("", true)]);
        check(
            &(0..20).collect::<Vec<_>>(),
            &[("wide", true), ("narrow", false)],
        );
        check(&(0..99).collect::<Vec<_>>(), &[("", false)]);
        check(
            &[[0; 12].as_slice(), &[1]].concat(),
            &[("wide", true), ("narrow", false)],
        );
    }

    #[test]
    fn a_far_day_is_behind_a_break() {
        let drawn = draw(marks(&[0, 2, 400]))[0].to_string();
        assert_eq!(drawn.matches("class=\"break\"").count(), 1);
        assert!(drawn.contains("Events from Saturday 1 January 2022 to"));
        assert!(!drawn.contains("<b>"));
    }
}
