//! The members of a compressed stream (of gzip, or the frames of zstd) one after another, with the
//! place of each in the stream as stored.
//!
//! Web archives compress each record on its own, so that one can begin to read at any record, and
//! so that damage costs one record only: after it, [`Members::resync`] looks for the next.

use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::window::{Budget, Window};

const GZIP: &[u8] = b"\x1F\x8B\x08";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";
/// A frame of this kind, at the very front, holds the dictionary for all others.
const DICTIONARY: &[u8] = b"\x5D\x2A\x4D\x18";
/// What zstd's own tool takes without being told to.
const MAX_ZSTD_WINDOW: u64 = 128 << 20;
/// Dictionaries are some hundred kilobytes.
const MAX_DICTIONARY: usize = 16 << 20;
const CHUNK: usize = 64 << 10;
/// How much of a member is looked at to tell whether it is one: no gzip header is longer.
const LOOK: usize = 1 << 10;
/// How much that is for zstd: one block.
const LOOK_ZSTD: usize = 160 << 10;
/// How many false beginnings of a member are looked at in one input.
const MAX_LOOKS: usize = 10_000;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    /// Tells by the first bytes.
    pub(crate) fn of(head: &[u8]) -> Self {
        if head.starts_with(GZIP) {
            Packing::Gzip
        } else if head.starts_with(ZSTD) || is_skippable(head) {
            Packing::Zstd
        } else {
            Packing::Plain
        }
    }

    fn name(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }
}

/// What [`Members::next`] gives.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Some bytes. `begins`: a member begins with them, at this place of the stream as stored.
    More { begins: Option<u64> },
    /// The member that began there cannot be read on, for this reason; `cut`: it breaks off, and
    /// what came before is good. Only [`Members::resync`] leads on.
    Broken { at: u64, cut: bool, reason: String },
    /// There is no more.
    End,
}

/// The stored bytes.
struct Stored<R> {
    input: R,
    window: Window,
    ended: bool,
}

impl<R: Read> Stored<R> {
    /// At least `count` bytes ahead, unless the stream has fewer.
    fn fill(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.window.ahead().len() < count && !self.ended {
            let room = self.window.room();
            let end = room.len();
            room.resize(end + CHUNK, 0);
            let read = self.input.read(room.get_mut(end..).unwrap_or_default());
            room.truncate(end + read.as_ref().map_or(0, |&n| n.min(CHUNK)));
            match read {
                Ok(0) => self.ended = true,
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(self.window.ahead())
    }

    /// Passes over bytes, as many as there are.
    fn skip(&mut self, mut count: u64) -> io::Result<()> {
        while count > 0 {
            let here = self
                .fill(1)?
                .len()
                .min(usize::try_from(count).unwrap_or(CHUNK));
            if here == 0 {
                break;
            }
            self.window.take(here);
            self.window.mark();
            count -= here as u64;
        }
        Ok(())
    }
}

impl<R: Read> Read for Stored<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill(1)?.read(buffer)?;
        self.window.take(count);
        Ok(count)
    }
}

enum State {
    /// Before a member.
    Between,
    Gzip(Decompress),
    Zstd,
    Plain,
    /// Behind damage.
    Lost,
}

/// A stream of members.
pub(crate) struct Members<R> {
    stored: Stored<R>,
    packing: Packing,
    state: State,
    frames: FrameDecoder,
    chunk: Vec<u8>,
    /// Where the member that is read now begins, and whether it has given no byte yet.
    member: u64,
    fresh: bool,
    budget: Budget,
    looks: usize,
}

impl<R: Read> Members<R> {
    /// Reads from a member on that begins `from` bytes into the stream, to which `jump` brings an
    /// input of which so many bytes were read.
    pub(crate) fn new(
        input: R,
        from: u64,
        jump: impl FnOnce(&mut R, u64, u64) -> io::Result<()>,
    ) -> io::Result<Self> {
        let stored = Stored {
            input,
            window: Window::new(0),
            ended: false,
        };
        let mut members = Members {
            stored,
            packing: Packing::Plain,
            state: State::Between,
            frames: FrameDecoder::new(),
            chunk: vec![0; CHUNK],
            member: 0,
            fresh: true,
            budget: Budget::default(),
            looks: 0,
        };
        members.frames.set_max_window_size(MAX_ZSTD_WINDOW);
        members.packing = Packing::of(members.stored.fill(GZIP.len() + 1)?);
        members.dictionary()?;
        if from > members.stored.window.end() {
            let read = members.stored.window.end();
            jump(&mut members.stored.input, read, from)?;
            members.stored.window = Window::new(from);
        } else if from > members.stored.window.position() {
            let count = from - members.stored.window.position();
            members.stored.skip(count)?;
        }
        if members.packing == Packing::Plain {
            members.state = State::Plain;
            members.member = members.stored.window.position();
        }
        Ok(members)
    }

    /// How the stream is compressed.
    pub(crate) fn packing(&self) -> Packing {
        self.packing
    }

    /// How many bytes of the stream as stored were read.
    pub(crate) fn position(&self) -> u64 {
        self.stored.window.position()
    }

    /// Adds the next bytes, of one member only, to `out`. An error is one of the input.
    pub(crate) fn next(&mut self, out: &mut Vec<u8>) -> io::Result<Piece> {
        loop {
            let before = out.len();
            let step = match &mut self.state {
                State::Between => self.begin()?,
                State::Plain => self.copy(out)?,
                State::Gzip(_) => self.inflate(out)?,
                State::Zstd => self.frame(out)?,
                State::Lost => return Ok(Piece::End),
            };
            if out.len() > before {
                let begins = self.fresh.then_some(self.member);
                self.fresh = false;
                return Ok(Piece::More { begins });
            }
            match step {
                Step::On => {}
                Step::End => return Ok(Piece::End),
                Step::Broken(reason) => {
                    self.state = State::Lost;
                    let (at, cut) = (self.member, self.stored.ended);
                    let cut = cut && self.stored.window.ahead().is_empty();
                    return Ok(Piece::Broken { at, cut, reason });
                }
            }
        }
    }

    fn begin(&mut self) -> io::Result<Step> {
        // Some writers fill up blocks with zeros.
        while self.stored.fill(1)?.first() == Some(&0) {
            let zeros = self.stored.window.ahead().iter();
            let zeros = zeros.take_while(|&&b| b == 0).count();
            self.stored.window.take(zeros);
            self.stored.window.mark();
        }
        self.stored.window.mark();
        self.member = self.stored.window.position();
        self.fresh = true;
        let head = self.stored.fill(8)?;
        if head.is_empty() {
            return Ok(Step::End);
        }
        if self.packing == Packing::Gzip && head.starts_with(GZIP) {
            self.state = State::Gzip(Decompress::new_gzip(15));
        } else if self.packing == Packing::Zstd && is_skippable(head) {
            let length = skippable_length(head);
            self.stored.skip(8 + length)?;
        } else if self.packing == Packing::Zstd && head.starts_with(ZSTD) {
            if let Err(error) = self.frames.init(&mut self.stored) {
                return Ok(Step::Broken(one_line(&error)));
            }
            self.state = State::Zstd;
        } else {
            return Ok(Step::Broken(format!("no {} data", self.packing.name())));
        }
        Ok(Step::On)
    }

    fn copy(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        let ahead = self.stored.fill(1)?;
        let ahead = ahead.get(..CHUNK).unwrap_or(ahead);
        let count = ahead.len();
        out.extend_from_slice(ahead);
        self.stored.window.take(count);
        self.stored.window.mark();
        Ok(if count == 0 { Step::End } else { Step::On })
    }

    fn inflate(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        let State::Gzip(gzip) = &mut self.state else {
            return Ok(Step::On);
        };
        let mut want = 1;
        loop {
            let ahead = self.stored.fill(want)?;
            if ahead.len() < want {
                let rest = ahead.len();
                self.stored.window.take(rest);
                return Ok(Step::Broken("gzip data breaks off".to_owned()));
            }
            let (read, made) = (gzip.total_in(), gzip.total_out());
            let status = gzip.decompress(ahead, &mut self.chunk, FlushDecompress::None);
            let count = ahead.len();
            let read = (gzip.total_in() - read) as usize;
            let made = (gzip.total_out() - made) as usize;
            out.extend_from_slice(self.chunk.get(..made).unwrap_or_default());
            self.stored.window.take(read);
            match status {
                Err(_) => return Ok(Step::Broken("gzip data is damaged".to_owned())),
                Ok(Status::StreamEnd) => {
                    self.state = State::Between;
                    return Ok(Step::On);
                }
                Ok(_) if made > 0 => return Ok(Step::On),
                Ok(_) if read > 0 => want = 1,
                Ok(_) => want = count + 1,
            }
        }
    }

    fn frame(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        while self.frames.can_collect() == 0 && !self.frames.is_finished() {
            let strategy = BlockDecodingStrategy::UptoBlocks(1);
            if let Err(error) = self.frames.decode_blocks(&mut self.stored, strategy) {
                return Ok(Step::Broken(one_line(&error)));
            }
        }
        let made = self.frames.read(&mut self.chunk)?;
        out.extend_from_slice(self.chunk.get(..made).unwrap_or_default());
        if made == 0 {
            self.state = State::Between;
            let stored = self.frames.get_checksum_from_data();
            if stored.is_some() && stored != self.frames.get_calculated_checksum() {
                return Ok(Step::Broken("zstd data is damaged".to_owned()));
            }
        }
        Ok(Step::On)
    }

    /// Behind damage: goes to the next member that begins as a record of a web archive does.
    /// False when there is none.
    pub(crate) fn resync(&mut self) -> io::Result<bool> {
        let (from, to) = (self.stored.window.position(), self.member + 1);
        if self.budget.pays(from, to) {
            self.stored.window.back(to);
        }
        if self.stored.window.position() < to {
            self.stored.window.take(1);
        }
        let (magic, look) = match self.packing {
            Packing::Plain => return Ok(false),
            Packing::Gzip => (GZIP, LOOK),
            Packing::Zstd => (ZSTD, LOOK_ZSTD),
        };
        loop {
            let ahead = self.stored.fill(CHUNK)?;
            let Some(found) = memmem::find(ahead, magic) else {
                let passed = ahead.len().saturating_sub(magic.len() - 1);
                if self.stored.ended {
                    return Ok(false);
                }
                self.stored.window.take(passed);
                self.stored.window.mark();
                continue;
            };
            self.stored.window.take(found);
            self.stored.window.mark();
            let ahead = self.stored.fill(look)?;
            let head = ahead.get(..look).unwrap_or(ahead);
            let is_member = match self.packing {
                Packing::Zstd => self.frames.init(head).is_ok(),
                _ => begins_record(head),
            };
            if is_member {
                self.state = State::Between;
                return Ok(true);
            }
            self.looks += 1;
            if self.looks > MAX_LOOKS {
                return Ok(false);
            }
            self.stored.window.take(1);
        }
    }

    /// Takes the dictionary that stands at the front of some zstd web archives. Without it the
    /// frames that need it say so.
    fn dictionary(&mut self) -> io::Result<()> {
        let head = self.stored.fill(8)?;
        let length = usize::try_from(skippable_length(head)).unwrap_or(usize::MAX);
        if !head.starts_with(DICTIONARY) || length > MAX_DICTIONARY {
            return Ok(());
        }
        let held = self.stored.fill(8 + length)?;
        let Some(held) = held.get(8..8 + length) else {
            return Ok(());
        };
        let mut unpacked = Vec::new();
        if held.starts_with(ZSTD)
            && let Ok(frame) = ruzstd::decoding::StreamingDecoder::new(held)
        {
            frame
                .take(MAX_DICTIONARY as u64)
                .read_to_end(&mut unpacked)
                .ok();
        }
        let held = if unpacked.is_empty() { held } else { &unpacked };
        // What is no dictionary of the known kind is not looked at further.
        if held.starts_with(b"\x37\xA4\x30\xEC")
            && let Ok(dictionary) = Dictionary::decode_dict(held)
        {
            self.frames.add_dict(dictionary).ok();
        }
        Ok(())
    }
}

enum Step {
    On,
    End,
    Broken(String),
}

fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

fn skippable_length(head: &[u8]) -> u64 {
    match head {
        [_, _, _, _, a, b, c, d, ..] => u64::from(u32::from_le_bytes([*a, *b, *c, *d])),
        _ => 0,
    }
}

/// Whether a gzip member holds a record of a web archive.
pub(super) fn begins_record(member: &[u8]) -> bool {
    let mut front = [0; 5];
    let mut gzip = Decompress::new_gzip(15);
    let done = gzip.decompress(member, &mut front, FlushDecompress::None);
    done.is_ok() && front == *b"WARC/"
}

/// Whether a zstd stream is a web archive: by its dictionary, or by its first frame.
pub(super) fn begins_record_zstd(head: &[u8]) -> bool {
    let mut front = Vec::new();
    if let Ok(frame) = ruzstd::decoding::StreamingDecoder::new(head) {
        // What `head` cuts off is an error, but only after the rest.
        frame.take(5).read_to_end(&mut front).ok();
    }
    head.starts_with(DICTIONARY) || front == *b"WARC/"
}

fn one_line(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    format!("zstd data: {}", text.lines().next().unwrap_or_default())
}
