//! People, organisations and places.
//!
//! A name is a run of capitalised words, cut where the lexicons know a part of it ("NATO Secretary
//! General Jens Stoltenberg" is a body, a title and a person). What kind of thing it stands for is
//! told by the lexicons, by a title or a given name in front of it, by the head word of a body
//! ("... Commission"), or by a cue beside it. A person named once in full is meant wherever the
//! surname stands alone; two people of one surname are kept apart by the nearest full name before.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use variorum_model::{CodePoints, Name, NameKind};
use variorum_text::lexicon::{self, AliasKind};
use variorum_text::syntax::Syntax;
use variorum_text::words::{fold, is_function_word};
use variorum_text::{Document, TokenKind, namer};

use crate::cues::{self, Cue, Group};

/// One mention of a name, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The words of the name itself, without a title.
    pub tokens: Range<usize>,
    /// What it stands for.
    pub kind: NameKind,
    /// The fullest form of the name in this report.
    pub name: String,
    /// The title directly before it, if any.
    pub title: Option<Range<usize>>,
}

impl Mention {
    /// The mention with offsets in code points.
    pub(crate) fn to_model(&self, doc: &Document<'_>, points: &CodePoints<'_>) -> Name {
        let span = points.span(doc.bytes(self.tokens.clone()));
        Name {
            start: span.start,
            end: span.end,
            kind: self.kind,
            name: self.name.clone(),
        }
    }
}

/// All mentions of names, in text order.
pub(crate) fn mentions(doc: &Document<'_>, syntax: &Syntax, cues: &[Cue]) -> Vec<Mention> {
    let context = Context::of(doc, syntax, cues);
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        if is_shouted(doc, sentence.tokens.clone()) {
            continue;
        }
        for run in runs(doc, &context, sentence.tokens.clone()) {
            split_run(doc, &context, run, &mut found);
        }
    }
    resolve_short_forms(doc, &context, &mut found);
    found.retain(|mention| !mention.name.is_empty());
    found
}

/// What the whole text tells about its words.
struct Context {
    /// Words that stand capitalised inside a sentence.
    capitalised: BTreeSet<String>,
    /// Words that stand in lower case.
    lower: BTreeSet<String>,
    /// Tokens directly before or behind which a saying verb stands.
    beside_cue: BTreeSet<usize>,
    /// Words that stand where a place does ("in Velmar"), and are one wherever they stand.
    located: BTreeSet<String>,
    /// For each token the kind of name that the trained finder takes it for.
    learned: Vec<Option<NameKind>>,
}

impl Context {
    fn of(doc: &Document<'_>, syntax: &Syntax, cues: &[Cue]) -> Self {
        let mut capitalised = BTreeSet::new();
        let mut lower = BTreeSet::new();
        let mut located = BTreeSet::new();
        for sentence in &doc.sentences {
            for at in sentence.tokens.clone() {
                let word = doc.word(at);
                let before = at.checked_sub(1).map_or("", |t| doc.word(t));
                let joined = is_capitalised(doc.word(at + 1)) || doc.word(at + 1) == "'s";
                if is_capitalised(word) && matches!(before, "in" | "near" | "outside") && !joined {
                    located.insert(word.to_owned());
                }
                if !is_capitalised(word) {
                    lower.insert(word.to_owned());
                } else if at > sentence.tokens.start && doc.tokens[at - 1].kind == TokenKind::Word {
                    capitalised.insert(word.to_owned());
                }
            }
        }
        let mut beside_cue = BTreeSet::new();
        for cue in cues
            .iter()
            .filter(|c| c.is(Group::Say) || c.is(Group::Clause) || c.is(Group::Tell))
        {
            beside_cue.extend(cue.tokens.start.checked_sub(1));
            beside_cue.insert(cue.tokens.end);
        }
        let mut learned = vec![None; doc.tokens.len()];
        for (tokens, kind) in namer::names(doc, syntax) {
            learned[tokens].fill(Some(match kind {
                namer::Kind::Person => NameKind::Person,
                namer::Kind::Organization => NameKind::Organization,
                namer::Kind::Place => NameKind::Place,
            }));
        }
        Context {
            capitalised,
            lower,
            beside_cue,
            located,
            learned,
        }
    }
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a sentence is set in capitals throughout, so that capitals tell nothing.
fn is_shouted(doc: &Document<'_>, tokens: Range<usize>) -> bool {
    let words: Vec<_> = tokens
        .map(|t| doc.word(t))
        .filter(|w| w.chars().all(char::is_alphabetic))
        .collect();
    words.len() >= 4
        && words
            .iter()
            .filter(|w| w.chars().any(char::is_lowercase))
            .count()
            * 4
            < words.len()
}

/// Lower-case words inside a person's name.
fn is_particle(word: &str) -> bool {
    [
        "von", "van", "der", "den", "de", "la", "del", "della", "di", "da", "dos", "du", "le",
        "bin", "ibn", "al", "el", "ter", "ten", "ben", "bint", "abu",
    ]
    .contains(&word)
}

/// Words that begin with a capital but name no one: days, months, "I".
fn is_calendar_word(word: &str) -> bool {
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Aug",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "I",
        "I’m",
        "I'm",
        "I’ve",
        "I've",
        "I’ll",
        "I'll",
        "CET",
        "GMT",
        "EST",
        "EDT",
        "UTC",
        "AM",
        "PM",
    ]
    .contains(&word)
}

/// The runs of capitalised words of a sentence.
fn runs(doc: &Document<'_>, context: &Context, sentence: Range<usize>) -> Vec<Range<usize>> {
    let names = |at: usize| {
        let word = doc.word(at);
        doc.tokens[at].kind == TokenKind::Word && is_capitalised(word) && !is_calendar_word(word)
    };
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !names(at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < sentence.end {
            if names(at)
                || (doc.word(at) == "." && is_initial(doc.word(at - 1)) && at + 1 < sentence.end)
            {
                at += 1;
            } else if let Some(next) = joined(doc, start, at, sentence.end, &names) {
                at = next;
            } else {
                break;
            }
        }
        let begins = start == sentence.start
            || doc.tokens[start - 1].kind == TokenKind::Mark && doc.word(start - 1) != ",";
        let start = if begins {
            skip_opener(doc, context, start, at)
        } else {
            start
        };
        if start < at {
            found.push(start..at);
        }
    }
    found
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
        || [
            "Jr", "Sr", "Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col",
            "Sgt", "Capt", "Prof", "Rev", "Adm", "Maj",
        ]
        .contains(&word)
}

/// Where a run goes on behind the lower-case words at `at`: particles of a person's name, and the
/// "of", "for", "and" of a body's name ("Organization for Security and Co-operation in Europe").
fn joined(
    doc: &Document<'_>,
    start: usize,
    at: usize,
    end: usize,
    names: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let word = doc.word(at);
    let mut next = at + 1;
    if is_particle(word) || word == "&" {
        while next < end && is_particle(doc.word(next)) {
            next += 1;
        }
        return (next < end && next <= at + 2 && names(next)).then_some(next + 1);
    }
    if !["of", "for", "and", "on", "in"].contains(&word) {
        return None;
    }
    let bytes = doc.bytes(start..at);
    let head = doc.text[bytes.clone()].split_whitespace().next_back()?;
    let heads_body = (start..at).any(|t| lexicon::organization_head(doc.word(t)));
    let closes = if word == "of" {
        lexicon::organization_head(head) || lexicon::other_head(head)
    } else {
        heads_body && word != "in"
    };
    if lexicon::party(&doc.text[bytes]).is_some() {
        return None;
    }
    let known = (start..at).any(|from| {
        (at + 2..=(at + 8).min(end)).any(|to| {
            let words = &doc.text[doc.bytes(from..to)];
            lexicon::party(words).is_some() || lexicon::title(words).is_some()
        })
    });
    if !(closes || known || (word == "in" && heads_body && doc.word(at - 1).starts_with("Co"))) {
        return None;
    }
    if next < end && doc.word(next) == "the" {
        next += 1;
    }
    (next < end && names(next)).then_some(next + 1)
}

/// Drops a word that is capitalised only because it begins a sentence.
fn skip_opener(doc: &Document<'_>, context: &Context, start: usize, end: usize) -> usize {
    let word = doc.word(start);
    let lower = fold(word);
    let all_caps = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    if is_function_word(&lower) {
        return start + 1;
    }
    let known = lexicon::party(word).is_some()
        || lexicon::place(word).is_some()
        || lexicon::outlet(word).is_some()
        || lexicon::is_given_name(word)
        || lexicon::title(word).is_some()
        || all_caps;
    if known || context.capitalised.contains(word) || context.learned[start].is_some() {
        return start;
    }
    let common = context.lower.contains(&lower) || lexicon::role(&lower).is_some();
    let cue_beside = context.beside_cue.contains(&start);
    if end - start > 1 {
        return if common { start + 1 } else { start };
    }
    if common || !cue_beside {
        start + 1
    } else {
        start
    }
}

/// Cuts a run where the lexicons know a part of it, and tells what each part stands for.
fn split_run(doc: &Document<'_>, context: &Context, run: Range<usize>, found: &mut Vec<Mention>) {
    let mut at = run.start;
    let mut title: Option<Range<usize>> = None;
    while at < run.end {
        if let Some(end) = longest(doc, at, run.end, |words| lexicon::title(words).is_some()) {
            if end < run.end || lexicon::is_given_name(doc.word(at)) {
                title = Some(title.map_or(at, |t| t.start)..end);
                at = if doc.word(end) == "." { end + 1 } else { end };
                continue;
            }
            // A title at the end of a run names nobody by itself.
            break;
        }
        if let Some((end, kind)) = known(doc, at, run.end) {
            if let Some(kind) = kind {
                push(doc, at..end, kind, None, found);
            }
            title = None;
            at = end;
            continue;
        }
        let start = at;
        at += 1;
        while at < run.end
            && longest(doc, at, run.end, |words| lexicon::title(words).is_some()).is_none()
            && known(doc, at, run.end).is_none_or(|(_, kind)| kind.is_none() || title.is_some())
            && !begins_person(doc, start, at, run.end)
        {
            at += 1;
        }
        let part = trim_part(doc, start..at);
        let names_nobody = part.is_empty()
            || part.len() == 1 && is_description(doc.word(part.start))
            || part
                .clone()
                .all(|t| lexicon::role(&fold(doc.word(t))).is_some())
                && !(part.len() == 1 && title.is_some());
        if names_nobody {
            title = None;
            continue;
        }
        let kind = match kind_of(doc, context, part.clone(), title.is_some()) {
            NameKind::Person if begins_person(doc, start, at, run.end) => NameKind::Other,
            kind => kind,
        };
        push(doc, part, kind, title.take(), found);
    }
}

/// Whether a person's name begins at `at`, behind the name of something else: "Government of Velmar
/// |T. Hedrin", "Counter Terrorism |Mark Rowley".
fn begins_person(doc: &Document<'_>, start: usize, at: usize, end: usize) -> bool {
    let last = doc.word(end - 1);
    if at + 2 == end
        && lexicon::is_given_name(doc.word(at))
        && !lexicon::is_given_name(doc.word(start))
        && !is_initial(doc.word(start))
        && ![
            lexicon::place_head,
            lexicon::organization_head,
            lexicon::other_head,
        ]
        .iter()
        .any(|head| head(last))
        && at > start + 1
    {
        return true;
    }
    let initial = doc.word(at).chars().count() == 1 && doc.word(at + 1) == ".";
    initial && at + 2 < end && (start..at).any(|t| lexicon::organization_head(doc.word(t)))
}

/// Whether a capitalised word only tells of what kind somebody is: "U.S.-based", "Head".
fn is_description(word: &str) -> bool {
    let compound = word.rsplit_once('-');
    compound.is_some_and(|(_, last)| last.starts_with(char::is_lowercase))
        || matches!(word, "Head" | "Chief" | "Police" | "Acting")
}

/// A name neither begins nor ends with a full stop or a lower-case word; particles may begin it.
fn trim_part(doc: &Document<'_>, mut part: Range<usize>) -> Range<usize> {
    while part.start < part.end && !is_capitalised(doc.word(part.end - 1)) {
        part.end -= 1;
    }
    while part.start < part.end
        && !is_capitalised(doc.word(part.start))
        && !is_particle(doc.word(part.start))
    {
        part.start += 1;
    }
    part
}

fn push(
    doc: &Document<'_>,
    tokens: Range<usize>,
    kind: NameKind,
    title: Option<Range<usize>>,
    found: &mut Vec<Mention>,
) {
    let name = doc.text[doc.bytes(tokens.clone())]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    found.push(Mention {
        tokens,
        kind,
        name,
        title,
    });
}

/// End of the longest stretch from `at` that satisfies a lookup.
fn longest(doc: &Document<'_>, at: usize, end: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    (at + 1..=(at + 8).min(end))
        .rev()
        .find(|&end| is(&doc.text[doc.bytes(at..end)]))
}

/// The longest known name at `at`: its end, and its kind; no kind for the word for a people
/// ("Russian"), which is no name.
fn known(doc: &Document<'_>, at: usize, end: usize) -> Option<(usize, Option<NameKind>)> {
    for to in (at + 1..=(at + 8).min(end)).rev() {
        let words = &doc.text[doc.bytes(at..to)];
        if to < end && lexicon::is_given_name(words) && is_capitalised(doc.word(to)) {
            continue;
        }
        if lexicon::outlet(words).is_some() {
            return Some((to, Some(NameKind::Organization)));
        }
        if lexicon::party_alias(words).is_some_and(|(_, kind)| kind == AliasKind::People) {
            return Some((to, None));
        }
        if let Some(party) = lexicon::party(words) {
            let kind = if lexicon::place(words).is_some() {
                NameKind::Place
            } else {
                party.kind
            };
            return Some((to, Some(kind)));
        }
        if lexicon::place(words).is_some() {
            return Some((to, Some(NameKind::Place)));
        }
    }
    None
}

/// The kind that the trained finder takes most words of a name for.
fn learned_kind(context: &Context, part: Range<usize>) -> Option<NameKind> {
    let all = part.len();
    let kinds = [NameKind::Person, NameKind::Organization, NameKind::Place];
    kinds.into_iter().find(|&kind| {
        let count = context.learned[part.clone()]
            .iter()
            .filter(|&&k| k == Some(kind))
            .count();
        2 * count > all
    })
}

fn kind_of(doc: &Document<'_>, context: &Context, part: Range<usize>, titled: bool) -> NameKind {
    let first = doc.word(part.start);
    let last = doc.word(part.end - 1);
    let has = |head: fn(&str) -> bool| part.clone().any(|t| head(doc.word(t)));
    if titled {
        return NameKind::Person;
    }
    let learned = learned_kind(context, part.clone());
    let long = part.len() > 1;
    if has(lexicon::organization_head) && (long || learned.is_some()) {
        return NameKind::Organization;
    }
    // "in Velmar": where a place stands; a surname that stands there too is mended later.
    if !long && learned == Some(NameKind::Person) && context.located.contains(first) {
        return NameKind::Place;
    }
    if let Some(kind) = learned {
        return kind;
    }
    if lexicon::place_head(last) && long {
        return NameKind::Place;
    }
    if has(lexicon::other_head) {
        return NameKind::Other;
    }
    let initial = doc.word(part.start + 1) == "." && is_initial(first);
    let in_lower = part
        .clone()
        .any(|t| context.lower.contains(&fold(doc.word(t))));
    if long && (initial || lexicon::is_given_name(first)) && !in_lower {
        return NameKind::Person;
    }
    let aged = doc.word(part.end) == ","
        && doc
            .tokens
            .get(part.end + 1)
            .is_some_and(|t| t.kind == TokenKind::Number && t.of(doc.text).parse::<u8>().is_ok());
    let before = part.start.checked_sub(1).map_or("", |t| doc.word(t));
    let beside_cue =
        context.beside_cue.contains(&(part.end - 1)) || context.beside_cue.contains(&part.start);
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let initials = !long && letters >= 2 && !first.chars().any(char::is_lowercase);
    // "the Ninth Circuit said": a person's name has no article.
    if beside_cue && (initials || matches!(before, "the" | "The")) {
        return NameKind::Organization;
    }
    if (aged || beside_cue) && !initials {
        return NameKind::Person;
    }
    if !long && context.located.contains(first) && !in_lower {
        return NameKind::Place;
    }
    NameKind::Other
}

/// Gives short forms the full name that they stand for.
fn resolve_short_forms(doc: &Document<'_>, context: &Context, found: &mut [Mention]) {
    let surname = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_owned();
    let mut full: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let initialled = |name: &str| name.chars().nth(1) == Some('.');
    for mention in found
        .iter()
        .filter(|m| m.kind == NameKind::Person && m.tokens.len() > 1 && !initialled(&m.name))
    {
        let entry = full.entry(surname(&mention.name)).or_default();
        if entry.last().is_none_or(|(_, name)| *name != mention.name) {
            entry.push((mention.tokens.start, mention.name.clone()));
        }
    }
    let mut first_names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, name) in full.values().flatten() {
        let first = name.split(' ').next().unwrap_or(name).to_owned();
        first_names.entry(first).or_default().insert(name.clone());
    }
    for mention in found.iter_mut() {
        if initialled(&mention.name) {
            let same = full.get(&surname(&mention.name)).into_iter().flatten();
            let first = mention.name.chars().next();
            if let Some((_, name)) = same.rev().find(|(_, n)| n.chars().next() == first) {
                mention.name.clone_from(name);
            }
        }
        if mention.tokens.len() > 1 {
            continue;
        }
        let open = matches!(mention.kind, NameKind::Person | NameKind::Other);
        let place_of_unknown = mention.kind == NameKind::Place
            && lexicon::place(&mention.name).is_none()
            && lexicon::party(&mention.name).is_none();
        if let Some(names) = full.get(&mention.name).filter(|_| open || place_of_unknown) {
            let nearest = names
                .iter()
                .rev()
                .find(|(at, _)| *at <= mention.tokens.start);
            if let Some((_, name)) = nearest.or(names.first()) {
                mention.name.clone_from(name);
                mention.kind = NameKind::Person;
            }
        } else if let Some(names) = first_names
            .get(&mention.name)
            .filter(|n| open && n.len() == 1)
        {
            mention.name = names.iter().next().cloned().unwrap_or_default();
            mention.kind = NameKind::Person;
        } else if mention.kind == NameKind::Other
            && mention.title.is_none()
            && !context.beside_cue.contains(&mention.tokens.start)
            && doc
                .sentences
                .iter()
                .any(|s| s.tokens.start == mention.tokens.start)
            && !context.capitalised.contains(&mention.name)
        {
            mention.name.clear();
        }
    }
}

/// All cues and mentions of a text. What is part of a name is no cue ("United States").
pub(crate) fn cues_and_mentions(doc: &Document<'_>, syntax: &Syntax) -> (Vec<Cue>, Vec<Mention>) {
    let mut cues = cues::cues(doc, syntax);
    let mentions = mentions(doc, syntax, &cues);
    cues.retain(|cue| {
        let at = mentions.partition_point(|m| m.tokens.end <= cue.tokens.start);
        mentions.get(at).is_none_or(|m| {
            let start = m.title.as_ref().map_or(m.tokens.start, |t| t.start);
            !(start..m.tokens.end).contains(&cue.tokens.start)
        })
    });
    (cues, mentions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, NameKind)]) {
        let doc = Document::new(text, None);
        let (_, mentions) = cues_and_mentions(&doc, &Syntax::of(&doc));
        let found: Vec<_> = mentions
            .iter()
            .map(|m| {
                (
                    &doc.text[doc.bytes(m.tokens.clone())],
                    m.name.as_str(),
                    m.kind,
                )
            })
            .collect();
        assert_eq!(found, expected, "names of {text:?}");
    }

    #[test]
    fn a_run_is_cut_into_body_title_and_person() {
        use NameKind::{Organization, Person, Place};
        check(
            "NATO Secretary General Jens Stoltenberg warned. Stoltenberg left Geneva.",
            &[
                ("NATO", "NATO", Organization),
                ("Jens Stoltenberg", "Jens Stoltenberg", Person),
                ("Stoltenberg", "Jens Stoltenberg", Person),
                ("Geneva", "Geneva", Place),
            ],
        );
        check(
            "Russian Deputy Foreign Minister Alexander Grushko said no on Monday.",
            &[("Alexander Grushko", "Alexander Grushko", Person)],
        );
        check(
            "The head of the European Commission, Ursula von der Leyen, complained.",
            &[
                ("European Commission", "European Commission", Organization),
                ("Ursula von der Leyen", "Ursula von der Leyen", Person),
            ],
        );
    }

    #[test]
    fn an_initial_begins_a_name_and_stands_for_the_full_one() {
        use NameKind::{Organization, Person};
        check(
            "The Head of the Government of Velmar T. Hedrin spoke. Tomas Hedrin left.",
            &[
                ("Government of Velmar", "Government of Velmar", Organization),
                ("T. Hedrin", "Tomas Hedrin", Person),
                ("Tomas Hedrin", "Tomas Hedrin", Person),
            ],
        );
    }

    #[test]
    fn what_tells_only_of_what_kind_somebody_is_names_nobody() {
        use NameKind::{Organization, Other, Person};
        check(
            "“No,” said U.S.-based expert John Schilling. The Ninth Circuit ruled.",
            &[
                ("John Schilling", "John Schilling", Person),
                ("Ninth Circuit", "Ninth Circuit", Organization),
            ],
        );
        check(
            "Deputy Commissioner and Head of Counter Terrorism Mark Rowley spoke.",
            &[
                ("Counter Terrorism", "Counter Terrorism", Other),
                ("Mark Rowley", "Mark Rowley", Person),
            ],
        );
    }

    #[test]
    fn two_people_of_one_surname_are_kept_apart() {
        use NameKind::Person;
        check(
            "Anna Weber spoke. Weber was calm. Paul Weber left. Weber was angry.",
            &[
                ("Anna Weber", "Anna Weber", Person),
                ("Weber", "Anna Weber", Person),
                ("Paul Weber", "Paul Weber", Person),
                ("Weber", "Paul Weber", Person),
            ],
        );
    }
}
