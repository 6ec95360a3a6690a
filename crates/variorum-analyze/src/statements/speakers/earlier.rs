//! Who spoke before, as it becomes known statement by statement: the last one of all, the last person, the last
//! body, and whoever spoke in some sentence, each found without going through all statements.

use std::collections::BTreeMap;
use std::ops::Range;

use variorum_model::{Speaker, SpeakerKind};

use super::super::Found;

/// The speakers of the statements up to one.
pub(super) struct Earlier {
    /// For each statement so far.
    speakers: Vec<Option<Speaker>>,
    /// Where the source of each statement of the report begins, or else its cue, with its number; sorted.
    begins: Vec<(usize, usize)>,
    last: Option<usize>,
    last_person: Option<usize>,
    last_body: Option<usize>,
    by_name: BTreeMap<String, usize>,
}

impl Earlier {
    /// Nobody yet.
    pub(super) fn of(found: &[Found]) -> Self {
        let begin = |one: &Found| one.source.as_ref().or(one.cue.as_ref()).map(|r| r.start);
        let numbered = found.iter().enumerate();
        let mut begins: Vec<(usize, usize)> = numbered
            .filter_map(|(at, one)| Some((begin(one)?, at)))
            .collect();
        begins.sort_unstable();
        Earlier {
            speakers: Vec::with_capacity(found.len()),
            begins,
            last: None,
            last_person: None,
            last_body: None,
            by_name: BTreeMap::new(),
        }
    }

    /// Adds the speaker of the next statement.
    pub(super) fn push(&mut self, speaker: Option<Speaker>) {
        if let Some(speaker) = &speaker {
            let at = Some(self.speakers.len());
            self.last = at;
            match speaker.kind {
                SpeakerKind::Person => self.last_person = at,
                _ => self.last_body = at,
            }
            self.by_name
                .insert(speaker.name.clone(), self.speakers.len());
        }
        self.speakers.push(speaker);
    }

    /// The speaker of each statement.
    pub(super) fn speakers(self) -> Vec<Option<Speaker>> {
        self.speakers
    }

    /// The speaker of a statement.
    pub(super) fn of_statement(&self, at: usize) -> Option<&Speaker> {
        self.speakers.get(at)?.as_ref()
    }

    /// Whoever spoke last.
    pub(super) fn last(&self) -> Option<&Speaker> {
        self.of_statement(self.last?)
    }

    /// The person who spoke last.
    pub(super) fn last_person(&self) -> Option<&Speaker> {
        self.of_statement(self.last_person?)
    }

    /// The last speaker who is no person.
    pub(super) fn last_body(&self) -> Option<&Speaker> {
        self.of_statement(self.last_body?)
    }

    /// The last speaker of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Speaker> {
        self.of_statement(*self.by_name.get(name)?)
    }

    /// The person of the last statement whose source or cue begins in some tokens.
    pub(super) fn person_in(&self, tokens: &Range<usize>) -> Option<&Speaker> {
        let first = self.begins.partition_point(|one| one.0 < tokens.start);
        let behind = self.begins.partition_point(|one| one.0 < tokens.end);
        let inside = self.begins[first..behind.max(first)].iter();
        let person = |&(_, at): &(usize, usize)| {
            let speaker = self.of_statement(at)?;
            (speaker.kind == SpeakerKind::Person).then_some((at, speaker))
        };
        let last = inside.filter_map(person).max_by_key(|(at, _)| *at);
        last.map(|(_, speaker)| speaker)
    }
}
