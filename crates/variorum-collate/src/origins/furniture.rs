//! What an outlet prints again and again: footers, boxes beside names, standing background.
//!
//! A run of words is furniture when several reports of one outlet carry it that are not copies of
//! each other: over weeks, on several days, or so many that nothing else is left. Counted are the
//! same sampled runs that find candidates, so the cost grows with the reports only. A report that
//! would have next to nothing left is a copy of others, and keeps its words.

use std::ops::Range;

use rayon::prelude::*;
use variorum_model::Moment;

use super::blocks::SEED;
use super::candidates::{firsts, is_sampled};
use super::{blocks, print::TextPrint};

/// A run is furniture when at least so many reports carry it over at least so many days,
const OVER_WEEKS: (usize, i32) = (3, 21);
/// or so many on at least so many days of publication,
const ON_DAYS: (usize, usize) = (6, 4);
/// or so many at all; and among reports of no known outlet only this many.
const MANY: usize = 24;
const MANY_OF_NOBODY: usize = 48;
/// Or so many whose openings share nothing, and which are therefore no versions of one text.
const APART: usize = 4;
const APART_OF_NOBODY: usize = 8;
/// Words of an opening.
const OPENING: usize = 30;
/// The most reports whose openings are looked at.
const LOOKED_AT: usize = 64;
/// Words that stand between two runs of furniture and are in no sampled run: furniture too.
const GAP: usize = 40;
/// Fewest words that are left of a report.
const LEAST_LEFT: usize = 30;

/// Takes the furniture out of all prints.
pub(crate) fn remove_furniture(prints: &mut [TextPrint]) {
    let found = {
        let prints: Vec<&TextPrint> = prints.iter().collect();
        furniture(&prints)
    };
    prints
        .par_iter_mut()
        .zip(found)
        .for_each(|(print, furniture)| remove(print, &furniture));
}

/// One sampled run in one report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Carried {
    /// Number of the outlet.
    outlet: u32,
    hash: u32,
    report: u32,
    /// Its first word.
    at: u32,
}

/// The furniture of each report, as ranges of words in order.
fn furniture(prints: &[&TextPrint]) -> Vec<Vec<Range<usize>>> {
    let first = firsts(prints);
    let mut names: Vec<Option<&str>> = prints.iter().map(|print| print.site.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let outlet = |print: &TextPrint| names.partition_point(|name| *name < print.site.as_deref());
    let runs = |report: usize| {
        let (print, outlet) = (prints[report], outlet(prints[report]) as u32);
        let hashes = blocks::hashes(&print.words).zip(0..);
        let sampled = hashes.filter(|&(hash, _)| is_sampled(hash));
        sampled.map(move |(hash, at)| Carried {
            outlet,
            hash,
            report: report as u32,
            at,
        })
    };
    let mut carried: Vec<Carried> = (0..prints.len())
        .into_par_iter()
        .filter(|&report| first[report] == report)
        .flat_map_iter(runs)
        .collect();
    carried.par_sort_unstable();
    let same_run = |a: &Carried, b: &Carried| (a.outlet, a.hash) == (b.outlet, b.hash);
    let openings: Vec<Vec<u32>> = prints.par_iter().map(|print| opening(print)).collect();
    let nobody = names.first().is_some_and(Option::is_none);
    let standing: Vec<(u32, u32)> = carried
        .chunk_by(same_run)
        .filter(|same| same.len() >= OVER_WEEKS.0)
        .filter(|same| stands(prints, &openings, same, nobody && same[0].outlet == 0))
        .flat_map(|same| same.iter().map(|run| (run.report, run.at)))
        .collect();
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); prints.len()];
    for (report, at) in standing {
        places[report as usize].push(at as usize);
    }
    (0..prints.len())
        .into_par_iter()
        .map(|report| {
            // What has the same words has the same furniture.
            let mut places = places[first[report]].clone();
            places.sort_unstable();
            ranges(prints[report], &places)
        })
        .collect()
}

/// Whether a run stands in enough reports of its outlet, which are sorted.
fn stands(prints: &[&TextPrint], openings: &[Vec<u32>], same: &[Carried], of_nobody: bool) -> bool {
    let reports = same.chunk_by(|a, b| a.report == b.report);
    let reports: Vec<usize> = reports.map(|run| run[0].report as usize).collect();
    let enough = if of_nobody { APART_OF_NOBODY } else { APART };
    if apart(&reports, openings, enough) {
        return true;
    }
    if of_nobody {
        return reports.len() >= MANY_OF_NOBODY;
    }
    let published = reports
        .iter()
        .filter_map(|&report| prints[report].published);
    let mut days: Vec<_> = published.map(Moment::date).collect();
    days.sort_unstable();
    days.dedup();
    let span = match (days.first(), days.last()) {
        (Some(&first), Some(&last)) => first
            .until((jiff::Unit::Day, last))
            .map_or(0, |span| span.get_days()),
        _ => 0,
    };
    (reports.len() >= OVER_WEEKS.0 && span >= OVER_WEEKS.1)
        || (reports.len() >= ON_DAYS.0 && days.len() >= ON_DAYS.1)
        || reports.len() >= MANY
}

/// Hashes of the runs of words at the beginning of a report, sorted.
fn opening(print: &TextPrint) -> Vec<u32> {
    let words = &print.words[..print.words.len().min(OPENING)];
    let mut hashes: Vec<u32> = blocks::hashes(words).collect();
    hashes.sort_unstable();
    hashes
}

/// Whether there are enough reports whose openings share no run of words.
fn apart(reports: &[usize], openings: &[Vec<u32>], enough: usize) -> bool {
    let mut found: Vec<&Vec<u32>> = Vec::new();
    for &report in reports.iter().take(LOOKED_AT) {
        let own = &openings[report];
        let shares = |other: &&Vec<u32>| own.iter().any(|run| other.binary_search(run).is_ok());
        if !found.iter().any(shares) {
            found.push(own);
            if found.len() == enough {
                return true;
            }
        }
    }
    false
}

/// The words that standing runs cover, and those between two of them that no other sampled run
/// speaks for.
fn ranges(print: &TextPrint, standing: &[usize]) -> Vec<Range<usize>> {
    if standing.is_empty() {
        return Vec::new();
    }
    let hashes = blocks::hashes(&print.words).enumerate();
    let sampled = hashes.filter(|&(_, hash)| is_sampled(hash));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut next = standing.iter().peekable();
    let mut goes_on = false;
    for (at, _) in sampled {
        if next.next_if_eq(&&at).is_none() {
            goes_on = false;
            continue;
        }
        match ranges.last_mut() {
            Some(last) if at <= last.end || (goes_on && at <= last.end + GAP) => {
                last.end = at + SEED;
            }
            _ => ranges.push(at..at + SEED),
        }
        goes_on = true;
    }
    let covered: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    if print.words.len() < covered + LEAST_LEFT {
        ranges.clear();
    }
    ranges
}

fn remove(print: &mut TextPrint, furniture: &[Range<usize>]) {
    if furniture.is_empty() {
        return;
    }
    let removed_before = |at: usize| -> Option<usize> {
        let before = furniture.iter().take_while(|range| range.start <= at);
        let mut removed = 0;
        for range in before {
            if range.contains(&at) {
                return None;
            }
            removed += range.len();
        }
        Some(removed)
    };
    print.named = std::mem::take(&mut print.named)
        .into_iter()
        .filter_map(|(at, name)| Some((at - removed_before(at as usize)? as u32, name)))
        .collect();
    let mut ranges = furniture.iter().peekable();
    let mut at = 0;
    print.words.retain(|_| {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        let keep = ranges.peek().is_none_or(|range| !range.contains(&at));
        at += 1;
        keep
    });
}
