//! Relative pronouns: the noun that "who" stands for.

use std::ops::Range;

use variorum_text::parser::Relation;

use super::super::Context;

/// Whether a lower-case word can begin a relative clause.
pub(in super::super) fn is_relative(lower: &str) -> bool {
    ["who", "which", "that"].contains(&lower)
}

/// The words that a relative pronoun stands for: what the clause of "who" hangs on.
pub(super) fn antecedent(context: &Context<'_>, pronoun: usize) -> Option<Range<usize>> {
    let syntax = context.syntax;
    let mut at = pronoun;
    for _ in 0..4 {
        let is_clause = syntax.relations[at] == Relation::RelativeClause;
        let Some(head) = syntax.heads[at] else { break };
        at = head;
        if is_clause {
            let noun = syntax.phrase(at);
            return (noun.start < pronoun).then(|| noun.start..noun.end.min(pronoun));
        }
    }
    // The parser missed the clause: the noun in front of the pronoun.
    let before = pronoun.checked_sub(1)?;
    let before = if context.doc.word(before) == "," {
        before.checked_sub(1)?
    } else {
        before
    };
    // "Records on Monday that showed": not the day.
    let before = context.time_of[before].map_or(before, |time| {
        let first = context
            .doc
            .tokens_in(context.times[time].range.clone())
            .start;
        let preposition = usize::from(
            ["on", "in", "at"].contains(&context.lower(first.saturating_sub(1)).as_str()),
        );
        first.saturating_sub(1 + preposition)
    });
    let same = syntax.sentences[before] == syntax.sentences[pronoun];
    (same && !context.is_mark(before)).then(|| {
        let noun = syntax.phrase(before);
        noun.start..before + 1
    })
}
