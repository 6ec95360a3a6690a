//! Which words of one report's text the page cites, and from which of its lines.
//!
//! A passage is a list of spans: words that a report interrupts are lit together. Passages overlap
//! as they like, so a text is cut into pieces where any of them begins or ends, and each piece
//! names all the passages that it belongs to. In front of a passage stands one target for every
//! line that cites it. A target is the way back to its line; a rule of the style sheet lights every
//! piece of its passage. Targets and pieces stand side by side in the text, so this needs neither a
//! script nor elements that nest.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::Span;

/// The cited passages of one text.
pub(super) struct Cited {
    /// Number of the text, unique on the page.
    text: usize,
    passages: BTreeMap<Vec<Span>, Passage>,
}

struct Passage {
    number: usize,
    /// Ids of the lines that cite it, each with its number.
    lines: BTreeMap<String, usize>,
}

/// Where a link to a passage leads, and from where it is made.
pub(super) struct Target {
    pub(super) id: String,
    pub(super) class: String,
    /// Id of the line that cites the passage.
    pub(super) line: String,
}

/// A stretch of a text that lies inside the same passages.
pub(super) struct Piece {
    pub(super) span: Span,
    /// The targets of the passages that begin here.
    pub(super) targets: Vec<Target>,
    /// The classes of the passages that it belongs to.
    pub(super) classes: Vec<String>,
}

impl Cited {
    pub(super) fn of_text(text: usize) -> Self {
        Cited {
            text,
            passages: BTreeMap::new(),
        }
    }

    /// Notes that the line with this id shows these words. Gives the id of their place in the text.
    pub(super) fn cite(&mut self, spans: Vec<Span>, line: &str) -> String {
        let next = self.passages.len() + 1;
        let passage = self.passages.entry(spans).or_insert_with(|| Passage {
            number: next,
            lines: BTreeMap::new(),
        });
        let next = passage.lines.len() + 1;
        let at = *passage.lines.entry(line.to_owned()).or_insert(next);
        place(self.text, passage.number, at)
    }

    /// The selectors of pieces to be lit.
    pub(super) fn lit(&self) -> impl Iterator<Item = String> {
        let numbers = self.passages.values().map(|passage| passage.number);
        numbers.map(|n| format!(".to{0}-{n}:target~.p{0}-{n}", self.text))
    }

    /// The text of this length, cut where passages begin and end.
    pub(super) fn pieces(&self, length: usize) -> Vec<Piece> {
        let (mut begin, mut end) = (BTreeMap::new(), BTreeMap::new());
        let mut first: BTreeMap<usize, Vec<&Passage>> = BTreeMap::new();
        let mut places = BTreeSet::from([0, length]);
        for (spans, passage) in &self.passages {
            if let Some(span) = spans.first() {
                first.entry(span.start).or_default().push(passage);
            }
            for span in spans {
                places.extend([span.start, span.end]);
                begin
                    .entry(span.start)
                    .or_insert_with(Vec::new)
                    .push(passage.number);
                end.entry(span.end)
                    .or_insert_with(Vec::new)
                    .push(passage.number);
            }
        }
        let places: Vec<usize> = places.into_iter().collect();
        let mut open: BTreeSet<usize> = BTreeSet::new();
        let pieces = places.windows(2).map(|pair| {
            for number in end.get(&pair[0]).into_iter().flatten() {
                open.remove(number);
            }
            open.extend(begin.get(&pair[0]).into_iter().flatten());
            let here = first.get(&pair[0]).into_iter().flatten();
            Piece {
                span: Span {
                    start: pair[0],
                    end: pair[1],
                },
                targets: here.flat_map(|passage| self.targets(passage)).collect(),
                classes: open
                    .iter()
                    .map(|number| format!("p{}-{number}", self.text))
                    .collect(),
            }
        });
        pieces.collect()
    }

    fn targets<'a>(&'a self, passage: &'a Passage) -> impl Iterator<Item = Target> + 'a {
        passage.lines.iter().map(|(line, at)| Target {
            id: place(self.text, passage.number, *at),
            class: format!("to{}-{}", self.text, passage.number),
            line: line.clone(),
        })
    }
}

fn place(text: usize, passage: usize, line: usize) -> String {
    format!("passage-{text}-{passage}-{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_may_overlap_and_be_interrupted() {
        let mut cited = Cited::of_text(4);
        let span = |start, end| Span { start, end };
        assert_eq!(cited.cite(vec![span(2, 6)], "a"), "passage-4-1-1");
        assert_eq!(
            cited.cite(vec![span(4, 8), span(9, 10)], "a"),
            "passage-4-2-1"
        );
        assert_eq!(cited.cite(vec![span(2, 6)], "b"), "passage-4-1-2");
        assert_eq!(cited.cite(vec![span(2, 6)], "a"), "passage-4-1-1");
        let shown: Vec<String> = cited
            .pieces(12)
            .iter()
            .map(|piece| {
                let targets: Vec<&str> = piece.targets.iter().map(|t| t.line.as_str()).collect();
                format!(
                    "{}-{} {} {}",
                    piece.span.start,
                    piece.span.end,
                    targets.join("+"),
                    piece.classes.join("+")
                )
            })
            .collect();
        let expected = [
            "0-2  ",
            "2-4 a+b p4-1",
            "4-6 a p4-1+p4-2",
            "6-8  p4-2",
            "8-9  ",
            "9-10  p4-2",
            "10-12  ",
        ];
        assert_eq!(shown, expected);
        assert_eq!(
            cited.lit().collect::<Vec<_>>(),
            [".to4-1:target~.p4-1", ".to4-2:target~.p4-2"]
        );
    }
}
