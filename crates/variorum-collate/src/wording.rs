//! Whether wordings of one statement are the same, vary, or differ in substance.
//!
//! They differ when a careful reader would say so: one negates what the other affirms, they give different
//! numbers, amounts or times for the same thing, one says the opposite, somebody else is to act, or it is only
//! possible ("we will see if Russia establishes a dialogue in good faith", "we will dialogue with Russia in good
//! faith"). Each kind of difference has its module, which compares two clauses and says where they differ and
//! how plainly. Only what is plain is a disagreement: both clauses share nearly all words around it, because a
//! false alarm costs trust. What is an opposite but shares less is not one statement at all.

mod amounts;
mod force;
mod moments;
mod negation;
mod opposites;
mod roles;
mod words;

use std::collections::BTreeSet;

use variorum_model::Wording;
use variorum_text::words::is_function_word;

use words::Clause;
pub(crate) use words::Words;

/// How the wordings of a statement compare.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison {
    /// Same, varies or differs.
    pub wording: Wording,
    /// What differs, when something does plainly.
    pub difference: Option<Difference>,
}

/// A plain difference between wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The words that both sides share, cut from one of them, and those in which they differ.
    pub what: String,
    /// Indexes of the wordings of each side; a wording that takes no side is left out.
    pub sides: Vec<Vec<usize>>,
}

/// How plainly two wordings differ, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// In substance: one statement, told differently.
    Differs,
    /// They say opposite things, each with other words around: two statements.
    Apart,
    /// A careful reader calls it a disagreement.
    Plain,
}

/// Where two wordings differ.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// The words in which the first one differs; empty where no words of a few tell it.
    pub a: String,
    /// Those of the second one.
    pub b: String,
    /// How plainly.
    pub grade: Grade,
    /// Whether the one says that the other is not so, rather than more, less or at another time.
    pub opposite: bool,
}

/// Shared content words that a difference needs around it.
const SHARED: usize = 3;

/// How much two clauses share around a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// All content words.
    Whole,
    /// Two thirds of the longer one's.
    Most,
    /// Half of the shorter one's.
    Half,
    Far,
}

impl Close {
    fn of(x: &BTreeSet<String>, y: &BTreeSet<String>) -> Close {
        let shared = x.intersection(y).count();
        let (least, most) = (x.len().min(y.len()), x.len().max(y.len()));
        if shared > 0 && shared == most {
            Close::Whole
        } else if shared >= 2 && shared * 3 >= most * 2 {
            Close::Most
        } else if shared >= 2 && shared * 2 >= least {
            Close::Half
        } else {
            Close::Far
        }
    }
}

/// So many wordings of one statement are compared each with each; a statement with more is told by many.
const MOST_COMPARED: usize = 40;

/// Compares all wordings of one statement.
pub(crate) fn compare(wordings: &[&Words]) -> Comparison {
    let compared = &wordings[..wordings.len().min(MOST_COMPARED)];
    let mut differs = false;
    for (i, a) in compared.iter().enumerate() {
        for (j, b) in compared.iter().enumerate().skip(i + 1) {
            differs |= amounts::others(a, b) || moments::others(a, b);
            let Some(point) = point(a, b) else { continue };
            differs = true;
            let what = what(a, b, &point);
            if point.grade == Grade::Plain && !what.is_empty() {
                return Comparison {
                    wording: Wording::Differs,
                    difference: Some(Difference {
                        what,
                        sides: sides(wordings, i, j),
                    }),
                };
            }
        }
    }
    let same = wordings
        .windows(2)
        .all(|pair| pair[0].plain().eq(pair[1].plain()));
    Comparison {
        wording: match (differs, same) {
            (true, _) => Wording::Differs,
            (false, true) => Wording::Same,
            (false, false) => Wording::Varies,
        },
        difference: None,
    }
}

/// Where two wordings differ most plainly.
pub(crate) fn point(a: &Words, b: &Words) -> Option<Point> {
    let mut best: Option<Point> = None;
    for x in &a.clauses {
        for y in &b.clauses {
            if x.stems.is_disjoint(&y.stems) {
                continue;
            }
            let found = clauses_point((a, x), (b, y));
            if found.as_ref().map(|point| point.grade) > best.as_ref().map(|point| point.grade) {
                best = found;
            }
        }
    }
    best
}

/// Where two clauses differ, the plainest kind first.
fn clauses_point(x: (&Words, &Clause), y: (&Words, &Clause)) -> Option<Point> {
    let all = [
        negation::agent(x.1, y.1),
        negation::point(x, y),
        amounts::count(x, y),
        opposites::point(x, y),
        amounts::point(x, y),
        moments::point(x, y),
        force::point(x, y),
        roles::point(x, y),
    ];
    // The first of the plainest.
    let all = all.into_iter().flatten().rev();
    all.max_by_key(|point| point.grade)
}

/// All wordings on the sides of the two that differ; one that differs from both or from neither takes none.
fn sides(wordings: &[&Words], i: usize, j: usize) -> Vec<Vec<usize>> {
    let plainly = |a: &Words, b: &Words| point(a, b).is_some_and(|p| p.grade == Grade::Plain);
    let (mut one, mut other) = (vec![i], vec![j]);
    for (k, words) in wordings.iter().enumerate() {
        if k == i || k == j {
            continue;
        }
        match (plainly(words, wordings[i]), plainly(words, wordings[j])) {
            (false, true) => one.push(k),
            (true, false) => other.push(k),
            _ => {}
        }
    }
    let mut sides = vec![one, other];
    for side in &mut sides {
        side.sort_unstable();
    }
    sides.sort_unstable();
    sides
}

/// What two wordings differ in: the words that they share, and those that each has for them.
pub(crate) fn what(a: &Words, b: &Words, point: &Point) -> String {
    let common = common_words(a, b);
    if common.is_empty() || point.a.is_empty() || point.b.is_empty() {
        return common;
    }
    format!("{common}: {} / {}", point.a, point.b)
}

/// The longest run of words that two wordings share, as the first one has it.
pub(crate) fn common_words(a: &Words, b: &Words) -> String {
    let lower = |words: &'_ Words| -> Vec<String> {
        words.words.iter().map(|word| word.lower.clone()).collect()
    };
    let (lower_a, lower_b) = (lower(a), lower(b));
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
    let words = a.surface(best);
    words
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two wordings of a data file and how plainly they differ.
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Example {
        a: String,
        b: String,
        grade: String,
    }

    /// Runs the examples of a data file, both ways round.
    pub(super) fn check_all(examples: Vec<Example>) {
        for example in examples {
            let words = |text: &str| Words::of(text, None, false);
            let (a, b) = (words(&example.a), words(&example.b));
            for (a, b) in [(&a, &b), (&b, &a)] {
                let found = point(a, b);
                let grade = found.as_ref().map_or("none".to_owned(), |point| {
                    format!("{:?}", point.grade).to_lowercase()
                });
                assert_eq!(grade, example.grade, "{example:?} gave {found:?}");
            }
        }
    }

    fn compared(texts: &[&str]) -> Comparison {
        let words: Vec<Words> = texts
            .iter()
            .map(|text| Words::of(text, Some("NATO"), false))
            .collect();
        compare(&words.iter().collect::<Vec<_>>())
    }

    fn check(texts: &[&str], expected: Wording) {
        let found = compared(texts);
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
        let sides = compared(&[a, b, c]).difference.unwrap();
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
    fn two_negations_say_the_same_as_none() {
        check(
            &[
                "It is not true that the pumps will not hold the flood",
                "The pumps will hold the flood",
            ],
            Wording::Varies,
        );
        check(
            &[
                "The plan will not only cut the fares but save the line",
                "The plan will cut the fares and save the line",
            ],
            Wording::Varies,
        );
        check(
            &["She would stand again", "She would never stand again"],
            Wording::Differs,
        );
    }

    #[test]
    fn a_denial_turns_round_what_hangs_on_it() {
        check(
            &[
                "The mill leaked oil into the river",
                "denied … that the mill leaked oil into the river",
            ],
            Wording::Differs,
        );
        check(
            &[
                "There is no evidence that the mill leaked oil",
                "The mill leaked oil",
            ],
            Wording::Differs,
        );
        check(
            &[
                "There is no evidence that the mill leaked oil",
                "There are no signs that the mill leaked oil",
            ],
            Wording::Varies,
        );
    }

    #[test]
    fn what_takes_back_a_claim_is_known() {
        let check = |text: &str, expected: bool| {
            assert_eq!(
                Words::of(text, None, false).takes_back,
                expected,
                "{text:?}"
            );
        };
        check("his claim that the fund was empty was wrong", true);
        check("her earlier remarks about the fund were not true", true);
        check("withdrew his statement that the fund was empty", true);
        check("she had been wrong to say that the fund was empty", true);
        check("I was mistaken in saying the fund was empty", true);
        check("he was wrong to have claimed the fund was empty", true);
        check("apologised for saying that the fund was empty", true);
        check("walked back his claim that the fund was empty", true);
        check("took back her remark that the fund was empty", true);
        check("he was not wrong to say that the fund was empty", false);
        check(
            "the minister was wrong to say that the fund was empty",
            false,
        );
        check("took the boat back to say farewell", false);
        check("he walked back to the claims office", false);
        check("his claim that the fund was empty was right", false);
        check("the fund was wrong about the claims", false);
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
    fn other_numbers_or_days_are_no_other_words() {
        let check_both = |a: &str, b: &str, expected| check(&[a, b], expected);
        check_both(
            "The bridge would reopen on June 20",
            "The bridge will open again on June 27",
            Wording::Differs,
        );
        check_both(
            "Repairs will cost 12 million dollars",
            "the repairs are going to cost $15 million",
            Wording::Differs,
        );
        check_both(
            "The ferry sank on Friday off the cape",
            "the ferry went down on Saturday near the cape",
            Wording::Differs,
        );
        check_both(
            "One of the ferries sank with forty on board",
            "a ferry sank, and 40 people were on it",
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
