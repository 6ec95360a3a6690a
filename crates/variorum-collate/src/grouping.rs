//! Which reports tell one story.
//!
//! A [`Digest`] is what grouping keeps of a report; [`Stream`] takes digests one by one and says what each
//! changes. A batch is the same stream in the order (published, id), with the furniture of all sites
//! learned beforehand.
//!
//! After Miranda et al. 2018 ("Multilingual Clustering of Streaming News"): sparse vectors, time and a
//! learned decision; new here are features of names, days, places and numbers that tell look-alikes
//! apart, and that stories are put together again around each new report instead of only joined.

mod digest;
mod furniture;
mod index;
mod likeness;
mod linkage;
mod profile;
mod stream;

use rayon::prelude::*;
use variorum_model::{Analysis, Report};

pub use digest::{Digest, Stems};
pub use likeness::{FEATURES, NAMES};
pub use stream::{Change, Closed, Stream};

use furniture::Furniture;
use likeness::{Entry, Query};
use profile::{Counts, Profile};

/// Groups of indexes into `entries`, which come in the order (published, id); each in ascending
/// order, in the order of their first reports.
pub(crate) fn groups(entries: &[(&Report, &Analysis)]) -> Vec<Vec<usize>> {
    let digests = digests(entries);
    let undated = digests.iter().any(|digest| digest.published.is_none());
    let mut stream = if undated {
        Stream::keeping_all()
    } else {
        Stream::default()
    };
    for digest in &digests {
        stream.learn(digest);
    }
    let mut closed = Vec::new();
    for digest in &digests {
        stream.add(digest);
        closed.extend(stream.close());
    }
    closed.extend(stream.finish());
    let reports = |story: Closed| story.reports.into_iter().map(|report| report as usize);
    let mut groups: Vec<Vec<usize>> = closed.into_iter().map(|s| reports(s).collect()).collect();
    groups.sort();
    groups
}

/// Digests of some reports, made on all processors.
pub fn digests(entries: &[(&Report, &Analysis)]) -> Vec<Digest> {
    let of = |stems: &mut Stems, entry: &(&Report, &Analysis)| Digest::of(entry.0, entry.1, stems);
    entries.par_iter().map_init(Stems::default, of).collect()
}

/// The features of pairs of reports, for learning the weights of the decision. `wanted` says which
/// pairs of numbers are asked for; pairs that share next to no words are left out, as are
/// those that lie too far apart in time.
pub fn compared(
    digests: &[Digest],
    wanted: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize, [f32; FEATURES])> {
    let mut furniture = Furniture::default();
    for digest in digests {
        furniture.learn(digest);
    }
    let mut counts = Counts::default();
    let entries: Vec<Entry> = digests
        .iter()
        .map(|digest| {
            let profile = Profile::of(digest, &furniture);
            let vector = counts.weigh(&profile);
            Entry {
                day: digest.published.and_then(stream::day),
                vector,
                profile,
            }
        })
        .collect();
    let mut found = Vec::new();
    for (j, later) in entries.iter().enumerate() {
        let query = Query::of(later);
        for (i, earlier) in entries[..j].iter().enumerate() {
            if !wanted(i, j) || stream::days_apart(earlier, later) > stream::WINDOW {
                continue;
            }
            let features = query.features(earlier);
            if features[0] >= likeness::LEAST_WORDS {
                found.push((i, j, features));
            }
        }
    }
    found
}
