//! A story's statements as a reader meets them: grouped by speaker, each with its distinct
//! wordings, so that ten copies of one wording are shown once.

use std::collections::BTreeMap;

use variorum_model::{Speaker, Stance, Statement, StatementKind, Story, Variant, Wording};

use crate::diff::{self, Piece};
use crate::{quote, words};

/// What one speaker said.
pub(crate) struct Said<'a> {
    /// Who; `None` when the reports name nobody.
    pub(crate) speaker: Option<&'a Speaker>,
    /// The statements with their places in the story, most widely reported first.
    pub(crate) statements: Vec<(usize, &'a Statement)>,
}

/// One wording, and who has it.
pub(crate) struct WordingGroup<'a> {
    /// One line, without quotation marks around the whole.
    pub(crate) words: String,
    /// The same in pieces, differing words apart.
    pub(crate) pieces: Vec<Piece>,
    /// How it is given.
    pub(crate) kind: StatementKind,
    /// What to set in front of it; empty when it is asserted.
    pub(crate) cue: String,
    /// Whether it is the one at the head of the statement.
    pub(crate) is_best: bool,
    /// The reports' variants with this wording.
    pub(crate) variants: Vec<&'a Variant>,
}

/// How many statements stand among the others, or are folded away as less certain.
pub(crate) fn number(story: &Story, folded: bool) -> usize {
    let statements = story.statements.iter();
    statements.filter(|s| s.folded == folded).count()
}

/// The statements that are folded away or those that are not, by speaker: who is most widely reported first, the
/// unnamed last.
pub(crate) fn by_speaker(story: &Story, folded: bool) -> Vec<Said<'_>> {
    let mut groups: BTreeMap<Option<(&str, Option<&str>)>, Said<'_>> = BTreeMap::new();
    let all = story.statements.iter().enumerate();
    for (at, statement) in all.filter(|(_, statement)| statement.folded == folded) {
        let speaker = statement.speaker.as_ref();
        let key = speaker.map(|s| (s.name.as_str(), s.party.as_deref()));
        groups
            .entry(key)
            .or_insert_with(|| Said {
                speaker,
                statements: Vec::new(),
            })
            .statements
            .push((at, statement));
    }
    let mut said: Vec<Said<'_>> = groups.into_values().collect();
    for group in &mut said {
        group
            .statements
            .sort_by_key(|(_, s)| std::cmp::Reverse(s.report_count));
    }
    said.sort_by_key(|group| {
        let most = group.statements.first().map_or(0, |(_, s)| s.report_count);
        let reach = (group.statements.len(), most);
        (group.speaker.is_none(), std::cmp::Reverse(reach))
    });
    said
}

/// The report of each variant and the medium that it names.
pub(crate) fn media(statement: &Statement) -> impl Iterator<Item = (&str, Option<&str>)> {
    let speaker = statement.speaker.as_ref().map(|s| s.name.as_str());
    statement.variants.iter().map(move |v| {
        // What Reuters itself says is not told by Reuters.
        let via = v.via.as_deref().filter(|via| Some(*via) != speaker);
        (v.report.as_str(), via)
    })
}

/// The distinct wordings of a statement, the best one first, then in the order of the reports.
pub(crate) fn wordings(statement: &Statement) -> Vec<WordingGroup<'_>> {
    let best = without_gaps(&quote::bare(&statement.exact));
    let mut groups: Vec<WordingGroup<'_>> = Vec::new();
    let mut known: BTreeMap<(String, StatementKind, String), usize> = BTreeMap::new();
    for variant in &statement.variants {
        let words = variant_words(variant);
        let cue = cue(statement.stance, variant);
        let at = *known
            .entry((words.clone(), variant.kind, cue.clone()))
            .or_insert_with(|| {
                groups.push(WordingGroup {
                    is_best: without_gaps(&words) == best,
                    words,
                    pieces: Vec::new(),
                    kind: variant.kind,
                    cue,
                    variants: Vec::new(),
                });
                groups.len() - 1
            });
        groups[at].variants.push(variant);
    }
    groups.sort_by_key(|group| !group.is_best);
    mark(&mut groups, &best, statement.wording);
    groups
}

/// Marks what the wordings do not share: the others against the best, the best against all others.
fn mark(groups: &mut [WordingGroup<'_>], best: &str, wording: Option<Wording>) {
    let others: Vec<String> = groups
        .iter()
        .filter(|g| !g.is_best)
        .map(|g| g.words.clone())
        .collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    for group in groups {
        group.pieces = match (wording, group.is_best) {
            (Some(Wording::Same) | None, _) => diff::against(&group.words, &[]),
            (_, true) => diff::against(&group.words, &others),
            (_, false) => diff::against(&group.words, &[best]),
        };
    }
}

/// A variant's words in one line; an ellipsis stands where the report interrupts them.
pub(crate) fn variant_words(variant: &Variant) -> String {
    let parts: Vec<String> = variant
        .spans
        .iter()
        .map(|span| quote::line(&span.exact))
        .collect();
    quote::bare(&parts.join(" … "))
}

/// The words without the ellipses that stand where a report interrupts them.
fn without_gaps(words: &str) -> String {
    words
        .split(' ')
        .filter(|word| *word != "…")
        .collect::<Vec<_>>()
        .join(" ")
}

/// The report of a statement that only one carries.
pub(crate) fn only_report(statement: &Statement) -> Option<&str> {
    let first = statement.variants.first()?.report.as_str();
    statement
        .variants
        .iter()
        .all(|v| v.report == first)
        .then_some(first)
}

/// How the best wording is given: as the report that it was cut from gives it.
pub(crate) fn best_kind(statement: &Statement) -> StatementKind {
    best_variant(statement).map_or(StatementKind::Indirect, |v| v.kind)
}

fn best_variant(statement: &Statement) -> Option<&Variant> {
    let best = without_gaps(&quote::bare(&statement.exact));
    let variants = &statement.variants;
    variants
        .iter()
        .find(|v| without_gaps(&variant_words(v)) == best)
        .or_else(|| {
            variants
                .iter()
                .find(|v| without_gaps(&variant_words(v)).contains(&best))
        })
        .or_else(|| variants.first())
}

/// The head of a statement: its best wording as it may be shown, behind the words that deny, doubt or ask it.
pub(crate) fn head(statement: &Statement) -> String {
    let words = shown(&statement.exact, best_kind(statement));
    let cue = best_variant(statement).map(|v| cue(statement.stance, v));
    format!("{}{words}", cue.unwrap_or_default())
}

/// What stands in front of words that their speaker does not assert: the saying words of the report, "denied ",
/// with a colon where the report does not go on with the words behind them. Empty for what is asserted.
fn cue(stance: Stance, variant: &Variant) -> String {
    if stance == Stance::Asserts {
        return String::new();
    }
    let Some(cue) = &variant.cue else {
        return format!("{}: ", words::stance(stance));
    };
    let first = variant.spans.first();
    let goes_on = first.is_some_and(|words| (cue.end..=cue.end + 1).contains(&words.start));
    let colon = if goes_on { "" } else { ":" };
    format!("{}{colon} ", quote::line(&cue.exact))
}

/// The words as they may be shown: in quotation marks only when the report quotes the speaker. A
/// paraphrase in quotation marks would put the reporter's words into the speaker's mouth.
pub(crate) fn shown(words: &str, kind: StatementKind) -> String {
    match kind {
        StatementKind::Direct => quote::quoted(words),
        StatementKind::Indirect | StatementKind::Mixed => quote::line(words),
    }
}
