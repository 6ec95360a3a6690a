//! Arguments to inputs: folders are walked, patterns spread out, and every file is taken once.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::problem::Problem;

/// One file to read, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// The folder that the argument names or, for a file, lies in.
    pub root: PathBuf,
}

impl Input {
    /// Whether it is standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Its path under the argument, and its ending apart.
    pub(crate) fn name(&self) -> (String, Option<String>) {
        if self.is_stdin() {
            return ("stdin".to_owned(), None);
        }
        let under = self.path.strip_prefix(&self.root).unwrap_or(&self.path);
        let parts: Vec<_> = under.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => {
                (stem.to_owned(), Some(ending.to_owned()))
            }
            _ => (name, None),
        }
    }
}

/// `txt`, `md` and `mp3` are endings; `2022-01-08` and ` Smith on war` are parts of a name.
fn is_ending(ending: &str) -> bool {
    ending.len() <= 8
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The inputs that the arguments name, and what is wrong with some of them.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub files: Vec<Input>,
    pub unread: Vec<(PathBuf, Problem)>,
    /// Files that were named more than once.
    pub repeated: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
}

/// Finds the inputs, in the order of the arguments; in a folder by name.
pub(crate) fn find(arguments: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for argument in arguments {
        if argument == Path::new("-") {
            inputs.take(argument, argument, true);
        } else if argument.is_dir() {
            inputs.folder(argument, argument);
        } else if argument.exists() {
            inputs.take(argument, argument.parent().unwrap_or(Path::new("")), true);
        } else if let Some(pattern) = argument.to_str().filter(|a| a.contains(['*', '?', '['])) {
            inputs.pattern(pattern);
        } else {
            let is_address = argument.to_string_lossy().contains("://");
            let problem = if is_address {
                Problem::Scheme
            } else {
                Problem::Missing
            };
            inputs.unread.push((argument.clone(), problem));
        }
    }
    inputs
}

impl Inputs {
    fn take(&mut self, path: &Path, root: &Path, named: bool) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(real) {
            self.files.push(Input {
                path: path.to_owned(),
                root: root.to_owned(),
            });
        } else if named {
            self.repeated.push(path.to_owned());
        }
    }

    fn folder(&mut self, folder: &Path, root: &Path) {
        let (files, problems) = (self.seen.len(), self.unread.len());
        let mut repeated = false;
        let walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        for entry in walk.filter_entry(|e| e.depth() == 0 || !is_hidden(e.path())) {
            match entry {
                // Pipes and devices would keep us waiting.
                Ok(entry) if entry.file_type().is_file() => {
                    let before = self.seen.len();
                    self.take(entry.path(), root, false);
                    repeated |= before == self.seen.len();
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let problem = match error.loop_ancestor() {
                        Some(_) => Problem::Loop,
                        None => Problem::Io(error.into()),
                    };
                    self.unread.push((path, problem));
                }
            }
        }
        if !repeated && (files, problems) == (self.seen.len(), self.unread.len()) {
            self.unread.push((folder.to_owned(), Problem::EmptyFolder));
        }
    }

    fn pattern(&mut self, pattern: &str) {
        let is_literal = |part: &&str| !part.contains(['*', '?', '[']);
        let literal: Vec<&str> = pattern.split('/').take_while(is_literal).collect();
        let root = match literal.join("/") {
            root if root.is_empty() && pattern.starts_with('/') => PathBuf::from("/"),
            root => PathBuf::from(root),
        };
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..Default::default()
        };
        let paths = match glob::glob_with(pattern, options) {
            Ok(paths) => paths,
            Err(error) => return self.unread.push((pattern.into(), error.into())),
        };
        let mut any = false;
        for path in paths {
            any = true;
            match path {
                Ok(path) if path.is_dir() => self.folder(&path, &root),
                Ok(path) => self.take(&path, &root, false),
                Err(error) => {
                    let path = error.path().to_owned();
                    self.unread.push((path, Problem::Io(error.into())));
                }
            }
        }
        if !any {
            self.unread.push((pattern.into(), Problem::NoMatch));
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths_under_the_argument() {
        let check = |path: &str, root: &str, name: &str, ending: Option<&str>| {
            let input = Input {
                path: path.into(),
                root: root.into(),
            };
            assert_eq!(
                input.name(),
                (name.to_owned(), ending.map(str::to_owned)),
                "{path}"
            );
        };
        check("in/a.txt", "in", "a", Some("txt"));
        check("in/sub/a.v2.txt", "in", "sub/a.v2", Some("txt"));
        check("in/report.2022-01-08", "in", "report.2022-01-08", None);
        check("in/J. Smith on war", "in", "J. Smith on war", None);
        check("in/README", "in", "README", None);
        check("-", "-", "stdin", None);
    }
}
