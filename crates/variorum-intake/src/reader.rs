//! Takes each input apart and hands over what is in it.
//!
//! An input is a file, standard input or an answer from the web. [`Reader::input`] tells archives by
//! their first bytes, undoes compression, and sends what is left to the reader of its format. Pages
//! are gathered and read side by side; everything is handed over in the order in which it was met.

mod archives;
mod feeds;
mod pending;
mod rows;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use url::Url;
use variorum_model::{Report, Unread};

use self::pending::{Pending, Waiting};
use crate::addresses::{plain_url, same_page, without_password};
use crate::archive::{self, warc, zipped};
use crate::compressed::{self, Counted};
use crate::decode::{Decoder, Source, not_utf8, source};
use crate::fetch::Request;
use crate::format::{self, Format};
use crate::ids::Ids;
use crate::inputs::Input;
use crate::links::Job;
use crate::make::{self, Name};
use crate::options::{Mark, Options, Point};
use crate::problem::Problem;
use crate::sidecars::{Sidecars, Trouble};
use crate::troubles::Troubles;
use crate::web::Beside;
use crate::{Item, MAX_PAGE, MAX_REPORT, Notice, filter, mail};

/// So many bytes tell an archive.
const HEAD: u64 = 8 << 10;

/// What is known of an input beside its bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What it is called when something is said about it.
    pub path: PathBuf,
    /// The id of what is in it, if nothing in it gives one, and an ending for a clash.
    pub name: String,
    pub ending: Option<String>,
    /// What it says on the web that it is.
    pub content_type: Option<String>,
    /// What is known of it as a page.
    pub beside: Beside,
    /// How many lists led here; none for what the user named.
    pub depth: usize,
    /// It came from the web.
    pub fetched: bool,
    /// The host and port that the user named, if it came from there.
    pub host: Option<String>,
}

/// Reads inputs and hands over what is in them.
pub(crate) struct Reader<'a> {
    pub options: &'a Options,
    pub sidecars: Sidecars,
    /// What is to be fetched.
    wanted: Vec<Request<Job>>,
    /// The addresses that are asked for in this run, and whether as ones that the user named.
    asked: HashMap<String, bool>,
    ids: Ids,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    pending: Vec<Pending>,
    /// Bytes in `pending`.
    size: usize,
    given: usize,
    /// Reports that the options leave out.
    left_out: usize,
    /// Items that were met again unchanged.
    known: usize,
    /// What is to say about pages of an archive, with how many.
    remarks: BTreeMap<String, usize>,
    /// What there is to say of the present input, while its parts are read one by one.
    parts: Option<Parts>,
}

/// What there is to say of the parts of an input.
#[derive(Default)]
struct Parts {
    unread: Troubles,
    /// By the beginning of what is said.
    notices: BTreeMap<String, Troubles>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        options: &'a Options,
        sidecars: Sidecars,
        sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Self {
        let mut ids = Ids::default();
        for given in &options.done.reports {
            ids.known(&given.id, given.version_of.as_deref(), &given.sha256);
            if let Some(url) = &given.url {
                ids.by_address(
                    &plain_url(url),
                    given.version_of.as_ref().unwrap_or(&given.id),
                );
            }
        }
        Reader {
            options,
            sidecars,
            wanted: Vec::new(),
            asked: HashMap::new(),
            ids,
            sink,
            pending: Vec::new(),
            size: 0,
            given: 0,
            left_out: 0,
            known: 0,
            remarks: BTreeMap::new(),
            parts: None,
        }
    }

    /// Takes note of what is to be fetched; false if it is fetched already. However often an address is
    /// listed, it is asked for once in a run.
    pub(crate) fn ask(&mut self, request: Request<Job>) -> bool {
        let address = same_page(&request.url);
        match self.asked.get(&address) {
            None => {}
            // A host that was refused to a link is not refused to the user.
            Some(false) if request.named => {}
            Some(_) => return false,
        }
        self.asked.insert(address, request.named);
        self.wanted.push(request);
        true
    }

    /// What is to be fetched since the last call. What was linked to, and then named by the user, is asked
    /// for as named.
    pub(crate) fn wanted(&mut self) -> Vec<Request<Job>> {
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.retain(|one| one.named || self.asked.get(&same_page(&one.url)) != Some(&true));
        wanted
    }

    /// Reads a file that the user named.
    pub(crate) fn file(&mut self, input: &Input) -> ControlFlow<()> {
        let path = input.path.display().to_string();
        let size = std::fs::metadata(&input.path).map_or(0, |file| file.len());
        if let Some(&before) = self.options.done.files.get(&path) {
            if before == size {
                return ControlFlow::Continue(());
            }
            let reason = "changed since it was read, and not read again".to_owned();
            return self.say(path, reason);
        }
        let (name, ending) = input.name();
        let context = Context {
            path: input.path.clone(),
            name,
            ending,
            beside: Beside {
                given: self.sidecars.of(input),
                ..Beside::default()
            },
            ..Context::default()
        };
        let file = match File::open(&input.path) {
            Ok(file) => file,
            Err(error) => return self.unread(&input.path, None, &error.into()),
        };
        if !input.is_file() {
            self.input(&context, file)?;
            return self.flush();
        }
        // A file that grows while it is read may grow by what is read from it.
        let file = Counted::new(file, self.options.bytes_read.clone()).up_to(size);
        self.archive(&context, file)?;
        self.flush()?;
        (self.sink)(Item::Mark(Mark::Read(path, size)))
    }

    /// Reads an input in which one can go to and fro.
    pub(crate) fn archive(
        &mut self,
        context: &Context,
        mut file: impl Read + Seek,
    ) -> ControlFlow<()> {
        let mut head = Vec::new();
        let looked = file.by_ref().take(HEAD).read_to_end(&mut head);
        if let Err(error) = looked.and_then(|_| file.seek(SeekFrom::Start(0))) {
            return self.unread(&context.path, None, &error.into());
        }
        let asked = self.options.format.filter(|_| context.depth == 0);
        let is_zip = zipped::is_zip(&head) || asked == Some(Format::Wacz);
        if is_zip {
            self.by_parts(context, "records", |reader| reader.zip(context, file))
        } else if archive::is_warc(&head) || asked == Some(Format::Warc) {
            let point = self.point(&context.path);
            let from = warc::Place {
                stored: point.stored,
                within: point.within,
            };
            match warc::records(BufReader::new(file), from) {
                Ok(records) => self.by_parts(context, "records", |reader| {
                    reader.records(context, records)
                }),
                Err(error) => self.unread(&context.path, None, &error.into()),
            }
        } else {
            self.input(context, file)
        }
    }

    /// Reads an input from its start to its end.
    pub(crate) fn input(&mut self, context: &Context, mut bytes: impl Read) -> ControlFlow<()> {
        let mut head = Vec::new();
        if let Err(error) = bytes.by_ref().take(HEAD).read_to_end(&mut head) {
            return self.unread(&context.path, None, &error.into());
        }
        let is_warc = archive::is_warc(&head);
        let bytes = Cursor::new(head).chain(bytes);
        if is_warc {
            return match warc::stream(BufReader::new(bytes), warc::Place::default()) {
                Ok(records) => self.by_parts(context, "records", |reader| {
                    reader.records(context, records)
                }),
                Err(error) => self.unread(&context.path, None, &error.into()),
            };
        }
        let opened = compressed::open(&context.path, bytes);
        let opened = opened.and_then(|opened| Ok((opened.name, source(opened.reader)?)));
        let (name, source) = match opened {
            Ok(opened) => opened,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let asked = self.options.format.filter(|_| context.depth == 0);
        let told = asked.map_or_else(|| format::of(&name, &source.head, source.whole), Ok);
        let format = match told {
            Ok(format) => format,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let mut decoder = Decoder::new();
        let changed_from = source
            .changed_from
            .map(|encoding| not_utf8(encoding.name()));
        match format {
            Format::Text => self.text(context, source, &mut decoder)?,
            Format::Page => self.whole_page(context, source)?,
            Format::Mail => self.mail(context, source)?,
            Format::Feed => {
                self.by_parts(context, "entries", |reader| reader.feed(context, source))?;
            }
            Format::Gkg | Format::Addresses => self.by_parts(context, "rows", |reader| {
                reader.lines(context, source, format, &mut decoder)
            })?,
            Format::Warc | Format::Wacz => {
                return self.unread(&context.path, None, &Problem::NotAnArchive);
            }
            Format::JsonLines | Format::Json | Format::Table => {
                self.by_parts(context, "rows", |reader| {
                    reader.rows(context, source, format, &mut decoder)
                })?;
            }
        }
        for reason in changed_from.into_iter().chain(decoder.notices()) {
            self.say(place(&context.path, None), reason)?;
        }
        ControlFlow::Continue(())
    }

    fn point(&self, path: &Path) -> Point {
        self.options
            .done
            .points
            .get(&path.display().to_string())
            .copied()
            .unwrap_or_default()
    }

    fn text(
        &mut self,
        context: &Context,
        source: Source<'_>,
        decoder: &mut Decoder,
    ) -> ControlFlow<()> {
        let bytes = match whole(source.reader, MAX_REPORT, Problem::TooLarge) {
            Ok(bytes) => bytes,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let text = decoder.text(&bytes).into_owned();
        let fields = context.beside.given.clone().with_text(text);
        let name = Name {
            id: context.name.clone(),
            ending: context.ending.clone(),
        };
        self.flush()?;
        let made = make::report(fields, &name, true, &mut self.ids);
        self.give(&context.path, None, made)
    }

    fn mail(&mut self, context: &Context, source: Source<'_>) -> ControlFlow<()> {
        let bytes = match whole(source.reader, MAX_REPORT, Problem::TooLarge) {
            Ok(bytes) => bytes,
            Err(problem) => return self.unread(&context.path, None, &problem),
        };
        let Some(mail) = mail::read(&bytes) else {
            return self.unread(&context.path, None, &Problem::NoMail);
        };
        let mut fields = context.beside.given.clone();
        fields.fill(&mail.fields);
        let name = Name {
            id: context.name.clone(),
            ending: context.ending.clone(),
        };
        self.flush()?;
        let made = make::report(fields.with_text(mail.text), &name, false, &mut self.ids);
        self.give(&context.path, None, made)?;
        let noun = match mail.attachments {
            0 => return ControlFlow::Continue(()),
            1 => "attachment",
            _ => "attachments",
        };
        let reason = format!("{} {noun} not read", mail.attachments);
        self.say(place(&context.path, None), reason)
    }

    fn whole_page(&mut self, context: &Context, source: Source<'_>) -> ControlFlow<()> {
        match whole(source.reader, MAX_PAGE, Problem::PageTooLarge) {
            Err(problem) => self.unread(&context.path, None, &problem),
            Ok(bytes) => self.wait(Pending {
                place: place(&context.path, None),
                name: context.name.clone(),
                ending: context.ending.clone(),
                beside: Beside {
                    address: context
                        .beside
                        .address
                        .clone()
                        .or_else(|| saved_from(&bytes)),
                    ..context.beside.clone()
                },
                content: Waiting::Page(bytes, context.content_type.clone()),
                mark: None,
            }),
        }
    }

    fn give(
        &mut self,
        path: &Path,
        line: Option<usize>,
        made: Result<(Report, Vec<String>), Problem>,
    ) -> ControlFlow<()> {
        match made {
            Ok((report, notices)) => self.hand_over(&place(path, line), report, notices),
            Err(problem) => self.unread(path, line, &problem),
        }
    }

    fn hand_over(&mut self, place: &str, report: Report, notices: Vec<String>) -> ControlFlow<()> {
        if !filter::wants(self.options, &report) {
            self.left_out += 1;
            return ControlFlow::Continue(());
        }
        for reason in notices {
            let path = place.to_owned();
            if let Some(parts) = &mut self.parts {
                let kind = reason.split(": ").next().unwrap_or_default();
                let alike = parts.notices.entry(kind.to_owned()).or_default();
                alike.add(Unread { path, reason });
            } else {
                (self.sink)(Item::Notice(Notice { path, reason }))?;
            }
        }
        (self.sink)(Item::Report(Box::new(report)))?;
        self.given += 1;
        if self.options.limit.is_some_and(|limit| self.given >= limit) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Says what concerns all inputs.
    pub(crate) fn finish(&mut self) -> ControlFlow<()> {
        self.flush()?;
        (self.sink)(Item::Mark(Mark::End))?;
        let all = "all inputs".to_owned();
        if self.left_out > 0 {
            let reports = if self.left_out == 1 {
                "report"
            } else {
                "reports"
            };
            let reason = format!(
                "{} {reports} left out by --since, --until or --language",
                self.left_out
            );
            self.say(all.clone(), reason)?;
        }
        if self.known > 0 {
            let items = if self.known == 1 {
                "page or entry"
            } else {
                "pages or entries"
            };
            let reason = format!("{} {items} met again unchanged, kept once", self.known);
            self.say(all, reason)?;
        }
        ControlFlow::Continue(())
    }

    pub(crate) fn mark(&mut self, mark: Mark) -> ControlFlow<()> {
        (self.sink)(Item::Mark(mark))
    }

    pub(crate) fn say(&mut self, path: String, reason: String) -> ControlFlow<()> {
        self.flush()?;
        (self.sink)(Item::Notice(Notice { path, reason }))
    }

    pub(crate) fn unread(
        &mut self,
        path: &Path,
        line: Option<usize>,
        problem: &Problem,
    ) -> ControlFlow<()> {
        self.flush()?;
        let unread = Unread {
            path: place(path, line),
            reason: one_line(&problem.to_string()),
        };
        match line {
            Some(_) => self.lost(unread),
            None => (self.sink)(Item::Unread(unread)),
        }
    }

    /// Says that a part of an input cannot be read, or gathers it while the input is read part by part.
    fn lost(&mut self, unread: Unread) -> ControlFlow<()> {
        if let Some(parts) = &mut self.parts {
            parts.unread.add(unread);
            return ControlFlow::Continue(());
        }
        (self.sink)(Item::Unread(unread))
    }

    /// Reads an input part by part. What is to say of many parts is one line at the end.
    fn by_parts(
        &mut self,
        context: &Context,
        name: &str,
        read: impl FnOnce(&mut Self) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.flush()?;
        self.parts = Some(Parts::default());
        let mut flow = read(self);
        if flow.is_continue() {
            flow = self.flush();
        }
        let parts = self.parts.take().unwrap_or_default();
        let path = place(&context.path, None);
        // Also when this was all that was wanted.
        for unread in parts.unread.lines(&path, &format!("{name} cannot be read")) {
            (self.sink)(Item::Unread(unread))?;
        }
        for alike in parts.notices.into_values() {
            for Unread { path, reason } in alike.lines(&path, name) {
                (self.sink)(Item::Notice(Notice { path, reason }))?;
            }
        }
        flow
    }

    /// Says what is wrong with the files that stand beside others.
    pub(crate) fn beside(&mut self, troubles: Vec<Trouble>) -> ControlFlow<()> {
        let mut files: BTreeMap<PathBuf, Troubles> = BTreeMap::new();
        for (path, line, problem) in troubles {
            let unread = Unread {
                path: place(&path, line),
                reason: one_line(&problem.to_string()),
            };
            files.entry(path).or_default().add(unread);
        }
        for (path, troubles) in files {
            for unread in troubles.lines(&place(&path, None), "rows cannot be read") {
                self.lost(unread)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// All bytes of an input, if there are not too many.
fn whole(input: impl BufRead, limit: usize, too_large: Problem) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        Err(too_large)
    } else {
        Ok(bytes)
    }
}

/// Where a page was saved from, as browsers note it on top of it.
fn saved_from(page: &[u8]) -> Option<String> {
    let front = String::from_utf8_lossy(page.get(..1024.min(page.len()))?);
    let (_, after) = front.split_once("<!-- saved from url=(")?;
    let address = after.split_once(')')?.1.split_whitespace().next()?;
    Some(Url::parse(address).ok().filter(Url::has_host)?.to_string())
}

fn place(path: &Path, line: Option<usize>) -> String {
    let path = one_line(&path.to_string_lossy());
    line.map_or(path.clone(), |line| format!("{path}:{line}"))
}

/// What is said, in one line and without passwords: file names and column names may hold line breaks,
/// addresses a name and password.
pub(crate) fn one_line(text: &str) -> String {
    without_password(text)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
