//! Grouping of a whole stream into stories: B-cubed over the labelled reports.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::Value;
use variorum_model::Report;

use crate::data;
use crate::score::{brief, f1, row};

/// Scores both streams and prints the table.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    for (name, anchor) in [
        (
            "allsides-2012-2017",
            "plain TF-IDF 0.85, Miranda 0.924 (its own set); next >= 0.90",
        ),
        ("ecbplus-even-topics", "plain TF-IDF 0.87; next >= 0.93"),
    ] {
        let rows: Vec<Value> = data::rows(&folder.join(format!("stories/{name}.jsonl.gz")))?;
        let reports: Vec<Report> = rows.iter().map(data::report).collect();
        let gold: BTreeMap<&str, &str> = rows
            .iter()
            .filter_map(|row| Some((row["id"].as_str()?, row["story"].as_str()?)))
            .collect();
        let analysed = data::analysed(&reports);
        let start = Instant::now();
        let groups = variorum_collate::groups(&data::pairs(&analysed));
        let seconds = start.elapsed().as_secs_f64();
        let groups: Vec<Vec<usize>> = groups.into_iter().map(|group| group.reports).collect();
        let labels: Vec<(&str, usize)> = groups
            .iter()
            .enumerate()
            .flat_map(|(group, members)| members.iter().map(move |&i| (i, group)))
            .filter_map(|(i, group)| Some((*gold.get(reports[i].id.as_str())?, group)))
            .collect();
        let (precision, recall) = b_cubed(&labels);
        let figure = format!(
            "F1 {:.3}  P {precision:.3}  R {recall:.3}",
            f1(precision, recall)
        );
        row(&format!("{name} B-cubed"), figure, anchor);
        let speed = format!("{:.0} ({seconds:.2} s)", reports.len() as f64 / seconds);
        row("  grouping, reports a second", speed, "next >= 3000");
        let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
        row(
            "  stories, largest",
            format!("{}, {largest}", groups.len()),
            "",
        );
        if verbose {
            list(&reports, &gold, &groups);
        }
    }
    Ok(())
}

/// Precision and recall of (gold, group) labels, as means over the items.
fn b_cubed(labels: &[(&str, usize)]) -> (f64, f64) {
    let mut both = BTreeMap::<(&str, usize), usize>::new();
    let (mut by_gold, mut by_group) = (
        BTreeMap::<&str, usize>::new(),
        BTreeMap::<usize, usize>::new(),
    );
    for &(gold, group) in labels {
        *both.entry((gold, group)).or_default() += 1;
        *by_gold.entry(gold).or_default() += 1;
        *by_group.entry(group).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&(gold, group), &n) in &both {
        let weight = n as f64 * n as f64;
        precision += weight / by_group[&group] as f64;
        recall += weight / by_gold[gold] as f64;
    }
    let all = labels.len().max(1) as f64;
    (precision / all, recall / all)
}

fn list(reports: &[Report], gold: &BTreeMap<&str, &str>, groups: &[Vec<usize>]) {
    let label = |i: usize| gold.get(reports[i].id.as_str()).copied();
    let mut parts = BTreeMap::<&str, Vec<usize>>::new();
    for (group, members) in groups.iter().enumerate() {
        let labels: std::collections::BTreeSet<_> =
            members.iter().filter_map(|&i| label(i)).collect();
        for gold in &labels {
            parts.entry(gold).or_default().push(group);
        }
        if labels.len() > 1 {
            println!("  mixed group {group}: {labels:?}");
        }
    }
    for (gold, groups_of) in parts.iter().filter(|(_, groups)| groups.len() > 1) {
        println!("  split story {gold}");
        for &group in groups_of {
            for &i in groups[group].iter().filter(|&&i| label(i) == Some(*gold)) {
                let day = reports[i]
                    .published
                    .map(|p| p.to_string())
                    .unwrap_or_default();
                let title = reports[i].title.as_deref().unwrap_or(&reports[i].text);
                println!("      group {group} {day} {}", brief(title));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_of_a_split_and_a_mix() {
        let (precision, recall) = b_cubed(&[("x", 0), ("x", 0), ("x", 1), ("y", 1)]);
        assert!((precision - (1.0 + 1.0 + 0.5 + 0.5) / 4.0).abs() < 1e-9);
        assert!((recall - (2.0 / 3.0 * 2.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
    }
}
