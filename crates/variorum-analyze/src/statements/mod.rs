//! Who said what: source, cue and content of every statement, and its speaker.
//!
//! Most are found by the trained labeller ([`learned`]). Where it finds nothing, rules look again, cue by
//! cue: [`source`] finds the noun phrase that says (before the cue,
//! or behind it: "said the minister"), [`content`] the words that are said, on the side where they
//! stand ([`sides`]). Quotations that no cue claims go to whoever speaks before them ([`speech`], which also
//! reads paragraphs that a line "Name, role" marks as speech). At last [`speakers`] tells whom each
//! source means.

mod accurate;
mod content;
mod learned;
mod named;
mod sides;
mod source;
mod speakers;
mod speech;
mod stance;
#[cfg(test)]
mod tests;
mod turns;
mod weak;

use std::ops::Range;

use variorum_encoder::Encoder;
use variorum_model::{Attribution, CodePoints, Proposition, Span, Speaker, Stance, StatementKind};
use variorum_text::outlets::Outlets;
use variorum_text::quotations::{Quotation, quotations};
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::times::TimeExpression;
use variorum_text::{Document, TokenKind};

use crate::certainty::{Features, certainty};
use crate::cues::{Cue, Form, Group};
use crate::names::Mention;
use crate::via::{self, Via};
pub(crate) use named::Chosen;
use speakers::Known;

/// A text with all that is known about it before statements are looked for.
pub(crate) struct Context<'a> {
    pub doc: &'a Document<'a>,
    pub syntax: &'a Syntax<'a>,
    pub cues: &'a [Cue],
    pub mentions: &'a [Mention],
    pub times: &'a [TimeExpression],
    outlets: &'a Outlets,
    quotations: Vec<Quotation>,
    /// For each token the quotation that it stands in.
    quotation_of: Vec<Option<usize>>,
    /// For each token the mention that it belongs to, title included.
    mention_of: Vec<Option<usize>>,
    /// For each token the time expression that it belongs to.
    time_of: Vec<Option<usize>>,
}

/// A statement, with its parts as tokens and its content as bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    source: Option<Range<usize>>,
    /// The subject stands elsewhere in the sentence ("X said A, adding that B").
    elided: bool,
    cue: Option<Range<usize>>,
    content: Vec<Range<usize>>,
    /// The tokens of source, cue and what belongs to them, where a time tells when it was said.
    frame: Range<usize>,
    /// The medium named beside the cue.
    via: Option<String>,
    /// How the source stands to it.
    stance: Stance,
    /// Nobody has said it.
    unsaid: bool,
    /// Where it stands, for order.
    at: usize,
}

/// A statement with all that is told of it.
struct Arbitrated {
    found: Found,
    speaker: Option<Speaker>,
    kind: StatementKind,
    weak: bool,
    /// The thoughts in it, where they are told apart.
    parts: Option<Vec<Part>>,
}

/// A thought in a statement.
struct Part {
    /// Its words, in bytes.
    content: Vec<Range<usize>>,
    kind: StatementKind,
    speaker: Option<Speaker>,
    weight: u8,
    features: Features,
}

/// All statements of a report, in text order: as the encoder reads them where there is one, else as rules and linear
/// models do.
pub(crate) fn statements(
    context: &Context<'_>,
    points: &CodePoints<'_>,
    vias: &[Via],
    encoder: Option<&Encoder>,
) -> Vec<Attribution> {
    let found = arbitrated(context, vias, encoder);
    to_model(context, points, found)
}

/// The same, each with what `certainty` weighs of it.
pub(crate) fn weighed(
    context: &Context<'_>,
    points: &CodePoints<'_>,
    vias: &[Via],
    encoder: &Encoder,
) -> Vec<(Proposition, Features)> {
    let found = arbitrated(context, vias, Some(encoder));
    let parts = found.iter().flat_map(|one| one.parts.iter().flatten());
    let features: Vec<Features> = parts.map(|part| part.features).collect();
    let told = to_model(context, points, found);
    let propositions = told
        .into_iter()
        .flat_map(|one| one.propositions.unwrap_or_default());
    propositions.zip(features).collect()
}

fn arbitrated(context: &Context<'_>, vias: &[Via], encoder: Option<&Encoder>) -> Vec<Arbitrated> {
    let mut by_rule = Vec::new();
    for sentence in 0..context.doc.sentences.len() {
        of_sentence(context, sentence, &mut by_rule);
    }
    let mut found = learned::completed(context, by_rule);
    turns::turns(context, &mut found);
    speech::signed_paragraphs(context, &mut found);
    speech::unclaimed_quotations(context, &mut found);
    found.sort_by_key(|f| (f.at, f.content.first().map_or(0, |c| c.start)));
    for one in &mut found {
        one.via = one.via.take().or_else(|| via_of(context, vias, one));
        one.unsaid = !stance::read(context, one);
    }
    found.dedup_by(|one, before| stance::is_again(one, before));
    // An encoder that cannot be run leaves the report to the rules.
    let read = encoder.and_then(|encoder| encoder.read(context.doc).ok());
    match &read {
        Some(read) => accurate::statements(context, vias, read, found),
        None => speakers::speakers(context, &Known::of(context), &found)
            .into_iter()
            .zip(found)
            .map(|(speaker, found)| Arbitrated {
                kind: kind(context, &found),
                weak: found.unsaid || weak::is_weak(context, &found),
                parts: None,
                found,
                speaker,
            })
            .collect(),
    }
}

/// Statements with offsets in code points, and the days on which they were made.
fn to_model(
    context: &Context<'_>,
    points: &CodePoints<'_>,
    arbitrated: Vec<Arbitrated>,
) -> Vec<Attribution> {
    let (doc, times) = (context.doc, context.times);
    let found: Vec<Found> = arbitrated.iter().map(|one| one.found.clone()).collect();
    let speakers: Vec<Option<Speaker>> = arbitrated.iter().map(|one| one.speaker.clone()).collect();
    let said_on = speakers::said_on(context, &found, &speakers);
    let spans = |ranges: Vec<Range<usize>>| -> Vec<Span> {
        let whole = ranges.into_iter().filter(|range| !range.is_empty());
        whole.map(|range| points.span(range)).collect()
    };
    arbitrated
        .into_iter()
        .zip(said_on)
        .map(|(one, time)| Attribution {
            kind: one.kind,
            stance: one.found.stance,
            weak: one.weak,
            via: one.found.via,
            source: spans(one.found.source.map(|s| doc.bytes(s)).into_iter().collect()),
            cue: spans(one.found.cue.map(|c| doc.bytes(c)).into_iter().collect()),
            content: spans(one.found.content),
            speaker: one.speaker,
            said_on: time.and_then(|t| times[t].date()),
            said_on_time: time.map(|t| points.span(times[t].range.clone())),
            propositions: one.parts.map(|parts| {
                let proposition = |part: Part| Proposition {
                    content: spans(part.content),
                    kind: part.kind,
                    speaker: part.speaker,
                    weight: part.weight,
                    certainty: certainty(&part.features),
                };
                parts.into_iter().map(proposition).collect()
            }),
        })
        .collect()
}

impl<'a> Context<'a> {
    /// The cues that begin in some tokens.
    fn cues_in(&self, tokens: Range<usize>) -> &'a [Cue] {
        let first = self
            .cues
            .partition_point(|cue| cue.tokens.start < tokens.start);
        let last = self
            .cues
            .partition_point(|cue| cue.tokens.start < tokens.end);
        &self.cues[first..last.max(first)]
    }

    /// Looks at everything once.
    pub(crate) fn new(
        doc: &'a Document<'a>,
        syntax: &'a Syntax<'a>,
        cues: &'a [Cue],
        mentions: &'a [Mention],
        times: &'a [TimeExpression],
        outlets: &'a Outlets,
    ) -> Self {
        let quotations = quotations(doc);
        let mut quotation_of = vec![None; doc.tokens.len()];
        for (i, quotation) in quotations.iter().enumerate() {
            for token in doc.tokens_in(quotation.inner.clone()) {
                quotation_of[token] = Some(i);
            }
        }
        let mut mention_of = vec![None; doc.tokens.len()];
        for (i, mention) in mentions.iter().enumerate() {
            let start = mention
                .title
                .as_ref()
                .map_or(mention.tokens.start, |t| t.start);
            mention_of[start..mention.tokens.end].fill(Some(i));
        }
        let mut time_of = vec![None; doc.tokens.len()];
        for (i, time) in times.iter().enumerate() {
            for token in doc.tokens_in(time.range.clone()) {
                time_of[token] = Some(i);
            }
        }
        Context {
            doc,
            syntax,
            cues,
            mentions,
            times,
            outlets,
            quotations,
            quotation_of,
            mention_of,
            time_of,
        }
    }

    fn lower(&self, token: usize) -> String {
        variorum_text::words::fold(self.doc.word(token))
    }

    /// The part of speech of a token; behind the last one that of a mark.
    fn tag(&self, token: usize) -> Tag {
        self.syntax.tags.get(token).copied().unwrap_or(Tag::Mark)
    }

    fn is_mark(&self, token: usize) -> bool {
        self.doc
            .tokens
            .get(token)
            .is_none_or(|t| t.kind == TokenKind::Mark)
    }

    /// Whether a token is a double quotation mark.
    fn is_quotation_mark(&self, token: usize) -> bool {
        matches!(
            self.doc.word(token),
            "“" | "”" | "\"" | "«" | "»" | "„" | "‘" | "’" | "'"
        )
    }

    /// The quotation whose opening mark is this token.
    fn quotation_from(&self, token: usize) -> Option<&Quotation> {
        let start = self.doc.tokens.get(token)?.start;
        let at = self.quotations.partition_point(|q| q.outer.start < start);
        self.quotations.get(at).filter(|q| q.outer.start == start)
    }

    /// The usual name of the outlet that some words name, if they name one.
    fn outlet(&self, words: &str) -> Option<String> {
        let words = words.trim_start_matches("the ").trim();
        self.outlets.get(words).map(|outlet| outlet.name.clone())
    }

    fn has_finite(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|t| {
            let lower = self.lower(t);
            variorum_text::words::is_finite(&lower) || is_past_like(&lower)
        })
    }
}

/// Whether a lower-case word looks like a past tense.
fn is_past_like(lower: &str) -> bool {
    lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed")
}

/// The statements whose cue stands in one sentence.
fn of_sentence(context: &Context<'_>, sentence: usize, found: &mut Vec<Found>) {
    let tokens = context.doc.sentences[sentence].tokens.clone();
    let first_of_sentence = found.len();
    let first = context
        .cues
        .partition_point(|c| c.tokens.start < tokens.start);
    let mut pending_via: Option<String> = None;
    for cue in &context.cues[first..] {
        if cue.tokens.start >= tokens.end {
            break;
        }
        let inside = covering(context, &found[first_of_sentence..], cue);
        let candidate = if context.quotation_of[cue.tokens.start].is_some() {
            content::interruption(context, &tokens, cue)
        } else if cue.is(Group::Before) {
            content::according_to(context, &tokens, cue, found[first_of_sentence..].last())
        } else {
            verb(context, &tokens, cue, &found[first_of_sentence..], inside)
        };
        let Some(mut candidate) = candidate else {
            continue;
        };
        if inside && !candidate.elided {
            continue;
        }
        if cue.is(Group::Before) && candidate.via.is_some() && candidate.at == tokens.start {
            // "According to Reuters, Stoltenberg said ...": what follows is Stoltenberg's.
            pending_via = candidate.via.take();
            let mut later = context.cues_in(cue.tokens.end..tokens.end).iter();
            let has_own = later.any(|c| {
                context.quotation_of[c.tokens.start].is_none()
                    && source::before(context, &tokens, c).is_some_and(|s| !s.elided)
                    && (c.is(Group::Say) || c.is(Group::Clause) || c.is(Group::Tell))
            });
            if has_own {
                continue;
            }
            pending_via = None;
        }
        if let Some(via) = pending_via.take() {
            candidate.via = Some(via);
        }
        if let Some(start) = candidate.frame_start_if_elided() {
            content::cut_before(context, &mut found[first_of_sentence..], start);
        }
        found.push(candidate);
    }
}

impl Found {
    fn frame_start_if_elided(&self) -> Option<usize> {
        self.elided.then_some(self.frame.start)
    }
}

/// Whether a cue stands inside the content of a statement that was found before it.
fn covering(context: &Context<'_>, found: &[Found], cue: &Cue) -> bool {
    let at = context.doc.tokens[cue.tokens.start].start;
    found
        .iter()
        .any(|f| f.content.iter().any(|c| c.contains(&at)))
}

/// A statement with a verb for its cue.
fn verb(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    earlier: &[Found],
    inside: bool,
) -> Option<Found> {
    if source::is_negated_or_passive(context, sentence, cue)
        || stance::is_turned(context, sentence, cue)
    {
        return turned(context, sentence, cue, earlier, inside);
    }
    let inverted = source::behind(context, sentence, cue);
    if let Some(behind) = inverted {
        // "X proposed to hold talks, reports our correspondent": X's words stand there already.
        let taken = earlier.last().and_then(|one| one.content.last());
        let start = context.doc.tokens[cue.tokens.start].start;
        let plain = |bytes: &Range<usize>| {
            let last = context.doc.tokens_in(bytes.clone()).end.checked_sub(1);
            last.is_some_and(|t| context.quotation_of[t].is_none())
        };
        if taken.is_some_and(|bytes| bytes.end + 2 >= start && bytes.end <= start && plain(bytes)) {
            return None;
        }
        return content::inverted(context, sentence, cue, behind);
    }
    let before = source::before(context, sentence, cue);
    match before {
        Some(before) if !before.elided => {
            if inside {
                return None;
            }
            content::regular(context, sentence, cue, before, earlier)
        }
        _ if cue.form == Form::Present => None,
        Some(_) | None => {
            let subject = source::elided(context, sentence, cue, earlier)?;
            content::elided(context, sentence, cue, subject.tokens())
        }
    }
}

/// "X could not confirm that A", "X did not say whether A": a statement, though not of A.
fn turned(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    earlier: &[Found],
    inside: bool,
) -> Option<Found> {
    if inside {
        return None;
    }
    let start = stance::start_of(context, sentence, cue);
    let before =
        source::before_from(context, sentence, cue, start).filter(|before| !before.elided)?;
    let found = content::regular(context, sentence, cue, before, earlier)?;
    stance::is_answer(context, &found).then_some(found)
}

/// Direct when all words of the content are quoted, mixed when some are, else indirect. Speech that
/// a signature marks has a source and no cue.
fn kind(context: &Context<'_>, found: &Found) -> StatementKind {
    let by_layout = found
        .cue
        .as_ref()
        .is_none_or(|cue| cue.clone().all(|token| context.is_mark(token)));
    if found.source.is_some() && by_layout {
        return StatementKind::Direct;
    }
    let (mut quoted, mut plain) = (0, 0);
    for range in &found.content {
        for token in context.doc.tokens_in(range.clone()) {
            if context.doc.tokens[token].kind == TokenKind::Mark {
                continue;
            }
            if context.quotation_of[token].is_some() {
                quoted += 1;
            } else {
                plain += 1;
            }
        }
    }
    match (quoted, plain) {
        (0, 1..) => StatementKind::Indirect,
        (_, 0) => StatementKind::Direct,
        _ => StatementKind::Mixed,
    }
}

/// The medium that a statement comes from: its cue stands in what does, or else its content.
fn via_of(context: &Context<'_>, vias: &[Via], one: &Found) -> Option<String> {
    let cue = one.cue.iter().map(|cue| context.doc.bytes(cue.clone()));
    let content = one.content.first().cloned();
    cue.chain(content).find_map(|words| via::of(vias, &words))
}
