//! Undoes content codings: gzip, deflate, br and zstd, also several on one body.
//!
//! A few bytes can stand for gigabytes, so each coding is undone as a stream that stops at a limit.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::failure::Failure;

/// What the requests say is read.
pub(super) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// More codings than this on one body are a joke on us.
const MOST_CODINGS: usize = 3;

/// Unpacks a body. `codings` is the value of `Content-Encoding`. `part` lets a body be as long as
/// it likes or break off: what there is up to the limit is given.
pub(super) fn unpack(
    mut body: Vec<u8>,
    codings: &str,
    limit: usize,
    part: bool,
) -> Result<Vec<u8>, Failure> {
    let codings: Vec<String> = codings
        .split(',')
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    if codings.len() > MOST_CODINGS {
        return Err(Failure::Coding(codings.join(", ")));
    }
    // They are listed in the order in which they were applied.
    for coding in codings.iter().rev() {
        if body.is_empty() {
            break;
        }
        let mut out = Vec::new();
        match one(&body, coding, limit, &mut out) {
            Err(Failure::TooLarge(_)) if part => out.truncate(limit),
            Err(Failure::Damaged(_)) if part && !out.is_empty() => {}
            other => other?,
        }
        body = out;
    }
    if body.len() > limit {
        if !part {
            return Err(Failure::TooLarge(limit));
        }
        body.truncate(limit);
    }
    Ok(body)
}

fn one(body: &[u8], coding: &str, limit: usize, out: &mut Vec<u8>) -> Result<(), Failure> {
    let (name, read) = match coding {
        // Some servers say gzip of what they did not pack.
        "gzip" | "x-gzip" if !body.starts_with(&[0x1f, 0x8b]) => {
            out.extend_from_slice(body);
            return Ok(());
        }
        "gzip" | "x-gzip" => ("gzip", take(MultiGzDecoder::new(body), limit, out)),
        // The name is for zlib; some servers send it without that wrapper.
        "deflate" if is_zlib(body) => ("deflate", take(ZlibDecoder::new(body), limit, out)),
        "deflate" => ("deflate", take(DeflateDecoder::new(body), limit, out)),
        "br" => {
            let reader = brotli_decompressor::Decompressor::new(body, 4096);
            ("br", take(reader, limit, out))
        }
        "zstd" => ("zstd", zstd(body, limit, out)),
        other => return Err(Failure::Coding(other.chars().take(40).collect())),
    };
    match read {
        Ok(()) if out.len() > limit => Err(Failure::TooLarge(limit)),
        Ok(()) => Ok(()),
        Err(_) => Err(Failure::Damaged(name)),
    }
}

/// Reads one byte beyond the limit at most, in all that is in `out`.
fn take(reader: impl Read, limit: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let room = (limit + 1).saturating_sub(out.len());
    reader.take(room as u64).read_to_end(out).map(|_| ())
}

/// Several frames may follow each other.
fn zstd(mut body: &[u8], limit: usize, out: &mut Vec<u8>) -> io::Result<()> {
    while !body.is_empty() && out.len() <= limit {
        let reader = StreamingDecoder::new(&mut body).map_err(io::Error::other)?;
        take(reader, limit, out)?;
    }
    Ok(())
}

fn is_zlib(body: &[u8]) -> bool {
    let &[first, second, ..] = body else {
        return false;
    };
    first & 0x0f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_bytes_are_unpacked_or_refused(
            bytes in proptest::collection::vec(0_u8.., 0..400),
            coding in "(gzip|deflate|br|zstd)(, ?(gzip|deflate|br|zstd))?",
            part in proptest::bool::ANY,
        ) {
            for magic in [&[][..], &[0x1f, 0x8b, 8, 0], &[0x78, 0x9c], &[0x28, 0xb5, 0x2f, 0xfd]] {
                let body = [magic, &bytes].concat();
                if let Ok(found) = unpack(body, &coding, 1000, part) {
                    assert!(found.len() <= 1000);
                }
            }
        }

        #[test]
        fn damaged_frames_do_not_panic(
            text in "(The council met. |Ashford ){0,30}",
            flips in proptest::collection::vec((0_usize..2000, 0_u8..), 1..6),
            cut in 0_usize..2000,
        ) {
            let level = ruzstd::encoding::CompressionLevel::Fastest;
            let mut body = ruzstd::encoding::compress_to_vec(text.as_bytes(), level);
            for (place, byte) in flips {
                let length = body.len();
                body[place % length] = byte;
            }
            body.truncate(cut.max(1));
            let _ = unpack(body, "zstd", 1 << 20, true);
        }
    }
}
