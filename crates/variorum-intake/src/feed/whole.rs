//! Whether an entry carries its whole article, or a teaser that ends in "Read more".
//!
//! Being wrong is cheap in one direction only: a page that need not have been read costs a request,
//! a teaser taken for an article costs the article. The words are in `data/en/teasers.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Entry, plain};

/// Content with fewer words is not taken for an article.
const CONTENT: usize = 100;
/// ... but beside a description so many times shorter it may be as short as this ...
const LONGER: usize = 3;
const BRIEF: usize = 25;
/// ... and neither is a description with fewer.
const DESCRIPTION: usize = 250;
/// A teaser's invitation with the headline or the outlet behind it has at most so many words.
const INVITATION: usize = 25;

impl Entry {
    /// The HTML of the article, if the entry carries the whole of it.
    pub(crate) fn whole(&self) -> Option<&str> {
        let is_whole = |html: &str, least: usize| {
            let text = plain::text(html);
            text.split_whitespace().count() >= least && !is_teaser(&text)
        };
        let (html, summary) = (self.html.as_deref(), self.summary.as_deref());
        let words = |html: &str| -> Vec<String> {
            plain::text(html)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        let content = html.filter(|html| {
            let is_description = summary.is_some_and(|summary| words(summary) == words(html));
            // Content beside a teaser is what the teaser is for, however short.
            let least = match summary {
                Some(_) if is_description => DESCRIPTION,
                Some(summary) if words(html).len() >= LONGER * words(summary).len() => BRIEF,
                _ => CONTENT,
            };
            is_whole(html, least)
        });
        content.or_else(|| summary.filter(|summary| is_whole(summary, DESCRIPTION)))
    }
}

/// Whether a text ends as teasers do. A footer that feeds put under whole articles too is not
/// looked at.
fn is_teaser(text: &str) -> bool {
    let text = without_footer(text).trim_end();
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "»›→>".contains(c));
    if LISTS.marks.iter().any(|mark| bare.ends_with(mark)) {
        return true;
    }
    let words = Words::of(bare);
    let last = words.0.len();
    let ends = |phrase: &String| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let start = last.checked_sub(phrase.len());
        start.is_some_and(|start| words.begins(start, &phrase))
    };
    let leads = |phrase: &String| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        (last.saturating_sub(INVITATION)..last).any(|start| words.begins(start, &phrase))
    };
    LISTS.endings.iter().any(ends) || LISTS.leads.iter().any(leads)
}

/// The text without a last line such as "The post X appeared first on Y."
fn without_footer(text: &str) -> &str {
    let Some((beginning, others)) = LISTS.footer.split_first() else {
        return text;
    };
    let Some(last) = text.rfind(beginning.as_str()) else {
        return text;
    };
    let (before, footer) = text.split_at(last);
    let is_footer = others.iter().any(|words| footer.contains(words.as_str()));
    let ends_here = footer.split_whitespace().count() <= 2 * INVITATION;
    if is_footer && ends_here { before } else { text }
}

/// The last words of a text in lower case, each with whether a sentence or line begins with it.
struct Words(Vec<(String, bool)>);

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut lines = text.lines().rev();
        while words.len() <= INVITATION
            && let Some(line) = lines.next()
        {
            let parts: Vec<&str> = line.split_whitespace().collect();
            for (i, part) in parts.iter().enumerate().rev().take(INVITATION + 1) {
                let word: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
                let before = i.checked_sub(1).and_then(|i| parts.get(i));
                let starts = before.is_none_or(|before| {
                    before.ends_with(|c: char| !c.is_alphanumeric() && !",'’-–—&%".contains(c))
                });
                if word.is_empty() {
                    continue;
                }
                words.push((word.to_lowercase(), starts));
            }
        }
        words.reverse();
        Words(words)
    }

    fn begins(&self, start: usize, phrase: &[&str]) -> bool {
        let Some(found) = self.0.get(start..start + phrase.len()) else {
            return false;
        };
        found.first().is_some_and(|(_, starts)| *starts)
            && found
                .iter()
                .zip(phrase)
                .all(|((word, _), wanted)| word == wanted)
    }
}

#[derive(Deserialize, Default)]
struct Lists {
    endings: Vec<String>,
    leads: Vec<String>,
    marks: Vec<String>,
    footer: Vec<String>,
    #[cfg(test)]
    examples: Vec<String>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/en/teasers.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!LISTS.examples.is_empty(), "teasers.toml is not read");
        for html in &LISTS.examples {
            assert!(is_teaser(&plain::text(html)), "{html:?} is a teaser");
        }
        for html in &LISTS.counter_examples {
            assert!(!is_teaser(&plain::text(html)), "{html:?} is no teaser");
        }
    }

    #[test]
    fn an_article_is_long_and_ends_as_one() {
        let words = |n: usize| Some(format!("<p>{}end.</p>", "The dam broke. ".repeat(n / 3)));
        let teaser = |n: usize| words(n).map(|html| html + "<p><a href='a'>Read more</a></p>");
        let check = |html: Option<String>, summary: Option<String>, expected: bool| {
            let entry = Entry {
                html,
                summary,
                ..Entry::default()
            };
            let found = entry.whole().is_some();
            assert_eq!(found, expected, "{:?} {:?}", entry.html, entry.summary);
        };
        check(words(120), None, true);
        check(words(120), words(30), true);
        check(words(60), None, false);
        check(words(120), words(120), false);
        check(words(300), words(300), true);
        check(teaser(300), words(30), false);
        check(None, words(300), true);
        check(None, words(120), false);
        check(None, teaser(300), false);
        check(None, None, false);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_judged(text in ".{0,80}", near in "(the post |read more|[….»\\] \n]){0,9}") {
            let _ = is_teaser(&text);
            let _ = is_teaser(&near);
        }
    }
}
