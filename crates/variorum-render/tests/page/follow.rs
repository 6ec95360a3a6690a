//! Follows the links of a page from the words shown to the report's text and back, the way a
//! browser does that lights what the style sheet says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, Tag, nodes, style};

/// One link followed.
#[derive(Debug)]
pub(crate) struct Followed {
    /// What the link says.
    pub(crate) link: String,
    /// The words shown as exact, in their pieces.
    pub(crate) shown: Vec<String>,
    /// The words lit in the report's text, in runs.
    pub(crate) lit: Vec<String>,
    /// The heading of the report.
    pub(crate) report: String,
}

/// The letters of a text, for what a page may change: white space and control characters.
pub(crate) fn letters(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !is_dropped(*c);
    text.chars().filter(kept).collect()
}

fn is_dropped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Followed {
    /// Tries that the words lit are those shown, all of them, and that the link names their report.
    pub(crate) fn check(&self) {
        let (shown, lit) = (letters(&self.shown.concat()), letters(&self.lit.concat()));
        let is_cut = self.shown.len() == 2 && self.lit.len() == 1 && lit.len() > shown.len();
        let has_ends =
            || lit.starts_with(&letters(&self.shown[0])) && lit.ends_with(&letters(&self.shown[1]));
        assert!(shown == lit || is_cut && has_ends(), "{self:?}");
        let name = self.link.strip_prefix("Read it in ");
        let name = name.expect("it says where").trim_end_matches('…');
        assert!(self.report.starts_with(name), "{self:?}");
    }
}

/// A passage as it is shown.
struct Shown<'a> {
    link: String,
    href: &'a str,
    exact: Vec<String>,
    /// The ids of the elements that it stands in.
    inside: Vec<&'a str>,
}

/// What stands in a report's text.
enum Piece<'a> {
    Target(Tag<'a>),
    Words(Vec<&'a str>, String),
}

#[derive(Default)]
struct Text<'a> {
    heading: String,
    pieces: Vec<Piece<'a>>,
}

/// Follows every link from words to their report; panics when one leads nowhere or a target does
/// not lead back to a line that the words stand in.
pub(crate) fn follow(page: &str) -> Vec<Followed> {
    let (passages, texts) = read(page);
    let rules = rules(style(page));
    let mut targets: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (text, pieces) in texts.iter().enumerate() {
        for (at, piece) in pieces.pieces.iter().enumerate() {
            if let Piece::Target(tag) = piece {
                targets.insert(tag.get("id").expect("a target has an id"), (text, at));
            }
        }
    }
    let mut reached = BTreeSet::new();
    let followed = passages.into_iter().map(|shown| {
        let id = shown.href.strip_prefix('#').expect("a place on the page");
        let &(text, at) = targets.get(id).unwrap_or_else(|| panic!("no target {id}"));
        reached.insert(id);
        let Piece::Target(tag) = &texts[text].pieces[at] else {
            panic!("{id} is no target");
        };
        let back = tag.get("href").and_then(|href| href.strip_prefix('#'));
        let back = back.expect("a way back");
        assert!(
            shown.inside.contains(&back),
            "{id} leads back to {back}, not to one of {:?}",
            shown.inside
        );
        let lights: Vec<&str> = rules
            .iter()
            .filter(|(target, _)| tag.classes().contains(target))
            .map(|(_, words)| *words)
            .collect();
        Followed {
            link: shown.link,
            shown: shown.exact,
            lit: lit(&texts[text].pieces[at..], &lights),
            report: texts[text].heading.clone(),
        }
    });
    let followed = followed.collect();
    assert_eq!(reached.len(), targets.len(), "a target without a link");
    followed
}

/// The words of these classes; what stands side by side is one run.
fn lit(pieces: &[Piece<'_>], classes: &[&str]) -> Vec<String> {
    let (mut runs, mut open): (Vec<String>, bool) = (Vec::new(), false);
    for piece in pieces {
        let Piece::Words(of, words) = piece else {
            continue;
        };
        let is_lit = of.iter().any(|class| classes.contains(class));
        match runs.last_mut() {
            Some(run) if is_lit && open => run.push_str(words),
            _ if is_lit => runs.push(words.clone()),
            _ => {}
        }
        open = is_lit;
    }
    runs
}

/// Which words are lit for which target, as pairs of classes.
fn rules(style: &str) -> Vec<(&str, &str)> {
    let selectors = style.split(['{', '}', ',', '\n']);
    selectors
        .filter_map(|selector| selector.strip_prefix('.')?.split_once(":target~."))
        .collect()
}

fn read(page: &str) -> (Vec<Shown<'_>>, Vec<Text<'_>>) {
    let (mut passages, mut texts) = (Vec::new(), Vec::new());
    let mut open: Vec<Tag<'_>> = Vec::new();
    let mut shown: Option<Shown<'_>> = None;
    for node in nodes(page) {
        let within = |class: &str| open.iter().any(|tag| tag.classes().contains(&class));
        match node {
            Node::Start(tag) => {
                if tag.classes() == ["passage"] {
                    shown = Some(Shown {
                        link: String::new(),
                        href: "",
                        exact: Vec::new(),
                        inside: open.iter().filter_map(|tag| tag.get("id")).collect(),
                    });
                } else if let Some(shown) = &mut shown {
                    match tag.name {
                        "b" => shown.exact.push(String::new()),
                        "a" => shown.href = tag.get("href").expect("a link leads somewhere"),
                        _ => {}
                    }
                } else if tag.classes() == ["report"] {
                    texts.push(Text::default());
                } else if within("text") && tag.name == "a" {
                    let text = texts.last_mut().expect("a text stands in its report");
                    text.pieces.push(Piece::Target(tag.clone()));
                }
                open.push(tag);
            }
            Node::Text(words) => {
                let words = htmlize::unescape(words).into_owned();
                let tag = open.last();
                if let Some(shown) = &mut shown {
                    if tag.is_some_and(|tag| tag.name == "b") {
                        shown.exact.last_mut().expect("open").push_str(&words);
                    } else if within("more") {
                        shown.link.push_str(&words);
                    }
                } else if within("text") {
                    let classes = tag.filter(|tag| tag.name == "mark");
                    let classes = classes.map_or(Vec::new(), Tag::classes);
                    let text = texts.last_mut().expect("a text stands in its report");
                    text.pieces.push(Piece::Words(classes, words));
                } else if within("report") && within("sub") {
                    let text = texts.last_mut().expect("a heading stands in its report");
                    text.heading.push_str(&words);
                }
            }
            Node::End => {
                let ended = open.pop();
                if ended.is_some_and(|tag| tag.classes() == ["passage"]) {
                    passages.extend(shown.take().filter(|shown| !shown.href.is_empty()));
                }
            }
        }
    }
    (passages, texts)
}
