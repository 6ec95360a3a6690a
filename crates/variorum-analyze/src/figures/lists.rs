//! The word lists of `data/en/figures.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words;

#[derive(Deserialize)]
pub(super) struct Words {
    pub outcomes: BTreeSet<String>,
    pub auxiliaries: BTreeSet<String>,
    pub stops: BTreeSet<String>,
    pub links: BTreeSet<String>,
    pub empty: BTreeSet<String>,
    pub anyone: BTreeSet<String>,
    pub nobody: BTreeSet<String>,
    pub plurals: BTreeSet<String>,
    pub singles: BTreeSet<String>,
    pub aged: BTreeSet<String>,
    pub groups: BTreeSet<String>,
    pub counts: BTreeSet<String>,
    pub rises: BTreeSet<String>,
    pub not_subjects: BTreeSet<String>,
    pub light_verbs: BTreeSet<String>,
    pub lasting: BTreeSet<String>,
    pub when_before: BTreeSet<String>,
    pub when_behind: BTreeSet<String>,
    pub periods: BTreeSet<String>,
    #[cfg(test)]
    pub example: Vec<super::tests::Example>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| words::data("figures.toml", include_str!("../../data/en/figures.toml")));
