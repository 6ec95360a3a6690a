//! The machine-made analysis of PolNeAR's training half: sentences, tags and names by CoreNLP.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

/// One analysed report.
pub(crate) struct Analysed {
    pub(crate) text: String,
    pub(crate) sentences: Vec<Vec<Word>>,
}

/// One word as CoreNLP sees it.
pub(crate) struct Word {
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Tag of the Penn Treebank.
    pub(crate) tag: String,
    /// Kind of name, "O" for none.
    pub(crate) name: String,
}

/// All reports, in the order of the file.
pub(crate) fn reports(data: &Path) -> Result<Vec<Analysed>> {
    let texts = crate::read_gzip(&data.join("statements/polnear-train.jsonl.gz"))?;
    let analyses = crate::read_gzip(&data.join("syntax/polnear-train-corenlp.jsonl.gz"))?;
    let mut by_id = BTreeMap::new();
    for line in texts.lines() {
        let row: Value = serde_json::from_str(line)?;
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        by_id.insert(id, row["text"].as_str().unwrap_or_default().to_owned());
    }
    let mut found = Vec::new();
    for line in analyses.lines() {
        let row: Value = serde_json::from_str(line)?;
        let Some(text) = by_id.remove(row["id"].as_str().unwrap_or_default()) else {
            continue;
        };
        let bytes: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let sentences = row["sentences"].as_array().into_iter().flatten();
        let sentences = sentences
            .map(|sentence| {
                let words = sentence.as_array().into_iter().flatten();
                words.filter_map(|parts| word(parts, &bytes)).collect()
            })
            .collect();
        found.push(Analysed { text, sentences });
    }
    Ok(found)
}

fn word(parts: &Value, bytes: &[usize]) -> Option<Word> {
    Some(Word {
        start: *bytes.get(parts[0].as_u64()? as usize)?,
        end: *bytes.get(parts[1].as_u64()? as usize)?,
        tag: parts[3].as_str()?.to_owned(),
        name: parts[4].as_str()?.to_owned(),
    })
}
