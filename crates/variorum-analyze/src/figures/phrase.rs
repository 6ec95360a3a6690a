//! Noun phrases as runs of tokens, and what belongs to them: "soldiers near the borders",
//! "people were killed", "countries named in the order".

use std::ops::Range;

use variorum_text::TokenKind;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;

use super::lists::WORDS;
use super::view::View;

/// How many tokens a noun phrase has at most.
const PHRASE: usize = 6;
/// How many words may stand between a number and the noun that the tree names beyond a run of nouns.
const GAP: usize = 5;
/// How many tokens a phrase has at most that is linked to it.
const LINKED: usize = 5;
/// How many words of what people think are told.
const CLAUSE: usize = 8;
/// How many auxiliaries stand at most before what happened: "are now known to have (died)".
const AUXILIARIES: usize = 6;

impl View<'_, '_> {
    /// Whether a token may stand in a noun phrase.
    fn in_phrase(&self, token: usize, first: bool) -> bool {
        if !self.sentence.contains(&token) || self.doc.tokens[token].kind == TokenKind::Mark {
            return false;
        }
        let word = self.lower(token);
        let capital = self.doc.word(token).starts_with(char::is_uppercase);
        let stops = WORDS.stops.contains(&word) || WORDS.links.contains(&word);
        if self.in_time(token) || (stops && !capital) {
            return false;
        }
        let next_is_noun = || {
            let next = token + 1;
            (self.is_noun(next) || self.tag(next) == Tag::Adjective) && self.in_phrase(next, false)
        };
        match self.tag(token) {
            Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::ProperNoun => true,
            Tag::Possessive => !first && next_is_noun(),
            Tag::VerbParticiple | Tag::VerbIng => {
                next_is_noun() && !self.starts_clause(token, first)
            }
            Tag::VerbPresent | Tag::Verb => self.is_mistaken_noun(token),
            // "5 17-year cicadas", "six Boeing 787 jets"
            Tag::Number => {
                let named = !first
                    && matches!(
                        self.tag(token - 1),
                        Tag::ProperNoun | Tag::Adjective | Tag::Possessive
                    );
                self.is_noun(token) || ((word.contains('-') || named) && next_is_noun())
            }
            _ => false,
        }
    }

    /// "people |wearing| masks", against "two |armed| men".
    fn starts_clause(&self, token: usize, first: bool) -> bool {
        !first && self.relation(token) == Relation::NounClause
    }

    /// "two San Antonio |shops| that": a plural that the tagger takes for a verb behind a name.
    fn is_mistaken_noun(&self, token: usize) -> bool {
        let word = self.doc.word(token);
        token > self.last
            && token <= self.last + 4
            && word.ends_with('s')
            && word.starts_with(char::is_lowercase)
            && (self.last + 1..token).all(|at| self.tag(at) == Tag::ProperNoun)
            && self.number.min != Some(1.0)
            && token > self.last + 1
            && !self.doc.word(token - 1).ends_with('s')
    }

    /// The noun phrase that begins at a token; its last token is its noun.
    pub(super) fn noun_phrase(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        while end < start + PHRASE && self.in_phrase(end, end == start) {
            // "five dead", "20 people dead": what happened is read by itself.
            if end > start && self.is_outcome(end) && !self.in_phrase(end + 1, false) {
                break;
            }
            end += 1;
        }
        let noun = |token: usize| self.is_noun(token) || self.is_mistaken_noun(token);
        while end > start && !noun(end - 1) {
            end -= 1;
        }
        (end > start).then(|| start..self.cut(start..end))
    }

    /// The end of a phrase without what the tree hangs elsewhere: "five people | police say".
    fn cut(&self, phrase: Range<usize>) -> usize {
        let Some(head) = self.head(self.last).filter(|head| phrase.contains(head)) else {
            return phrase.end;
        };
        if self.relation(self.last) != Relation::Number || self.tag(head) != Tag::Nouns {
            return phrase.end;
        }
        // "two nuclear weapons |tests|", but "five people |police say|"
        let belongs = |token: &usize| {
            self.head(*token) == Some(head)
                || (self.tag(*token) == Tag::Nouns && !self.is_verb(token + 1))
        };
        let behind = (head + 1..phrase.end).take_while(belongs).count();
        head + 1 + behind
    }

    /// The noun phrase behind the number, as far as the tree tells, where adverbs, commas or "and" stand
    /// in it: "six mostly Muslim countries".
    pub(super) fn tree_phrase(&self, start: usize) -> Option<Range<usize>> {
        let head = self.head(self.last)?;
        let fits = self.relation(self.last) == Relation::Number
            && self.sentence.contains(&head)
            && head >= start
            && head <= start + GAP
            && self.is_noun(head)
            && !self.in_time(head);
        let inside = |token: usize| {
            matches!(
                self.tag(token),
                Tag::Adjective
                    | Tag::Noun
                    | Tag::Nouns
                    | Tag::ProperNoun
                    | Tag::Adverb
                    | Tag::Conjunction
                    | Tag::VerbParticiple
                    | Tag::Possessive
            ) || matches!(self.doc.word(token), "," | "“" | "\"" | "-")
        };
        (fits && (start..head).all(inside)).then(|| start..head + 1)
    }

    /// One past a word for what happened to those counted, right behind them or after an auxiliary.
    pub(super) fn outcome(&self, mut token: usize) -> Option<usize> {
        for _ in 0..AUXILIARIES {
            let word = self.lower(token);
            if WORDS.outcomes.contains(&word) {
                return Some(token + 1);
            }
            if !WORDS.auxiliaries.contains(&word) {
                return None;
            }
            token += 1;
        }
        None
    }

    /// One past what is told of a noun that ends its phrase before `end`: what happened to those counted,
    /// a participle, or one short phrase with a preposition. `generic` nouns ("people") want more.
    pub(super) fn told(&self, end: usize, generic: bool) -> usize {
        if let Some(outcome) = self.outcome(end) {
            return outcome;
        }
        if let Some(passive) = self.passive(end) {
            return passive;
        }
        if let Some(clause) = self.participle(end) {
            return clause;
        }
        if generic && let Some(active) = self.active(end) {
            return active;
        }
        self.linked(end, false)
    }

    /// The same for any noun that stands alone, where what its holders do is told to the end: "Americans |will get
    /// a cheque|", and not "Republicans |refused| to back him".
    pub(super) fn told_whole(&self, end: usize) -> usize {
        let told = self.told(end, false);
        let Some(active) = self.active(end).filter(|_| told == end) else {
            return told;
        };
        let closed = !self.sentence.contains(&active)
            || self.doc.tokens[active].kind == TokenKind::Mark
            || self.in_time(active)
            || (self.tag(active) == Tag::Conjunction)
            || (self.tag(active) == Tag::Preposition && !self.is_verb(active - 1));
        if closed { active } else { end }
    }

    /// "sales |were approved|", "tests this year |were abruptly terminated|"
    fn passive(&self, end: usize) -> Option<usize> {
        let noun = end.checked_sub(1)?;
        let verb = self.head(noun).filter(|verb| *verb >= end)?;
        let subject = matches!(
            self.relation(noun),
            Relation::SubjectPassive | Relation::Subject
        );
        let light = WORDS.light_verbs.contains(&self.lower(verb));
        let participle = self.tag(verb) == Tag::VerbParticiple && !light;
        if !subject || verb > end + AUXILIARIES || !participle {
            return None;
        }
        let between = |token: usize| {
            self.relation(token) == Relation::Auxiliary
                || self.tag(token) == Tag::Adverb
                || self.in_time(token)
        };
        let passive = (end..verb).any(|token| {
            matches!(
                self.lower(token).as_str(),
                "was" | "were" | "been" | "are" | "is" | "be"
            )
        });
        (passive && (end..verb).all(between)).then_some(verb + 1)
    }

    /// "people |lying on the ground|", "countries |named in the order|"
    fn participle(&self, end: usize) -> Option<usize> {
        let clause = matches!(self.tag(end), Tag::VerbParticiple | Tag::VerbIng)
            && self.relation(end) == Relation::NounClause
            && self.head(end) == end.checked_sub(1)
            && !WORDS.stops.contains(&self.lower(end));
        if !clause {
            return None;
        }
        let mut after = end + 1;
        // "injuries described as catastrophic"
        after += usize::from(self.lower(after) == "as");
        if after > end + 1 && self.tag(after) == Tag::Adjective && !self.is_noun(after + 1) {
            return Some(after + 1);
        }
        let object = self.noun_phrase(self.skip_articles(after));
        Some(match object {
            Some(object) if object.len() <= LINKED => object.end,
            _ => self.linked(end + 1, true),
        })
    }

    /// "people |voted|", "people |are in critical condition|", "people |who died|"
    fn active(&self, end: usize) -> Option<usize> {
        let who = matches!(self.lower(end).as_str(), "who" | "that");
        let mut verb = end + usize::from(who);
        let start = verb;
        while verb < start + 3
            && (self.relation_is(verb, Relation::Auxiliary)
                || self.relation_is(verb, Relation::Copula)
                || self.tag(verb) == Tag::Adverb)
        {
            verb += 1;
        }
        let copula = (start..verb).any(|token| self.relation_is(token, Relation::Copula));
        if copula
            || matches!(
                self.lower(verb).as_str(),
                "was" | "were" | "are" | "remain" | "remained"
            )
        {
            let after = if copula { verb } else { verb + 1 };
            let linked = self.linked(after, true);
            return (linked > after).then_some(linked);
        }
        let happened = matches!(
            self.tag(verb),
            Tag::VerbPast | Tag::VerbPresent | Tag::VerbParticiple | Tag::Verb
        );
        if !happened
            || matches!(
                self.lower(verb).as_str(),
                "said" | "say" | "says" | "told" | "had" | "have" | "did" | "do"
            )
        {
            return None;
        }
        let after = verb + 1;
        if self
            .syntax
            .child(verb, |relation| relation == Relation::Complement)
            .is_some()
        {
            // "Americans |think the wealthy will benefit most|"
            let clause = (after..after + CLAUSE).take_while(|&token| {
                self.sentence.contains(&token) && self.tag(token) != Tag::Mark
            });
            return Some(after + clause.count());
        }
        let object = self.noun_phrase(self.skip_articles(after));
        Some(match object {
            Some(object) => object.end,
            None => self.linked(after, true),
        })
    }

    fn relation_is(&self, token: usize, relation: Relation) -> bool {
        self.sentence.contains(&token) && self.relation(token) == relation
    }

    /// One past a short phrase with a preposition that is linked to a phrase ending before `end`; only one
    /// that the tree hangs there, unless anything will do.
    pub(super) fn linked(&self, end: usize, any: bool) -> usize {
        let link = self.lower(end);
        let preposition = any && matches!(self.tag(end), Tag::Preposition | Tag::To);
        if !WORDS.links.contains(&link) && !preposition {
            return end;
        }
        let start = self.skip_articles(end + 1);
        let Some(noun) = self.noun_phrase(start).filter(|noun| noun.len() <= LINKED) else {
            // "among those killed"
            let those = self.lower(start) == "those" && self.is_outcome(start + 1);
            return if those { start + 2 } else { end };
        };
        let last = noun.end - 1;
        let verbal = self.relation(last) == Relation::Oblique
            && self.head(last).is_some_and(|head| self.is_verb(head));
        if verbal && !any && link != "of" {
            return end;
        }
        let next = noun.end;
        // "in connection with the investigation", "members of the board of directors"
        if matches!(self.lower(next).as_str(), "of" | "with") && (noun.len() == 1 || link == "of") {
            let inner = self.noun_phrase(self.skip_articles(next + 1));
            return inner
                .filter(|inner| inner.len() <= 3)
                .map_or(next, |inner| inner.end);
        }
        next
    }

    /// The first token that is no article or owner.
    pub(super) fn skip_articles(&self, mut token: usize) -> usize {
        while matches!(
            self.lower(token).as_str(),
            "the"
                | "a"
                | "an"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "all"
                | "these"
                | "those"
                | "this"
                | "that"
                | "both"
        ) && self.tag(token + 1) != Tag::Mark
            && !self.is_outcome(token + 1)
        {
            token += 1;
        }
        token
    }

    /// The noun phrase that ends with a noun, from its first describing word.
    pub(super) fn phrase_before(&self, noun: usize) -> Range<usize> {
        let mut start = noun;
        while start > self.sentence.start
            && start + PHRASE > noun + 1
            && self.is_describing(start - 1)
        {
            start -= 1;
        }
        // An owner's mark alone begins nothing.
        while start < noun && self.tag(start) == Tag::Possessive {
            start += 1;
        }
        start..noun + 1
    }

    fn is_describing(&self, token: usize) -> bool {
        self.doc.tokens[token].kind == TokenKind::Word
            && !self.in_time(token)
            && !WORDS.stops.contains(&self.lower(token))
            && matches!(
                self.tag(token),
                Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::ProperNoun | Tag::Possessive
            )
    }
}
