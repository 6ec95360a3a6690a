//! What the model looks at to find source and content of one cue.

use std::ops::Range;

use super::View;
use super::view::steps;
use crate::rows::feature;
use crate::sequence::Observed;

/// How many labels there are.
pub const LABELS: usize = 3;
/// The token belongs to neither.
pub const NEITHER: usize = 0;
/// It belongs to the source.
pub const SOURCE: usize = 1;
/// It belongs to the content.
pub const CONTENT: usize = 2;

/// How many sentences before and behind that of the cue are read at most.
const SENTENCES: (usize, usize) = (2, 4);

/// How far from the cue at most, in tokens.
const REACH: usize = 400;

/// The tokens around a cue that can belong to its attribution: its paragraph, and what is quoted directly
/// before and behind it.
pub fn window(view: &View<'_>, cue: &Range<usize>) -> Range<usize> {
    let sentences = &view.doc.sentences;
    let own = view.sentence(cue.start);
    let near = |other: usize, quoted: usize| {
        sentences[other].paragraph == sentences[own].paragraph || view.quotation(quoted) > 0
    };
    let mut first = own;
    while first > 0
        && own - first < SENTENCES.0
        && near(first - 1, sentences[first - 1].tokens.end.saturating_sub(1))
    {
        first -= 1;
    }
    let mut last = own;
    while last + 1 < sentences.len()
        && last - own < SENTENCES.1
        && near(last + 1, sentences[last + 1].tokens.start)
    {
        last += 1;
    }
    let start = cue.start.saturating_sub(REACH);
    let end = cue.end + REACH;
    sentences[first].tokens.start.max(start)..sentences[last].tokens.end.min(end)
}

/// The subject of an active verb, for a cue that the model leaves without a source.
pub fn subject(view: &View<'_>, cue: &Range<usize>) -> Option<Range<usize>> {
    let verb = cue.clone().find(|&t| view.is_finite_verb(t))?;
    let subject = view.own_subject(verb).filter(|s| !cue.contains(s))?;
    let range = view.syntax.phrase(subject);
    (range.end <= cue.start || range.start >= cue.end).then_some(range)
}

/// Observes the tokens of the window of one of the cues.
pub fn observe(
    view: &View<'_>,
    cues: &[Range<usize>],
    number: usize,
    window: Range<usize>,
    observed: &mut Observed,
) {
    observed.clear();
    let cue = Cue::of(view, cues, number);
    let places: Vec<Place> = window
        .clone()
        .map(|token| cue.place(view, cues, number, token))
        .collect();
    let mut own = Vec::with_capacity(64);
    let mut shared = Vec::with_capacity(8);
    for at in 0..places.len() {
        own.clear();
        shared.clear();
        of_token(view, &cue, &places, window.start, at, &mut own, &mut shared);
        observed.push(&own, &shared);
    }
}

/// A cue and what is asked of it for each token.
struct Cue {
    tokens: Range<usize>,
    /// Its main word: the one that the others hang on.
    main: usize,
    sentence: usize,
    stem: u64,
    tag: u64,
    kinds: u64,
    /// The word that is the cue's subject, and how far up it was found.
    subject: Option<(u64, usize)>,
    /// What the cue is to the word above.
    relation: u64,
    /// Words of the paragraph in front of the cue.
    from_start: u64,
    /// The quotation beside it: in front, or behind.
    quotations: (usize, usize),
}

/// Where a token stands as seen from the cue.
#[derive(Clone, Copy)]
struct Place {
    /// Which way through the tree leads to it.
    path: u64,
    /// Whether it belongs to the cue's subject, and how far up that was found.
    subject: u64,
    /// The token at which that way leaves the cue or comes down.
    branch: Option<usize>,
    /// How many sentences behind the cue, plus 8.
    sentence: u64,
    /// Before, in or behind the cue.
    side: u64,
    /// How it stands to the quotations beside the cue.
    quotation: u64,
    /// How many other cues stand between.
    between: u64,
    /// Whether it is part of another cue.
    other_cue: u64,
}

impl Cue {
    fn of(view: &View<'_>, cues: &[Range<usize>], number: usize) -> Self {
        let tokens = cues[number].clone();
        let inside = |head: Option<usize>| head.is_some_and(|head| tokens.contains(&head));
        let main = tokens
            .clone()
            .find(|&t| !inside(view.head(t)))
            .unwrap_or(tokens.start);
        let sentence = view.sentence(main);
        let bounds = &view.doc.sentences[sentence].tokens;
        let quotation = |t: usize| Some(view.quotation(t)).filter(|&q| q > 0);
        let mut before = (bounds.start..tokens.start).rev().take(REACH);
        let mut behind = (tokens.end..bounds.end).take(REACH);
        Cue {
            main,
            sentence,
            stem: view.stem(Some(main)),
            tag: view.tag(Some(main)),
            kinds: view.children(main),
            subject: view.subject(main),
            relation: view.relation(Some(main)),
            from_start: (tokens.start - bounds.start).min(6) as u64,
            quotations: (
                before.find_map(quotation).unwrap_or(0),
                behind.find_map(quotation).unwrap_or(0),
            ),
            tokens,
        }
    }

    fn place(&self, view: &View<'_>, cues: &[Range<usize>], number: usize, token: usize) -> Place {
        let sentence = view.sentence(token);
        let side = if token < self.tokens.start {
            0
        } else if token < self.tokens.end {
            1
        } else {
            2
        };
        let (path, branch, subject) = if sentence == self.sentence {
            self.path(view, token)
        } else {
            (1, None, 0)
        };
        let own = view.quotation(token);
        let quotation = match own {
            0 => 0,
            q if q == self.quotations.0 && q == self.quotations.1 => 1,
            q if q == self.quotations.0 => 2,
            q if q == self.quotations.1 => 3,
            _ => 4,
        };
        let others = |range: Range<usize>| {
            let first = cues.partition_point(|cue| cue.start < range.start);
            let last = cues.partition_point(|cue| cue.start < range.end);
            last.saturating_sub(first).min(3) as u64
        };
        let between = match side {
            0 => others(token + 1..self.tokens.start),
            1 => 0,
            _ => others(self.tokens.end..token + 1),
        };
        let at = cues.partition_point(|cue| cue.end <= token);
        let other_cue = cues.get(at).is_some_and(|cue| cue.contains(&token)) && at != number;
        Place {
            path,
            subject,
            branch,
            sentence: (sentence + 8).saturating_sub(self.sentence) as u64,
            side,
            quotation,
            between,
            other_cue: u64::from(other_cue),
        }
    }

    /// The way from the cue to a token: up from the cue's main word to the first word that both hang
    /// on, and one step down from there.
    fn path(&self, view: &View<'_>, token: usize) -> (u64, Option<usize>, u64) {
        if self.tokens.contains(&token) {
            return (2, None, 0);
        }
        // The words above the token, itself first.
        let mut above = [usize::MAX; 24];
        let mut count = 0;
        let mut at = Some(token);
        while let Some(t) = at.filter(|_| count < above.len()) {
            above[count] = t;
            count += 1;
            at = view.head(t);
        }
        let subject = match self.subject {
            Some((level, head)) if head == token => 2 * level + 2,
            Some((level, head)) if above[..count].contains(&head) => 2 * level + 1,
            Some(_) => 0,
            None => 30,
        };
        let mut path = 3u64;
        let mut from = self.main;
        for _ in 0..5 {
            if let Some(depth) = above[..count].iter().position(|&t| t == from) {
                let branch = depth.checked_sub(1).map(|below| above[below]);
                let down = view.relation(branch);
                let side = u64::from(branch.is_some_and(|branch| branch < self.main));
                return ((path * 31 + down) * 2 + side, branch, subject);
            }
            path = path * 37 + view.relation(Some(from)) + 100;
            match view.head(from) {
                Some(head) => from = head,
                None => break,
            }
        }
        (path * 31 + 99, None, subject)
    }
}

fn of_token(
    view: &View<'_>,
    cue: &Cue,
    places: &[Place],
    start: usize,
    at: usize,
    own: &mut Vec<u64>,
    shared: &mut Vec<u64>,
) {
    let place = places[at];
    let token = start + at;
    let before = at.checked_sub(1).map(|at| places[at]);
    let after = places.get(at + 1).copied();
    let here = Some(token);
    let previous = token.checked_sub(1);
    let next = Some(token + 1);
    let (w, t, r) = (
        |at| view.word(at),
        |at| view.tag(at),
        |at| view.relation(at),
    );
    let where_ = place.sentence << 2 | place.side;
    let near = steps(cue.main, token) << 4 | place.sentence;
    let path = place.path;
    let path_before = before.map_or(0, |p| p.path);
    let path_after = after.map_or(0, |p| p.path);
    let branch = place.branch;
    let head_word = view.head(token);
    let in_quotation = u64::from(view.quotation(token) > 0);
    let quotation = place.quotation << 1 | in_quotation;
    let subject_before = before.map_or(99, |p| p.subject);
    let subject_after = after.map_or(99, |p| p.subject);
    let quotation_before = before.map_or(9, |p| p.quotation);
    let quotation_after = after.map_or(9, |p| p.quotation);
    let same_paragraph = u64::from(view.paragraph(token) == view.paragraph(cue.main));
    let first_mark = u64::from(view.is_mark(token));
    let first = &view.doc.sentences[view.sentence(token)].tokens;
    let from_start = (token - first.start).min(3) as u64;
    let to_end = (first.end - token).min(4) as u64;
    let sentence_quoted = u64::from(view.is_quotation_mark(first.start)) | in_quotation << 1;
    let both_sides = u64::from(cue.quotations.0 > 0) | u64::from(cue.quotations.1 > 0) << 1;
    let list = [
        (0, where_, 0, 0),
        (1, near, 0, 0),
        (2, near, cue.stem, 0),
        (3, near, t(here), 0),
        (4, path, 0, 0),
        (5, path, cue.stem, 0),
        (6, path, cue.tag, cue.kinds),
        (7, path, t(here), 0),
        (8, path, w(here), 0),
        (9, path, path_before, path_after),
        (10, path, path_before, w(here)),
        (11, path, path_after, w(here)),
        (12, path, t(here), t(next)),
        (13, path, t(here), t(previous)),
        (14, path, place.side, quotation),
        (15, quotation, where_, cue.tag),
        (16, quotation, where_, cue.stem),
        (17, quotation, quotation_before, quotation_after),
        (18, quotation, place.between, where_),
        (19, place.between, where_, path),
        (20, place.between, where_, cue.stem),
        (21, w(here), where_, 0),
        (22, w(previous), where_, 0),
        (23, w(next), where_, 0),
        (24, t(previous), t(here), t(next)),
        (25, w(here), cue.stem, place.side),
        (26, place.other_cue, path, where_),
        (27, path, w(branch), place.side),
        (28, path, t(branch), t(head_word)),
        (29, path, r(here), t(here)),
        (30, path, cue.stem, t(branch)),
        (31, same_paragraph, where_, quotation),
        (
            32,
            same_paragraph,
            sentence_quoted,
            place.sentence << 2 | both_sides,
        ),
        (33, from_start, where_, t(here)),
        (34, to_end, where_, t(here)),
        (35, w(previous), path, w(here)),
        (36, w(here), w(next), path),
        (37, sentence_quoted, place.sentence, place.between),
        (38, near, path, 0),
        (39, t(here), view.shape(token), where_),
        (40, both_sides, path, cue.stem),
        (41, both_sides, where_, quotation),
        (42, w(head_word), r(here), where_),
        (43, first_mark, path_before, path_after),
        (44, place.subject, place.side, cue.tag),
        (45, place.subject, cue.relation, place.other_cue),
        (46, place.subject, cue.stem, place.between),
        (47, place.subject, t(here), r(here)),
        (48, place.subject, subject_before, subject_after),
        (49, place.subject, w(here), place.between),
        (50, place.subject, t(previous), t(here)),
        (51, place.subject, t(here), t(next)),
        (
            52,
            cue.from_start,
            where_,
            view.shape(token) << 1 | same_paragraph,
        ),
        (53, cue.stem, cue.from_start, where_ << 3 | from_start),
    ];
    own.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
    let changed = u64::from(path != path_before)
        | u64::from(before.is_some_and(|p| p.sentence != place.sentence)) << 1
        | u64::from(quotation_before != place.quotation) << 2
        | u64::from(before.is_some_and(|p| p.other_cue != place.other_cue)) << 3
        | u64::from(before.is_some_and(|p| p.side != place.side)) << 4
        | u64::from(subject_before != place.subject) << 5;
    let list = [
        (60, changed, 0, 0),
        (61, changed, w(here), 0),
        (62, changed, w(previous), 0),
        (63, changed, t(previous), t(here)),
        (64, path, path_before, 0),
        (65, quotation, quotation_before, where_),
        (67, place.subject, subject_before, t(here)),
        (68, place.subject, subject_before, w(previous)),
        (66, place.sentence, sentence_quoted, changed & 2),
    ];
    shared.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
}
