//! WARC files, the format of web archives: its records one after another, the pages among them
//! given, the rest counted.
//!
//! A record is a header, `Content-Length` bytes and two line breaks. Where that does not hold the
//! record is said to be damaged, and reading goes on at the next place where a record begins: the
//! next compressed member that holds one, or the next line that begins with `WARC/`.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;
use variorum_model::Moment;

use super::headers::{self, Headers, MAX_HEADER};
use super::http::{self, Kind};
use super::stream::{Broken, End, Stream, is_version};
use crate::problem::Problem;
use crate::{MAX_REPORT, dates};

pub(crate) use super::stream::Place;

/// How much of a block is looked at to tell whether it is a page.
const LOOK: u64 = 64 << 10;

/// A page, or a record that is damaged.
#[derive(Debug)]
pub(crate) struct Record {
    /// Where it begins.
    pub place: Place,
    /// Where the one after it begins.
    pub next: Place,
    /// The page, or why there is none.
    pub content: Result<Capture, Problem>,
}

/// A page as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Capture {
    /// Its address.
    pub url: String,
    /// When it was saved.
    pub retrieved: Option<Moment>,
    /// What kind of text it is, with its encoding where that is given.
    pub content_type: Option<String>,
    /// The HTTP status; `None` for a record that holds a page without an answer around it.
    pub status: Option<u16>,
    /// Its bytes, transfer and content encodings undone.
    pub body: Vec<u8>,
    /// The id of the record.
    pub id: Option<String>,
}

/// How many records of each kind were met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Pages and texts.
    pub pages: usize,
    /// Redirects, errors and the like.
    pub not_ok: usize,
    /// Images, scripts and so on.
    pub other_content: usize,
    /// Pages that were found unchanged and so not stored again.
    pub revisits: usize,
    /// Requests, notes of the crawler, answers of the name service and the like.
    pub not_content: usize,
    /// Pages within other pages.
    pub embedded: usize,
    /// Damaged or too large.
    pub unread: usize,
}

impl Counts {
    /// The sum of two.
    pub(crate) fn and(self, other: Counts) -> Counts {
        Counts {
            pages: self.pages + other.pages,
            not_ok: self.not_ok + other.not_ok,
            other_content: self.other_content + other.other_content,
            revisits: self.revisits + other.revisits,
            not_content: self.not_content + other.not_content,
            embedded: self.embedded + other.embedded,
            unread: self.unread + other.unread,
        }
    }

    /// One line about what was passed over, if anything of interest was.
    pub(crate) fn notice(&self) -> Option<String> {
        let parts: Vec<String> = [
            (self.not_ok, "redirects and errors"),
            (self.other_content, "images, scripts and the like"),
            (self.embedded, "pages shown within others"),
            (self.revisits, "unchanged pages that were not stored again"),
        ]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        (!parts.is_empty()).then(|| format!("records passed over: {}", parts.join(", ")))
    }
}

/// The pages of a web archive.
pub(crate) struct Records<R> {
    stream: Stream<R>,
    failed: bool,
    counts: Counts,
    /// Whence and whither redirects lead that were met since they were last asked for.
    redirects: Option<Vec<(String, String)>>,
}

/// The pages of a file, from a place on that was given before, or from the start.
pub(crate) fn records<R: Read + Seek>(input: R, from: Place) -> io::Result<Records<R>> {
    let jump = |input: &mut R, _, to| input.seek(SeekFrom::Start(to)).map(drop);
    Stream::open(input, from, jump).map(Records::of)
}

/// The pages of a stream in which one cannot go to and fro.
pub(crate) fn stream<R: Read>(input: R, from: Place) -> io::Result<Records<R>> {
    let jump = |input: &mut R, read: u64, to: u64| {
        let mut rest = input.take(to.saturating_sub(read));
        io::copy(&mut rest, &mut io::sink()).map(drop)
    };
    Stream::open(input, from, jump).map(Records::of)
}

/// What became of a record.
enum Outcome {
    Page(Capture),
    Passed,
    Unread(Problem),
}

impl<R: Read> Records<R> {
    fn of(stream: Stream<R>) -> Self {
        Records {
            stream,
            failed: false,
            counts: Counts::default(),
            redirects: None,
        }
    }

    /// What was met so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// The redirects met since the last call, whence and whither; the first call begins to keep
    /// them.
    pub(super) fn redirects(&mut self) -> Vec<(String, String)> {
        self.redirects.replace(Vec::new()).unwrap_or_default()
    }

    fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            self.stream.skip_breaks()?;
            self.stream.window.mark();
            let place = self.stream.place();
            let outcome = if self.stream.window.ahead().is_empty() {
                match self.repair()? {
                    Some(outcome) => outcome,
                    None => return Ok(None),
                }
            } else {
                self.record(place)?
            };
            let content = match outcome {
                Outcome::Passed => continue,
                Outcome::Page(capture) => {
                    self.counts.pages += 1;
                    Ok(capture)
                }
                Outcome::Unread(problem) => {
                    self.counts.unread += 1;
                    Err(problem)
                }
            };
            self.stream.skip_breaks()?;
            let next = self.stream.place();
            return Ok(Some(Record {
                place,
                next,
                content,
            }));
        }
    }

    fn record(&mut self, place: Place) -> io::Result<Outcome> {
        let begin = self.stream.window.position();
        let Some(headers) = self.header()? else {
            self.stream.lines_from(begin + 1)?;
            return self.unless_broken("this is no header of a record");
        };
        let length = headers
            .get("content-length")
            .and_then(|l| l.parse::<u64>().ok());
        let block_begins = self.stream.window.position();
        let Some(length) = length else {
            self.stream.lines_from(block_begins)?;
            return self.unless_broken("its header gives no length");
        };
        let (outcome, end) = self.block(&headers, length)?;
        if end == End::Early {
            return Ok(unread("it is shorter than its Content-Length says"));
        }
        if end == End::Cut && self.stream.broken.is_some() {
            return self.unless_broken("");
        }
        if end == End::Whole && self.at_record_end()? {
            // A checksum that does not fit is found at the end of the member.
            let damaged = |broken: &Broken| broken.at == place.stored && !broken.cut;
            if self.stream.window.ahead().is_empty()
                && self.stream.broken.as_ref().is_some_and(damaged)
            {
                return self.unless_broken("");
            }
            return Ok(outcome);
        }
        self.stream.lines_from(block_begins)?;
        Ok(unread(
            if end == End::Cut && self.stream.window.ahead().is_empty() {
                "the file breaks off within it"
            } else {
                "its Content-Length is wrong"
            },
        ))
    }

    /// What to say of a record after which nothing can be read: that the data is damaged, if that
    /// is why.
    fn unless_broken(&mut self, what: &str) -> io::Result<Outcome> {
        if !self.stream.window.ahead().is_empty() {
            return Ok(unread(what));
        }
        Ok(self.repair()?.unwrap_or_else(|| unread(what)))
    }

    /// Reads the header of a record and passes over it.
    fn header(&mut self) -> io::Result<Option<Headers>> {
        let mut want = 1 << 10;
        loop {
            let ahead = self.stream.fill_record(want)?;
            if !is_version(ahead) {
                return Ok(None);
            }
            let front = ahead.get(..want).unwrap_or(ahead);
            let length = headers::length(front);
            let header = front
                .get(..length.unwrap_or(front.len()))
                .unwrap_or_default();
            // Where another record begins within it, the rest of it is lost.
            if memmem::find(header, b"\nWARC/").is_some() {
                return Ok(None);
            }
            if let Some(length) = length {
                let headers = Headers::of(header);
                self.stream.window.take(length);
                return Ok(Some(headers));
            }
            if front.len() < want || want >= MAX_HEADER {
                return Ok(None);
            }
            want *= 4;
        }
    }

    /// Reads a block, or passes over it where it is no page.
    fn block(&mut self, headers: &Headers, length: u64) -> io::Result<(Outcome, End)> {
        let kind = headers
            .get("warc-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let url = headers.get("warc-target-uri").unwrap_or_default();
        // Some write it as `<http://...>`.
        let url = url.trim_start_matches('<').trim_end_matches('>').to_owned();
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        let may_be_page = match kind.as_str() {
            "response" | "resource" | "conversion" => is_web && !is_for_robots(&url),
            _ => false,
        };
        if !may_be_page {
            match kind.as_str() {
                "revisit" => self.counts.revisits += 1,
                _ => self.counts.not_content += 1,
            }
            let (_, end) = self.stream.bytes(length, false, Vec::new())?;
            return Ok((Outcome::Passed, end));
        }
        let look = length.min(LOOK);
        let (front, end) = self.stream.bytes(look, true, Vec::new())?;
        let rest = if end == End::Whole { length - look } else { 0 };
        let own_type = headers.get("content-type");
        let answer = (kind == "response").then(|| http::head(&front)).flatten();
        let verdict = match &answer {
            Some(head) => http::kind(head, front.get(head.length..).unwrap_or_default()),
            // An answer without a header, or one whose header is beyond the limit.
            None if kind == "response" => Kind::Other,
            None if http::is_page(own_type, &front) => Kind::Page,
            None => Kind::Other,
        };
        let is_page = verdict == Kind::Page;
        match verdict {
            Kind::Page => {}
            Kind::Other => self.counts.other_content += 1,
            Kind::NotOk => self.counts.not_ok += 1,
            Kind::Redirect(to) => {
                self.counts.not_ok += 1;
                if let Some(redirects) = &mut self.redirects {
                    redirects.push((url, to));
                }
                let (_, end) = self.rest(rest, end, false, front)?;
                return Ok((Outcome::Passed, end));
            }
        }
        let too_large = is_page && length > (MAX_REPORT + MAX_HEADER) as u64;
        let (block, end) = self.rest(rest, end, is_page && !too_large, front)?;
        if !is_page || end != End::Whole {
            return Ok((Outcome::Passed, end));
        }
        if too_large {
            return Ok((Outcome::Unread(Problem::TooLarge), end));
        }
        let (status, content_type, body) = match answer {
            None => (None, own_type, Ok(block)),
            Some(ref head) => (
                head.status,
                head.headers.get("content-type"),
                http::body(head, block),
            ),
        };
        let body = match body {
            Ok(body) if body.len() > MAX_REPORT => Err(Problem::TooLarge),
            body => body,
        };
        let outcome = match body {
            Err(problem) => Outcome::Unread(problem),
            Ok(body) => Outcome::Page(Capture {
                url,
                retrieved: headers.get("warc-date").and_then(instant),
                content_type: content_type.map(str::to_owned),
                status,
                body,
                id: headers.get("warc-record-id").map(str::to_owned),
            }),
        };
        Ok((outcome, end))
    }

    fn rest(
        &mut self,
        count: u64,
        end: End,
        hold: bool,
        front: Vec<u8>,
    ) -> io::Result<(Vec<u8>, End)> {
        if end == End::Whole {
            self.stream.bytes(count, hold, front)
        } else {
            Ok((front, end))
        }
    }

    /// Whether the record ends here as it should: with two line breaks, or where another begins, or
    /// at the end.
    fn at_record_end(&mut self) -> io::Result<bool> {
        let is_break = self.stream.fill(4)?.starts_with(b"\r\n\r\n");
        self.stream.skip_breaks()?;
        let ahead = self.stream.fill(8)?;
        Ok(is_break || ahead.is_empty() || is_version(ahead))
    }

    /// Where the compressed data is damaged: goes on behind it, and gives what to say.
    fn repair(&mut self) -> io::Result<Option<Outcome>> {
        Ok(self.stream.repair()?.map(|reason| unread(&reason)))
    }
}

fn unread(what: &str) -> Outcome {
    Outcome::Unread(Problem::BrokenRecord(what.to_owned()))
}

impl<R: Read> Iterator for Records<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.failed {
            return None;
        }
        match self.next_record() {
            Ok(record) => record,
            Err(error) => {
                self.failed = true;
                let place = self.stream.place();
                Some(Record {
                    place,
                    next: place,
                    content: Err(error.into()),
                })
            }
        }
    }
}

/// Texts that no one writes for readers.
fn is_for_robots(url: &str) -> bool {
    ["/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt"]
        .iter()
        .any(|end| url.ends_with(end))
}

fn instant(text: &str) -> Option<Moment> {
    text.parse().ok().or_else(|| dates::moment(text))
}
