//! Ids of reports: no two alike.

use std::collections::HashMap;

/// The ids that are taken, each with the number that its next clash gets.
#[derive(Default)]
pub(crate) struct Ids {
    taken: HashMap<String, usize>,
}

impl Ids {
    /// Takes an id. When it is taken already it gets the file's ending (`a.md`), then a number
    /// (`a-2`).
    pub(crate) fn claim(&mut self, wanted: &str, ending: Option<&str>) -> String {
        let mut id = wanted.to_owned();
        if self.taken.contains_key(&id)
            && let Some(ending) = ending
        {
            id = format!("{wanted}.{ending}");
        }
        let base = id.clone();
        while let Some(next) = self.taken.get_mut(&id) {
            // `id` is either the base, which counts its clashes, or a number that someone gave.
            let number = *next;
            *next += 1;
            id = format!("{base}-{number}");
        }
        self.taken.insert(id.clone(), 2);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clash_gets_its_ending_then_a_number() {
        let mut ids = Ids::default();
        let mut check = |wanted: &str, ending: Option<&str>, expected: &str| {
            assert_eq!(ids.claim(wanted, ending), expected);
        };
        check("a", Some("txt"), "a");
        check("a", Some("md"), "a.md");
        check("a", Some("md"), "a.md-2");
        check("a", Some("md"), "a.md-3");
        check("u", None, "u");
        check("u-2", None, "u-2");
        check("u", None, "u-3");
        check("u", None, "u-4");
    }
}
