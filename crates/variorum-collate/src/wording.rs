//! Whether wordings of one statement are the same, vary, or differ plainly.
//!
//! They differ when a careful reader would say so: one negates what the other affirms, they give
//! different numbers for the same thing, or somebody else is to act ("we will see if Russia
//! establishes a dialogue in good faith", "we will dialogue with Russia in good faith"). Each test
//! asks for words that both share around the difference, because a false alarm costs trust.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::Wording;
use variorum_text::lexicon::{self, AliasKind};
use variorum_text::words::{fold, is_finite, is_function_word, is_negation};
use variorum_text::{TokenKind, numerals, tokens};

use crate::attitudes::is_denial;
use crate::bags::content_stem;

/// How the wordings of a statement compare.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison {
    /// Same, varies or differs.
    pub wording: Wording,
    /// What differs, when something does.
    pub difference: Option<Difference>,
}

/// A plain difference between wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The words that both sides share, cut from one of them.
    pub what: String,
    /// Indexes of the wordings of each side; a wording that takes no side is left out.
    pub sides: Vec<Vec<usize>>,
}

/// Compares all wordings of one statement. `party` is the speaker's, for whom "we" stands.
pub(crate) fn compare(texts: &[&str], party: Option<&str>) -> Comparison {
    let wordings: Vec<Words> = texts.iter().map(|text| Words::of(text, party)).collect();
    if let Some(difference) = difference(&wordings) {
        return Comparison {
            wording: Wording::Differs,
            difference: Some(difference),
        };
    }
    let same = wordings
        .windows(2)
        .all(|pair| pair[0].plain == pair[1].plain);
    let wording = if same { Wording::Same } else { Wording::Varies };
    Comparison {
        wording,
        difference: None,
    }
}

/// A wording, taken apart.
struct Words {
    /// Each token's words as they stand.
    surface: Vec<String>,
    /// Content words in order, in lower case.
    plain: Vec<String>,
    /// Whether it negates anything.
    negates: bool,
    /// Whether it denies or limits something without a plain negation: "refused", "have yet to",
    /// "not only", "unless".
    denies: bool,
    /// Its numbers.
    numbers: Vec<f64>,
    clauses: Vec<Clause>,
}

/// A clause of a wording.
struct Clause {
    /// Stems of its content words.
    stems: BTreeSet<String>,
    /// The party that acts, when the clause begins with one.
    agent: Option<String>,
    /// Stems that a negation stands before.
    negated: BTreeSet<String>,
    /// Whether it speaks of what came "before", which a negation may be about.
    before: bool,
    /// Numbers by the stem of what they count.
    counts: BTreeMap<String, f64>,
}

const SUBORDINATORS: [&str; 12] = [
    "if", "that", "whether", "because", "as", "when", "while", "which", "who", "where", "but",
    "although",
];

impl Words {
    fn of(text: &str, party: Option<&str>) -> Words {
        let tokens = tokens::tokens(text);
        let surface: Vec<String> = tokens.iter().map(|t| t.of(text).to_owned()).collect();
        let lower: Vec<String> = surface.iter().map(|word| fold(word)).collect();
        let is_word = |i: usize| tokens[i].kind != TokenKind::Mark;
        let plain = (0..lower.len())
            .filter(|&i| is_word(i) && (!is_function_word(&lower[i]) || is_negation(&lower[i])))
            .map(|i| lower[i].clone())
            .collect();
        let mut clauses = Vec::new();
        let mut start = 0;
        for end in 1..=lower.len() {
            let ends = end == lower.len()
                || SUBORDINATORS.contains(&lower[end].as_str())
                || (lower[end] == "," && lower[end..].iter().any(|w| is_finite(w)));
            if ends {
                clauses.push(Clause::of(&surface[start..end], &lower[start..end], party));
                start = end;
            }
        }
        let next = |i: usize| lower.get(i + 1).map_or("", String::as_str);
        let denial = |i: usize| {
            is_denial(&lower[i])
                || LIMITS.contains(&lower[i].as_str())
                || (lower[i] == "yet" && next(i) == "to")
                || (is_negation(&lower[i]) && weakens(next(i)))
        };
        Words {
            negates: lower.iter().any(|word| is_negation(word)),
            denies: (0..lower.len()).any(denial),
            numbers: lower.iter().filter_map(|w| numerals::numeral(w)).collect(),
            surface,
            plain,
            clauses,
        }
    }
}

impl Clause {
    fn of(surface: &[String], lower: &[String], party: Option<&str>) -> Clause {
        let content = |i: usize| {
            let word = &lower[i];
            word.chars().any(char::is_alphanumeric) && !is_function_word(word)
        };
        let stems = (0..lower.len())
            .filter(|&i| content(i))
            .map(|i| content_stem(&lower[i]))
            .collect();
        let mut negated = BTreeSet::new();
        let mut counts = BTreeMap::new();
        for i in 0..lower.len() {
            let mut next = (i + 1..lower.len()).filter(|&j| content(j) && !is_negation(&lower[j]));
            if is_negation(&lower[i]) {
                negated.extend(next.clone().next().map(|j| content_stem(&lower[j])));
            }
            if let Some(number) = numerals::numeral(&lower[i]) {
                let counted = next.find(|&j| numerals::numeral(&lower[j]).is_none());
                if let Some(counted) = counted.filter(|&j| j <= i + 3) {
                    counts.insert(content_stem(&lower[counted]), number);
                }
            }
        }
        Clause {
            stems,
            agent: agent(surface, lower, party),
            negated,
            before: lower.iter().any(|word| word == "before"),
            counts,
        }
    }
}

/// The party that a clause begins with; "we" is the speaker's own. None for two parties ("the
/// United States and Russia") and in the passive, where the first one need not act.
fn agent(surface: &[String], lower: &[String], party: Option<&str>) -> Option<String> {
    let skip = |word: &str| {
        SUBORDINATORS.contains(&word)
            || [
                "the", "and", "so", "then", "“", "\"", ",", "also", "now", "‘",
            ]
            .contains(&word)
    };
    let start = lower.iter().position(|word| !skip(word))?;
    if lower.iter().any(|word| word == "by") {
        return None;
    }
    let (found, end) = if ["we", "we'll", "we're", "we've"].contains(&lower[start].as_str()) {
        (party?.to_owned(), start + 1)
    } else {
        (start + 1..=(start + 4).min(surface.len()))
            .rev()
            .find_map(|end| {
                let words = surface[start..end].join(" ");
                let (found, kind) = lexicon::party_alias(&words)?;
                (kind != AliasKind::People)
                    .then(|| (found.of.clone().unwrap_or_else(|| found.name.clone()), end))
            })?
    };
    let next = lower.get(end).map_or("", String::as_str);
    (!["and", "or", "'s", ",", "&"].contains(&next)).then_some(found)
}

/// The first plain difference between two wordings, with all wordings on their sides.
fn difference(wordings: &[Words]) -> Option<Difference> {
    for (i, a) in wordings.iter().enumerate() {
        for b in &wordings[i + 1..] {
            for x in &a.clauses {
                for y in &b.clauses {
                    if let Some(test) = clause_difference((a, x), (b, y)) {
                        let found = split(wordings, &test, common_words(a, b));
                        if found.is_some() {
                            return found;
                        }
                    }
                }
            }
        }
    }
    None
}

/// What two clauses differ in.
enum Test {
    Agent {
        stems: BTreeSet<String>,
    },
    Negation {
        stem: String,
        stems: BTreeSet<String>,
    },
    Count {
        stem: String,
        stems: BTreeSet<String>,
    },
}

/// Words that limit what they stand with, or tell what is wanted, so that a negation beside them says little.
const LIMITS: [&str; 10] = [
    "until", "unless", "without", "except", "unable", "hardly", "only", "force", "asking", "asked",
];

/// Whether a word takes the force out of the negation before it: "not only".
fn weakens(word: &str) -> bool {
    matches!(word, "only" | "just" | "simply" | "merely")
}

/// Shared content words that a difference needs around it.
const SHARED: usize = 3;

fn clause_difference((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Test> {
    let stems: BTreeSet<String> = x.stems.intersection(&y.stems).cloned().collect();
    if stems.len() < SHARED {
        return None;
    }
    if let (Some(a), Some(b)) = (&x.agent, &y.agent)
        && a != b
    {
        return Some(Test::Agent { stems });
    }
    let most = x.stems.len().min(y.stems.len());
    if stems.len() * 3 >= most * 2 {
        let lone = |from: &Clause, other: &Words| {
            let mut negated = from.negated.iter().filter(|_| !other.negates);
            negated.find(|s| stems.contains(*s)).cloned()
        };
        // The clauses say the same but for the negation.
        let whole = stems.len() * 2 >= x.stems.len().max(y.stems.len());
        if whole
            && !a.denies
            && !b.denies
            && x.before == y.before
            && let Some(stem) = lone(x, b).or_else(|| lone(y, a))
        {
            return Some(Test::Negation { stem, stems });
        }
        // Wordings that share a number say the same of it and more.
        if a.numbers.iter().any(|number| b.numbers.contains(number)) {
            return None;
        }
        let count = x.counts.iter().find(|(stem, number)| {
            y.counts
                .get(*stem)
                .is_some_and(|other| (other - **number).abs() > f64::EPSILON)
        });
        if let Some((stem, _)) = count {
            return Some(Test::Count {
                stem: stem.clone(),
                stems,
            });
        }
    }
    None
}

/// All wordings on the sides of a difference, by what each gives for it.
fn split(wordings: &[Words], test: &Test, what: String) -> Option<Difference> {
    let (Test::Agent { stems } | Test::Negation { stems, .. } | Test::Count { stems, .. }) = test;
    let mut sides: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, words) in wordings.iter().enumerate() {
        let clause = words
            .clauses
            .iter()
            .find(|clause| stems.is_subset(&clause.stems));
        let Some(clause) = clause else { continue };
        let side = match test {
            Test::Agent { .. } => clause.agent.clone(),
            Test::Negation { stem, .. } => Some(clause.negated.contains(stem).to_string()),
            Test::Count { stem, .. } => clause.counts.get(stem).map(ToString::to_string),
        };
        if let Some(side) = side {
            sides.entry(side).or_default().push(i);
        }
    }
    let mut sides: Vec<Vec<usize>> = sides.into_values().collect();
    sides.sort_unstable();
    (sides.len() > 1 && !what.is_empty()).then_some(Difference { what, sides })
}

/// The longest run of words that two wordings share, as the first one has it.
fn common_words(a: &Words, b: &Words) -> String {
    let lower_a: Vec<String> = a.surface.iter().map(|w| fold(w)).collect();
    let lower_b: Vec<String> = b.surface.iter().map(|w| fold(w)).collect();
    let mut best = 0..0;
    let mut weight = 0;
    for i in 0..lower_a.len() {
        for j in 0..lower_b.len() {
            let len = lower_a[i..]
                .iter()
                .zip(&lower_b[j..])
                .take_while(|(x, y)| x == y)
                .count();
            let run = &lower_a[i..i + len];
            let content = run
                .iter()
                .filter(|w| !is_function_word(w) && w.len() > 1)
                .count();
            if content > weight {
                weight = content;
                best = i..i + len;
            }
        }
    }
    let words = &a.surface[best];
    let is_mark = |w: &&String| w.chars().all(|c| !c.is_alphanumeric());
    let from = words.iter().take_while(is_mark).count();
    let to = words.len() - words.iter().rev().take_while(is_mark).count();
    if from < to {
        words[from..to].join(" ")
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: Wording) {
        let found = compare(texts, Some("NATO"));
        assert_eq!(found.wording, expected, "{texts:?} gave {found:?}");
    }

    #[test]
    fn case_marks_and_little_words_do_not_count() {
        check(&["The risk is real", "the risk, it is real"], Wording::Same);
        check(
            &["It is a positive sign", "This is a positive signal"],
            Wording::Varies,
        );
    }

    #[test]
    fn another_agent_is_a_difference() {
        let a = "We will see if Russia establishes a dialogue in good faith";
        let b = "We will dialogue with Russia in good faith";
        let c = "NATO will engage in dialogue with Russia in good faith, and on substance";
        check(&[a, b], Wording::Differs);
        check(&[b, c], Wording::Varies);
        let sides = compare(&[a, b, c], Some("NATO")).difference.unwrap();
        assert_eq!(sides.sides, [vec![0], vec![1, 2]]);
        assert_eq!(sides.what, "in good faith");
    }

    #[test]
    fn negation_is_a_difference_only_on_the_same_words() {
        check(
            &[
                "We will open the northern gates in May",
                "We will not open the northern gates in May",
            ],
            Wording::Differs,
        );
        check(
            &[
                "It has not taken steps to calm down",
                "It has not yet taken any steps to calm down",
            ],
            Wording::Same,
        );
        check(
            &[
                "They must not fail",
                "Success is not certain but failure is",
            ],
            Wording::Varies,
        );
    }

    #[test]
    fn a_denial_is_a_negation_too() {
        check(
            &[
                "The agency did not target the northern groups",
                "denied that the agency was targeting the northern groups",
            ],
            Wording::Varies,
        );
        check(
            &[
                "They haven't offered details of the northern plan",
                "They have yet to offer details of the northern plan",
            ],
            Wording::Varies,
        );
    }

    #[test]
    fn a_shared_number_is_no_difference() {
        check(
            &[
                "Seven people are in critical condition in hospital",
                "29 people were hurt and seven people are in critical condition in hospital",
            ],
            Wording::Varies,
        );
    }

    #[test]
    fn another_number_of_the_same_thing_is_a_difference() {
        check(
            &[
                "We sent 40 rescue boats to the harbour",
                "We sent 60 rescue boats to the harbour",
            ],
            Wording::Differs,
        );
    }
}
