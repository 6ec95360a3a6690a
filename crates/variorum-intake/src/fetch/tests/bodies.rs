//! Bodies that are packed, too long, slow or broken off.

use std::io::Write;
use std::time::Duration;

use super::server::{Sent, Server, ok, status};
use super::{TEXT, all, body, failure, get, limits, named};
use crate::fetch::{Failure, Limits};

#[test]
fn the_slow_and_the_broken_off_end() {
    let half = |pause: u64| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec();
        vec![
            (Duration::ZERO, head),
            (Duration::from_millis(pause), Vec::new()),
        ]
    };
    let server = Server::new(move |hit| match hit.path.as_str() {
        "/silent" => Some(vec![(Duration::from_secs(20), Vec::new())]),
        "/stalls" => Some(half(20_000)),
        "/drips" => Some(
            std::iter::once((
                Duration::ZERO,
                b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".to_vec(),
            ))
            .chain((0..900).map(|_| (Duration::from_millis(50), b"x".to_vec())))
            .collect(),
        ),
        "/half" => Some(half(0)),
        "/chunk" => Some(vec![(
            Duration::ZERO,
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf".to_vec(),
        )]),
        "/noise" => Some(vec![(
            Duration::ZERO,
            b"220 mail.example ESMTP\r\n".to_vec(),
        )]),
        "/nothing" => Some(Vec::new()),
        _ => None,
    });
    // Long enough for a loaded machine to give robots.txt.
    let read = Duration::from_millis(1500);
    let quick = Limits { read, ..limits() };
    for (path, reply) in all(named(&[server.at("/silent"), server.at("/stalls")]), &quick) {
        assert_eq!(failure(reply), Failure::ReadTime(read), "{path}");
    }
    let whole = Duration::from_secs(2);
    let quick = Limits { whole, ..limits() };
    assert_eq!(
        failure(get(&server, "/drips", &quick)),
        Failure::WholeTime(whole)
    );
    let half = failure(get(&server, "/half", &limits()));
    assert_eq!(
        half,
        Failure::BrokenOff {
            got: 4,
            of: Some(100)
        }
    );
    assert_eq!(half.to_string(), "broken off: got 4 of 100 bytes");
    let chunk = failure(get(&server, "/chunk", &limits()));
    assert!(
        matches!(chunk, Failure::BrokenOff { of: None, .. }),
        "{chunk:?}"
    );
    for path in ["/noise", "/nothing"] {
        let failure = failure(get(&server, path, &limits()));
        assert!(matches!(failure, Failure::Answer(_)), "{path}: {failure:?}");
    }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(bytes, level)
}

/// Stored, not squeezed: one block of up to 64 KiB after the header, and an empty last one.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let header = ((bytes.len() as u32 - 1) << 4 | 1 << 20).to_le_bytes();
    [&header[..3], bytes, &[3]].concat()
}

#[test]
fn packed_bodies_are_unpacked() {
    let packed = |coding: &str| {
        let text = TEXT.as_bytes();
        Some(match coding {
            "gzip" | "x-gzip" | "GZIP" => gzip(text),
            "deflate" => zlib(text),
            "deflate,identity" => deflate(text),
            "br" => brotli(text),
            "zstd" => [zstd(text), zstd(b" More.")].concat(),
            "br,gzip" => gzip(&brotli(text)),
            _ => return None,
        })
    };
    let server = Server::new(move |hit| {
        let coding = hit.path.strip_prefix('/')?;
        let wrong =
            |coding, body: &[u8]| Some(status("200 OK", &[("Content-Encoding", coding)], body));
        match coding {
            "plain" => wrong("gzip", TEXT.as_bytes()),
            "not-br" => wrong("br", b"\xff\xff\xff\xff"),
            "not-zstd" => wrong("zstd", TEXT.as_bytes()),
            "cut" => wrong("gzip", &gzip(TEXT.as_bytes())[..30]),
            "cut-zstd" => wrong("zstd", &zstd(TEXT.as_bytes())[..20]),
            "unknown" => wrong("compress", TEXT.as_bytes()),
            "many" => wrong("gzip, gzip, gzip, gzip", TEXT.as_bytes()),
            "empty" => wrong("gzip", b""),
            _ => wrong(coding, &packed(coding)?),
        }
    });
    for coding in [
        "gzip",
        "x-gzip",
        "GZIP",
        "deflate",
        "deflate,identity",
        "br",
        "br,gzip",
        "plain",
    ] {
        assert_eq!(
            body(get(&server, &format!("/{coding}"), &limits())),
            TEXT,
            "{coding}"
        );
    }
    assert_eq!(
        body(get(&server, "/zstd", &limits())),
        format!("{TEXT} More.")
    );
    assert_eq!(body(get(&server, "/empty", &limits())), "");
    let check = |path: &str, expected: Failure| {
        assert_eq!(failure(get(&server, path, &limits())), expected, "{path}");
    };
    check("/not-br", Failure::Damaged("br"));
    check("/not-zstd", Failure::Damaged("zstd"));
    check("/cut", Failure::Damaged("gzip"));
    check("/cut-zstd", Failure::Damaged("zstd"));
    check("/unknown", Failure::Coding("compress".into()));
    check("/many", Failure::Coding("gzip, gzip, gzip, gzip".into()));
    let asked = server.hits()[0].headers["accept-encoding"].clone();
    assert_eq!(asked, "gzip, deflate, br, zstd");
}

#[test]
fn sizes_are_bounded() {
    let zeros = vec![0; 20 << 20];
    let bombs = [
        ("/gzip", "gzip", gzip(&zeros)),
        ("/zlib", "deflate", zlib(&zeros)),
        ("/zstd", "zstd", zstd(&zeros)),
        ("/nested", "gzip, gzip", gzip(&gzip(&zeros))),
    ];
    let paths: Vec<&str> = bombs.iter().map(|bomb| bomb.0).collect();
    let server = Server::new(move |hit| {
        if hit.path == "/long" {
            return Some(ok(vec![b'x'; 3 << 20]));
        }
        if hit.path == "/endless" {
            let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
            let mut sent: Sent = vec![(Duration::ZERO, head)];
            sent.resize(400, (Duration::ZERO, vec![b'x'; 1 << 16]));
            return Some(sent);
        }
        let (_, coding, body) = bombs.iter().find(|bomb| bomb.0 == hit.path)?;
        Some(status("200 OK", &[("Content-Encoding", coding)], body))
    });
    let small = Limits {
        packed: 2 << 20,
        unpacked: 4 << 20,
        ..limits()
    };
    for path in paths {
        assert_eq!(
            failure(get(&server, path, &small)),
            Failure::TooLarge(4 << 20),
            "{path}"
        );
    }
    for path in ["/long", "/endless"] {
        let failure = failure(get(&server, path, &small));
        assert_eq!(
            failure.to_string(),
            "larger than the limit of 2 MB",
            "{path}"
        );
    }
}
