//! Arguments to inputs: folders are walked, patterns spread out, and every file is taken once.
//!
//! What the user names is read, whatever it is. What a folder or a pattern leads to is read if it is a
//! file that lies in it: pipes and devices would keep us waiting, a link may lead anywhere, and what
//! this run writes would have no end.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::file_id::FileId;
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

    /// Whether it is a regular file, and so no pipe or device.
    pub(crate) fn is_file(&self) -> bool {
        !self.is_stdin() && self.path.is_file()
    }

    /// Its path under the argument, and its ending apart.
    pub(crate) fn name(&self) -> (String, Option<String>) {
        // What a shell calls `<(command)` is a number under `/dev/fd`, another one each time.
        if self.is_stdin() || (self.path.starts_with("/dev/fd") && !self.is_file()) {
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
    /// What there is to say of some files.
    pub notices: Vec<(PathBuf, String)>,
    /// Files that must not be read.
    pub barred: HashSet<PathBuf>,
    /// Those of them that this run writes.
    written: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
}

/// Finds the inputs, in the order of the arguments; in a folder by name. `outputs` are none.
pub(crate) fn find(arguments: &[PathBuf], outputs: &[FileId]) -> Inputs {
    let mut inputs = Inputs::default();
    for argument in arguments {
        if argument == Path::new("-") {
            inputs.take(argument, argument, true);
        } else if argument.is_dir() {
            let mut place = Place::new(argument, outputs);
            inputs.folder(argument, &mut place);
            inputs.tell(place);
        } else if argument.exists() {
            if is_output(argument, outputs) {
                inputs.bar(argument);
            } else {
                inputs.take(argument, argument.parent().unwrap_or(Path::new("")), true);
            }
        } else if let Some(pattern) = argument.to_str().filter(|a| a.contains(['*', '?', '['])) {
            inputs.pattern(pattern, outputs);
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
    if let Some(first) = inputs.written.first() {
        let reason = match inputs.written.len() - 1 {
            0 => "written by this run; not read".to_owned(),
            1 => "written by this run, as is one more file; not read".to_owned(),
            more => format!("written by this run, as are {more} more files; not read"),
        };
        inputs.notices.push((first.clone(), reason));
    }
    inputs
}

fn is_output(path: &Path, outputs: &[FileId]) -> bool {
    !outputs.is_empty() && FileId::of(path).is_some_and(|id| outputs.contains(&id))
}

/// A folder, or the folder of a pattern, in which files are looked for.
struct Place<'a> {
    /// As the argument calls it.
    root: &'a Path,
    /// Without symbolic links.
    real: PathBuf,
    outputs: &'a [FileId],
    /// Files that are inputs.
    files: usize,
    /// What is passed over, by why.
    links: Vec<PathBuf>,
    others: Vec<PathBuf>,
}

impl<'a> Place<'a> {
    fn new(root: &'a Path, outputs: &'a [FileId]) -> Self {
        let here = if root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            root
        };
        Place {
            root,
            real: here.canonicalize().unwrap_or_else(|_| here.to_owned()),
            outputs,
            files: 0,
            links: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Whether a path leads out of the folder through a symbolic link.
    fn is_left_by(&self, path: &Path) -> bool {
        path.canonicalize()
            .is_ok_and(|real| !real.starts_with(&self.real))
    }
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
            self.notices
                .push((path.to_owned(), "named twice; read once".to_owned()));
        }
    }

    /// Passes over what this run writes.
    fn bar(&mut self, path: &Path) {
        self.barred.insert(path.to_owned());
        self.written.push(path.to_owned());
    }

    /// Takes what was found at a place.
    fn found(&mut self, path: &Path, place: &mut Place<'_>) {
        if place.is_left_by(path) {
            place.links.push(path.to_owned());
        } else if std::fs::metadata(path).is_ok_and(|kind| !kind.is_file()) {
            place.others.push(path.to_owned());
        } else if is_output(path, place.outputs) {
            self.bar(path);
        } else {
            place.files += 1;
            self.take(path, place.root, false);
        }
    }

    /// Says what was passed over at a place.
    fn tell(&mut self, place: Place<'_>) {
        let kinds: [(_, fn() -> Problem); 2] = [
            (place.links, || Problem::LeadsOut),
            (place.others, || Problem::NoFile),
        ];
        for (paths, problem) in kinds {
            self.barred.extend(paths.iter().cloned());
            if paths.len() <= crate::troubles::FEW {
                let each = paths.into_iter().map(|path| (path, problem()));
                self.unread.extend(each);
            } else if let Some(first) = paths.first() {
                let several = Problem::Several {
                    count: paths.len(),
                    first: crate::one_line(&first.to_string_lossy()),
                    problem: Box::new(problem()),
                };
                self.unread.push((place.root.to_owned(), several));
            }
        }
    }

    fn folder(&mut self, folder: &Path, place: &mut Place<'_>) {
        let met = |inputs: &Inputs, place: &Place<'_>| {
            place.files
                + place.links.len()
                + place.others.len()
                + inputs.unread.len()
                + inputs.written.len()
        };
        let before = met(self, place);
        self.walk(folder, place);
        if met(self, place) == before {
            self.unread.push((folder.to_owned(), Problem::EmptyFolder));
        }
    }

    fn walk(&mut self, folder: &Path, place: &mut Place<'_>) {
        let mut walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && is_hidden(entry.path()) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.path_is_symlink()
                        && entry.depth() > 0
                        && place.is_left_by(entry.path())
                    {
                        place.links.push(entry.into_path());
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) => self.found(entry.path(), place),
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
    }

    fn pattern(&mut self, pattern: &str, outputs: &[FileId]) {
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
        let mut place = Place::new(&root, outputs);
        for path in paths {
            any = true;
            match path {
                Ok(path) if path.is_dir() && !place.is_left_by(&path) => {
                    self.folder(&path, &mut place);
                }
                Ok(path) => self.found(&path, &mut place),
                Err(error) => {
                    let path = error.path().to_owned();
                    self.unread.push((path, Problem::Io(error.into())));
                }
            }
        }
        self.tell(place);
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
