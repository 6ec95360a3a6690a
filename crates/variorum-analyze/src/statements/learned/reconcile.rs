//! Two readings of one statement: what the rules read better than the labeller.

use std::ops::Range;

use variorum_model::StatementKind;
use variorum_text::ranges::Ranges;

use super::super::content::trim;
use super::super::{Context, Found, kind};
use crate::cues::{Cue, Group};

/// Takes from the rule's reading of the same cue what rules read better: quotations, a content that the
/// report interrupts or ends with who reports it, the words behind the person who is told or behind a colon, and
/// where a source begins behind other words.
pub(super) fn reconcile(context: &Context<'_>, one: &mut Found, rule: &Found) {
    if let (Some(mine), Some(its)) = (&one.source, &rule.source)
        && its.start > mine.start
        && its.end == mine.end
        && context.is_mark(its.start - 1)
    {
        one.source = Some(its.clone());
        // What stood in front of the source belongs to what is said: "... the carrier Ottoline, the board found".
        let (mine, its) = (one.content.last(), rule.content.last());
        if let (Some(mine), Some(its)) = (mine, its)
            && its.end > mine.end
            && meet((mine, its))
            && let Some(last) = one.content.last_mut()
        {
            last.end = its.end;
        }
    }
    let (Some(mine), Some(its)) = (one.content.first(), rule.content.first()) else {
        return;
    };
    let between = mine.start.min(its.start)..its.start;
    let rule_cue = rule.cue.clone().unwrap_or_default();
    let told = context
        .cues_in(rule_cue.clone())
        .iter()
        .any(|cue| cue.is(Group::Tell) && cue.tokens == rule_cue);
    let before = &context.doc.text[between];
    let behind_other_words = one.content.len() == 1
        && meet((mine, its))
        && its.end.abs_diff(mine.end) < SLACK
        && (before.ends_with(" that ") && (told || tells_where(before)) || before.ends_with(": "));
    // "... to hold talks, informs our correspondent": the end tells who reports it.
    let tail = its.end..mine.end.max(its.end);
    let reported = context.doc.text[tail.clone()].starts_with(',')
        && !context.cues_in(context.doc.tokens_in(tail)).is_empty();
    let holds = |r: &Range<usize>| r.start <= mine.start && r.end + SLACK > mine.end;
    let split = rule.content.len() > one.content.len() && rule.content.iter().any(holds);
    let quoted = is_quotation(context, rule) && same(one, rule);
    let its_end = its.end;
    if behind_other_words || reported || split || quoted {
        one.content.clone_from(&rule.content);
        one.at = rule.at;
    } else if lacks_day(context, one, rule)
        && let Some(last) = one.content.last_mut()
    {
        last.end = its_end;
    }
}

/// Whether nothing but a day parts the end of a content from where the rule sees it: "(to meet) |on Friday, March 13".
fn lacks_day(context: &Context<'_>, one: &Found, rule: &Found) -> bool {
    let ([mine], [its]) = (one.content.as_slice(), rule.content.as_slice()) else {
        return false;
    };
    let rest = mine.end..its.end.max(mine.end);
    let mut tokens = context.doc.tokens_in(rest.clone());
    meet((mine, its))
        && !rest.is_empty()
        && tokens.all(|t| {
            let preposition = ["on", "in", "at", "by"].contains(&context.lower(t).as_str());
            context.time_of[t].is_some() || context.is_mark(t) || preposition
        })
}

/// Whether words in front of a content tell where it was said: "(said) in their ruling that".
fn tells_where(before: &str) -> bool {
    let first = before.split(' ').next().unwrap_or_default();
    ["in", "at", "on", "during"].contains(&first) && before.len() < 60
}

/// Takes out of a content the sentences in which another statement stands whole.
pub(super) fn carve(context: &Context<'_>, one: &mut Found, other: &Found) {
    let doc = context.doc;
    let (Some(first), Some(last), Some(cue)) =
        (other.content.first(), other.content.last(), &other.cue)
    else {
        return;
    };
    let cue = doc.bytes(cue.clone());
    if !one.content.iter().any(|mine| meet((mine, &cue))) {
        return;
    }
    let sentence = |byte: usize| {
        doc.sentence_at(byte)
            .map(|s| doc.sentences[s].range.clone())
    };
    let start = sentence(first.start.min(cue.start)).map_or(first.start, |s| s.start);
    let end = sentence(last.end.max(cue.end) - 1).map_or(last.end, |s| s.end);
    let pieces = one.content.iter().flat_map(|mine| {
        let before = mine.start..mine.end.min(start);
        let behind = mine.start.max(end)..mine.end;
        [before, behind]
    });
    one.content = pieces
        .filter(|piece| piece.start < piece.end)
        .map(|piece| trim(context, piece))
        .filter(|piece| !piece.is_empty())
        .collect();
}

/// Whether words of the report are followed by who says them: "..., Weber said".
pub(super) fn is_told_behind(context: &Context<'_>, rule: &Found) -> bool {
    let (Some(cue), Some(source), Some(last)) = (&rule.cue, &rule.source, rule.content.last())
    else {
        return false;
    };
    let says = |c: &&Cue| c.tokens == *cue && (c.is(Group::Say) || c.is(Group::Clause));
    let behind = last.end
        <= context
            .doc
            .bytes(source.start.min(cue.start)..source.end)
            .start;
    behind && !rule.elided && context.cues_in(cue.clone()).iter().any(|c| says(&c))
}

/// A quotation with its speaker, as the rules find it.
pub(super) fn is_quotation(context: &Context<'_>, rule: &Found) -> bool {
    rule.source.is_some() && !rule.elided && kind(context, rule) == StatementKind::Direct
}

/// The byte at which the cue of a statement begins.
pub(super) fn cue_start(context: &Context<'_>, one: &Found) -> usize {
    let cue = one.cue.clone().unwrap_or_default();
    context.doc.bytes(cue).start
}

/// Where statements lie: by the bytes of their contents, and by the tokens of their cues.
pub(super) struct Lying {
    contents: Ranges,
    cues: Ranges,
}

impl Lying {
    pub(super) fn of(found: &[Found]) -> Self {
        Lying {
            contents: Ranges::of(found.iter().map(|one| &one.content)),
            cues: Ranges::of(found.iter().map(|one| &one.cue)),
        }
    }

    /// The first statement that has words of its cue in common with another.
    pub(super) fn sharing_cue(&self, one: &Found) -> Option<usize> {
        self.cues.first(&one.cue, |_| true)
    }

    /// The first statement that shares words of its content or of its cue with another, and fits.
    pub(super) fn same(&self, one: &Found, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let contents = self.contents.first(&one.content, &fits);
        let cues = self.cues.first(&one.cue, &fits);
        contents.into_iter().chain(cues).min()
    }

    /// The statements in whose content a cue stands, or a part of it.
    pub(super) fn meeting_cue(
        &self,
        context: &Context<'_>,
        one: &Found,
    ) -> impl Iterator<Item = usize> {
        let cue = one.cue.clone().map(|cue| context.doc.bytes(cue));
        cue.into_iter().flat_map(|cue| self.contents.meeting(cue))
    }

    /// The statements in whose content a byte lies.
    pub(super) fn around(&self, byte: usize) -> impl Iterator<Item = usize> {
        self.contents.meeting(byte..byte + 1)
    }
}

/// Whether two statements share words of their contents or of their cues.
pub(super) fn same(one: &Found, other: &Found) -> bool {
    let contents = one.content.iter();
    let mut contents = contents.flat_map(|a| other.content.iter().map(move |b| (a, b)));
    let cues = one.cue.as_ref().zip(other.cue.as_ref());
    contents.any(meet) || cues.is_some_and(meet)
}

/// How many bytes two readings of one end may differ: a stop and a mark.
const SLACK: usize = 4;

fn meet((a, b): (&Range<usize>, &Range<usize>)) -> bool {
    a.start < b.end && b.start < a.end
}
