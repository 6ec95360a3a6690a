//! Agencies and outlets that the text names as its origin.
//!
//! The forms of a credit (dateline, byline, "contributed to this report", copyright line) are
//! patterns in `data/en/credits.toml`; here they are tried on each line of the text, and the names
//! in what they catch are looked up among the known agencies and outlets. "Told Reuters" and
//! "according to AFP" are no credits: they are the `via` of one statement.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Captures;
use serde::Deserialize;
use variorum_model::{CodePoints, Credit};
use variorum_text::lexicon;
use variorum_text::outlets::{Outlet, Outlets};
use variorum_text::regexes::LazyRegex;

use crate::Reading;

/// How far into a text, and how far from its end, a line counts as one of its first or last.
const EDGE: usize = 1000;
/// Longer lines are searched only this far from either end.
const LINE: usize = 4000;
/// The words of a credit are no longer than this, in bytes.
const LONGEST: usize = 240;
/// Nor the words that name its sources.
const LONGEST_SOURCE: usize = 120;
/// Most words in the name of an outlet.
const NAME_WORDS: usize = 5;

/// All credits of a report: those that its source names, then those of its text.
pub(crate) fn credits(reading: &Reading<'_>, outlets: &Outlets) -> Vec<Credit> {
    let mut credits: Vec<Credit> = reading
        .credits
        .iter()
        .map(|credit| in_usual_form(credit, outlets))
        .collect();
    if let Some(author) = reading.author {
        // A byline that stands beside the text, as those of pages do.
        let line = format!("By {author}");
        let found = in_text(&line, &CodePoints::of(&line), outlets);
        let agencies = found.into_iter().filter(|credit| credit.agency.is_some());
        credits.extend(agencies.map(|credit| Credit {
            start: 0,
            end: 0,
            ..credit
        }));
    }
    if reading.analysed {
        let points = CodePoints::of(reading.text);
        credits.extend(in_text(reading.text, &points, outlets));
    }
    credits
}

/// A credit that stands beside the text: its name, which may be an agency's or an address, in its usual
/// form.
fn in_usual_form(credit: &Credit, outlets: &Outlets) -> Credit {
    let known = credit
        .outlet
        .as_deref()
        .and_then(|name| outlets.called(name));
    match known {
        Some(outlet) if outlet.agency => Credit {
            agency: Some(outlet.name.clone()),
            outlet: None,
            ..credit.clone()
        },
        Some(outlet) => Credit {
            outlet: Some(outlet.name.clone()),
            ..credit.clone()
        },
        None => credit.clone(),
    }
}

/// The credits that a text gives, in text order; each agency or outlet once for the same words.
fn in_text(text: &str, points: &CodePoints<'_>, outlets: &Outlets) -> Vec<Credit> {
    let mut found: Vec<(Range<usize>, Name)> = Vec::new();
    let forms = NEEDS.forms_in(text);
    for line in lines(text) {
        for part in parts(text, line) {
            for form in &forms {
                if form.stands_in(&part, text.len()) {
                    read(form, &text[part.clone()], part.start, outlets, &mut found);
                }
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut kept: Vec<(Range<usize>, Name)> = Vec::new();
    for (range, name) in found {
        let again = kept
            .iter()
            .rev()
            .take_while(|k| k.0.end > range.start)
            .any(|k| k.1 == name);
        if !again {
            kept.push((range, name));
        }
    }
    kept.into_iter()
        .map(|(range, name)| {
            let span = points.span(range);
            let (agency, outlet) = if name.agency {
                (Some(name.name), None)
            } else {
                (None, Some(name.name))
            };
            Credit {
                agency,
                outlet,
                start: span.start,
                end: span.end,
            }
        })
        .collect()
}

/// A credited agency or outlet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    name: String,
    agency: bool,
}

impl Name {
    fn of(outlet: &Outlet) -> Self {
        Name {
            name: outlet.name.clone(),
            agency: outlet.agency,
        }
    }
}

/// Where in the text a form may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Start,
    End,
    Any,
}

/// One form of a credit, as the data file gives it.
#[derive(Deserialize)]
struct Form {
    #[serde(rename = "where")]
    place: Place,
    pattern: LazyRegex,
    #[serde(default)]
    needs: Vec<String>,
    agency: Option<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    agencies: bool,
    #[serde(default)]
    unknown: bool,
}

impl Form {
    fn stands_in(&self, part: &Range<usize>, length: usize) -> bool {
        match self.place {
            Place::Start => part.start < EDGE,
            Place::End => part.end + EDGE > length,
            Place::Any => true,
        }
    }
}

#[derive(Default, Deserialize)]
struct Forms {
    media: Vec<String>,
    form: Vec<Form>,
}

const FILE: &str = include_str!("../data/en/credits.toml");

static FORMS: LazyLock<Forms> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

/// What the forms need, found in one pass over a text.
struct Needs {
    finder: AhoCorasick,
    /// The form that needs each.
    form: Vec<usize>,
}

static NEEDS: LazyLock<Needs> = LazyLock::new(|| {
    let forms = FORMS.form.iter().enumerate();
    let needs = forms.flat_map(|(form, f)| f.needs.iter().map(move |need| (need, form)));
    let (needs, form): (Vec<&String>, Vec<usize>) = needs.unzip();
    Needs {
        finder: finder(&needs),
        form,
    }
});

#[allow(clippy::panic, reason = "the forms of the data file are tested")]
fn finder(words: &[&String]) -> AhoCorasick {
    let finder = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(words);
    match finder {
        Ok(finder) => finder,
        Err(error) => panic!("what the forms of credits.toml need: {error}"),
    }
}

impl Needs {
    /// The forms that can stand in a text.
    fn forms_in(&self, text: &str) -> Vec<&'static Form> {
        let mut can = vec![false; FORMS.form.len()];
        for found in self.finder.find_overlapping_iter(text) {
            can[self.form[found.pattern().as_usize()]] = true;
        }
        let forms = FORMS.form.iter().zip(can);
        forms
            .filter(|(form, can)| *can || form.needs.is_empty())
            .map(|(form, _)| form)
            .collect()
    }
}

/// The lines of a text that hold more than white space, trimmed.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    text.split('\n').filter_map(move |line| {
        let start = next + (line.len() - line.trim_start().len());
        next += line.len() + 1;
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    })
}

/// The line itself, or both ends of a very long one.
fn parts(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    if line.len() <= 2 * LINE {
        return vec![line];
    }
    let first = boundary(text, line.start + LINE);
    let last = boundary(text, line.end - LINE);
    vec![line.start..first, last..line.end]
}

/// The first character boundary at or behind a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (byte..text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

/// Adds what one form finds in one line.
fn read(
    form: &Form,
    line: &str,
    at: usize,
    outlets: &Outlets,
    found: &mut Vec<(Range<usize>, Name)>,
) {
    for captures in form.pattern.get().captures_iter(line) {
        let Some(words) = captures.name("credit").or_else(|| captures.get(0)) else {
            continue;
        };
        let caught = ["source", "more"]
            .iter()
            .filter_map(|group| captures.name(group));
        if words.len() > LONGEST
            || caught
                .map(|m| m.len())
                .any(|length| length > LONGEST_SOURCE)
        {
            continue;
        }
        if captures
            .name("place")
            .is_some_and(|place| !is_place(place.as_str()))
        {
            continue;
        }
        let range = at + words.start()..at + words.end();
        let names = match &form.agency {
            Some(agency) => vec![Name {
                name: agency.clone(),
                agency: true,
            }],
            None => named(form, &captures, outlets),
        };
        found.extend(names.into_iter().map(|name| (range.clone(), name)));
    }
}

/// Whether the words before a comma are a known place.
fn is_place(words: &str) -> bool {
    let name = words.split(',').next().unwrap_or(words).trim();
    lexicon::place(name).is_some() || lexicon::party(name).is_some()
}

/// The agencies and outlets that a form has caught.
fn named(form: &Form, captures: &Captures<'_>, outlets: &Outlets) -> Vec<Name> {
    let caught = ["source", "more"]
        .into_iter()
        .filter_map(|group| captures.name(group));
    let mut names = Vec::new();
    for caught in caught.map(|m| m.as_str().trim()) {
        let known = if form.whole || form.agencies {
            only_names(caught, form.agencies, outlets)
        } else {
            known(caught, outlets)
        };
        if known.is_empty() && form.unknown {
            names.extend(unknown(caught, form.place));
        }
        names.extend(known);
    }
    names
}

/// The names of a list that holds nothing else ("AFP/Reuters").
fn only_names(words: &str, agencies: bool, outlets: &Outlets) -> Vec<Name> {
    let names: Option<Vec<Name>> = words
        .split(['/', ',', '|', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| {
            outlet(part.trim(), outlets)
                .filter(|o| o.agency || !agencies)
                .map(Name::of)
        })
        .collect();
    names.unwrap_or_default()
}

/// An agency or outlet, with or without the article.
fn outlet<'a>(name: &str, outlets: &'a Outlets) -> Option<&'a Outlet> {
    outlets
        .get(name)
        .or_else(|| outlets.get(name.strip_prefix("the ")?))
}

/// The known names among some words, longest first. A single word that is not an agency ("Sun")
/// counts only where it is all there is between two commas.
fn known(words: &str, outlets: &Outlets) -> Vec<Name> {
    let mut names = Vec::new();
    for part in words
        .split(['/', ',', ';', '|', '&'])
        .flat_map(|p| p.split(" and "))
    {
        let part = part.trim();
        if let Some(outlet) = outlet(part, outlets) {
            names.push(Name::of(outlet));
            continue;
        }
        let words: Vec<Range<usize>> = words_of(part);
        let mut first = 0;
        while first < words.len() {
            let longest = (first + 1..=words.len().min(first + NAME_WORDS))
                .rev()
                .find_map(|end| {
                    let name = &part[words[first].start..words[end - 1].end];
                    let outlet = outlets.get(name)?;
                    let clear = outlet.agency
                        || end - first > 1
                        || starts_with_article(part, &words, first);
                    clear.then_some((outlet, end))
                });
            match longest {
                Some((outlet, end)) => {
                    names.push(Name::of(outlet));
                    first = end;
                }
                None => first += 1,
            }
        }
    }
    names
}

/// Whether the words before one say that it is a paper ("the Guardian website").
fn starts_with_article(part: &str, words: &[Range<usize>], at: usize) -> bool {
    at == 1 && part[words[0].clone()].eq_ignore_ascii_case("the")
}

/// Words without possessive endings and the marks around them.
fn words_of(part: &str) -> Vec<Range<usize>> {
    let mut next = 0;
    part.split(' ')
        .filter_map(|piece| {
            let start = next;
            next += piece.len() + 1;
            let lead = piece.len()
                - piece
                    .trim_start_matches(['"', '“', '(', '[', '•', '-'])
                    .len();
            let piece =
                piece[lead..].trim_end_matches(['"', '”', ')', ']', ':', '!', '?', '\'', '’']);
            let piece = piece
                .strip_suffix("'s")
                .or_else(|| piece.strip_suffix("’s"))
                .unwrap_or(piece);
            (!piece.is_empty()).then(|| start + lead..start + lead + piece.len())
        })
        .collect()
}

/// A name that is in no list: capitalised words, in a dateline with a last word that media have.
fn unknown(words: &str, place: Place) -> Option<Name> {
    let words = words.strip_prefix("the ").unwrap_or(words);
    let pieces: Vec<&str> = words
        .split(' ')
        .take_while(|w| {
            w.starts_with(char::is_uppercase) || matches!(*w, "of" | "de" | "&" | "and")
        })
        .collect();
    let name = pieces.join(" ");
    let name = ["'s", "’s"]
        .iter()
        .find_map(|end| Some(&name[..name.find(end)?]))
        .unwrap_or(&name);
    let dateline = place == Place::Start;
    let is_medium = || {
        FORMS
            .media
            .iter()
            .any(|m| name.rsplit(' ').next() == Some(m.as_str()))
    };
    let taken = lexicon::party(name).is_some() || lexicon::place(name).is_some();
    let fits = !taken && (!dateline || (pieces.len() > 1 && name == words && is_medium()));
    (fits && !name.is_empty()).then(|| Name {
        name: name.to_owned(),
        agency: dateline,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let found = in_text(text, &CodePoints::of(text), Outlets::built_in());
        found
            .into_iter()
            .filter_map(|c| c.agency.or(c.outlet))
            .collect()
    }

    /// The examples beside the forms.
    #[derive(Deserialize)]
    struct Examples {
        form: Vec<Example>,
        lines: Lines,
    }

    #[derive(Deserialize)]
    struct Example {
        name: String,
        credits: Vec<Vec<String>>,
        not: Vec<String>,
    }

    #[derive(Deserialize)]
    struct Lines {
        not: Vec<String>,
    }

    #[test]
    fn each_form_takes_its_examples_and_leaves_the_others() {
        let forms: Examples = toml::from_str(FILE).expect("the list of forms parses");
        let mut wrong: Vec<String> = Vec::new();
        let mut check = |form: &str, line: &str, expected: &[String]| {
            let found = names(line);
            if found != expected {
                wrong.push(format!(
                    "{form}: {line:?} gives {found:?}, not {expected:?}"
                ));
            }
        };
        assert_eq!(FORMS.form.len(), forms.form.len());
        for form in &FORMS.form {
            form.pattern.get();
        }
        for form in &forms.form {
            assert!(
                !form.credits.is_empty() && !form.not.is_empty(),
                "{}: examples",
                form.name
            );
            for example in &form.credits {
                check(&form.name, &example[0], &example[1..]);
            }
            for line in &form.not {
                check(&form.name, line, &[]);
            }
        }
        for line in &forms.lines.not {
            check("lines", line, &[]);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_credit_points_at_its_words() {
        let text = "Élan\n\nPARIS (AFP) — Il pleut.\n\nReuters contributed to this report.";
        let points = CodePoints::of(text);
        let found = in_text(text, &points, Outlets::built_in());
        let words: Vec<_> = found.iter().map(|c| points.slice(c.span())).collect();
        assert_eq!(words, ["(AFP)", "Reuters contributed to this report"]);
    }

    #[test]
    fn a_line_in_the_middle_is_no_dateline() {
        let text = format!(
            "{}\nPARIS (AFP) — Rain.\n{}",
            "word ".repeat(400),
            "word ".repeat(400)
        );
        assert_eq!(names(&text), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "[(A-Za-z/©—:,.'’ \n“é🙂)]{0,80}") {
            names(&text);
        }
    }
}
