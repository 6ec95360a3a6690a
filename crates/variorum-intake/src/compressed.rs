//! Compressed files as streams: gzip, zstd, bzip2 and xz, told by their first bytes.
//!
//! The stream may be of any size, since none of it is held; what a report may hold is limited by
//! those who read it. Where compressed data is damaged or breaks off, all before it is given, and
//! then an error.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::read::MultiBzDecoder;
use lzma_rust2::XzReader;

use crate::archive::members::{Members, Packing, Piece};
use crate::problem::Problem;

/// What xz may hold, in KiB; its strongest setting takes 65 MB.
const XZ_MEMORY: u32 = 256 << 10;
/// Enough to tell what an input is.
const HEAD: usize = 8;

/// An input, decompressed if it was compressed.
pub(crate) struct Opened<'a> {
    /// All of it.
    pub reader: Box<dyn Read + 'a>,
    /// Its name, without the ending that tells the compression.
    pub name: PathBuf,
}

/// Opens an input; what is not compressed is given as it is. Once only: what is compressed twice is
/// a problem.
pub(crate) fn open<'a>(name: &Path, mut input: impl Read + 'a) -> Result<Opened<'a>, Problem> {
    let head = front(&mut input)?;
    let kind = compression(&head);
    let input = Cursor::new(head).chain(input);
    let Some(kind) = kind else {
        return Ok(Opened {
            reader: Box::new(input),
            name: name.to_owned(),
        });
    };
    let mut reader: Box<dyn Read + 'a> = match kind {
        "bzip2" => Box::new(MultiBzDecoder::new(BufReader::new(input))),
        "xz" => Box::new(XzReader::new_mem_limit(
            BufReader::new(input),
            true,
            XZ_MEMORY,
        )),
        _ => Box::new(Unpacked::new(input)?),
    };
    // Damage right at the front is found when it is read again.
    let mut inner = Vec::new();
    let ended = reader.by_ref().take(HEAD as u64).read_to_end(&mut inner);
    if compression(&inner).is_some() {
        return Err(Problem::CompressedTwice);
    }
    let rest: Box<dyn Read + 'a> = match ended {
        Ok(_) => reader,
        Err(error) => Box::new(Failed(Some(error))),
    };
    Ok(Opened {
        reader: Box::new(Told {
            input: Cursor::new(inner).chain(rest),
            kind,
        }),
        name: inner_name(name),
    })
}

/// How an input is compressed, by its first bytes.
pub(crate) fn compression(head: &[u8]) -> Option<&'static str> {
    match head {
        // A digit tells how large the blocks are, and then the first block or the end begins.
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Some("bzip2"),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some("xz"),
        _ => match Packing::of(head) {
            Packing::Gzip => Some("gzip"),
            Packing::Zstd => Some("zstd"),
            Packing::Plain => None,
        },
    }
}

/// `a.jsonl.gz` is `a.jsonl`, and `a.tgz` stays.
fn inner_name(name: &Path) -> PathBuf {
    let ending = name.extension().and_then(|ending| ending.to_str());
    let ending = ending.map(str::to_ascii_lowercase).unwrap_or_default();
    if ["gz", "gzip", "zst", "zstd", "bz2", "xz"].contains(&ending.as_str()) {
        name.with_extension("")
    } else {
        name.to_owned()
    }
}

fn front(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Gives an error once, then the end.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Says in its errors what the stream was compressed with.
struct Told<R> {
    input: R,
    kind: &'static str,
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer).map_err(|error| {
            let kind = self.kind;
            let what = match error.kind() {
                io::ErrorKind::Interrupted => return error,
                io::ErrorKind::UnexpectedEof => format!("{kind} data breaks off"),
                _ if error.to_string().contains(kind) => error.to_string(),
                _ => format!("{kind} data: {error}"),
            };
            io::Error::new(error.kind(), what)
        })
    }
}

/// The members of a gzip or zstd stream as one stream.
struct Unpacked<R> {
    members: Members<R>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Unpacked<R> {
    fn new(input: R) -> io::Result<Self> {
        Ok(Unpacked {
            members: Members::new(input, 0, |_, _, _| Ok(()))?,
            ready: Vec::new(),
            given: 0,
            ended: false,
        })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() && !self.ended {
            self.ready.clear();
            self.given = 0;
            match self.members.next(&mut self.ready)? {
                Piece::More { .. } => {}
                Piece::End => self.ended = true,
                Piece::Broken { at, reason, .. } => {
                    self.ended = true;
                    let what = format!("{reason} (in what begins at byte {at})");
                    return Err(io::Error::new(io::ErrorKind::InvalidData, what));
                }
            }
        }
        let count = self
            .ready
            .get(self.given..)
            .unwrap_or_default()
            .read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// Counts the bytes that are read, for others to see how far it is.
pub(crate) struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
    /// What was counted before.
    before: u64,
    /// Where it is, and where it ends at the latest.
    at: u64,
    end: u64,
}

impl<R> Counted<R> {
    /// Counts on.
    pub(crate) fn new(input: R, count: Arc<AtomicU64>) -> Self {
        let before = count.load(Ordering::Relaxed);
        Counted {
            input,
            count,
            before,
            at: 0,
            end: u64::MAX,
        }
    }

    /// Reads no further than to this byte. What is said to have no bytes is read to its end: some systems say
    /// so of what they make up.
    pub(crate) fn up_to(self, end: u64) -> Self {
        let end = if end == 0 { u64::MAX } else { end };
        Counted { end, ..self }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = buffer.len().min(left);
        let count = self.input.read(&mut buffer[..most])?;
        self.at += count as u64;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = self.input.seek(to)?;
        self.at = place;
        self.count.store(self.before + place, Ordering::Relaxed);
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::archive::tests::{gzip, zstd};

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let level = bzip2::Compression::fast();
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), level);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// `The council met on Friday.\n` by `xz -9`, since the crate is used without its encoder.
    const XZ: &[u8] = include_bytes!("../tests/files/line.xz");

    fn read(name: &str, bytes: &[u8]) -> (String, String, Option<String>) {
        let mut opened = open(name.as_ref(), bytes).unwrap();
        let mut text = Vec::new();
        let error = opened.reader.read_to_end(&mut text).err();
        (
            opened.name.display().to_string(),
            String::from_utf8(text).unwrap(),
            error.map(|error| error.to_string()),
        )
    }

    #[test]
    fn compressed_files_are_read_to_their_end() {
        let line = "The council met on Friday.\n";
        let check = |name: &str, bytes: &[u8], inner: &str| {
            let twice = [bytes, bytes].concat();
            let expected = (inner.to_owned(), line.repeat(2), None);
            assert_eq!(read(name, &twice), expected, "{name}");
        };
        check("a.jsonl.gz", &gzip(line.as_bytes()), "a.jsonl");
        check("a.jsonl.zst", &zstd(line.as_bytes()), "a.jsonl");
        check("a.csv.BZ2", &bzip2(line.as_bytes()), "a.csv");
        check("a.txt.xz", XZ, "a.txt");
        check("-", &gzip(line.as_bytes()), "-");
        check("a.txt", line.as_bytes(), "a.txt");
        check("b.txt.gz", line.as_bytes(), "b.txt.gz");
    }

    #[test]
    fn what_comes_before_damage_is_kept() {
        let lines: Vec<String> = (0..30_000)
            .map(|n| format!("Line {}.\n", n * n % 9973))
            .collect();
        let lines = lines.concat();
        for (kind, packed) in [
            ("gzip", gzip(lines.as_bytes())),
            ("zstd", zstd(lines.as_bytes())),
            ("bzip2", bzip2(lines.as_bytes())),
        ] {
            let cut = &packed[..packed.len() * 9 / 10];
            let (_, text, error) = read("a.gz", cut);
            assert!(
                error.as_ref().is_some_and(|error| error.contains(kind)),
                "{kind}: {error:?}"
            );
            assert!(lines.starts_with(&text), "{kind}");
            assert!(text.len() > lines.len() / 3, "{kind}: {}", text.len());
            let more = [gzip(lines.as_bytes()), b"no member".to_vec()].concat();
            let (_, text, error) = read("a.gz", &more);
            assert_eq!(text, lines);
            assert!(
                error
                    .unwrap()
                    .starts_with("no gzip data (in what begins at byte ")
            );
        }
    }

    #[test]
    fn compressed_twice_is_a_problem() {
        let check = |bytes: &[u8]| {
            let problem = open("a.gz".as_ref(), bytes).err().unwrap().to_string();
            assert_eq!(
                problem,
                "compressed twice; decompress it once and give that"
            );
        };
        check(&gzip(&gzip(b"words")));
        check(&zstd(&gzip(b"words")));
        check(&gzip(&bzip2(b"words")));
    }

    #[test]
    fn bytes_are_counted() {
        let place = Arc::new(AtomicU64::new(5));
        let mut counted = Counted::new(Cursor::new([0; 100]), Arc::clone(&place));
        counted.read_exact(&mut [0; 30]).unwrap();
        assert_eq!(place.load(Ordering::Relaxed), 35);
        counted.seek(SeekFrom::Start(70)).unwrap();
        assert_eq!(place.load(Ordering::Relaxed), 75);
        let mut short = Counted::new(Cursor::new([0; 100]), place).up_to(90);
        assert_eq!(short.read_to_end(&mut Vec::new()).unwrap(), 90);
        short.seek(SeekFrom::Start(80)).unwrap();
        assert_eq!(short.read_to_end(&mut Vec::new()).unwrap(), 10);
    }
}
