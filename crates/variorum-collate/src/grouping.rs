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
mod links;
mod profile;
mod stream;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;
use variorum_model::{Analysis, Report};

pub use digest::{Digest, Stems};
pub use furniture::Furniture;
pub use likeness::{FEATURES, NAMES};
pub use profile::Profile;
pub use stream::{Change, Closed, Stream};

use likeness::{Entry, Query};
use profile::Counts;

/// A story as its reports, before it is put together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Indexes of its reports, in the order (published, id), undated ones last.
    pub reports: Vec<usize>,
    /// Its id, made from its first report's.
    pub id: String,
    /// Ids of the stories that it follows from or leads to.
    pub linked: Vec<String>,
}

/// The stories of some reports, which come in the order (published, id), in the order of their
/// first reports.
pub(crate) fn groups(entries: &[(&Report, &Analysis)]) -> Vec<Group> {
    let digests = digests(entries);
    let mut furniture = Furniture::default();
    for digest in &digests {
        furniture.learn(digest);
    }
    let mut stream = Stream::default();
    if digests.iter().any(|digest| digest.published.is_none()) {
        stream.keep_all();
    }
    let mut closed = Vec::new();
    add_all(&digests, &furniture, &mut |profile| {
        stream.add(profile);
        closed.extend(stream.close());
    });
    closed.extend(stream.finish());
    let mut leads_to: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for story in &closed {
        for earlier in &story.linked {
            leads_to
                .entry(earlier.clone())
                .or_default()
                .push(story.story.clone());
        }
    }
    let mut groups: Vec<Group> = closed
        .into_iter()
        .map(|story| {
            let later = leads_to.remove(&story.story).unwrap_or_default();
            Group {
                reports: story
                    .reports
                    .into_iter()
                    .map(|report| report as usize)
                    .collect(),
                linked: story.linked.into_iter().chain(later).collect(),
                id: story.story,
            }
        })
        .collect();
    groups.sort();
    groups
}

/// Hands over the profiles of some digests in their order. The next ones are made while one is used.
pub fn add_all(digests: &[Digest], furniture: &Furniture, take: &mut (impl FnMut(Profile) + Send)) {
    /// So many are made at a time.
    const STRETCH: usize = 256;
    let profiles = |digests: &[Digest]| -> Vec<Profile> {
        digests
            .par_iter()
            .map(|digest| Profile::of(digest, furniture))
            .collect()
    };
    let mut ready: Vec<Profile> = Vec::new();
    for stretch in digests.chunks(STRETCH) {
        let now = std::mem::take(&mut ready);
        let ((), next) = rayon::join(
            || now.into_iter().for_each(&mut *take),
            || profiles(stretch),
        );
        ready = next;
    }
    ready.into_iter().for_each(take);
}

/// Digests of some reports, made on all processors.
pub fn digests(entries: &[(&Report, &Analysis)]) -> Vec<Digest> {
    // Long stretches, each with its own stems: most words are then looked at once.
    let stretch = entries
        .len()
        .div_ceil(2 * rayon::current_num_threads())
        .max(1);
    entries
        .par_chunks(stretch)
        .flat_map_iter(|entries| {
            let mut stems = Stems::default();
            let digests = entries
                .iter()
                .map(move |entry| Digest::of(entry.0, entry.1, &mut stems));
            digests.collect::<Vec<_>>()
        })
        .collect()
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
            Entry { vector, profile }
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
