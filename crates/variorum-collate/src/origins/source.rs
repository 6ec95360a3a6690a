//! Whose reporting a report carries, as its credits and its outlet tell, and which of two reports
//! had the shared words first.

use std::collections::BTreeSet;

use variorum_model::PublishedFrom;
use variorum_text::lexicon;

use super::rules;
use super::shared::Shared;
use crate::Member;

/// One is contained in the other when its share is this much greater.
const CONTAINED: f64 = 0.15;

/// What a report tells about where it comes from.
pub(super) struct Source {
    /// Its outlet, by its usual name.
    pub outlet: Option<String>,
    /// The house that owns the outlet and others.
    pub house: Option<&'static str>,
    /// Whether the outlet is an agency.
    pub is_agency: bool,
    /// The one agency whose text it is.
    pub wire: Option<String>,
    /// All agencies that it credits.
    pub agencies: BTreeSet<String>,
    /// All agencies and outlets that it credits.
    credited: BTreeSet<String>,
    /// What others call the outlet.
    names: BTreeSet<String>,
}

impl Source {
    /// Reads a report's outlet and credits.
    pub(super) fn of(member: &Member<'_>) -> Self {
        let given = member
            .report
            .outlet
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let known = given.and_then(outlet);
        let usual = |name: &str| outlet(name).map_or(name, |known| &known.name).to_owned();
        let credits = &member.analysis.credits;
        let agencies: BTreeSet<String> = credits
            .iter()
            .filter_map(|credit| credit.agency.as_deref().map(usual))
            .collect();
        let credited = credits
            .iter()
            .filter_map(|c| c.agency.as_deref().or(c.outlet.as_deref()).map(usual));
        let whole: BTreeSet<String> = credits
            .iter()
            .filter(|credit| !rules::is_contribution(member.words(credit.span())))
            .filter_map(|credit| credit.agency.as_deref().map(usual))
            .collect();
        let is_agency = known.is_some_and(|known| known.agency);
        let own = known
            .filter(|known| known.agency)
            .map(|known| known.name.clone());
        let single = (whole.len() == 1)
            .then(|| whole.into_iter().next())
            .flatten();
        let mut names: BTreeSet<String> = given.into_iter().map(str::to_owned).collect();
        names.extend(
            known
                .iter()
                .flat_map(|known| known.also.iter().chain([&known.name]).cloned()),
        );
        Source {
            outlet: given.map(usual),
            house: known.and_then(|known| known.publisher.as_deref()),
            is_agency,
            wire: own.or(single),
            agencies,
            credited: credited.collect(),
            names,
        }
    }

    fn credits(&self, other: &Source) -> bool {
        other
            .outlet
            .as_ref()
            .is_some_and(|outlet| self.credited.contains(outlet))
    }
}

/// An agency or outlet from the name that metadata give, which may add what it is ("CNN (Web News)",
/// "New York Times - News").
fn outlet(name: &str) -> Option<&'static lexicon::Outlet> {
    let short = || {
        name.split(" (")
            .next()
            .and_then(|name| name.split(" - ").next())
    };
    lexicon::outlet(name).or_else(|| lexicon::outlet(short()?.trim()))
}

/// Whether the first report had the shared words (`Some(true)`) or the second; `None` when neither
/// credits, dates nor completeness tell.
pub(super) fn first_had_it(
    (a, of_a): (&Member<'_>, &Source),
    (b, of_b): (&Member<'_>, &Source),
    shared: &Shared,
) -> Option<bool> {
    // Credits come first: a copy is often dated before what it was copied from.
    let signs = [
        (of_b.credits(of_a), of_a.credits(of_b)),
        (of_a.is_agency, of_b.is_agency),
        (mentions(b, of_a), mentions(a, of_b)),
    ];
    if let Some(&(sign, _)) = signs.iter().find(|(for_a, for_b)| for_a != for_b) {
        return Some(sign);
    }
    let date = |member: &Member<'_>| {
        member
            .published
            .filter(|_| member.published_from != PublishedFrom::Inferred)
    };
    if let (Some(a), Some(b)) = (date(a), date(b)) {
        let clocks = a.has_clock() && b.has_clock();
        if a.date() != b.date() || (clocks && a != b) {
            return Some(a < b);
        }
    }
    let more = shared.b.share - shared.a.share;
    (more.abs() >= CONTAINED).then_some(more > 0.0)
}

/// Whether the text names the other's outlet.
fn mentions(member: &Member<'_>, other: &Source) -> bool {
    let text = member.report.text.as_str();
    other
        .names
        .iter()
        .filter(|name| name.len() > 2)
        .any(|name| {
            text.match_indices(name.as_str()).any(|(at, found)| {
                let before = text[..at].chars().next_back();
                let after = text[at + found.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric)
                    && !after.is_some_and(char::is_alphanumeric)
            })
        })
}
