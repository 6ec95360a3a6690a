//! Quantities and what they count.
//!
//! A number (`variorum_text::numbers`) is a figure when the words tell what it counts. For things that are
//! counted that is the noun it stands at, with what happened to those counted or one phrase that belongs to
//! the noun (`counted`: "troops near the border", "people were killed"). For amounts it is what they
//! measure: the noun they describe, the noun or the verb they hang on (`amounts`: "cost", "missile flew").
//! Lengths of time are amounts too, unless they tell when something happens (`lengths`). Both read the tree
//! where it is sure and the word lists of `data/en/figures.toml` beside it (`view`, `phrase`). Dates, ages
//! and numbers that count nothing are left out.

mod amounts;
mod counted;
mod lengths;
mod lists;
mod phrase;
mod view;

use std::ops::Range;

use variorum_model::{CodePoints, Figure};
use variorum_text::Document;
use variorum_text::numbers::{NumberExpression, numbers};
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::times::TimeExpression;

use view::View;

/// So many bytes behind what an amount measures, the same amount in another unit may follow.
const CONVERSION: usize = 80;

/// All figures of a report, in text order, given its trees and its time expressions.
pub fn figures(
    doc: &Document<'_>,
    syntax: &Syntax<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
) -> Vec<Figure> {
    let mut all = numbers(doc);
    all.extend(lengths::bare(doc, times));
    all.sort_by_key(|number| number.range.start);
    let mut found = Vec::new();
    let mut last: Option<Range<usize>> = None;
    // Where the amount before ends, and its unit.
    let mut before: Option<(usize, Option<String>)> = None;
    for number in all {
        let Some(view) = View::new(doc, syntax, times, &number) else {
            continue;
        };
        let counted = if number.unit.is_some() && amounts::is_conversion(&view) {
            // "55 miles (90 km)" is told once, for both.
            last.take()
                .filter(|what| number.range.start.saturating_sub(what.end) < CONVERSION)
                .map(|what| Counted { what, until: 0 })
        } else {
            // "52 percent to 45 percent" are told by the same words.
            let joined = before.as_ref().is_some_and(|(end, unit)| {
                let gap = doc.text.get(*end..number.range.start).map(str::trim);
                number.unit.is_some()
                    && *unit == number.unit
                    && gap.is_some_and(|gap| matches!(gap, "to" | "and" | "or" | "versus" | "vs."))
            });
            let told = last.clone().filter(|_| joined);
            counted(&view).or_else(|| told.map(|what| Counted { what, until: 0 }))
        };
        before = Some((number.range.end, number.unit.clone()));
        if let Some(counted) = counted {
            last = Some(counted.what.clone());
            found.extend(figure(doc, points, number, counted));
        }
    }
    found
}

/// What a number counts: bytes of the text, and all the bytes that tell it with the number.
struct Counted {
    what: Range<usize>,
    /// Beyond the number and `what`, where the words that tell it end.
    until: usize,
}

fn counted(view: &View<'_, '_>) -> Option<Counted> {
    let unit = view.number.unit.as_deref();
    if view.is_age() || view.is_of_it() {
        return None;
    }
    // "warned for two years", "told twice": a verb alone does not tell what is measured.
    let tells = |counted: &Counted| {
        let tokens = view.doc.tokens_in(counted.what.clone());
        let aim = view.tag(tokens.start) == Tag::Verb;
        tokens.len() != 1 || aim || !view.is_verb(tokens.start)
    };
    if unit.is_some_and(lengths::is_length) {
        lengths::counted(view).filter(tells)
    } else if view.is_time() {
        None
    } else if unit == Some("times") {
        amounts::counted(view).filter(tells)
    } else if unit.is_some() {
        amounts::counted(view)
    } else {
        counted::counted(view)
    }
}

fn figure(
    doc: &Document<'_>,
    points: &CodePoints<'_>,
    number: NumberExpression,
    counted: Counted,
) -> Option<Figure> {
    let what = counted.what;
    let behind = what.start >= number.range.end;
    // "28-member bloc" is told with its number.
    let holds = what.start == number.range.start
        && what.end > number.range.end
        && counted.until == what.end;
    let meets = !behind && !holds && what.end > number.range.start;
    if meets || what.is_empty() {
        return None;
    }
    // What stands before the number is shown with it only where it is told as one: "crew of 14".
    let start = if counted.until <= what.start && !behind {
        what.start
    } else {
        number.range.start
    };
    let end = number.range.end.max(counted.until);
    let span = points.span(start..if behind { end.max(what.end) } else { end });
    Some(Figure {
        start: span.start,
        end: span.end,
        what: doc.text[what].to_owned(),
        unit: number.unit,
        min: number.min,
        max: number.max,
        approximate: number.approximate,
        via: None,
    })
}

#[cfg(test)]
mod tests {
    use super::lists::WORDS;
    use super::*;
    use serde::Deserialize;
    use variorum_text::times::times;

    #[derive(Deserialize)]
    pub(super) struct Example {
        text: String,
        finds: Vec<[String; 2]>,
    }

    #[test]
    fn examples_of_the_data_file() {
        let mut failures = Vec::new();
        for example in &WORDS.example {
            let doc = Document::new(&example.text, None);
            let points = CodePoints::of(&example.text);
            let found: Vec<[String; 2]> = figures(&doc, &Syntax::of(&doc), &points, &times(&doc))
                .into_iter()
                .map(|figure| [points.slice(figure.span()).to_owned(), figure.what])
                .collect();
            if found != example.finds {
                failures.push(format!(
                    "{:?}\n   found  {found:?}\n   wanted {:?}\n",
                    example.text, example.finds
                ));
            }
        }
        assert!(failures.is_empty(), "\n{}", failures.join(""));
    }

    #[test]
    fn what_is_counted_stands_in_the_text() {
        let text = "Über 5 Männer, $1.2bn for tanks, 30 % — and 12 dozen 5 % of the";
        let doc = Document::new(text, None);
        for figure in figures(&doc, &Syntax::of(&doc), &CodePoints::of(text), &times(&doc)) {
            assert!(text.contains(&figure.what), "{figure:?}");
        }
    }
}
