//! Weak statements: what an annotator may call an attribution, but a reader no statement.
//!
//! They stay in the analysis and are left out of story files.

use std::ops::Range;

use variorum_model::{Stance, StatementKind};
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;

use super::{Context, Found};

/// Whether nothing is quoted, and nobody is named, no known verb of saying, thinking or demanding tells it, one
/// word is all there is, or the words make no statement.
pub(super) fn is_weak(context: &Context<'_>, found: &Found) -> bool {
    let (Some(source), Some(cue), [first, rest @ ..]) =
        (&found.source, &found.cue, found.content.as_slice())
    else {
        return super::kind(context, found) == StatementKind::Indirect;
    };
    if is_condition(context, source) || is_cut_pronoun(context, source) {
        return true;
    }
    let content = context.doc.tokens_in(first.clone());
    let known = !context.cues_in(cue.clone()).is_empty();
    let short = rest.is_empty() && content.len() < 2;
    super::kind(context, found) == StatementKind::Indirect
        && (!known
            || short
            || found.stance == Stance::Asserts && is_broken(context, &content)
            || is_reduced(context, source, cue)
            || is_aside(context, source, cue))
}

/// "(a video) that seems to show", "(if it wants) to, the court": no clause of its own.
fn is_broken(context: &Context<'_>, content: &Range<usize>) -> bool {
    let relation = context.syntax.relations[content.start];
    match context.lower(content.start).as_str() {
        "that" => relation.is_subject(),
        "to" => context.is_mark(content.start + 1),
        _ => false,
    }
}

/// "If they did not support it": nobody has said so.
fn is_condition(context: &Context<'_>, source: &Range<usize>) -> bool {
    let before = source.start.checked_sub(1).map(|t| context.lower(t));
    before.is_some_and(|word| word == "if" || word == "unless")
}

/// "(The news that) he'll (be gone suggests)": a pronoun with its verb is no source.
fn is_cut_pronoun(context: &Context<'_>, source: &Range<usize>) -> bool {
    source.len() == 1 && context.lower(source.start).contains('\'')
}

/// "(two men) alleged to have paid", "with the Council expected to meet": whoever stands in front of the participle
/// did not say it.
fn is_reduced(context: &Context<'_>, source: &Range<usize>, cue: &Range<usize>) -> bool {
    let syntax = context.syntax;
    let with = source.start > 0 && context.lower(source.start - 1) == "with";
    source.end == cue.start
        && (with || syntax.relations[cue.start] == Relation::NounClause)
        && matches!(syntax.tags[cue.start], Tag::VerbParticiple | Tag::VerbPast)
}

/// "(Weber of Velmar,) where the church stands, (said)": the source belongs to an aside.
fn is_aside(context: &Context<'_>, source: &Range<usize>, cue: &Range<usize>) -> bool {
    let before = source.start.checked_sub(1).map(|t| context.lower(t));
    let opens =
        before.is_some_and(|word| ["where", "which", "whose", "whom"].contains(&word.as_str()));
    opens && (source.end..cue.start).any(|t| context.doc.word(t) == ",")
}
