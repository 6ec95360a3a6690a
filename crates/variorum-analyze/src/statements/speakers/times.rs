//! When a statement was made, as far as the words around it tell.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Speaker, TimeType};

use super::super::{Context, Found};

/// The time expression that tells when each statement was made: beside its cue, else the one of the
/// speaker's statement before.
pub(in super::super) fn said_on(
    context: &Context<'_>,
    found: &[Found],
    speakers: &[Option<Speaker>],
) -> Vec<Option<usize>> {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    found
        .iter()
        .zip(speakers)
        .map(|(one, speaker)| {
            let time = time_of(context, one);
            let name = speaker.as_ref().map(|s| s.name.as_str());
            if let (Some(time), Some(name)) = (time, name) {
                last.insert(name, time);
            }
            time.or_else(|| name.and_then(|name| last.get(name).copied()))
        })
        .collect()
}

fn time_of(context: &Context<'_>, one: &Found) -> Option<usize> {
    let is_day = |time: usize| {
        let time = &context.times[time];
        let value = time.value.as_bytes();
        let day = value.len() >= 10 && value[4] == b'-' && value[7] == b'-';
        matches!(time.kind, TimeType::Date | TimeType::Time) && day
    };
    let free = |t: usize| {
        let at = context.doc.tokens[t].start;
        !one.content.iter().any(|c| c.contains(&at))
    };
    let in_frame = one
        .frame
        .clone()
        .filter(|&t| free(t))
        .find_map(|t| context.time_of[t].filter(|&i| is_day(i)));
    in_frame.or_else(|| {
        let cue = one.cue.as_ref()?;
        let sentence = context
            .doc
            .sentence_at(context.doc.tokens[cue.start].start)?;
        let tokens = context.doc.sentences[sentence].tokens.clone();
        let times: BTreeSet<usize> = tokens
            .filter(|&t| free(t))
            .filter_map(|t| context.time_of[t].filter(|&i| is_day(i)))
            .filter(|&time| !is_of_other(context, time))
            .collect();
        (times.len() == 1)
            .then(|| times.into_iter().next())
            .flatten()
    })
}

/// Whether a time belongs to something else that was before or after: "ahead of Monday's talks, NATO said".
fn is_of_other(context: &Context<'_>, time: usize) -> bool {
    let bytes = context.times[time].range.clone();
    let first = context.doc.tokens_in(bytes).start;
    let sentence = context.syntax.sentences[first];
    (1..=7)
        .filter_map(|back| first.checked_sub(back))
        .take_while(|&t| context.syntax.sentences[t] == sentence && context.doc.word(t) != ",")
        .any(|t| {
            ["before", "after", "ahead", "since", "until", "following"]
                .contains(&context.lower(t).as_str())
        })
}
