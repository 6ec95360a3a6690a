//! Whose reporting a report carries, as its credits and its outlet tell, and which of two reports
//! had the shared words first.

use std::collections::BTreeSet;

use variorum_text::outlets::Outlets;

use super::print::{TextPrint, Word, ranges};
use super::shared::Shared;

/// One is contained in the other when its share is this much greater.
const CONTAINED: f64 = 0.15;

/// What a report tells about where it comes from.
pub(super) struct Source {
    /// Its outlet, by its usual name.
    pub outlet: Option<String>,
    /// The house that owns the outlet and others.
    pub house: Option<String>,
    /// Whether the outlet is an agency.
    pub is_agency: bool,
    /// The one agency whose text it is.
    pub wire: Option<String>,
    /// All agencies that it credits.
    pub agencies: BTreeSet<String>,
    /// All agencies and outlets that it credits.
    credited: BTreeSet<String>,
    /// What others call the outlet, as words.
    names: Vec<Vec<Word>>,
}

impl Source {
    /// Reads a report's outlet and credits.
    pub(super) fn of(print: &TextPrint, outlets: &Outlets) -> Self {
        let given = print
            .outlet
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let outlet = |name: &str| outlets.called(name);
        let known = given.and_then(outlet);
        let usual = |name: &str| outlet(name).map_or(name, |known| &known.name).to_owned();
        let agencies = print.credits.iter().filter(|credit| credit.agency);
        let whole: BTreeSet<String> = agencies
            .clone()
            .filter(|credit| !credit.helped)
            .map(|credit| usual(&credit.name))
            .collect();
        let own = known
            .filter(|known| known.agency)
            .map(|known| known.name.clone());
        let single = (whole.len() == 1)
            .then(|| whole.into_iter().next())
            .flatten();
        let also = known
            .iter()
            .flat_map(|known| known.also.iter().chain([&known.name]));
        let names = given.into_iter().chain(also.map(String::as_str));
        Source {
            outlet: given.map(usual),
            house: known.and_then(|known| known.publisher.clone()),
            is_agency: known.is_some_and(|known| known.agency),
            wire: own.or(single),
            agencies: agencies.map(|credit| usual(&credit.name)).collect(),
            credited: print.credits.iter().map(|c| usual(&c.name)).collect(),
            names: names
                .filter(|name| name.len() > 2)
                .map(name_words)
                .collect(),
        }
    }

    fn credits(&self, other: &Source) -> bool {
        other
            .outlet
            .as_ref()
            .is_some_and(|outlet| self.credited.contains(outlet))
    }
}

fn name_words(name: &str) -> Vec<Word> {
    let words = ranges(name).into_iter();
    words.map(|range| Word::of(&name[range])).collect()
}

/// Whether the first report had the shared words (`Some(true)`) or the second; `None` when neither
/// credits, dates nor completeness tell.
pub(super) fn first_had_it(
    (a, of_a): (&TextPrint, &Source),
    (b, of_b): (&TextPrint, &Source),
    shared: &Shared,
) -> Option<bool> {
    // Credits come first: a copy is often dated before what it was copied from.
    let signs = [
        (b.links_to(a), a.links_to(b)),
        (of_b.credits(of_a), of_a.credits(of_b)),
        (of_a.is_agency, of_b.is_agency),
        (mentions(b, of_a), mentions(a, of_b)),
    ];
    if let Some(&(sign, _)) = signs.iter().find(|(for_a, for_b)| for_a != for_b) {
        return Some(sign);
    }
    if let (Some(a), Some(b)) = (a.published, b.published) {
        let clocks = a.has_clock() && b.has_clock();
        if a.date() != b.date() || (clocks && a != b) {
            return Some(a < b);
        }
    }
    let more = shared.b.share - shared.a.share;
    (more.abs() >= CONTAINED).then_some(more > 0.0)
}

/// Whether the text names the other's outlet.
fn mentions(print: &TextPrint, other: &Source) -> bool {
    let named = |name: &Vec<Word>| {
        let written = |words: &[Word]| words.iter().zip(name).all(|(a, b)| a.is_written_as(*b));
        !name.is_empty() && print.words.windows(name.len()).any(written)
    };
    other.names.iter().any(named)
}
