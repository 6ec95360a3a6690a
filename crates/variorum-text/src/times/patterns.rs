//! The patterns of `data/en/times.toml`: compiled when needed, found in one sentence at a time.
//!
//! Its words tell which patterns can occur in a sentence at all (`triggers`); only these are then looked
//! for one by one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::triggers::Triggers;
use super::words::WORDS;
use crate::regexes::LazyRegex;

/// How many bytes of context the conditions on what stands around an expression see.
const CONTEXT: usize = 40;

/// The function that gives an expression its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Logic {
    /// A day, month or year named as such, with a weekday or a part of the day.
    Date,
    /// Day and month in digits, month first unless that is impossible.
    Slashed,
    /// Two years joined by a dash.
    Years,
    BeforeChrist,
    BeforeChristBare,
    Decade,
    Century,
    Season,
    Quarter,
    Half,
    Fiscal,
    Weekday,
    SetWeekday,
    /// Today, yesterday, tomorrow.
    DayWord,
    /// This morning; in the afternoon.
    PartOfDay,
    Clock,
    /// A unit counted from the day of publication: last week.
    Relative,
    /// A unit counted from the date mentioned before: the next day.
    Anaphoric,
    RelativeMonth,
    /// So many units from publication or from the date mentioned before.
    Shift,
    Duration,
    HalfDuration,
    Set,
    Holiday,
    /// A day of the month mentioned before.
    OrdinalDay,
    /// The value that the pattern itself gives.
    Constant,
}

#[derive(Deserialize)]
struct File {
    pattern: Vec<Row>,
}

#[derive(Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Row {
    name: String,
    logic: Logic,
    find: String,
    /// Words of which the expression holds one, beside those of its placeholders; `#` is a digit.
    #[serde(default)]
    needs: Vec<String>,
    left: Option<LazyRegex>,
    not_left: Option<LazyRegex>,
    right: Option<LazyRegex>,
    not_right: Option<LazyRegex>,
    value: Option<String>,
    /// Whether the expression may end in a mark.
    #[serde(default)]
    open: bool,
    #[cfg(test)]
    #[serde(default)]
    example: Vec<tests::Example>,
}

/// One pattern.
pub(super) struct Pattern {
    pub(super) logic: Logic,
    pub(super) value: Option<String>,
    find: LazyRegex,
    left: Option<LazyRegex>,
    not_left: Option<LazyRegex>,
    right: Option<LazyRegex>,
    not_right: Option<LazyRegex>,
}

/// All patterns.
pub(super) struct Patterns {
    all: Vec<Pattern>,
    triggers: Triggers,
}

/// One place where a pattern was found, with the byte ranges of its groups.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) pattern: usize,
    groups: BTreeMap<&'static str, Range<usize>>,
    /// The year that an expression behind it closes for both: "in |April| and May of 1867".
    pub(super) lent_year: Option<i16>,
}

impl Found {
    /// The words of a group.
    pub(super) fn get<'t>(&self, text: &'t str, group: &str) -> Option<&'t str> {
        self.place(group).map(|range| &text[range])
    }

    /// Where a group stands.
    pub(super) fn place(&self, group: &str) -> Option<Range<usize>> {
        self.groups.get(group).cloned()
    }
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| compile(read().pattern));

fn read() -> File {
    crate::words::data("times.toml", include_str!("../../data/en/times.toml"))
}

/// All patterns, compiled.
pub(super) fn patterns() -> &'static Patterns {
    &PATTERNS
}

impl Patterns {
    /// One pattern.
    pub(super) fn get(&self, index: usize) -> &Pattern {
        &self.all[index]
    }

    /// Every place in a sentence where a pattern is found, pattern by pattern.
    pub(super) fn find(&'static self, text: &str, sentence: &Range<usize>, into: &mut Vec<Found>) {
        let slice = &text[sentence.clone()];
        for index in self.triggers.patterns(slice) {
            let pattern = &self.all[index];
            let find = pattern.find.get();
            for captures in find.captures_iter(slice) {
                let Some(whole) = captures.get(0) else {
                    continue;
                };
                if !pattern.stands(slice, &whole.range()) {
                    continue;
                }
                let groups = find
                    .capture_names()
                    .flatten()
                    .filter_map(|name| {
                        let range = captures.name(name)?.range();
                        Some((
                            name,
                            range.start + sentence.start..range.end + sentence.start,
                        ))
                    })
                    .collect();
                into.push(Found {
                    range: whole.start() + sentence.start..whole.end() + sentence.start,
                    pattern: index,
                    groups,
                    lent_year: None,
                });
            }
        }
    }
}

impl Pattern {
    /// Whether an expression may stand where it stands.
    fn stands(&self, slice: &str, range: &Range<usize>) -> bool {
        let left = window_before(slice, range.start);
        let right = window_after(slice, range.end);
        if left.ends_with(char::is_alphanumeric) {
            return false;
        }
        let holds = |wanted: &Option<LazyRegex>, text| {
            wanted.as_ref().is_none_or(|r| r.get().is_match(text))
        };
        let fails = |barred: &Option<LazyRegex>, text| {
            barred.as_ref().is_some_and(|r| r.get().is_match(text))
        };
        holds(&self.left, left)
            && holds(&self.right, right)
            && !fails(&self.not_left, left)
            && !fails(&self.not_right, right)
    }
}

fn window_before(text: &str, end: usize) -> &str {
    let mut start = end.saturating_sub(CONTEXT);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..end]
}

fn window_after(text: &str, start: usize) -> &str {
    let mut end = (start + CONTEXT).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end]
}

fn compile(rows: Vec<Row>) -> Patterns {
    let holders = placeholders();
    let triggers = Triggers::new(
        rows.iter()
            .map(|row| (row.find.as_str(), row.needs.as_slice())),
    );
    let all = rows
        .into_iter()
        .map(|row| Pattern {
            find: expand(&row, &holders),
            logic: row.logic,
            value: row.value,
            left: row.left,
            not_left: row.not_left,
            right: row.right,
            not_right: row.not_right,
        })
        .collect();
    Patterns { all, triggers }
}

fn expand(row: &Row, holders: &[(String, String)]) -> LazyRegex {
    let mut source = row.find.clone();
    for (name, list) in holders {
        source = source.replace(name, list);
    }
    let source = source.replace(' ', r"(?:[ \t\u{a0}\u{202f}]+)");
    let end = if row.open { "" } else { r"\b" };
    LazyRegex::new(&format!(r"(?i)\b(?:{source}){end}"))
}

/// Each placeholder with the expression that it stands for.
fn placeholders() -> Vec<(String, String)> {
    let words = &*WORDS;
    let forms = |lists: &[super::words::Coded]| {
        let mut all: Vec<&str> = lists
            .iter()
            .flat_map(|coded| coded.forms.iter().map(String::as_str))
            .collect();
        all.sort_by_key(|form| std::cmp::Reverse(form.len()));
        all.join("|")
    };
    let weekday: Vec<String> = words
        .weekdays
        .iter()
        .flatten()
        .map(|form| {
            if form.ends_with("day") {
                form.clone()
            } else {
                format!(r"{form}\.")
            }
        })
        .collect();
    let capital = |form: &String| format!("{form}|{}", form.to_uppercase());
    let month: Vec<String> = words
        .months
        .iter()
        .flat_map(|forms| {
            let (full, short) = forms.split_at(1);
            let short = short
                .iter()
                .map(|form| format!(r"(?:{})\b\.?", capital(form)));
            full.iter().map(capital).chain(short)
        })
        .collect();
    let plain: Vec<String> = words.plain_months.iter().map(capital).collect();
    let seasons: Vec<&str> = words
        .season
        .iter()
        .flat_map(|season| season.forms.iter().map(String::as_str))
        .collect();
    let holidays: Vec<String> = words
        .holiday
        .iter()
        .flat_map(|holiday| holiday.forms.iter())
        .map(|form| form.replace('\'', "['’]").replace('.', r"\."))
        .collect();
    let number = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen\
        |fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty\
        |seventy|eighty|ninety|hundred|thousand|dozen";
    let vague = "few|couple(?: of)?|number of";
    let units = "minutes|minute|hours|hour|hrs|days|day|nights|weeks|week|weekends|weekend|months\
        |month|years|year|decades|decade|centuries|century";
    let pairs: [(&str, String); 19] = [
        ("{weekday}", format!("(?P<weekday>{})", weekday.join("|"))),
        ("{weekday2}", format!("(?P<weekday2>{})", weekday.join("|"))),
        ("{month}", format!("(?P<month>(?-i:{}))", month.join("|"))),
        ("{plain_month}", format!("(?P<month>(?-i:{}))", plain.join("|"))),
        ("{day}", r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b".to_owned()),
        ("{year}", r"(?P<year>1\d{3}|20\d\d)\b".to_owned()),
        (
            "{num}",
            format!(
                r"(?P<num>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:an? )?(?:{vague})|several|many|some|(?:an? )?(?:{number})(?:(?:-| and | )(?:{number}))*)(?P<and_half>,? and an?[ -]half)?"
            ),
        ),
        // In front of a hyphen, where an article belongs to what comes behind.
        (
            "{count}",
            format!(
                r"(?P<num>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{number})(?:-(?:and-)?(?:{number}))*)(?P<and_half>-and-an?-half)?"
            ),
        ),
        ("{unit}", format!("(?P<unit>{units})")),
        (
            "{calunit}",
            "(?P<unit>week|weekend|month|quarter|year|decade|century|day)".to_owned(),
        ),
        ("{part}", format!("(?P<part>{})", forms(&words.part))),
        ("{season}", format!("(?P<season>{})", seasons.join("|"))),
        ("{holiday}", format!("(?P<holiday>{})", holidays.join("|"))),
        ("{comma}", r"\s?,\s?".to_owned()),
        (
            "{mod}?",
            "(?:{mod})?".to_owned(),
        ),
        (
            "{mod}",
            r"(?:(?:the )?(?:early|late|later|earlier|mid|middle)(?: in (?:the )?|[- ]| ?- ?)|(?:the )?(?:very )?(?:early |latter )?(?:end|start|beginning|middle|mid|part|rest|close|turn|eve) of (?:the )?)".to_owned(),
        ),
        (
            "{approx}",
            "(?:(?:about|around|roughly|approximately|nearly|almost|over|under|more than|less than|at least|at most|up to|just|just over|just under|only|close to|well over|no more than|a little more than|little more than) )?".to_owned(),
        ),
        (
            "{span}",
            "(?:the (?:past|last|next|first|final|coming|previous|following|remaining|intervening)|the|another|a further|its|these|those|past|last|next|first|final|coming)".to_owned(),
        ),
        (
            "{zone}",
            "GMT|UTC|CEST|CET|EEST|EET|MSK|BST|[ECMP][SD]?T|IST|JST|AEST|AEDT|(?:Eastern|Central|Mountain|Pacific)(?: Standard| Daylight)?(?: Time)?|local time|Z".to_owned(),
        ),
    ];
    pairs
        .into_iter()
        .map(|(name, list)| (name.to_owned(), list))
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Document, times::times};

    #[derive(Deserialize)]
    pub(crate) struct Example {
        text: String,
        published: String,
        #[serde(default)]
        finds: Vec<[String; 3]>,
    }

    #[test]
    fn every_pattern_compiles() {
        for pattern in &PATTERNS.all {
            pattern.find.get();
            let around = [
                &pattern.left,
                &pattern.not_left,
                &pattern.right,
                &pattern.not_right,
            ];
            for regex in around.into_iter().flatten() {
                regex.get();
            }
        }
    }

    #[test]
    fn every_pattern_needs_a_word() {
        for (index, row) in read().pattern.iter().enumerate() {
            assert!(
                !PATTERNS.triggers.is_idle(index),
                "{:?} needs no word",
                row.name
            );
        }
    }

    #[test]
    fn examples_of_the_data_file() {
        let mut failures = Vec::new();
        for row in read().pattern {
            assert!(!row.find.is_empty(), "pattern {:?} finds nothing", row.name);
            for example in row.example {
                let published = example.published.parse().ok();
                let doc = Document::new(&example.text, published);
                let found: Vec<[String; 3]> = times(&doc)
                    .into_iter()
                    .map(|time| {
                        let kind = format!("{:?}", time.kind).to_uppercase();
                        [
                            example.text[time.range.clone()].to_owned(),
                            kind,
                            time.value,
                        ]
                    })
                    .collect();
                if found != example.finds {
                    failures.push(format!(
                        "{} ({}): {:?}\n   found  {found:?}\n   wanted {:?}\n",
                        row.name, example.published, example.text, example.finds
                    ));
                }
            }
        }
        assert!(failures.is_empty(), "\n{}", failures.join(""));
    }
}
