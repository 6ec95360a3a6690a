//! Names of people, organisations and places against Universal NER's English Web Treebank.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;
use variorum_model::{NameKind, Span};

use crate::data;
use crate::score::{Counts, row};

const KINDS: [(&str, NameKind); 3] = [
    ("PER", NameKind::Person),
    ("ORG", NameKind::Organization),
    ("LOC", NameKind::Place),
];

/// A text of the treebank with its names.
struct Gold {
    text: String,
    names: Vec<(Span, NameKind)>,
}

/// Prints exact F1 of spans with their kind.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    let path = folder.join("syntax/uner-ewt-dev.iob2");
    let content = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let golds: Vec<Gold> = content
        .split("# newdoc")
        .map(gold)
        .filter(|gold| !gold.text.is_empty())
        .collect();
    let reports: Vec<_> = golds
        .iter()
        .enumerate()
        .map(|(i, gold)| data::report(&json!({ "id": i.to_string(), "text": gold.text })))
        .collect();
    let mut counts = [Counts::default(); KINDS.len()];
    for (gold, analysis) in golds.iter().zip(data::analyses(&reports)) {
        let found: Vec<(Span, NameKind)> = analysis
            .names
            .iter()
            .map(|name| {
                let (start, end) = (name.start, name.end);
                (Span { start, end }, name.kind)
            })
            .collect();
        for (kind, counts) in KINDS.iter().map(|k| k.1).zip(&mut counts) {
            let of = |list: &[(Span, NameKind)]| -> Vec<Span> {
                list.iter().filter(|n| n.1 == kind).map(|n| n.0).collect()
            };
            let (gold, shown) = (of(&gold.names), of(&found));
            let both = gold.iter().filter(|span| shown.contains(span)).count();
            *counts += Counts::of(gold.len(), shown.len(), both);
        }
        if verbose {
            list(gold, &found);
        }
    }
    for (name, counts) in KINDS.iter().map(|k| k.0).zip(counts) {
        row(&format!("{name} exact"), counts, "");
    }
    let all = counts.into_iter().fold(Counts::default(), |a, b| a + b);
    row("all exact", all, "next >= 0.72");
    Ok(())
}

/// The sentences of a document, one a line, and the names in them.
fn gold(block: &str) -> Gold {
    let mut gold = Gold {
        text: String::new(),
        names: Vec::new(),
    };
    let (mut line_start, mut at) = (0, 0);
    let mut sentence: Vec<char> = Vec::new();
    for line in block.lines() {
        if let Some(text) = line.strip_prefix("# text = ") {
            if !gold.text.is_empty() {
                gold.text.push('\n');
            }
            line_start = gold.text.chars().count();
            gold.text.push_str(text);
            sentence = text.chars().collect();
            at = 0;
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, word, label, ..] = columns[..] else {
            continue;
        };
        while sentence.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        let start = line_start + at;
        at += word.chars().count();
        let end = line_start + at;
        let kind = |name: &str| KINDS.iter().find(|k| k.0 == name).map(|k| k.1);
        match (label.split_once('-'), gold.names.last_mut()) {
            (Some(("I", _)), Some(last)) => last.0.end = end,
            (Some((_, name)), _) => {
                gold.names
                    .extend(kind(name).map(|kind| (Span { start, end }, kind)));
            }
            (None, _) => {}
        }
    }
    gold
}

fn list(gold: &Gold, found: &[(Span, NameKind)]) {
    let text: Vec<char> = gold.text.chars().collect();
    let words = |span: Span| text[span.start..span.end].iter().collect::<String>();
    let listed = |kind| KINDS.iter().any(|k| k.1 == kind);
    for name in gold.names.iter().filter(|name| !found.contains(name)) {
        println!("  missed {:?} {:?}", name.1, words(name.0));
    }
    for name in found
        .iter()
        .filter(|n| listed(n.1) && !gold.names.contains(n))
    {
        println!("  shown  {:?} {:?}", name.1, words(name.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_places_in_the_joined_sentences() {
        let block = "\n# text = Hi, Bob\n1\tHi\tO\n2\t,\tO\n3\tBob\tB-PER\n\n# text = New York won\n1\tNew\tB-ORG\n2\tYork\tI-ORG\n3\twon\tO\n";
        let gold = gold(block);
        assert_eq!(gold.text, "Hi, Bob\nNew York won");
        let span = |start, end| Span { start, end };
        assert_eq!(
            gold.names,
            [
                (span(4, 7), NameKind::Person),
                (span(8, 16), NameKind::Organization)
            ]
        );
    }
}
