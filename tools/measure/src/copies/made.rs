//! Copies made from real reports, always the same ones: cut to a part of their sentences, in another
//! order, with words replaced or dropped, another dateline and credit, and sentences of other reports.

use variorum_model::Report;
use variorum_text::Document;

/// How many reports are copied.
const COPIED: usize = 300;
/// How many others stand among them.
const OTHERS: usize = 5000;
/// Reports of fewer sentences are not copied: a tenth of one is nothing.
const LEAST_SENTENCES: usize = 6;

/// The reports and what is known of them.
pub(super) struct Made {
    /// The originals, the copies (called `copy-N` after the original's place) and the others.
    pub reports: Vec<Report>,
    /// Ids of each original and its copy.
    pub pairs: Vec<(String, String)>,
}

/// Makes the set from a stream of reports.
pub(super) fn made(stream: &[Report]) -> Made {
    let mut chance = Chance(0x005e_ed0f_c091_e500);
    let step = stream.len() / COPIED;
    let mut originals: Vec<usize> = Vec::new();
    for start in (0..COPIED).map(|i| i * step) {
        let mut within = start..start + step;
        let long = within.find(|&i| sentences(&stream[i].text).len() >= LEAST_SENTENCES);
        originals.extend(long);
    }
    let vocabulary: Vec<&str> = stream
        .iter()
        .step_by(50)
        .flat_map(|report| report.text.split_whitespace())
        .filter(|word| word.chars().all(char::is_alphabetic))
        .collect();
    let mut reports: Vec<Report> = Vec::new();
    let mut pairs = Vec::new();
    for &original in &originals {
        let copy = copy(stream, original, &vocabulary, &mut chance);
        pairs.push((stream[original].id.clone(), copy.id.clone()));
        reports.extend([stream[original].clone(), copy]);
    }
    let others = stream
        .iter()
        .enumerate()
        .filter(|(i, _)| !originals.contains(i));
    reports.extend(others.take(OTHERS).map(|(_, report)| report.clone()));
    Made { reports, pairs }
}

fn copy(stream: &[Report], original: usize, vocabulary: &[&str], chance: &mut Chance) -> Report {
    let text = &stream[original].text;
    let all = sentences(text);
    let kept = (all.len() as f64 * (0.3 + 0.6 * chance.part())).round() as usize;
    let mut chosen: Vec<usize> = (0..all.len()).collect();
    chance.shuffle(&mut chosen);
    chosen.truncate(kept.max(2));
    chosen.sort_unstable();
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    let mut last = None;
    for &i in &chosen {
        let (paragraph, sentence) = all[i];
        if last != Some(paragraph) {
            paragraphs.push(Vec::new());
        }
        last = Some(paragraph);
        if let Some(sentences) = paragraphs.last_mut() {
            sentences.push(changed(sentence, vocabulary, chance));
        }
    }
    for _ in 0..2 + chance.below(5) {
        let donor = chance.below(stream.len());
        let theirs = sentences(&stream[donor].text);
        if donor != original && !theirs.is_empty() {
            paragraphs.push(vec![theirs[chance.below(theirs.len())].1.to_owned()]);
        }
    }
    chance.shuffle(&mut paragraphs);
    let paragraphs: Vec<String> = paragraphs.iter().map(|p| p.join(" ")).collect();
    let place = ["HARTFORD", "DENVER", "OSLO", "LYON"][chance.below(4)];
    let agency = ["Northern Wire", "Coast News Agency", "Meridian Press"][chance.below(3)];
    let text = format!(
        "{place} ({agency}) — {}\n{agency} staff in {place} worked on this page.",
        paragraphs.join("\n")
    );
    Report {
        id: format!("copy-{original}"),
        outlet: Some(format!("The {place} Observer")),
        url: None,
        text,
        ..stream[original].clone()
    }
}

/// One word in ten replaced or dropped.
fn changed(sentence: &str, vocabulary: &[&str], chance: &mut Chance) -> String {
    let mut words = Vec::new();
    for word in sentence.split_whitespace() {
        match chance.below(20) {
            0 => {}
            1 => words.push(vocabulary[chance.below(vocabulary.len())]),
            _ => words.push(word),
        }
    }
    words.join(" ")
}

/// The sentences of a text with their paragraphs.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let doc = Document::new(text, None);
    let sentences = doc.sentences.iter();
    sentences
        .map(|sentence| (sentence.paragraph, &text[sentence.range.clone()]))
        .collect()
}

/// Chance that is the same every time (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
