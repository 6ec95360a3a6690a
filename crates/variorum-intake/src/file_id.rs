//! Which file a path leads to, whatever it is called.
//!
//! A run must not read what it writes, and the same file has many names: through a folder above it,
//! a symbolic link, a hard link, or as standard output. Files are therefore told apart by what the
//! system calls them. Nothing is opened for it, since a pipe would keep us waiting.

use std::fs::File;
use std::path::Path;

/// Tells a regular file from all others of the system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileId(Id);

#[cfg(unix)]
type Id = (u64, u64);
#[cfg(not(unix))]
type Id = std::path::PathBuf;

#[cfg(unix)]
impl FileId {
    /// The file that a path leads to, links followed; `None` if there is none, or no regular one.
    pub fn of(path: &Path) -> Option<Self> {
        FileId::of_regular(&std::fs::metadata(path).ok()?)
    }

    /// A file that is open; `None` if it is no regular one, or if the system does not tell.
    pub fn of_open(file: &File) -> Option<Self> {
        FileId::of_regular(&file.metadata().ok()?)
    }

    fn of_regular(file: &std::fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        file.is_file().then(|| FileId((file.dev(), file.ino())))
    }
}

#[cfg(not(unix))]
impl FileId {
    /// The file that a path leads to, links followed; `None` if there is none, or no regular one.
    pub fn of(path: &Path) -> Option<Self> {
        let path = path.is_file().then(|| path.canonicalize().ok());
        path.flatten().map(FileId)
    }

    /// A file that is open; `None` if it is no regular one, or if the system does not tell.
    pub fn of_open(_file: &File) -> Option<Self> {
        None
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_many_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a"), "one").unwrap();
        std::fs::write(path("b"), "one").unwrap();
        std::fs::hard_link(path("a"), path("hard")).unwrap();
        std::os::unix::fs::symlink("a", path("soft")).unwrap();
        let a = FileId::of(&path("a"));
        assert!(a.is_some());
        for same in ["hard", "soft", "./a"] {
            assert_eq!(FileId::of(&path(same)), a, "{same}");
        }
        assert_eq!(FileId::of_open(&File::open(path("hard")).unwrap()), a);
        assert_ne!(FileId::of(&path("b")), a);
        assert_eq!(FileId::of(&path("missing")), None);
        assert_eq!(FileId::of(folder.path()), None);
        assert_eq!(FileId::of("/dev/null".as_ref()), None);
    }
}
