//! Document frequencies of stems, over the treebanks and the training half of the news reports.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use variorum_text::stem::stem;
use variorum_text::tokens::{TokenKind, tokens};
use variorum_text::words::fold;

/// How many stems the file keeps, the commonest first.
const KEPT: usize = 8000;
/// A treebank text shorter than this is joined to the next one, so that short web posts do not make
/// every word look rare.
const SHORTEST: usize = 2500;

/// Counts and writes the table.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let mut mixed = Vec::new();
    for name in ["gum-train", "gum-dev", "ewt-train", "ewt-dev"] {
        treebank(&data.join(format!("syntax/{name}.conllu.gz")), &mut mixed)?;
    }
    let mut news = Vec::new();
    let reports = crate::read_gzip(&data.join("statements/polnear-train.jsonl.gz"))?;
    for line in reports.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        news.push(row["text"].as_str().unwrap_or_default().to_owned());
    }
    let (in_mixed, in_news) = (counts(&mixed), counts(&news));
    let rarity = |counts: &BTreeMap<String, usize>, texts: &[String], stem: &str| {
        let count = counts.get(stem).copied().unwrap_or(0) as f64;
        -((count + 0.5) / (texts.len() as f64 + 0.5)).ln()
    };
    let mut ranked: Vec<(f64, &str)> = in_mixed
        .keys()
        .chain(in_news.keys())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|stem| {
            let sum = rarity(&in_mixed, &mixed, stem) + rarity(&in_news, &news, stem);
            (sum / 2.0, stem.as_str())
        })
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    ranked.truncate(KEPT);
    ranked.sort_by_key(|&(_, stem)| stem);
    let mut table = String::new();
    for (rarity, stem) in &ranked {
        writeln!(table, "{stem}\t{:.2}", rarity.abs())?;
    }
    std::fs::write(output, table).with_context(|| output.display().to_string())?;
    println!("{} stems -> {}", ranked.len(), output.display());
    Ok(())
}

/// In how many texts each stem stands.
fn counts(texts: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for stem in stems(text) {
            *counts.entry(stem).or_default() += 1;
        }
    }
    counts
}

fn stems(text: &str) -> BTreeSet<String> {
    tokens(text)
        .iter()
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| stem(&fold(token.of(text))))
        .collect()
}

fn treebank(path: &Path, texts: &mut Vec<String>) -> Result<()> {
    let mut text = String::new();
    for line in crate::read_gzip(path)?.lines() {
        if line.starts_with("# newdoc") && text.len() >= SHORTEST {
            texts.push(std::mem::take(&mut text));
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            text.push_str(sentence);
            text.push('\n');
        }
    }
    texts.push(text);
    Ok(())
}
