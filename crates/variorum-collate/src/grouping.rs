//! Which reports tell one story.
//!
//! Each report becomes a sparse vector of stems, weighted by how often they stand in it (more in
//! the title and the opening, and when they are names) and by how rare they are, in English at
//! large and in the batch. Two reports are as alike as the cosine of their vectors, less the
//! further apart they were published. Alike pairs are found through an inverted index over each
//! report's heaviest stems, so that unrelated reports never meet. Then groups grow by average
//! linkage: the two groups whose reports are most alike on average join, until none are alike
//! enough. Ties are broken by the order of the reports, so the result depends on nothing else.

mod linkage;
mod vectors;

use std::collections::BTreeMap;

use variorum_model::{Analysis, Report};

use linkage::Edge;
use vectors::Vector;

/// How many of a report's heaviest stems are looked up in the index.
const PROBES: usize = 24;
/// The most reports that a report is compared with, those first that share the most weight.
const MOST_COMPARED: usize = 150;
/// Days after which two reports are half as alike as on one day.
const HALF_LIFE: f64 = 6.0;
/// Reports further apart than this, in days, are not compared.
const WINDOW: i32 = 21;
/// What stands for the days between when one of the two is undated.
const UNDATED: f64 = 0.8;
/// Groups whose reports are less alike on average stay apart.
const ALIKE: f64 = 0.165;
/// Reports at least this alike are taken for one text when groups are formed.
const SAME_TEXT: f64 = 0.9;

/// Groups of indexes into `entries`, each in ascending order.
pub(crate) fn groups(entries: &[(&Report, &Analysis)]) -> Vec<Vec<usize>> {
    let vectors = vectors::vectors(entries);
    let days: Vec<Option<i32>> = entries.iter().map(|(report, _)| day(report)).collect();
    let edges = edges(&vectors, &days);
    linkage::average(entries.len(), &edges, ALIKE, SAME_TEXT)
}

/// The publication day as a number of days.
fn day(report: &Report) -> Option<i32> {
    let date = report.published?.date();
    let since = date
        .since((jiff::Unit::Day, jiff::civil::Date::ZERO))
        .ok()?;
    Some(since.get_days())
}

/// How much the days between two reports leave of their likeness; `None` beyond the window.
fn nearness(a: Option<i32>, b: Option<i32>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => {
            let days = (a - b).abs();
            (days <= WINDOW).then(|| 0.5f64.powf(f64::from(days) / HALF_LIFE))
        }
        _ => Some(UNDATED),
    }
}

/// All pairs that can be alike, each once, the earlier report first.
fn edges(vectors: &[Vector], days: &[Option<i32>]) -> Vec<Edge> {
    let mut index: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut edges = Vec::new();
    let mut shared = vec![0.0f32; vectors.len()];
    for (i, vector) in vectors.iter().enumerate() {
        let mut met: Vec<usize> = Vec::new();
        for &(stem, weight) in vector.heaviest(PROBES) {
            let list = index.entry(stem).or_default();
            for &j in list.iter() {
                if shared[j] <= 0.0 {
                    met.push(j);
                }
                shared[j] += weight * vectors[j].weight(stem);
            }
            list.push(i);
        }
        met.retain(|&j| nearness(days[i], days[j]).is_some());
        met.sort_by(|&a, &b| shared[b].total_cmp(&shared[a]).then(a.cmp(&b)));
        for &j in met.iter().take(MOST_COMPARED) {
            let near = nearness(days[i], days[j]).unwrap_or(0.0);
            let alike = f64::from(vector.cosine(&vectors[j])) * near;
            if alike > ALIKE / 8.0 {
                edges.push(Edge { a: j, b: i, alike });
            }
        }
        for list in vector
            .heaviest(PROBES)
            .iter()
            .filter_map(|(stem, _)| index.get(stem))
        {
            for &j in list {
                shared[j] = 0.0;
            }
        }
    }
    edges
}
