//! Whether a name in a report means an entity, which is known only by the name of its file
//! ("united_states_air_force").

use std::collections::BTreeSet;

/// An entity and its usual short forms, in small letters.
pub(super) struct Entity {
    words: Vec<String>,
    initials: String,
    /// Short forms that brackets behind the name give in any report: "Singapore Airlines (SIA)".
    short: BTreeSet<String>,
}

impl Entity {
    /// The entity of a file, as these texts name it.
    pub(super) fn of<'t>(file: &str, texts: impl Iterator<Item = &'t str>) -> Self {
        let words: Vec<String> = file.split('_').map(str::to_lowercase).collect();
        let initials = words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        let mut short = BTreeSet::new();
        let before = format!("{} (", words.join(" "));
        for text in texts {
            let lower = text.to_lowercase();
            for (at, _) in lower.match_indices(&before) {
                let inside = lower[at + before.len()..].split(')').next();
                let word = inside.filter(|inside| inside.chars().all(char::is_alphanumeric));
                short.extend(word.map(str::to_owned));
            }
        }
        Entity {
            words,
            initials,
            short,
        }
    }

    /// Whether a name means the entity: the name itself, its initials, its last words ("Air Force",
    /// "Gallois"), the model alone ("A380s", "the Dreamliner"), or a part of a body ("Boeing's Launch Systems").
    pub(super) fn is(&self, name: &str) -> bool {
        let lower = name.to_lowercase().replace("u.s.", "united states");
        let name: Vec<&str> = lower
            .split_whitespace()
            .filter(|word| *word != "the")
            .collect();
        let name = name.as_slice();
        let Some(last) = name.last() else {
            return false;
        };
        let model = self.model();
        if let Some(model) = model {
            let same = |word: &&str| {
                word.strip_prefix(model)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            let nick = self
                .words
                .last()
                .is_some_and(|own| own != model && last.trim_end_matches('s') == own);
            return name.iter().any(same) || nick;
        }
        if name
            .iter()
            .any(|word| word.contains(|c: char| c.is_ascii_digit()))
        {
            return false;
        }
        let initials = self.words.len() > 1 && lower == self.initials;
        if initials || self.short.contains(&lower) {
            return true;
        }
        let same =
            |a: &[&str], b: &[String]| a.iter().zip(b).all(|(a, b)| a.trim_end_matches("'s") == b);
        let begins = name.len() >= self.words.len() && same(&name[..self.words.len()], &self.words);
        let rest = self.words.len().saturating_sub(name.len());
        let ends = name.len() < self.words.len() && same(name, &self.words[rest..]);
        let enough = name.len() >= 2 || self.words.len() == 2;
        begins || (ends && enough)
    }

    /// The word with a number in it: "a380".
    fn model(&self) -> Option<&str> {
        let digit = |word: &&String| word.contains(|c: char| c.is_ascii_digit());
        self.words.iter().find(digit).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, yes: &[&str], no: &[&str]) {
        let texts = ["The plane of Singapore Airlines (SIA) left."];
        let entity = Entity::of(file, texts.into_iter());
        for name in yes {
            assert!(entity.is(name), "{name} is {file}");
        }
        for name in no {
            assert!(!entity.is(name), "{name} is not {file}");
        }
    }

    #[test]
    fn names_and_short_forms() {
        check(
            "boeing",
            &["Boeing", "Boeing Commercial Airplanes"],
            &["Boeing 787", "Airbus"],
        );
        check(
            "airbus_a380",
            &["A380", "A380s", "A380-800", "Airbus A380"],
            &["Airbus", "A3801"],
        );
        check(
            "boeing_787_dreamliner",
            &["787", "Dreamliners", "787 Dreamliner"],
            &["Boeing", "777"],
        );
        check(
            "united_states_air_force",
            &["USAF", "Air Force", "U.S. Air Force"],
            &["Force", "Royal Air Force", "United States"],
        );
        check("singapore_airlines", &["SIA", "SA"], &["Singapore"]);
        check("louis_gallois", &["Gallois", "Louis Gallois"], &["Louis"]);
    }
}
