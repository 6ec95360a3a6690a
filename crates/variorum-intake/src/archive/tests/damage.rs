//! Damage: what came before it is kept, and reading goes on behind it.

use std::time::{Duration, Instant};

use super::*;
use crate::{compressed, gkg};

#[test]
fn after_damage_reading_goes_on() {
    type Damage = fn(&mut Vec<u8>);
    let longer: Damage = |record| replace(record, "Content-Length: ", "Content-Length: 1");
    let endless: Damage = |record| replace(record, "Content-Length: ", "Content-Length: 99999999");
    let none: Damage = |record| replace(record, "Content-Length: ", "Content-Bulk: ");
    let wild: Damage = |record| {
        replace(
            record,
            "Content-Length: ",
            "Content-Length: 9".repeat(30).as_str(),
        );
    };
    let shorter: Damage = |record| {
        let at = record.len() / 2;
        record.splice(at..at, [b'x'; 50]);
    };
    let name: Damage = |record| record[0] = b'X';
    let half: Damage = |record| record.truncate(record.len() / 2);
    for (what, damage) in [
        ("longer", longer),
        ("endless", endless),
        ("no length", none),
        ("no number", wild),
        ("shorter", shorter),
        ("name", name),
        ("half", half),
    ] {
        let mut records = pages();
        damage(&mut records[2]);
        for (packing, bytes) in packings(&records) {
            let (found, counts) = all(&bytes);
            let found = short(&found);
            assert_eq!(found.len(), 6, "{what}, {packing}: {found:?}");
            assert!(
                found[2].starts_with("damaged record: "),
                "{what}, {packing}: {found:?}"
            );
            assert_eq!(
                [&found[..2], &found[3..]].concat(),
                ["0", "1", "3", "4", "5"]
            );
            assert_eq!(counts.unread, 1);
        }
    }
}

fn replace(record: &mut Vec<u8>, what: &str, with: &str) {
    let text = String::from_utf8(record.clone()).unwrap();
    *record = text.replacen(what, with, 1).into_bytes();
}

#[test]
fn damaged_members_are_passed_over() {
    type Damage = fn(&mut Vec<u8>);
    let flip: Damage = |member| {
        let at = member.len() / 2;
        member[at..at + 4].iter_mut().for_each(|b| *b ^= 0x55);
    };
    let cut: Damage = |member| member.truncate(member.len() / 2);
    let magic: Damage = |member| member[0] = 7;
    let checksum: Damage = |member| {
        let at = member.len() - 6;
        member[at] ^= 0x55;
    };
    let junk: Damage = |member| *member = [b"junk\x1F\x8B\x08".as_slice(), &[9; 3000]].concat();
    for (what, damage) in [
        ("flip", flip),
        ("cut", cut),
        ("magic", magic),
        ("checksum", checksum),
        ("junk", junk),
    ] {
        for (name, with) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
            let mut members: Vec<Vec<u8>> = pages().iter().map(|page| with(page)).collect();
            if name == "zstd" && what == "checksum" {
                continue;
            }
            damage(&mut members[2]);
            let (records, _) = all(&members.concat());
            let found = short(&records);
            assert_eq!(found.len(), 6, "{what} {name}: {found:?}");
            assert!(
                found[2].starts_with("damaged record: "),
                "{what} {name}: {found:?}"
            );
            assert_eq!(
                [&found[..2], &found[3..]].concat(),
                ["0", "1", "3", "4", "5"]
            );
            let begins = members[..2].concat().len() as u64;
            assert_eq!(
                records[2].place,
                Place {
                    stored: begins,
                    within: 0
                },
                "{what} {name}"
            );
        }
    }
}

#[test]
fn a_file_cut_off_keeps_what_is_before() {
    for (name, bytes) in packings(&pages()) {
        let (records, _) = all(&bytes[..bytes.len() - 100]);
        let found = short(&records);
        let last = found.last().unwrap();
        assert!(
            last.contains("break") || last.contains("zstd"),
            "{name}: {found:?}"
        );
        let before = &found[..found.len() - 1];
        assert!(
            before.len() >= 4 || name == "zstd, one frame",
            "{name}: {found:?}"
        );
        assert!(
            before
                .iter()
                .enumerate()
                .all(|(n, page)| *page == n.to_string()),
            "{name}"
        );
    }
}

/// A small generator of numbers, always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// Damages some bytes; gives the place of the first damage.
    fn damage(&mut self, bytes: &mut Vec<u8>) -> usize {
        let mut first = bytes.len();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            first = first.min(at);
            let end = (at + self.below(400)).min(bytes.len());
            match self.below(6) {
                0..=2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 => bytes.truncate(at),
                4 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                _ => drop(bytes.drain(at..end)),
            }
        }
        first
    }
}

#[test]
fn no_damage_stops_the_rest() {
    let mut numbers = Numbers(20_220_107);
    let mut sources = packings(&pages());
    sources.push(("wacz", small_wacz("")));
    sources.push((
        "gkg",
        "20220107183000-1\t20220107183000\t1\ta\thttp://a\t\t\n"
            .repeat(9)
            .into(),
    ));
    let whole: Vec<(Vec<Place>, Vec<String>)> = sources
        .iter()
        .map(|(_, bytes)| all(bytes).0)
        .map(|records| (records.iter().map(|r| r.next).collect(), short(&records)))
        .collect();
    let start = Instant::now();
    let mut slowest = Duration::ZERO;
    for round in 0..10_000 {
        let chosen = round % sources.len();
        let (name, bytes) = &sources[chosen];
        let mut bytes = bytes.clone();
        let first = numbers.damage(&mut bytes);
        let began = Instant::now();
        match *name {
            "wacz" => drop(of_wacz(&bytes, wacz::Place::default())),
            "gkg" => {
                let text = String::from_utf8_lossy(&bytes);
                gkg::is_gkg(&text);
                text.lines().for_each(|line| drop(gkg::row(line)));
            }
            _ => {
                let (records, _) = all(&bytes);
                if records.len() >= 100 {
                    for r in &records[..12] {
                        eprintln!("{r:?}");
                    }
                }
                assert!(
                    records.len() < 100,
                    "{name}, round {round}: {}",
                    records.len()
                );
                let found = short(&records);
                let (nexts, pages) = &whole[chosen];
                let kept = |place: &&Place| place.within == 0 && place.stored as usize <= first;
                let kept = nexts.iter().filter(kept).count();
                // Of the last one before the damage it cannot be told whether it was longer.
                let kept = &pages[..kept.saturating_sub(1)];
                assert!(found.starts_with(kept), "{name}, round {round}: {found:?}");
            }
        }
        if let Ok(mut opened) = compressed::open("x.gz".as_ref(), bytes.as_slice()) {
            let _ = std::io::copy(&mut opened.reader, &mut std::io::sink());
        }
        slowest = slowest.max(began.elapsed());
    }
    let took = start.elapsed();
    assert!(
        slowest < Duration::from_secs(5),
        "the slowest took {slowest:?} of {took:?}"
    );
}

#[test]
fn many_beginnings_take_no_longer_than_few() {
    let start = Instant::now();
    let record = "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 8000000\r\n\r\n";
    for text in ["WARC/1.0\n", "\nWARC/1.0 \nA: b\n", record] {
        let (records, _) = all(text.repeat(20_000).as_bytes());
        assert!(
            records.iter().all(|record| record.content.is_err()),
            "{text:?}"
        );
    }
    let member = gzip(b"WARC/1.0\r\nWARC-Type: x\r\n");
    let member = &member[..member.len() - 9];
    assert!(!all(&member.repeat(20_000)).0.is_empty());
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
