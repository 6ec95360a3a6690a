//! A wording, taken apart: its words, its clauses, and how often each clause turns round what it says.
//!
//! Clauses are cut at the little words that begin them (`data/en/clauses.toml`). What hangs on a clause that
//! ends in a denial ("it is not true that ...", "no evidence that ...") is turned round by it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::lexicon::{self, AliasKind};
use variorum_text::words::{data, fold, is_finite, is_function_word, is_negation};
use variorum_text::{TokenKind, numerals, tokens};

use crate::attitudes::is_denial;
use crate::bags::content_stem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    subordinators: BTreeSet<String>,
    openers: BTreeSet<String>,
    own: BTreeSet<String>,
    shared: BTreeSet<String>,
    limits: BTreeSet<String>,
    weakeners: BTreeSet<String>,
    untrue: BTreeSet<String>,
    unlikely: BTreeSet<String>,
    #[serde(rename = "true")]
    true_words: BTreeSet<String>,
    owners: BTreeSet<String>,
    sayings: BTreeSet<String>,
    retractions: BTreeSet<String>,
    /// Before what has not happened yet.
    pub(super) ahead: BTreeSet<String>,
    thats: BTreeSet<String>,
    agents: BTreeSet<String>,
    selves: BTreeSet<String>,
    says: Vec<String>,
    undone: Vec<(String, String)>,
}

pub(super) static LITTLE: LazyLock<File> =
    LazyLock::new(|| data("clauses.toml", include_str!("../../data/en/clauses.toml")));

static RETRACTIONS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    LITTLE
        .retractions
        .iter()
        .map(|verb| content_stem(verb))
        .collect()
});

static SAYS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| LITTLE.says.iter().map(|verb| content_stem(verb)).collect());

/// So many words stand between taking back and what is taken back at most.
const TAKEN: usize = 5;
/// And so many to the verb of saying: "wrong to have said".
const SAID: usize = 3;

/// A wording, taken apart.
#[derive(Debug)]
#[allow(clippy::struct_field_names, reason = "a wording is its words")]
pub(crate) struct Words {
    /// Its words and marks.
    pub words: Vec<Word>,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// Stems of its content words.
    pub stems: BTreeSet<String>,
    /// How many words negate something.
    pub negators: usize,
    /// Whether it denies or limits something without a plain negation ("refused", "have yet to", "not only",
    /// "unless"), so that counting negations says little.
    pub denies: bool,
    /// Whether all of it is denied.
    pub turned: bool,
    /// Whether it takes back what somebody has said: "his claim that ... was wrong".
    pub takes_back: bool,
    /// Its numbers.
    pub numbers: Vec<f64>,
}

/// A word of a wording.
#[derive(Debug)]
pub(crate) struct Word {
    /// As it stands.
    pub surface: String,
    /// In lower case.
    pub lower: String,
    /// Its stem, or that of its group of paraphrases.
    pub stem: String,
    /// Whether it tells something by itself.
    pub content: bool,
}

/// A clause of a wording.
#[derive(Debug)]
pub(crate) struct Clause {
    /// Its words among those of the wording.
    pub words: Range<usize>,
    /// Stems of its content words.
    pub stems: BTreeSet<String>,
    /// The party that acts, when the clause begins with one.
    pub agent: Option<String>,
    /// Places of the words that negate.
    pub negators: Vec<usize>,
    /// Whether it hangs on a clause that turns it round.
    pub carried: bool,
    /// Numbers by the stem of what they count.
    pub counts: BTreeMap<String, f64>,
}

impl Words {
    /// Takes a wording apart. `party` is the speaker's, for whom "we" stands; `denied` says that the speaker
    /// denies it by a word that stands outside.
    pub(crate) fn of(text: &str, party: Option<&str>, denied: bool) -> Words {
        let words: Vec<Word> = tokens::tokens(text)
            .iter()
            .map(|token| {
                let surface = token.of(text).to_owned();
                let lower = fold(&surface);
                let mark = token.kind == TokenKind::Mark;
                Word {
                    stem: content_stem(&lower.replace('-', "")),
                    content: !mark
                        && !is_function_word(&lower)
                        && (!is_negation(&lower) || is_denial(&lower)),
                    surface,
                    lower,
                }
            })
            .collect();
        let lower = |at: usize| words.get(at).map_or("", |word| word.lower.as_str());
        let weak = |at: usize| LITTLE.weakeners.contains(lower(at + 1));
        let negates = |at: usize| is_negation(lower(at)) && !weak(at);
        // The next word behind marks: a content without its cue has been cut where it began.
        let behind = |at: usize| {
            let is_word = |at: &usize| words[*at].lower.chars().any(char::is_alphanumeric);
            (at + 1..words.len()).find(is_word).unwrap_or(words.len())
        };
        // "denied that ..." turns all round that follows it.
        let first = (0..words.len()).find(|&at| words[at].content);
        let leading = first
            .filter(|&at| is_denial(lower(at)) && LITTLE.subordinators.contains(lower(behind(at))));
        let mut clauses: Vec<Clause> = Vec::new();
        let mut start = 0;
        for end in 1..=words.len() {
            let ends = end == words.len()
                || LITTLE.subordinators.contains(lower(end))
                || (lower(end) == "," && words[end..].iter().any(|w| is_finite(&w.lower)));
            if ends {
                let range = start..end;
                let mut clause = Clause::of(&words, range, party);
                clause
                    .negators
                    .retain(|&at| negates(at) && Some(at) != leading);
                clause.carried = LITTLE.thats.contains(lower(start))
                    && clauses.last().is_some_and(|before| {
                        turns(&words, before) && Some(before.words.start) != leading
                    });
                clauses.push(clause);
                start = end;
            }
        }
        let denies = |at: usize| {
            Some(at) != leading
                && ((is_denial(lower(at)) && !is_negation(lower(at)))
                    || LITTLE.limits.contains(lower(at))
                    || (lower(at) == "yet" && lower(at + 1) == "to")
                    || (is_negation(lower(at)) && (weak(at) || is_denial(lower(at)))))
        };
        Words {
            stems: clauses
                .iter()
                .flat_map(|c| c.stems.iter().cloned())
                .collect(),
            negators: (0..words.len())
                .filter(|&at| negates(at) && Some(at) != leading)
                .count(),
            denies: (0..words.len()).any(denies),
            turned: denied || leading.is_some(),
            takes_back: Words::takes_back(&words),
            numbers: words
                .iter()
                .filter_map(|w| numerals::numeral(&w.lower))
                .collect(),
            clauses,
            words,
        }
    }

    /// Its content words and negations in order, in lower case.
    pub(crate) fn plain(&self) -> impl Iterator<Item = &str> {
        let telling = |word: &&Word| word.content || is_negation(&word.lower);
        self.words
            .iter()
            .filter(telling)
            .map(|word| word.lower.as_str())
    }

    /// The place of the next content word, before the clause ends.
    pub(crate) fn next_content(&self, clause: &Clause, at: usize) -> Option<usize> {
        (at + 1..clause.words.end).find(|&i| self.words[i].content)
    }

    /// The words of a range, as they stand.
    pub(crate) fn surface(&self, range: Range<usize>) -> String {
        let words: Vec<&str> = self.words[range]
            .iter()
            .map(|w| w.surface.as_str())
            .collect();
        words.join(" ")
    }

    /// Whether it says of what somebody has said that it does not hold: "his claim that ... was wrong",
    /// "withdrew his remark that ...", "she had been wrong to say that ...".
    fn takes_back(words: &[Word]) -> bool {
        let lower = |at: usize| words[at].lower.as_str();
        // "walked back", "took his remark back".
        let undone = |at: usize| {
            let two = |(verb, particle): &(String, String)| {
                *verb == lower(at)
                    && (at + 1..words.len().min(at + 2 + TAKEN)).any(|i| lower(i) == particle)
            };
            RETRACTIONS.contains(&words[at].stem) || LITTLE.undone.iter().any(two)
        };
        let sorry = |at: usize| {
            let mut before = at.saturating_sub(TAKEN)..at;
            let own = before.clone().any(|i| LITTLE.selves.contains(lower(i)));
            let wrong =
                LITTLE.untrue.contains(lower(at)) && own && !before.any(|i| is_negation(lower(i)));
            let mut behind = at + 1..words.len().min(at + 1 + SAID);
            (wrong || undone(at)) && behind.any(|i| SAYS.contains(&words[i].stem))
        };
        if (0..words.len()).any(sorry) {
            return true;
        }
        let saying = |at: &usize| {
            LITTLE.sayings.contains(lower(*at))
                && (at.saturating_sub(2)..*at).any(|i| LITTLE.owners.contains(lower(i)))
        };
        (0..words.len()).filter(saying).any(|at| {
            let untrue = (at + 1..words.len()).any(|i| {
                let negated = (i.saturating_sub(2)..i).any(|i| is_negation(lower(i)));
                if negated {
                    LITTLE.true_words.contains(lower(i))
                } else {
                    LITTLE.untrue.contains(lower(i))
                }
            });
            let before = at.saturating_sub(TAKEN)..at;
            untrue || before.into_iter().any(undone)
        })
    }
}

impl Clause {
    fn of(all: &[Word], words: Range<usize>, party: Option<&str>) -> Clause {
        let content = |i: &usize| all[*i].content;
        let mut counts = BTreeMap::new();
        for i in words.clone() {
            if let Some(number) = numerals::numeral(&all[i].lower) {
                let mut next = (i + 1..words.end).filter(content);
                let counted = next.find(|&j| numerals::numeral(&all[j].lower).is_none());
                if let Some(counted) = counted.filter(|&j| j <= i + 3) {
                    counts.insert(all[counted].stem.clone(), number);
                }
            }
        }
        Clause {
            stems: words
                .clone()
                .filter(content)
                .map(|i| all[i].stem.clone())
                .collect(),
            agent: agent(&all[words.clone()], party),
            negators: words
                .clone()
                .filter(|&i| is_negation(&all[i].lower))
                .collect(),
            carried: false,
            counts,
            words,
        }
    }

    /// Whether what stands at a place is turned round, by an odd number of negations.
    pub(crate) fn turned_at(&self, at: usize) -> bool {
        let before = self
            .negators
            .iter()
            .filter(|&&negator| negator < at)
            .count();
        (before + usize::from(self.carried)) % 2 == 1
    }
}

/// Whether a clause turns round what hangs on its last word: "it is not true", "there is no evidence", "it is
/// false".
fn turns(words: &[Word], clause: &Clause) -> bool {
    let Some(last) = clause.words.clone().rev().find(|&i| words[i].content) else {
        return false;
    };
    let last_word = &words[last].lower;
    let untrue = LITTLE.untrue.contains(last_word) || LITTLE.unlikely.contains(last_word);
    untrue != (clause.negators.iter().filter(|&&at| at <= last).count() % 2 == 1)
}

/// The party that a clause begins with; "we" is the speaker's own. None for two parties ("the
/// United States and Russia") and in the passive, where the first one need not act.
fn agent(words: &[Word], party: Option<&str>) -> Option<String> {
    let skipped = |word: &Word| {
        LITTLE.subordinators.contains(&word.lower) || LITTLE.openers.contains(&word.lower)
    };
    let start = words.iter().position(|word| !skipped(word))?;
    if words.iter().any(|word| LITTLE.agents.contains(&word.lower)) {
        return None;
    }
    let (found, end) = if LITTLE.own.contains(&words[start].lower) {
        (party?.to_owned(), start + 1)
    } else {
        (start + 1..=(start + 4).min(words.len()))
            .rev()
            .find_map(|end| {
                let name: Vec<&str> = words[start..end]
                    .iter()
                    .map(|w| w.surface.as_str())
                    .collect();
                let (found, kind) = lexicon::party_alias(&name.join(" "))?;
                (kind != AliasKind::People)
                    .then(|| (found.of.clone().unwrap_or_else(|| found.name.clone()), end))
            })?
    };
    let next = words.get(end).map_or("", |word| word.lower.as_str());
    (!LITTLE.shared.contains(next)).then_some(found)
}
