//! The line that stands for a happening: a clause or a noun phrase, cut from the tree of its sentence.

use std::ops::Range;

use variorum_text::happenings;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;
use variorum_text::words::is_negation;

use super::dated::is_predicate;
use super::view::{View, words};

/// The most words of a line.
const LONGEST: usize = 20;
/// A line that is cut keeps at least so many words.
const SHORTEST_CUT: usize = 6;
/// A clause is told from the subject that it shares with the one before when that stands at most so
/// many tokens before its verb.
const SHARED_SUBJECT: usize = 12;
/// The place behind a time has at most so many tokens.
const PLACE: usize = 5;
/// A part that is too long for a line is cut where it leaves room for at least so many words.
const ROOM: usize = 4;
/// How far a tree is climbed from one predicate to the next.
const ABOVE: usize = 4;

/// The line of a clause: from its subject to the last complement that leaves it short enough,
/// without the time at its ends.
pub(super) fn clause(view: &View<'_>, verb: usize, time: &Range<usize>) -> Option<Range<usize>> {
    let start = beginning(view, verb, time);
    let end = ending(view, start, verb, time);
    let line = readable(view, trimmed(view, start..end, time));
    let line = balanced(view, line, verb);
    let mut line = trimmed(view, line, time);
    if view.tag(line.start) == Tag::VerbPast
        && let Some(start) = subject_before(view, line.start, time)
        && line.end - start <= LONGEST + SHORTEST_CUT
    {
        line.start = start;
    }
    let names = view.names_in(line.clone()).next().is_some();
    let enough = count(view, &line) + usize::from(names) >= 3;
    let told = line.contains(&verb)
        && enough
        && !is_open(view, &line)
        && !is_conditional(view, &line, time)
        && !is_denied(view, verb, time);
    // "a poll |released on Monday|": without its time the verb would stand alone.
    if line.end == verb + 1
        && view.syntax.relations[verb] == Relation::NounClause
        && (time.start == verb + 1 || time.start == verb + 2)
    {
        line.end = time.end;
    }
    // "Minister Irena Dovak |declared" tells nothing.
    (told && !view.says(line.end - 1)).then_some(line)
}

/// Where the words begin that stand right before a finite verb as its subject, though the tree hangs them elsewhere:
/// "|Radek on Friday| jumped the fence". A comma before the verb may part it from its subject, so then nothing does.
fn subject_before(view: &View<'_>, verb: usize, time: &Range<usize>) -> Option<usize> {
    let mut end = verb;
    while end > 0
        && (time.contains(&(end - 1)) || (end < verb && matches!(view.lower(end - 1), "on" | "in")))
    {
        end -= 1;
    }
    let noun = end.checked_sub(1)?;
    let named = matches!(view.tag(noun), Tag::Noun | Tag::Nouns | Tag::ProperNoun);
    if !named || view.time_at(noun).is_some() {
        // "|Tuesday| marked the first"
        let itself = end == time.start && end < verb;
        return (itself && (end == 0 || view.is_mark(end - 1))).then_some(end);
    }
    let opens = |k: usize| matches!(view.tag(k), Tag::Determiner | Tag::PronounPossessive);
    let mut start = noun;
    while start > 0 && verb - start < SHARED_SUBJECT {
        let whole = opens(start);
        // "the |head of the board|"
        if view.lower(start - 1) == "of" && start >= 2 && view.is_nominal(start - 2) {
            start -= 2;
        } else if !whole && view.is_nominal(start - 1) {
            start -= 1;
        } else {
            break;
        }
    }
    (verb - start <= SHARED_SUBJECT).then_some(start)
}

/// Whether a condition stands right behind a line, so that it would tell more than its sentence: "called for a
/// strike only |if the talks fail|".
fn is_conditional(view: &View<'_>, line: &Range<usize>, time: &Range<usize>) -> bool {
    let next = (line.end..view.doc.tokens.len())
        .find(|k| !time.contains(k) && !matches!(view.lower(*k), "," | "on" | "only" | "even"));
    next.is_some_and(|k| words().conditions.contains(view.lower(k)))
}

/// Whether a verb tells what did not happen, and the time stands behind a noun: "did not mention his |trip in 2013|".
fn is_denied(view: &View<'_>, verb: usize, time: &Range<usize>) -> bool {
    let children = view.syntax.children(verb);
    let denied = children.iter().any(|&k| is_negation(view.lower(k)));
    let behind = time
        .start
        .checked_sub(2)
        .is_some_and(|k| k > verb && view.is_nominal(k));
    denied && behind && !super::dated::hangs_on(view, verb, time)
}

/// Whether a line does not tell who: "going into effect", "to meet him", "we saw it".
fn is_open(view: &View<'_>, line: &Range<usize>) -> bool {
    let aim = matches!(
        view.tag(line.start),
        Tag::VerbIng | Tag::Verb | Tag::VerbPresent | Tag::Modal
    ) && happenings::noun(view.lower(line.start)).is_none();
    // "ate up much of his first year": who did is not told.
    let finite = matches!(view.tag(line.start), Tag::VerbPast | Tag::VerbParticiple);
    let named = || view.names_in(line.clone()).next().is_some();
    let nobody = finite && (view.tag(line.start) == Tag::VerbPast || !named());
    aim || nobody || words().speakers.contains(view.lower(line.start))
}

/// The line of a noun phrase: without the preposition before it, with the phrases behind it.
pub(super) fn phrase(view: &View<'_>, noun: usize, time: &Range<usize>) -> Range<usize> {
    let syntax = view.syntax;
    let mut start = noun;
    for &child in syntax.children(noun).iter().filter(|&&child| child < noun) {
        let part = syntax.subtree(child);
        let belongs = matches!(
            syntax.relations[child],
            Relation::Determiner
                | Relation::AdjectiveModifier
                | Relation::Compound
                | Relation::Possessor
                | Relation::Number
                | Relation::NounModifier
        );
        if belongs && !is_within(view, &part, time) {
            start = start.min(part.start);
        }
    }
    // "the Monday attack": behind the time nothing of the phrase is lost.
    let before = start..time.start.min(noun);
    if time.end <= noun && before.clone().all(|k| view.tag(k) == Tag::Determiner) {
        start = start.max(time.end);
    }
    let end = behind(
        view,
        start,
        noun + 1,
        syntax.children(noun),
        time,
        |child| {
            let part = syntax.subtree(child).start;
            let place = matches!(view.lower(part), "in" | "at");
            let apart = view.lower(part.saturating_sub(1)) == "," && !place;
            let modifies = match syntax.relations[child] {
                Relation::NounModifier
                | Relation::Number
                | Relation::Compound
                | Relation::Oblique => true,
                Relation::NounClause => is_reduced(view, child),
                _ => false,
            };
            modifies && !apart
        },
    );
    // "hold talks |in Geneva": what hangs on the verb tells of the noun as well.
    let governor = syntax.heads[noun].filter(|_| syntax.relations[noun] == Relation::Object);
    let end = governor.map_or(end, |verb| {
        let later = syntax.children(verb);
        let later = &later[later.partition_point(|&child| child <= noun)..];
        behind(view, start, end, later, time, |child| {
            syntax.relations[child] == Relation::Oblique
        })
    });
    let line = readable(view, trimmed(view, start..end, time));
    trimmed(view, balanced(view, line, noun), time)
}

/// The clause behind a time that tells what happened then: "on July 7, when bombs went off".
pub(super) fn when(view: &View<'_>, time: &Range<usize>) -> Option<Range<usize>> {
    let when = time.end + usize::from(view.lower(time.end) == ",");
    if view.lower(when) != "when" {
        return None;
    }
    let by_tree = view.syntax.heads[when]
        .filter(|&verb| verb > when && is_predicate(view, verb))
        .and_then(|verb| clause(view, verb, time));
    by_tree.or_else(|| {
        let wall = |&k: &usize| view.is_mark(k) || view.time_at(k).is_some();
        let limit = view.doc.tokens.len().min(when + 1 + LONGEST);
        let end = (when + 1..limit).find(wall).unwrap_or(limit);
        let told = (when + 1..end).any(|k| view.is_verb(k));
        told.then_some(when + 1..end)
    })
}

/// A bare noun at the beginning of a sentence with the time behind it: "In addition to |the debate this
/// Wednesday|, there". The clause behind tells of something else.
pub(super) fn fronted_with_time(
    phrase: &Range<usize>,
    noun: usize,
    time: &Range<usize>,
) -> Option<Range<usize>> {
    (time.start > noun && time.start <= noun + 2).then_some(phrase.start..time.end)
}

/// From the beginning of a noun phrase to the time at its end, which is left out where enough stands before it: "the debate
/// |at the council in Velmar| this Wednesday".
pub(super) fn up_to_time(view: &View<'_>, start: usize, time: &Range<usize>) -> Range<usize> {
    let line = trimmed(view, start..time.start, time);
    if is_bare(view, &line) {
        start..time.end
    } else {
        line
    }
}

/// A bare noun with the time before it: "Wednesday's attack".
pub(super) fn with_time(noun: usize, time: &Range<usize>) -> Option<Range<usize>> {
    (time.end <= noun && noun - time.end <= 3).then_some(time.start..noun + 1)
}

/// In "talks on Monday in Geneva and on Wednesday in Brussels", the part that belongs to the second time:
/// behind the "and" between another time of the same happening and this one.
pub(super) fn own_part(view: &View<'_>, head: usize, time: &Range<usize>) -> Option<Range<usize>> {
    let between = head + 1..time.start.max(head + 1);
    let other = between.clone().rev().find(|&k| view.time_at(k).is_some())?;
    let and = (other..time.start).find(|&k| view.tag(k) == Tag::Conjunction)?;
    let limit = view.doc.tokens.len().min(time.end + PLACE);
    // "on Wednesday in Brussels |and he| wished", but "in Brussels and Paris"
    let joins = |k: usize| view.tag(k) == Tag::Conjunction && view.tag(k + 1) != Tag::ProperNoun;
    let end = (time.end..limit)
        .find(|&k| {
            view.is_mark(k) || is_predicate(view, k) || view.time_at(k).is_some() || joins(k)
        })
        .unwrap_or(limit);
    let verb = (other..time.start).any(|k| is_predicate(view, k));
    (!verb).then_some(and + 1..end)
}

/// Whether a line is a word or two that say little out of their place: "the talks".
pub(super) fn is_bare(view: &View<'_>, line: &Range<usize>) -> bool {
    let counts = |k: &usize| !view.is_mark(*k) && view.tag(*k) != Tag::Determiner;
    // "her win in the primary": whose it is stands in the clause.
    let owned = view.tag(line.start) == Tag::PronounPossessive;
    (owned || line.clone().filter(counts).count() <= 2)
        && view.names_in(line.clone()).next().is_none()
}

/// "talks |to end the war|", "a meeting |held in Paris|": a clause without subject or conjunction.
fn is_reduced(view: &View<'_>, verb: usize) -> bool {
    let whole = |r: Relation| r.is_subject() || r == Relation::Auxiliary;
    let first = view.syntax.subtree(verb).start;
    view.syntax.child(verb, whole).is_none() && view.tag(first) != Tag::Preposition
}

/// Where a clause begins: at its subject, at the noun that it is about, at the subject that it shares with
/// the clause above, or with its own first verb.
fn beginning(view: &View<'_>, verb: usize, time: &Range<usize>) -> usize {
    let syntax = view.syntax;
    let subject = syntax
        .child(verb, Relation::is_subject)
        .filter(|&k| k < verb);
    match subject {
        Some(subject) if is_relative(view, subject) => {
            return antecedent(view, subject).unwrap_or(verb);
        }
        Some(subject) => {
            // "the |press conference| that the president-elect gave"
            let about = syntax.heads[verb].filter(|&noun| {
                syntax.relations[verb] == Relation::RelativeClause
                    && noun < subject
                    && !is_predicate(view, noun)
            });
            let start = syntax.subtree(subject).start;
            return about.map_or(start, |noun| nominal(view, noun));
        }
        None => {}
    }
    let own = syntax
        .children(verb)
        .iter()
        .copied()
        .find(|&k| {
            k < verb && matches!(syntax.relations[k], Relation::Auxiliary | Relation::Copula)
        })
        .unwrap_or(verb);
    let Some(head) = syntax.heads[verb].filter(|&head| head < verb) else {
        return own;
    };
    let about = matches!(
        syntax.relations[verb],
        Relation::RelativeClause | Relation::NounClause
    );
    if about && !is_predicate(view, head) {
        return nominal(view, head);
    }
    let Some(above) = predicate_above(view, verb).filter(|&above| above < verb) else {
        return own;
    };
    let start = beginning(view, above, time);
    let apart = |k: usize| {
        view.is_quote(k) || (view.time_at(k).is_some() && !time.contains(&k)) || view.merely_says(k)
    };
    if verb - start > SHARED_SUBJECT || (start..verb).any(apart) {
        own
    } else {
        start
    }
}

/// The next predicate that a word hangs under.
pub(super) fn predicate_above(view: &View<'_>, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..ABOVE {
        at = view.syntax.heads[at]?;
        if is_predicate(view, at) {
            return Some(at);
        }
    }
    None
}

fn is_relative(view: &View<'_>, token: usize) -> bool {
    view.tag(token) == Tag::Wh || view.lower(token) == "that"
}

/// Where the noun phrase before a relative pronoun begins.
fn antecedent(view: &View<'_>, pronoun: usize) -> Option<usize> {
    let before = pronoun.checked_sub(1)?;
    let noun = before.checked_sub(usize::from(view.lower(before) == ","))?;
    let tag = view.tag(noun);
    let is_noun = matches!(tag, Tag::Noun | Tag::Nouns | Tag::ProperNoun);
    (is_noun && view.time_at(noun).is_none()).then(|| nominal(view, noun))
}

/// Where the words of a noun phrase begin that ends with a noun.
fn nominal(view: &View<'_>, noun: usize) -> usize {
    let mut start = noun;
    while start > 0 && noun - start < SHARED_SUBJECT && view.is_nominal(start - 1) {
        start -= 1;
    }
    start
}

/// Where a clause ends.
fn ending(view: &View<'_>, start: usize, verb: usize, time: &Range<usize>) -> usize {
    let syntax = view.syntax;
    behind(
        view,
        start,
        verb + 1,
        syntax.children(verb),
        time,
        |child| {
            match syntax.relations[child] {
                Relation::Parataxis => false,
                Relation::Conjunct => !is_predicate(view, child),
                // "called for |increasing security|": told as the aim of the verb, without a comma.
                Relation::AdverbialClause => {
                    let part = syntax.subtree(child);
                    let joined = part.start > 0 && !view.is_mark(part.start - 1);
                    let aims = matches!(view.tag(part.start), Tag::To | Tag::Preposition);
                    joined && aims && syntax.child(child, Relation::is_subject).is_none()
                }
                _ => true,
            }
        },
    )
}

/// How far a line reaches beyond `end` with the parts that hang on its head: those that `belongs`
/// takes, up to the first that it does not or that is too long; a part that is too long by itself
/// is cut.
fn behind(
    view: &View<'_>,
    start: usize,
    end: usize,
    children: &[usize],
    time: &Range<usize>,
    belongs: impl Fn(usize) -> bool,
) -> usize {
    let mut reached = end;
    for &child in children.iter().filter(|&&child| child >= end) {
        let part = view.syntax.subtree(child);
        let relation = view.syntax.relations[child];
        // "a visit on Friday |to raise the pressure|": what a time parts from its noun is told of another.
        let parted = (reached..part.start).any(|k| time.contains(&k));
        if parted && relation == Relation::NounClause {
            break;
        }
        if matches!(relation, Relation::Punctuation | Relation::Coordinator)
            || is_within(view, &part, time)
        {
            continue;
        }
        if !belongs(child) {
            break;
        }
        // "... and with NATO on Wednesday": what another time dates is another line.
        let mut part = part.clone();
        let apart = |k: usize| k + 2 < time.start || k > time.end + 1;
        if let Some(other) = part
            .clone()
            .find(|&k| view.time_at(k).is_some() && !time.contains(&k) && apart(k))
        {
            let joins = |&k: &usize| view.is_mark(k) || view.tag(k) == Tag::Conjunction;
            let core = matches!(
                view.syntax.relations[child],
                Relation::Object | Relation::Complement | Relation::OpenComplement
            );
            match (part.start..other).rev().find(joins) {
                Some(joint) => part.end = joint,
                None if core => {}
                None => break,
            }
        }
        if count(view, &(start..part.end)) > LONGEST {
            if count(view, &(start..reached)) + ROOM <= LONGEST {
                let before = part.start.max(reached)..time.start.clamp(part.start, part.end);
                let timed = part.contains(&time.start) && before.len() > 1;
                reached = if timed && count(view, &(start..before.end)) <= LONGEST {
                    before.end
                } else {
                    cut(view, start..part.end, reached)
                };
            }
            break;
        }
        reached = part.end;
    }
    reached
}

/// Where a line that is too long ends: before the last preposition, conjunction or mark that leaves it
/// short enough.
fn cut(view: &View<'_>, line: Range<usize>, least: usize) -> usize {
    let words: Vec<usize> = line.clone().filter(|&k| !view.is_mark(k)).collect();
    let (Some(&last), Some(&first)) = (words.get(LONGEST), words.get(SHORTEST_CUT)) else {
        return line.end;
    };
    let ends = |k: usize| {
        let tags = &view.syntax.tags;
        matches!(view.lower(k), "," | ";" | ":" | "—" | "–" | "(" | "--")
            || matches!(
                tags[k],
                Tag::Preposition | Tag::Conjunction | Tag::Wh | Tag::To
            )
    };
    let first = first.max(least);
    (first..=last)
        .rev()
        .find(|&k| ends(k))
        .unwrap_or(last.max(least))
}

/// Whether a part is the time, with the preposition or article before it.
fn is_within(view: &View<'_>, part: &Range<usize>, time: &Range<usize>) -> bool {
    part.clone().all(|k| {
        time.contains(&k)
            || view.is_mark(k)
            || words().trim.contains(view.lower(k))
            || view.lower(k) == "'s"
    }) && part.start < time.end
        && time.start < part.end
}

/// Number of words.
fn count(view: &View<'_>, range: &Range<usize>) -> usize {
    range.clone().filter(|&k| !view.is_mark(k)).count()
}

/// A line up to the first address of the web in it.
fn readable(view: &View<'_>, line: Range<usize>) -> Range<usize> {
    let end = line.clone().find(|&k| is_link(view.doc.word(k)));
    line.start..end.unwrap_or(line.end)
}

/// Whether a word is an address or a sign of the web.
pub(super) fn is_link(word: &str) -> bool {
    word.starts_with(['#', '@'])
        || matches!(word, "http" | "https")
        || word.contains("://")
        || word.contains(".com")
        || word.contains(".co/")
}

/// The side of a quotation mark without its partner that holds the head of a line.
fn balanced(view: &View<'_>, line: Range<usize>, head: usize) -> Range<usize> {
    let marks: Vec<usize> = line.clone().filter(|&k| view.is_quote(k)).collect();
    if marks.len().is_multiple_of(2) {
        return line;
    }
    match marks.iter().rev().find(|&&k| k > head) {
        Some(&mark) => line.start..mark,
        None => marks.last().map_or(line.start, |mark| mark + 1)..line.end,
    }
}

/// A line without the time, the little words and the marks at its ends.
fn trimmed(view: &View<'_>, line: Range<usize>, time: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (line.start, line.end);
    let little = |k: usize| words().trim.contains(view.lower(k));
    let mark = |k: usize| view.is_mark(k) && !matches!(view.lower(k), "$" | "£" | "€");
    // "the talks", "at least four people"
    let opens = |k: usize| {
        let tag = view.tag(k);
        matches!(tag, Tag::Determiner | Tag::PronounPossessive)
            || matches!(view.lower(k + 1), "least" | "most")
    };
    let about = |k: usize| matches!(view.lower(k), "about" | "around" | "approximately");
    // "as soon as Friday"
    let as_soon = |k: usize| {
        matches!(view.lower(k), "soon" | "early" | "only")
            && (view.lower(k) == "only" || k.checked_sub(1).is_some_and(|k| view.lower(k) == "as"))
    };
    while start < end
        && (time.contains(&start)
            || (mark(start) && !view.is_quote(start))
            || view.lower(start) == "'s"
            || (little(start) && !opens(start)))
    {
        start += 1;
    }
    while start < end
        && (time.contains(&(end - 1))
            || (mark(end - 1) && !view.is_quote(end - 1) && view.lower(end - 1) != ")")
            || little(end - 1)
            || about(end - 1)
            || as_soon(end - 1))
    {
        end -= 1;
    }
    start..end
}
