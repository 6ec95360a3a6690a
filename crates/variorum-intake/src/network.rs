//! Fetches what the arguments and the inputs link to, and reads what comes.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;

use variorum_model::PageKind;

use crate::addresses::{plain_url, without_password};
use crate::fetch::{self, Limits, Reply, Request};
use crate::fields::Field;
use crate::links::{Job, host};
use crate::options::{Fetched, Mark, Options};
use crate::problem::Problem;
use crate::reader::{Context, Reader, one_line};
use crate::web::Beside;

/// Whether an argument is an address rather than a path.
pub(crate) fn is_address(argument: &str) -> bool {
    let starts = |with: &str| {
        let start = argument.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    starts("https://") || starts("http://")
}

/// The request for an address that the user named.
pub(crate) fn named(address: &str, options: &Options) -> Result<Request<Job>, Problem> {
    let mut request = Request::named(address, Job::default())?;
    request.tag.host = host(&request.url);
    if let Some(before) = options.done.fetched.get(&plain_url(request.url.as_str())) {
        request.etag.clone_from(&before.etag);
        request.last_modified.clone_from(&before.last_modified);
    }
    Ok(request)
}

/// Fetches all that is wanted, and all that this leads to.
pub(crate) fn fetch(reader: &mut Reader<'_>, limits: &Limits) -> ControlFlow<()> {
    let start = reader.wanted();
    if start.is_empty() {
        return ControlFlow::Continue(());
    }
    let mut stopped = ControlFlow::Continue(());
    let mut take = |request: Request<Job>, reply: Result<Reply, Problem>| {
        stopped = answer(reader, request, reply);
        stopped?;
        ControlFlow::Continue(reader.wanted())
    };
    let outcome = fetch::each(start, limits, &mut take);
    stopped?;
    match outcome {
        Ok(()) => ControlFlow::Continue(()),
        Err(problem) => reader.unread(&PathBuf::from("the network"), None, &problem),
    }
}

fn answer(
    reader: &mut Reader<'_>,
    request: Request<Job>,
    reply: Result<Reply, Problem>,
) -> ControlFlow<()> {
    let asked = without_password(request.url.as_str()).into_owned();
    let job = request.tag;
    let mut fetched = Fetched {
        listed: job.changed.clone(),
        etag: request.etag,
        last_modified: request.last_modified,
    };
    match reply {
        Err(problem) => {
            if job.listing.get(Field::Text).is_some() {
                let reason = format!("{problem}; the summary that its feed gives is kept");
                reader.say(asked.clone(), one_line(&reason))?;
                return reader.summary(&asked, &job);
            }
            return reader.unread(&PathBuf::from(&asked), None, &problem);
        }
        Ok(Reply::Unchanged) => {}
        Ok(Reply::Fetched(reply)) => {
            let reply = *reply;
            let address = reply.url.to_string();
            let context = Context {
                path: PathBuf::from(&address),
                name: plain_url(&address),
                ending: None,
                content_type: reply.content_type,
                beside: Beside {
                    listing: job.listing.clone(),
                    credit: job.credit.clone(),
                    address: Some(address),
                    retrieved: Some(reply.retrieved),
                    ..Beside::default()
                },
                depth: job.depth,
                fetched: true,
                // Its pages are the user's too only where it lies in the user's network.
                host: job
                    .host
                    .filter(|named| reply.private && host(&reply.url).as_ref() == Some(named)),
            };
            fetched.etag = reply.etag;
            fetched.last_modified = reply.last_modified;
            reader.archive(&context, Cursor::new(reply.body))?;
            reader.flush()?;
        }
    }
    reader.mark(Mark::Fetched(plain_url(&asked), fetched))
}

impl Reader<'_> {
    /// What is left of an entry whose page cannot be had.
    fn summary(&mut self, address: &str, job: &Job) -> ControlFlow<()> {
        let Some(text) = job.listing.get(Field::Text) else {
            return ControlFlow::Continue(());
        };
        let beside = Beside {
            listing: job.listing.clone(),
            credit: job.credit.clone(),
            ..Beside::default()
        };
        self.words(address, text.to_owned(), PageKind::Summary, beside)
    }
}
