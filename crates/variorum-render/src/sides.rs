//! The sides of a disagreement: what each says, and in which words.

use variorum_model::{
    Disagreement, DisagreementKind, Evidence, PartialDate, Side, StatementKind, Story,
};

use crate::{dates, quote, wordings};

/// What a side says, as it is shown: a date in words; a statement in quotation marks where its
/// report quotes the speaker; anything else as it is.
pub(crate) fn value(story: &Story, disagreement: &Disagreement, side: &Side) -> String {
    let line = quote::line(&side.value);
    match disagreement.kind {
        DisagreementKind::Date => line.parse::<PartialDate>().map_or(line, dates::long),
        DisagreementKind::Wording => match kind(story, disagreement, side) {
            Some(kind) if is_exact(side, &line) => wordings::shown(&line, kind),
            _ => line,
        },
        DisagreementKind::Reversal => match said_on(story, side) {
            Some(day) => format!("{}: {line}", dates::long(day)),
            None => line,
        },
        _ => line,
    }
}

/// The day of the statement whose words a side has.
fn said_on(story: &Story, side: &Side) -> Option<PartialDate> {
    let words = side.evidence.first()?;
    let holds = |e: &Evidence| e.report == words.report && e.span() == words.span();
    let mut statements = story.statements.iter();
    statements
        .find(|s| s.variants.iter().any(|v| v.spans.iter().any(holds)))
        .and_then(|s| s.said_on)
}

/// Whether a report of this side has exactly these words.
fn is_exact(side: &Side, words: &str) -> bool {
    let words = quote::bare(words);
    side.evidence
        .iter()
        .any(|e| quote::line(&e.exact).contains(&words))
}

/// How the statement that the sides differ on is given by this side's reports.
fn kind(story: &Story, disagreement: &Disagreement, side: &Side) -> Option<StatementKind> {
    let statement = story
        .statements
        .iter()
        .find(|s| s.id == disagreement.about)?;
    let of_side = |e: &Evidence| {
        let mut variants = statement.variants.iter().filter(|v| v.report == e.report);
        variants.find(|v| v.spans.iter().any(|s| s.span().overlap(e.span()) > 0))
    };
    side.evidence
        .iter()
        .find_map(of_side)
        .map(|variant| variant.kind)
}

/// The reports' words for a side, where they are more than its value says: report and words.
pub(crate) fn words_beside<'a>(side: &'a Side, value: &str) -> Vec<(&'a str, String)> {
    let value = quote::bare(value);
    side.evidence
        .iter()
        .map(|e| (e.report.as_str(), quote::line(&e.exact)))
        .filter(|(_, words)| quote::bare(words) != value)
        .map(|(report, words)| (report, quote::quoted(&words)))
        .collect()
}
