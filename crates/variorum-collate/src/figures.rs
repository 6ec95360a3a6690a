//! The same quantity across reports.
//!
//! Each figure is made ready for comparing (`item`); figures of one kind whose surroundings are alike
//! are put together (`compare` decides), and the values of each quantity are then compared. A number
//! alone joins nothing, but an equal one that few things share needs little else.

mod compare;
mod item;

use std::collections::BTreeMap;

use variorum_model::id::content_id;
use variorum_model::{
    Agreement, Disagreement, DisagreementKind, FigureValue, Side, SpeakerKind, StoryFigure,
};

use crate::{Member, origin_count};
use item::Item;

/// How many quantities of a kind, and figures of a quantity, a figure is compared with: enough for any
/// real story, and a bound on the work for one that lists thousands.
const COMPARED: usize = 48;
/// Bare counts up to this stand behind all others.
const SMALL: f64 = 3.0;
/// Counts up to this are left out where one report alone gives them.
const PAIR: f64 = 2.0;

/// The figures of a story, and where they differ plainly.
pub(crate) fn figures(members: &[Member<'_>]) -> (Vec<StoryFigure>, Vec<Disagreement>) {
    let items: Vec<Item<'_>> = members
        .iter()
        .enumerate()
        .flat_map(|(index, member)| item::items(index, member))
        .collect();
    let mut found: Vec<(usize, StoryFigure, Option<Disagreement>)> = quantities(&items, members)
        .into_iter()
        .map(|quantity| {
            let of: Vec<&Item<'_>> = quantity.iter().map(|&i| &items[i]).collect();
            let figure = story_figure(&of, members);
            let disagreement = disagreement(&of, &figure, members);
            (quantity[0], figure, disagreement)
        })
        .filter(|(first, figure, _)| figure.report_count > 1 || !is_trivial(&items[*first]))
        .collect();
    found.sort_by_key(|(first, figure, _)| {
        let item = &items[*first];
        (
            std::cmp::Reverse(figure.report_count),
            is_small(item),
            *first,
        )
    });
    let disagreements = found
        .iter_mut()
        .filter_map(|(.., one)| one.take())
        .collect();
    (
        found.into_iter().map(|(_, figure, _)| figure).collect(),
        disagreements,
    )
}

/// A count of few things to which nothing happened: true, and less telling than any other figure.
fn is_small(item: &Item<'_>) -> bool {
    let figure = item.figure;
    let few = figure.max.is_some_and(|max| max <= SMALL);
    figure.unit.is_none() && item.outcome.is_none() && few
}

/// A small count of which nothing is told but that there are so many: "several states", "two candidates". In one
/// report alone it is no claim that anybody would check.
fn is_trivial(item: &Item<'_>) -> bool {
    let figure = item.figure;
    let vague = figure.min == Some(SMALL) && figure.max.is_none();
    let pair = figure.max.is_some_and(|max| max <= PAIR) && !figure.what.contains(' ');
    figure.unit.is_none() && item.outcome.is_none() && (vague || pair)
}

/// The items put together by quantity, each in ascending order, in the order of their first items.
fn quantities(items: &[Item<'_>], members: &[Member<'_>]) -> Vec<Vec<usize>> {
    let mut quantities: Vec<Vec<usize>> = Vec::new();
    let mut by_key: BTreeMap<(Option<&str>, String), Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let unit = item.unit;
        let mut keys = vec![(unit, format!("={:?}-{:?}", item.min, item.max))];
        keys.push((unit, format!("head {}", item.head)));
        keys.extend(
            item.outcome
                .map(|outcome| (unit, format!("outcome {outcome}"))),
        );
        let mut candidates: Vec<usize> = keys
            .iter()
            .filter_map(|key| by_key.get(key))
            .flat_map(|list| list.iter().rev().take(COMPARED).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let best = candidates
            .into_iter()
            .filter_map(|quantity| {
                Some((fit(item, &quantities[quantity], items, members)?, quantity))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let quantity = best.map_or(quantities.len(), |(_, quantity)| quantity);
        if quantity == quantities.len() {
            quantities.push(Vec::new());
        }
        quantities[quantity].push(index);
        for key in keys {
            let list = by_key.entry(key).or_default();
            if list.last() != Some(&quantity) {
                list.push(quantity);
            }
        }
    }
    quantities
}

/// How well a figure fits a quantity; `None` when it does not, or when a value there can neither be
/// right together with this one nor is another count of the same.
fn fit(
    item: &Item<'_>,
    quantity: &[usize],
    items: &[Item<'_>],
    members: &[Member<'_>],
) -> Option<f32> {
    let others = || {
        let recent = quantity.iter().rev().take(COMPARED);
        recent.map(|&index| &items[index])
    };
    let fits: Vec<(&Item<'_>, f32)> = others()
        .filter_map(|other| Some((other, compare::same(item, other, members)?)))
        .collect();
    // What is equal to another count that fits does not stand against it.
    let stands_against = |other: &Item<'_>| {
        let counted_otherwise =
            |fit: &Item<'_>| compare::equal(fit, other) && !compare::meet(item, fit);
        !compare::meet(item, other) && !fits.iter().any(|(fit, _)| counted_otherwise(fit))
    };
    if others().any(stands_against) {
        return None;
    }
    fits.iter().map(|(_, fit)| *fit).reduce(f32::max)
}

fn story_figure(items: &[&Item<'_>], members: &[Member<'_>]) -> StoryFigure {
    let best = items
        .iter()
        .find(|item| item.figure.what.contains(' '))
        .unwrap_or(&items[0]);
    let reports = reports(items, members);
    let low = items
        .iter()
        .filter_map(|item| item.min)
        .reduce(f64::min)
        .map(|low| low / best.scale);
    let high = items
        .iter()
        .filter_map(|item| item.max)
        .reduce(f64::max)
        .map(|high| high / best.scale);
    let unit = best.figure.unit.clone();
    let number = |bound: Option<f64>| bound.map_or(String::new(), |n| n.to_string());
    let id = content_id(
        "f",
        &[
            &best.figure.what,
            unit.as_deref().unwrap_or(""),
            &number(low),
            &number(high),
            &members[items[0].member].report.id,
            &items[0].figure.start.to_string(),
        ],
    );
    StoryFigure {
        id,
        what: best.figure.what.clone(),
        unit,
        low,
        high,
        agree: compare::agreement(items, members),
        report_count: reports.len(),
        origin_count: origin_count(members, items.iter().map(|item| line(item))),
        values: items
            .iter()
            .map(|item| value(item, best.scale, members))
            .collect(),
    }
}

/// Its report, and the medium that this names for it or for the statement that claims it.
fn line<'a>(item: &Item<'a>) -> (usize, Option<&'a str>) {
    let said = || item.statement.and_then(|one| one.via.as_deref());
    (item.member, item.figure.via.as_deref().or_else(said))
}

/// Ids of the reports of some figures, in the order of the reports.
fn reports(items: &[&Item<'_>], members: &[Member<'_>]) -> Vec<String> {
    let mut indexes: Vec<usize> = items.iter().map(|item| item.member).collect();
    indexes.sort_unstable();
    indexes.dedup();
    indexes
        .into_iter()
        .map(|i| members[i].report.id.clone())
        .collect()
}

fn value(item: &Item<'_>, scale: f64, members: &[Member<'_>]) -> FigureValue {
    let member = &members[item.member];
    FigureValue {
        evidence: member.evidence(item.figure.span()),
        min: item.min.map(|min| min / scale),
        max: item.max.map(|max| max / scale),
        approximate: item.figure.approximate,
        origin: member.origin.clone(),
        via: line(item).1.map(str::to_owned),
        speaker: item.statement.and_then(|one| one.speaker.clone()),
    }
}

/// The sides of a quantity whose values cannot all be right.
fn disagreement(
    items: &[&Item<'_>],
    figure: &StoryFigure,
    members: &[Member<'_>],
) -> Option<Disagreement> {
    if figure.agree != Agreement::Conflict {
        return None;
    }
    let mut sides: Vec<Vec<&Item<'_>>> = Vec::new();
    for item in items.iter().filter(|item| !item.superseded) {
        match sides.iter_mut().find(|side| compare::equal(side[0], item)) {
            Some(side) => side.push(item),
            None => sides.push(vec![item]),
        }
    }
    let claimants = claimants(&sides);
    let mut sides: Vec<Side> = sides
        .iter()
        .map(|side| Side {
            value: members[side[0].member]
                .words(side[0].figure.span())
                .to_owned(),
            reports: reports(side, members),
            origin_count: origin_count(members, side.iter().map(|item| line(item))),
            evidence: side
                .iter()
                .map(|item| members[item.member].evidence(item.figure.span()))
                .collect(),
        })
        .collect();
    sides.sort_by_key(|side| std::cmp::Reverse(side.origin_count));
    let (kind, what) = match claimants {
        Some(claimants) => (
            DisagreementKind::Attribution,
            format!(
                "{}: each figure has its own source ({})",
                figure.what,
                claimants.join("; ")
            ),
        ),
        None => (DisagreementKind::Figure, figure.what.clone()),
    };
    Some(Disagreement {
        id: content_id("d", &["figure", &figure.id]),
        kind,
        what,
        about: figure.id.clone(),
        sides,
    })
}

/// The named people and bodies who claim the values, when each side has its own and no value is the reports'
/// own. A described source ("officials") may be anyone.
fn claimants(sides: &[Vec<&Item<'_>>]) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for side in sides {
        let mut names = side.iter().map(|item| {
            let speaker = item.statement?.speaker.as_ref()?;
            (speaker.kind != SpeakerKind::Described).then_some(&speaker.name)
        });
        let first = names.next()??;
        if names.any(|name| name != Some(first)) || found.contains(first) {
            return None;
        }
        found.push(first.clone());
    }
    Some(found)
}

#[cfg(test)]
mod tests;
