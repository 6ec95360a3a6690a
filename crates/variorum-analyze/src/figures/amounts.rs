//! What an amount belongs to: money, shares, distances and weights.
//!
//! In this order: the noun it describes ("a |$10.7 billion| trade deficit"), the noun behind "of", "in" or
//! "for", the noun it is a complement of ("a fine of"), the verb it hangs on, with its subject ("the missile
//! flew"), the clause that leads up to it, and last the noun right before it.

use std::ops::Range;

use variorum_text::TokenKind;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;

use super::Counted;
use super::counted::is_little;
use super::lists::WORDS;
use super::view::View;

/// How many tokens before an amount are searched for what it belongs to.
const BEFORE: usize = 8;
/// How many tokens a verb with its subject or its object has at most.
const CLAUSE: usize = 8;
/// How many tokens the clause that leads up to an amount has at most.
const UP_TO: usize = 14;
/// How far the tree is climbed from an amount to its verb.
const CLIMB: usize = 4;

/// What an amount measures.
pub(super) fn counted(view: &View<'_, '_>) -> Option<Counted> {
    if view.number.unit.as_deref() == Some("times") {
        return repeated(view);
    }
    if is_place(view) || is_top(view) {
        return None;
    }
    if let Some(what) = described(view)
        .or_else(|| of_noun(view))
        .or_else(|| in_noun(view))
    {
        let what = view.doc.bytes(what);
        return Some(Counted {
            until: what.end,
            what,
        });
    }
    // "sold it to the officers for $385": what is paid for stands in the clause.
    let price = || {
        let money = view
            .number
            .unit
            .as_ref()
            .is_some_and(|unit| unit.len() == 3);
        clause_up_to(view).filter(|_| money && view.before(1) == "for")
    };
    let what = noun_right_before(view)
        .or_else(price)
        .or_else(|| complemented(view))
        .or_else(|| predicated(view))
        .or_else(|| done(view).filter(|what| !is_scrap(view, what)))
        .or_else(|| clause_up_to(view))
        .or_else(|| words_up_to(view))
        .or_else(|| beside(view))?;
    let what = view.doc.bytes(what);
    Some(Counted {
        what,
        until: view.number.range.end,
    })
}

/// Whether a label is a verb alone before the amount, which does not tell what is measured: "|cut| by 75%".
fn is_scrap(view: &View<'_, '_>, what: &Range<usize>) -> bool {
    what.len() == 1
        && what.end <= view.first
        && view.is_verb(what.start)
        && !view.is_outcome(what.start)
}

/// The clause that leads up to the amount, from its subject: "|he sold the rest to the officers| for $385".
pub(super) fn clause_up_to(view: &View<'_, '_>) -> Option<Range<usize>> {
    let (head, subject) = governing(view)?;
    let verb = head.min(view.first);
    let near = |start: &usize| *start < verb && view.first <= *start + UP_TO;
    let whole = subject.map(|subject| view.syntax.subtree(subject).start);
    let short = subject.map(|subject| view.phrase_before(subject).start);
    let mut start = whole.filter(near).or(short.filter(near)).unwrap_or(verb);
    let end = (verb.max(start)..view.first)
        .find(|&token| parts(view, token))
        .unwrap_or(view.first);
    let inner = start..verb.min(end);
    start = inner
        .rev()
        .find(|&token| parts(view, token))
        .map_or(start, |token| token + 1);
    label(view, start..end)
}

/// The words between the last mark and the amount, where the tree does not tell its clause: "|the subsidies cost|
/// $7 billion".
fn words_up_to(view: &View<'_, '_>) -> Option<Range<usize>> {
    let part =
        |&token: &usize| parts(view, token) || view.doc.tokens[token].kind == TokenKind::Mark;
    let start = (view.sentence.start..view.first).rev().find(part);
    let start = start.map_or(view.sentence.start, |token| token + 1);
    let told = (start..view.first).any(|token| view.is_verb(token));
    label(view, start..view.first).filter(|_| told)
}

/// Whether a token parts what is told of the amount from what is told of something else.
fn parts(view: &View<'_, '_>, token: usize) -> bool {
    let marks = [
        "“", "”", "\"", ";", ":", "(", ")", "—", "–", "--", "%", "$", "‘",
    ];
    view.tag(token) == Tag::Number || marks.contains(&view.doc.word(token))
}

/// The words of a label without the little ones at its ends; nothing where they name nothing.
fn label(view: &View<'_, '_>, words: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = words;
    let little = |token: usize| {
        view.doc.tokens[token].kind == TokenKind::Mark
            || matches!(
                view.tag(token),
                Tag::Preposition
                    | Tag::To
                    | Tag::Conjunction
                    | Tag::Determiner
                    | Tag::Adverb
                    | Tag::PronounPossessive
                    | Tag::Wh
            )
    };
    // "ripped off |at least| two"
    let bound = |token: usize| {
        matches!(
            view.lower(token).as_str(),
            "least" | "most" | "more" | "less" | "fewer" | "than" | "about" | "up"
        )
    };
    while end > start && (little(end - 1) || bound(end - 1)) {
        end -= 1;
    }
    let opens = |token: usize| {
        view.doc.tokens[token].kind == TokenKind::Mark
            || matches!(
                view.tag(token),
                Tag::Wh | Tag::Conjunction | Tag::Preposition | Tag::Adverb | Tag::Possessive
            )
    };
    while end > start && opens(start) {
        start += 1;
    }
    let long = (2..=UP_TO).contains(&end.saturating_sub(start));
    let noun = (start..end).any(|token| view.is_noun(token));
    // "he paid" tells more than "it was".
    let does =
        |token: usize| view.is_verb(token) && !WORDS.light_verbs.contains(&view.lower(token));
    (long && (noun || (start..end).any(does))).then_some(start..end)
}

/// The word that tells what happens with the amount, and its subject, which it may share with the verb above it:
/// "Radek |hopes to win| half".
fn governing(view: &View<'_, '_>) -> Option<(usize, Option<usize>)> {
    let mut head = view.anchor();
    for _ in 0..CLIMB {
        head = view
            .head(head)
            .filter(|head| view.sentence.contains(head))?;
        let subject = view.syntax.child(head, Relation::is_subject);
        let verb = view.is_verb(head) && view.relation(head) != Relation::Auxiliary;
        if subject.is_some() || (verb && view.relation(head) != Relation::OpenComplement) {
            let own = subject.filter(|subject| !(view.first..=view.last).contains(subject));
            return Some((head, own));
        }
    }
    None
}

/// The noun right before the amount: "|Coal| 37%", "|Hydropower|: 7%", "the |rent| is $5".
fn beside(view: &View<'_, '_>) -> Option<Range<usize>> {
    let light = |token: &usize| {
        matches!(
            view.lower(*token).as_str(),
            ":" | "(" | "upward" | "upwards" | "of"
        ) || WORDS.auxiliaries.contains(&view.lower(*token))
    };
    let near = view.first.saturating_sub(3).max(view.sentence.start)..view.first;
    let noun = near
        .rev()
        .find(|token| !light(token) && view.tag(*token) != Tag::Possessive)?;
    let capital = view.doc.word(noun).starts_with(char::is_uppercase);
    let fits = (view.is_noun(noun) || (capital && view.tag(noun) == Tag::Adjective))
        && !view.in_time(noun)
        && !is_little(&view.lower(noun));
    fits.then(|| view.phrase_before(noun))
}

/// "|26.94 degrees| in latitude"
fn is_place(view: &View<'_, '_>) -> bool {
    let next = view.lower(view.last + 1);
    let after = view.lower(view.last + 2);
    let directions = ["latitude", "longitude", "north", "south", "east", "west"];
    let is = |word: &str| directions.contains(&word);
    view.number.unit.as_deref() == Some("°") && (is(&next) || (next == "in" && is(&after)))
}

/// "the top |1 percent|" are people, not a share of something.
fn is_top(view: &View<'_, '_>) -> bool {
    let ranks = [
        "top",
        "bottom",
        "richest",
        "poorest",
        "wealthiest",
        "upper",
        "lower",
    ];
    let of = view.lower(view.last + 1) == "of";
    view.number.unit.as_deref() == Some("%") && !of && ranks.contains(&view.before(1).as_str())
}

/// "55 miles (|90 km|)": the same in another unit.
pub(super) fn is_conversion(view: &View<'_, '_>) -> bool {
    let mark = view.first.wrapping_sub(1);
    view.sentence.contains(&mark)
        && view.doc.word(mark) == "("
        && (1..=3).any(|back| {
            let token = mark.wrapping_sub(back);
            view.sentence.contains(&token) && view.tag(token) == Tag::Number
        })
}

/// "passed |twice|", "hit him three times": what was done so often.
fn repeated(view: &View<'_, '_>) -> Option<Counted> {
    let next = view.lower(view.last + 1);
    let compares = matches!(
        next.as_str(),
        "as" | "the"
            | "more"
            | "a"
            | "an"
            | "larger"
            | "higher"
            | "that"
            | "than"
            | "per"
            | "over"
            | "daily"
            | "before"
    );
    let verb = verb_of(view)?;
    let happened = matches!(
        view.tag(verb),
        Tag::VerbPast | Tag::VerbParticiple | Tag::VerbIng
    );
    // "twice passed a check" begins with the number itself.
    let before = verb > view.last;
    if !happened || (compares && !before) {
        return None;
    }
    let what = if before {
        verb..object_end(view, verb).min(verb + CLAUSE)
    } else {
        let own = verb + 1..object_end(view, verb).min(view.first).max(verb + 1);
        match subject_of(view, verb).filter(|subject| subject.end <= verb) {
            Some(subject) if own.end <= subject.start + CLAUSE => subject.start..own.end,
            _ => verb..own.end,
        }
    };
    let bytes = view.doc.bytes(what);
    let until = bytes.end.max(view.number.range.end);
    Some(Counted { what: bytes, until })
}

/// The noun that the amount describes: "a $10.7 billion |trade deficit in services|".
pub(super) fn described(view: &View<'_, '_>) -> Option<Range<usize>> {
    let mut next = view.last + 1;
    // "the $1.1 trillion annual deficit"
    if view.tag(next) == Tag::Adjective && view.in_time(next) {
        next += 1;
    }
    // "a 30-year low"
    let lone = view.is_hyphened()
        && view.tag(next) == Tag::Adjective
        && !WORDS.stops.contains(&view.lower(next));
    let phrase = view
        .noun_phrase(next)
        .or_else(|| lone.then(|| next..next + 1))?;
    let noun = phrase.end - 1;
    let anchor = view.anchor();
    let hangs = view.head(anchor).is_some_and(|head| phrase.contains(&head))
        && matches!(
            view.relation(anchor),
            Relation::Number
                | Relation::Compound
                | Relation::AdjectiveModifier
                | Relation::NounModifier
                | Relation::Determiner
        );
    // "the 7.8% rate"
    let determined = view
        .first
        .checked_sub(1)
        .is_some_and(|token| matches!(view.tag(token), Tag::Determiner | Tag::PronounPossessive));
    let fits = hangs
        || determined
        || view.is_hyphened()
        || (!view.relation(noun).is_subject() && view.tag(next) != Tag::ProperNoun);
    let money = view.number.unit.as_deref() != Some("%") || hangs || determined;
    (fits && money && !is_little(&view.lower(noun)))
        .then(|| phrase.start..view.linked(phrase.end, false))
}

/// "40% of the |nation's economy|", "$5 million worth of |goods|"
pub(super) fn of_noun(view: &View<'_, '_>) -> Option<Range<usize>> {
    let mut of = view.last + 1;
    of += usize::from(view.lower(of) == "worth");
    if view.lower(of) != "of" {
        return None;
    }
    let phrase = view.noun_phrase(view.skip_articles(of + 1))?;
    let share = view.number.unit.as_deref() == Some("%");
    let end = view.told(phrase.end, share);
    Some(phrase.start..end)
}

/// "250 billion pounds in |assistance|", "$5 million for |schools|"
fn in_noun(view: &View<'_, '_>) -> Option<Range<usize>> {
    let link = view.lower(view.last + 1);
    let money = view
        .number
        .unit
        .as_deref()
        .is_some_and(|unit| unit.len() == 3);
    if !money || !matches!(link.as_str(), "in" | "for") {
        return None;
    }
    let start = view.last + 2;
    let phrase = view.noun_phrase(view.skip_articles(start))?;
    let noun = phrase.end - 1;
    // "in Texas" is where, and "for the vote" may be anything.
    let plain = matches!(view.tag(noun), Tag::Noun | Tag::Nouns);
    let bare = link == "for" || view.skip_articles(start) == start;
    (plain && bare).then_some(phrase)
}

/// The noun that has the amount as its complement: "a |fine| of $5 million", "|speeds| upward of 90 miles".
pub(super) fn complemented(view: &View<'_, '_>) -> Option<Range<usize>> {
    let anchor = view.anchor();
    let noun = view
        .head(anchor)
        .filter(|head| view.sentence.contains(head) && *head < view.first)?;
    let fits = matches!(
        view.relation(anchor),
        Relation::NounModifier
            | Relation::Apposition
            | Relation::Number
            | Relation::NounClause
            | Relation::Parataxis
    );
    if !fits || !view.is_noun(noun) || view.first > noun + BEFORE {
        return None;
    }
    if let Some(subject) = subject_of(view, noun) {
        return contiguous(subject.start..noun + 1).or(Some(subject));
    }
    let phrase = view.phrase_before(noun);
    let word = view.lower(noun);
    if is_little(&word) || (WORDS.empty.contains(&word) && phrase.len() == 1) {
        return None;
    }
    let end = view.linked(phrase.end, false);
    Some(phrase.start..if end <= view.first { end } else { phrase.end })
}

/// "its |cost| was $5 million": the subject of which the amount is told.
fn predicated(view: &View<'_, '_>) -> Option<Range<usize>> {
    let subject = subject_of(view, view.anchor())?;
    (subject.end <= view.first).then_some(subject)
}

/// What was done, with its subject or its object: "the |missile flew|", "|raised interest rates|". Where the
/// tree hangs the amount on a verb far away, the noun before its preposition is closer to the truth.
pub(super) fn done(view: &View<'_, '_>) -> Option<Range<usize>> {
    let verb = verb_of(view);
    if verb.is_none_or(|verb| verb + BEFORE < view.first)
        && let Some(noun) = noun_at_preposition(view)
    {
        return Some(view.phrase_before(noun));
    }
    let verb = verb?;
    // "93% |support this change|"
    if verb > view.last && view.number.unit.as_deref() == Some("%") {
        let end = view.told(view.last + 1, true);
        if end > view.last + 2 {
            return Some(view.last + 1..end);
        }
    }
    if verb > view.last {
        let end = object_end(view, verb).min(verb + CLAUSE);
        let spent = view.relation(view.anchor()) == Relation::SubjectPassive;
        return spent.then_some(verb..end);
    }
    if verb >= view.first {
        // "Turnout |topped 70 percent|" holds its own verb.
        return subject_of(view, verb).filter(|subject| subject.end <= view.first);
    }
    clause(view, verb)
}

/// A noun before "to" and a verb, with them.
fn raised_noun(view: &View<'_, '_>, verb: usize) -> Option<Range<usize>> {
    let noun = verb
        .checked_sub(2)
        .filter(|noun| view.sentence.contains(noun))?;
    let fits = view.tag(verb) == Tag::Verb
        && view.tag(verb - 1) == Tag::To
        && view.is_noun(noun)
        && !view.in_time(noun);
    fits.then(|| view.phrase_before(noun).start..verb + 1)
}

/// "an |officer| for 15 years"
fn noun_at_preposition(view: &View<'_, '_>) -> Option<usize> {
    let noun = view.first.checked_sub(2)?;
    let fits = view.sentence.contains(&noun)
        && matches!(view.tag(noun + 1), Tag::Preposition | Tag::To)
        && matches!(view.tag(noun), Tag::Noun | Tag::Nouns)
        && !is_little(&view.lower(noun));
    fits.then_some(noun)
}

/// "at |speeds| upward of 90 miles an hour"
fn noun_right_before(view: &View<'_, '_>) -> Option<Range<usize>> {
    let noun = view
        .first
        .checked_sub(1)
        .filter(|noun| view.sentence.contains(noun))?;
    let phrase = view.phrase_before(noun);
    let after_preposition = phrase
        .start
        .checked_sub(1)
        .is_some_and(|at| view.tag(at) == Tag::Preposition);
    let fits = view.tag(noun) == Tag::Nouns && after_preposition && !view.in_time(noun);
    fits.then_some(phrase)
}

/// A verb before the amount, with its subject where that stands right before it, and its object.
fn clause(view: &View<'_, '_>, verb: usize) -> Option<Range<usize>> {
    let object = object_end(view, verb);
    let end = if object <= view.first {
        object
    } else {
        verb + 1
    };
    let light = WORDS.light_verbs.contains(&view.lower(verb)) && end == verb + 1;
    match subject_of(view, verb) {
        Some(subject) if subject.end <= verb && end <= subject.start + CLAUSE => {
            let what = if light { subject } else { subject.start..end };
            Some(what)
        }
        // "cause |premiums to rise| by half"
        _ if end == verb + 1 && raised_noun(view, verb).is_some() => raised_noun(view, verb),
        // "putting its |cost| around $1 billion"
        _ if WORDS.light_verbs.contains(&view.lower(verb)) => {
            let told = end > verb + 1 && view.is_noun(end - 1);
            told.then(|| view.phrase_before(end - 1))
        }
        _ => Some(verb..end.min(verb + CLAUSE)),
    }
}

/// The verb that the amount hangs on.
pub(super) fn verb_of(view: &View<'_, '_>) -> Option<usize> {
    let anchor = view.anchor();
    let head = view
        .head(anchor)
        .filter(|head| view.sentence.contains(head))?;
    let fits = !matches!(
        view.relation(anchor),
        Relation::Punctuation | Relation::Other
    );
    (fits && view.is_verb(head) && view.first < head + 2 * BEFORE).then_some(head)
}

/// The noun phrase of the subject of a verb or predicate; nothing where it is a pronoun.
fn subject_of(view: &View<'_, '_>, verb: usize) -> Option<Range<usize>> {
    let subject = view.syntax.child(verb, |relation| {
        matches!(relation, Relation::Subject | Relation::SubjectPassive)
    })?;
    if !view.is_noun(subject) || !view.sentence.contains(&subject) || view.in_time(subject) {
        return None;
    }
    let phrase = view.phrase_before(subject);
    let end = view.linked(phrase.end, false);
    let end = if end <= verb.min(view.first).max(phrase.end) {
        end
    } else {
        phrase.end
    };
    contiguous(phrase.start..end)
}

fn contiguous(range: Range<usize>) -> Option<Range<usize>> {
    (range.len() <= CLAUSE && !range.is_empty()).then_some(range)
}

/// One past the object of a verb, where one follows it.
fn object_end(view: &View<'_, '_>, verb: usize) -> usize {
    let object = view
        .syntax
        .child(verb, |relation| relation == Relation::Object);
    match object {
        Some(object)
            if object > verb
                && object <= verb + CLAUSE - 2
                && !(view.first..=view.last).contains(&object) =>
        {
            let anchored =
                (verb + 1..object).any(|token| (view.first..=view.last).contains(&token));
            if anchored { verb + 1 } else { object + 1 }
        }
        _ => verb + 1,
    }
}

/// The plural before a large count that stands without its noun: "cut admissions of |refugees| to 50,000".
pub(super) fn plural_before(view: &View<'_, '_>) -> Option<Range<usize>> {
    let from = view.sentence.start.max(view.first.saturating_sub(BEFORE));
    let token = (from..view.first).rev().find(|&token| {
        let word = view.lower(token);
        view.doc.tokens[token].kind == TokenKind::Word
            && word.len() > 2
            && view.tag(token) == Tag::Nouns
            && !view.doc.word(token).starts_with(char::is_uppercase)
            && !is_little(&word)
            && !WORDS.stops.contains(&word)
            && !view.in_time(token)
    })?;
    Some(view.phrase_before(token))
}
