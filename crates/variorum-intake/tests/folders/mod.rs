//! Folders of files made for a test, and what comes of reading them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use variorum_intake::{Intake, read};

pub(crate) const WORDS: &str =
    "The council met on Monday and agreed to repair the old bridge before winter.";

/// A folder with the given files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

pub(crate) fn read_folder(folder: &TempDir) -> Intake {
    read(&[folder.path().to_owned()], &mut std::io::empty())
}

pub(crate) fn ids(intake: &Intake) -> Vec<&str> {
    intake
        .reports
        .iter()
        .map(|report| report.id.as_str())
        .collect()
}

/// What was said, with paths as seen from the folder.
pub(crate) fn lines(intake: &Intake, folder: &Path) -> Vec<String> {
    let unread = intake.unread.iter().map(|u| (&u.path, &u.reason));
    let notices = intake.notices.iter().map(|n| (&n.path, &n.reason));
    let folder = folder.display().to_string();
    unread
        .chain(notices)
        .map(|(path, reason)| format!("{path}: {reason}"))
        .map(|line| {
            line.replace(&format!("{folder}/"), "")
                .replace(&folder, ".")
        })
        .collect()
}

/// Reads a folder of files: these ids and these lines come out, and nothing else.
pub(crate) fn check(files: &[(&str, &[u8])], expected_ids: &[&str], expected_lines: &[&str]) {
    let folder = folder(files);
    let intake = read_folder(&folder);
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(ids(&intake), expected_ids, "reports of {names:?}");
    assert_eq!(
        lines(&intake, folder.path()),
        expected_lines,
        "lines of {names:?}"
    );
}
