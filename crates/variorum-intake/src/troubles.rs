//! What there is to say of the parts of one input: of each on a line of its own, or of many on one.

use variorum_model::Unread;

/// So many are said one by one; more are one line with their number.
pub(crate) const FEW: usize = 4;

/// The parts of an input that have one trouble. No more than a few are held.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    first: Vec<Unread>,
    count: usize,
}

impl Troubles {
    pub(crate) fn add(&mut self, unread: Unread) {
        self.count += 1;
        if self.first.len() < FEW {
            self.first.push(unread);
        }
    }

    /// The lines for an input at `path`; `what` says of its parts what they have ("rows cannot be read").
    pub(crate) fn lines(self, path: &str, what: &str) -> Vec<Unread> {
        let many = self
            .first
            .first()
            .filter(|_| self.count > FEW)
            .map(|first| {
                let part = first.path.strip_prefix(path).unwrap_or(&first.path);
                let part = match part.strip_prefix(':') {
                    Some(line) => format!("line {line}"),
                    None => part.trim_matches([' ', '(', ')', '/']).to_owned(),
                };
                let reason = format!("{} {what}; the first, {part}: {}", self.count, first.reason);
                vec![Unread {
                    path: path.to_owned(),
                    reason,
                }]
            });
        many.unwrap_or(self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_one_line() {
        let lines = |places: &[&str]| {
            let mut troubles = Troubles::default();
            for place in places {
                troubles.add(Unread {
                    path: format!("a.csv{place}"),
                    reason: "no words".to_owned(),
                });
            }
            let lines = troubles.lines("a.csv", "rows cannot be read").into_iter();
            lines
                .map(|unread| format!("{}: {}", unread.path, unread.reason))
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&[]), [""; 0]);
        assert_eq!(
            lines(&[":2", ":7"]),
            ["a.csv:2: no words", "a.csv:7: no words"]
        );
        assert_eq!(
            lines(&[":2", ":7", ":8", ":9", ":11"]),
            ["a.csv: 5 rows cannot be read; the first, line 2: no words"]
        );
        assert_eq!(
            lines(&[" (entry 5)"; 5]),
            ["a.csv: 5 rows cannot be read; the first, entry 5: no words"]
        );
    }
}
