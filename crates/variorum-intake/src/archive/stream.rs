//! The bytes of a web archive, decompressed, with the place of each in the file, and the ways to go
//! on behind damage.

use std::collections::VecDeque;
use std::io::{self, Read};

use memchr::memmem;

use super::members::{Members, Packing, Piece};
use super::window::{Budget, Window};

/// How much is looked through at once for the next record.
const LOOK: usize = 64 << 10;

/// A place in a web archive where reading can begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Where a compressed member begins in the file, or where the record does in a plain file.
    pub stored: u64,
    /// How many bytes, decompressed, come before the record from there: none where each record is
    /// compressed on its own.
    pub within: u64,
}

/// Compressed data that cannot be read on.
pub(super) struct Broken {
    /// Where the member begins.
    pub at: u64,
    /// It breaks off, and what came before is good.
    pub cut: bool,
    pub reason: String,
}

/// How the bytes of a block ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    /// Another record begins before it.
    Early,
    /// There is no more.
    Cut,
}

/// The stream.
pub(super) struct Stream<R> {
    members: Members<R>,
    /// Decompressed bytes, counted from where reading began.
    pub window: Window,
    /// Where members that begin with a record begin: in the decompressed stream, as stored.
    starts: VecDeque<(u64, u64)>,
    /// Why the stream cannot be read beyond what is ahead.
    pub broken: Option<Broken>,
    ended: bool,
    budget: Budget,
}

impl<R: Read> Stream<R> {
    /// Opens it at a place that was given before, or at the start. `jump` is as in [`Members::new`].
    pub(super) fn open(
        input: R,
        from: Place,
        jump: impl FnOnce(&mut R, u64, u64) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut stream = Stream {
            members: Members::new(input, from.stored, jump)?,
            window: Window::new(0),
            starts: VecDeque::new(),
            broken: None,
            ended: false,
            budget: Budget::default(),
        };
        let mut within = from.within;
        while within > 0 {
            let step = within.min(stream.fill(1)?.len() as u64);
            if step == 0 {
                break;
            }
            stream.window.take(step as usize);
            stream.window.mark();
            within -= step;
        }
        Ok(stream)
    }

    /// At least `count` bytes ahead, unless the stream has fewer or is damaged there.
    pub(super) fn fill(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.window.ahead().len() < count && !self.ended && self.broken.is_none() {
            let end = self.window.end();
            let room = self.window.room();
            let before = room.len();
            match self.members.next(room)? {
                Piece::More { begins } => {
                    let begins_record =
                        room.get(before..).unwrap_or_default().starts_with(b"WARC/");
                    if let Some(stored) = begins
                        && (begins_record || self.starts.is_empty())
                    {
                        self.starts.push_back((end, stored));
                    }
                }
                Piece::Broken { at, cut, reason } => self.broken = Some(Broken { at, cut, reason }),
                Piece::End => self.ended = true,
            }
        }
        // The last that begins before all that is held still tells where that is.
        while self
            .starts
            .get(1)
            .is_some_and(|s| s.0 <= self.window.start())
        {
            self.starts.pop_front();
        }
        Ok(self.window.ahead())
    }

    /// Like `fill`, but no more than up to the next member that begins with a record.
    pub(super) fn fill_record(&mut self, count: usize) -> io::Result<&[u8]> {
        self.fill(count)?;
        let here = self.window.position();
        let next = self.starts.partition_point(|s| s.0 <= here);
        let ahead = self.window.ahead();
        let most = self.starts.get(next).map_or(u64::MAX, |s| s.0 - here);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(ahead.get(..most).unwrap_or(ahead))
    }

    /// Whether a member that begins with a record begins at this place, decompressed.
    fn begins_member(&self, at: u64) -> bool {
        self.starts.binary_search_by_key(&at, |s| s.0).is_ok()
    }

    /// The place of what is read next.
    pub(super) fn place(&self) -> Place {
        let here = self.window.position();
        if self.window.ahead().is_empty() {
            let stored = self.broken.as_ref().map(|broken| broken.at);
            return Place {
                stored: stored.unwrap_or_else(|| self.members.position()),
                within: 0,
            };
        }
        let before = self.starts.partition_point(|s| s.0 <= here);
        let start = before.checked_sub(1).and_then(|last| self.starts.get(last));
        let (begins, stored) = start.copied().unwrap_or((here, 0));
        let within = here - begins;
        if self.members.packing() == Packing::Plain {
            let stored = stored + within;
            return Place { stored, within: 0 };
        }
        Place { stored, within }
    }

    /// Passes over the line breaks between records.
    pub(super) fn skip_breaks(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.fill(1)?;
            let breaks = ahead.iter().take_while(|&&b| b == b'\r' || b == b'\n');
            let breaks = breaks.count();
            let all = breaks == ahead.len();
            self.window.take(breaks);
            if breaks == 0 || !all {
                return Ok(());
            }
        }
    }

    /// Reads so many bytes, held after those in `held` or not.
    pub(super) fn bytes(
        &mut self,
        count: u64,
        hold: bool,
        mut held: Vec<u8>,
    ) -> io::Result<(Vec<u8>, End)> {
        let mut count = count;
        while count > 0 {
            let ahead = self.fill_record(1)?;
            let step = ahead
                .len()
                .min(usize::try_from(count).unwrap_or(usize::MAX));
            if hold {
                held.extend_from_slice(ahead.get(..step).unwrap_or_default());
            }
            self.window.take(step);
            count -= step as u64;
            let here = self.window.position();
            if step == 0 {
                return Ok((held, End::Cut));
            }
            // Whether another member begins here is known once it is read.
            if count > 0 {
                self.fill(1)?;
                if self.begins_member(here) {
                    return Ok((held, End::Early));
                }
            }
        }
        Ok((held, End::Whole))
    }

    /// Goes back to `from`, and on to the next line that begins a record.
    pub(super) fn lines_from(&mut self, from: u64) -> io::Result<()> {
        if self.budget.pays(self.window.position(), from) {
            self.window.back(from);
        }
        let passed = from.saturating_sub(self.window.position());
        self.window.take(passed as usize);
        loop {
            let ahead = self.fill(LOOK)?;
            let Some(found) = memmem::find(ahead, b"WARC/") else {
                let all = ahead.len() < LOOK;
                let passed = ahead.len().saturating_sub(if all { 0 } else { 4 });
                self.window.take(passed);
                self.window.mark();
                if all {
                    return Ok(());
                }
                continue;
            };
            self.window.take(found);
            let here = self.window.position();
            let begins_line =
                self.window.behind().is_none_or(|b| b == b'\n') || self.begins_member(here);
            let ahead = self.fill(16)?;
            if is_version(ahead) && (begins_line || is_version_line(ahead)) {
                self.window.mark();
                return Ok(());
            }
            self.window.take(1);
            self.window.mark();
        }
    }

    /// Where the compressed data is damaged: goes to the next member that begins with a record, and
    /// gives what to say.
    pub(super) fn repair(&mut self) -> io::Result<Option<String>> {
        let Some(broken) = self.broken.take() else {
            return Ok(None);
        };
        self.window.drop_ahead();
        self.ended = !self.members.resync()?;
        Ok(Some(broken.reason))
    }
}

/// Whether a record begins here, as far as its first line tells.
pub(super) fn is_version(ahead: &[u8]) -> bool {
    matches!(
        ahead,
        [
            b'W',
            b'A',
            b'R',
            b'C',
            b'/',
            b'0' | b'1',
            b'.',
            b'0'..=b'9',
            ..
        ]
    )
}

/// A version with a field on the next line: where a writer was stopped, the next one began within a
/// line.
fn is_version_line(ahead: &[u8]) -> bool {
    let after = ahead.get(8..).unwrap_or_default();
    let after = after.strip_prefix(b"\r").unwrap_or(after);
    let next = after.strip_prefix(b"\n").unwrap_or_default();
    next.get(..5)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"WARC-"))
}
