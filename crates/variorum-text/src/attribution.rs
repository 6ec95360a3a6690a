//! Attributions: who said what, as three spans each.
//!
//! Two linear chains over hashed features, learned from hand-annotated news (PolNeAR). The first
//! labels the words that tell of saying or thinking (the cues). The second reads the
//! sentences around one cue and labels its source and its content, given where each token hangs in the tree
//! as seen from the cue. A cue without content is dropped. The models are `models/cues.bin` and
//! `models/roles.bin`, described in `models/attribution.md`.

pub mod cues;
pub mod roles;
mod view;

use std::ops::Range;

pub use view::View;

use crate::outlets::Outlets;
use crate::ranges::Ranges;
use crate::sequence::{self, Layout, Observed};

/// The size of the model that labels cues.
pub const CUE_LAYOUT: Layout = Layout {
    own: 19,
    shared: 17,
};
/// The size of the model that labels sources and contents.
pub const ROLE_LAYOUT: Layout = Layout {
    own: 20,
    shared: 16,
};

/// Added to the weight of each label, since a model that is unsure would rather find nothing; set where the
/// F1 of sources and cues on PolNeAR's development half is best without loss for the contents.
const CUE_BIAS: [i32; cues::LABELS] = [0, 75, 75];
/// The same for sources and contents.
const ROLE_BIAS: [i32; roles::LABELS] = [0, 70, 40];

static CUES: &[u8] = include_bytes!("../models/cues.bin");
static ROLES: &[u8] = include_bytes!("../models/roles.bin");

/// The spans of one attribution, as tokens of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// Who says it; empty when nobody is named.
    pub source: Vec<Range<usize>>,
    /// The words that tell of saying.
    pub cue: Range<usize>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

/// The attributions of a text, in the order of their cues.
pub fn attributions(view: &View<'_>, outlets: &Outlets) -> Vec<Attribution> {
    attributions_with(CUES, ROLES, view, outlets)
}

/// The same with other weights, as training compares them.
pub fn attributions_with(
    cues: &[u8],
    roles: &[u8],
    view: &View<'_>,
    outlets: &Outlets,
) -> Vec<Attribution> {
    let cues = cues_with(cues, view);
    let mut observed = Observed::default();
    let mut found = Vec::new();
    for (number, cue) in cues.iter().enumerate() {
        let window = roles::window(view, cue);
        roles::observe(view, &cues, number, window.clone(), &mut observed);
        let labels =
            sequence::decode::<{ roles::LABELS }>(roles, ROLE_LAYOUT, &observed, ROLE_BIAS);
        let mut source = runs(view, &labels, roles::SOURCE, window.start);
        let subject = roles::subject(view, cue);
        match (subject, source.first_mut()) {
            (subject, None) => source.extend(subject),
            // "Weber, who sold Kelley a car, said": the source goes back to the verb's subject.
            (Some(subject), Some(first))
                if subject.end < first.start
                    && first.end == cue.start
                    && (subject.end..first.start).any(|t| view.is_relative_pronoun(t)) =>
            {
                first.start = subject.start;
            }
            _ => {}
        }
        found.push(Attribution {
            source,
            cue: cue.clone(),
            content: runs(view, &labels, roles::CONTENT, window.start),
        });
    }
    found.retain(|one| !one.content.is_empty());
    drop_nested(view, outlets, &mut found);
    found
}

/// Drops what is reported inside a reported content: that is one statement, of the outer source; unless that is
/// an outlet, which only passes it on.
fn drop_nested(view: &View<'_>, outlets: &Outlets, found: &mut Vec<Attribution>) {
    let outlet = |one: &Attribution| {
        let mut sources = one.source.iter();
        sources.any(|source| {
            let words = &view.doc.text[view.doc.bytes(source.clone())];
            outlets.get(words.trim_start_matches("the ")).is_some()
        })
    };
    let holds = |outer: &Attribution, inner: &Attribution| {
        let content = &outer.content;
        content.iter().any(|c| c.contains(&inner.cue.start))
    };
    let contents = Ranges::of(found.iter().map(|one| &one.content));
    let nested: Vec<bool> = found
        .iter()
        .map(|inner| {
            let cue = inner.cue.start..inner.cue.start + 1;
            let mut around = contents.meeting(cue).map(|at| &found[at]);
            around.any(|outer| !holds(inner, outer) && !outlet(outer))
        })
        .collect();
    let mut nested = nested.into_iter();
    found.retain(|_| nested.next() != Some(true));
}

/// The cues of a text, as tokens.
pub fn cues_with(weights: &[u8], view: &View<'_>) -> Vec<Range<usize>> {
    let mut observed = Observed::default();
    let mut found: Vec<Range<usize>> = Vec::new();
    for tokens in view.doc.sentences.iter().map(|s| s.tokens.clone()) {
        cues::observe(view, tokens.clone(), &mut observed);
        let labels = sequence::decode::<{ cues::LABELS }>(weights, CUE_LAYOUT, &observed, CUE_BIAS);
        for (token, label) in tokens.zip(labels) {
            match found.last_mut() {
                Some(last) if label == cues::INSIDE && last.end == token => last.end += 1,
                _ if label != cues::OUTSIDE => found.push(token..token + 1),
                _ => {}
            }
        }
    }
    found
}

/// The runs of one label, cut where paragraphs end, without marks at their ends.
fn runs(view: &View<'_>, labels: &[usize], wanted: usize, start: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (token, &label) in (start..).zip(labels) {
        if label != wanted {
            continue;
        }
        match found.last_mut() {
            Some(last)
                if last.end == token && view.paragraph(token) == view.paragraph(token - 1) =>
            {
                last.end += 1;
            }
            _ => found.push(token..token + 1),
        }
    }
    found.retain(|run| run.clone().any(|token| !view.is_mark(token)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::quotations::quotations;
    use crate::syntax::Syntax;

    fn check(text: &str, expected: &[[&str; 3]]) {
        let doc = Document::new(text, None);
        let syntax = Syntax::of(&doc);
        let view = View::new(&doc, &syntax, &quotations(&doc));
        let words = |spans: &[Range<usize>]| -> String {
            let spans: Vec<&str> = spans.iter().map(|s| &text[doc.bytes(s.clone())]).collect();
            spans.join(" | ")
        };
        let found: Vec<[String; 3]> = attributions(&view, Outlets::built_in())
            .iter()
            .map(|one| {
                let cue = std::slice::from_ref(&one.cue);
                [words(&one.source), words(cue), words(&one.content)]
            })
            .collect();
        assert_eq!(found, expected, "attributions of {text:?}");
    }

    #[test]
    fn source_cue_and_content() {
        check(
            "The mayor said the bridge would stay closed until Friday.",
            &[[
                "The mayor",
                "said",
                "the bridge would stay closed until Friday",
            ]],
        );
        check(
            "The bridge will stay closed, according to the mayor.",
            &[["the mayor", "according to", "The bridge will stay closed"]],
        );
        check("The bridge is closed. Two boats wait below it.", &[]);
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_in_the_text_and_contents_are_not_empty(text in "[a-zA-Z0-9 .,:’é“”-]{0,120}") {
            let doc = Document::new(&text, None);
            let syntax = Syntax::of(&doc);
            let view = View::new(&doc, &syntax, &quotations(&doc));
            for one in attributions(&view, Outlets::built_in()) {
                assert!(!one.content.is_empty());
                for span in one.source.iter().chain(&one.content).chain([&one.cue]) {
                    assert!(span.start < span.end && span.end <= doc.tokens.len());
                }
            }
        }
    }
}
