//! The elements of a feed, forgivingly: as slices of its text that are looked into on demand.
//!
//! A [`Walk`] gives the elements of one level, one after another, each with the text between its
//! tags; to look into one is another walk. Nothing is built and nothing recurses, so depth costs
//! nothing and a feed of a million entries needs no more than one. What is not well-formed costs
//! only itself: an element's end is the end tag of its own name, whatever stands open inside it; an
//! entry ends where the next one begins; where markup cannot be read, it is taken for text.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::names::{Ns, Scope};
use super::plain;

/// How often one walk looks in vain for an end tag. Each time may cost all the rest being read.
const PATIENCE: usize = 8;
/// How often reading starts anew behind unreadable markup. Each time may cost a search of the rest.
const RESTARTS: usize = 256;

/// How an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With its end tag, or where the next entry begins.
    Closed,
    /// Not: the text breaks off.
    Missing,
}

/// An element, as slices of the feed's text.
pub(super) struct Element<'a> {
    pub ns: Ns,
    pub prefix: &'a str,
    /// The name without its prefix.
    pub name: &'a str,
    pub end: End,
    /// Namespaces, language and base address inside the element.
    pub scope: Rc<Scope>,
    tag: &'a str,
    inner: &'a str,
}

impl<'a> Element<'a> {
    /// The elements directly inside.
    pub(super) fn children(&self) -> Walk<'a> {
        Walk::new(self.inner, Rc::clone(&self.scope), &[], &[])
    }

    /// The value of an attribute without prefix, white space trimmed; an empty one is `None`.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut found = attributes(self.tag).into_iter();
        let (_, value) = found.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// What stands inside as HTML: the text, or the markup if the feed did not escape it.
    pub(super) fn html(&self) -> Option<String> {
        let (text, has_markup) = self.read();
        let html = if has_markup { self.markup() } else { text };
        // Marks that are left over where one unparsed text was put into another.
        let html = if html.contains("]]>") || html.contains("<![CDATA[") {
            html.replace("<![CDATA[", " ").replace("]]>", " ")
        } else {
            html
        };
        let html = unescaped(html.trim());
        (!html.is_empty()).then(|| html.into_owned())
    }

    /// What stands inside as characters.
    pub(super) fn text(&self) -> Option<String> {
        let (text, _) = self.read();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What stands inside as one plain line, without markup of any kind.
    pub(super) fn line(&self) -> Option<String> {
        plain::line(&self.html()?)
    }

    /// The text, and whether elements stand in it.
    fn read(&self) -> (String, bool) {
        let mut text = String::with_capacity(self.inner.len());
        let mut has_markup = false;
        let mut tokens = Tokens::new(self.inner, 0);
        while let Some((_, token)) = tokens.next() {
            match token {
                Token::Text(part) | Token::Cdata(part) => text.push_str(part),
                Token::Reference(name) => match plain::entity(name) {
                    Some(value) => text.push_str(&value),
                    None => text.extend(["&", name, ";"]),
                },
                Token::Open(..) => has_markup = true,
                Token::Close(_) => {}
            }
        }
        (text, has_markup)
    }

    /// The markup inside, as HTML has it: no prefixes, no marks around unparsed text.
    fn markup(&self) -> String {
        let mut markup = String::with_capacity(self.inner.len());
        let mut tokens = Tokens::new(self.inner, 0);
        while let Some((span, token)) = tokens.next() {
            match token {
                Token::Text(part) | Token::Cdata(part) => markup.push_str(part),
                Token::Reference(_) => markup.push_str(slice(self.inner, span)),
                Token::Open(tag, empty) => {
                    let (prefix, _) = name(tag);
                    let tag = tag.get(prefix.len()..).unwrap_or_default();
                    markup.extend(["<", tag.trim_start_matches(':')]);
                    markup.push_str(if empty { "/>" } else { ">" });
                }
                Token::Close(tag) => markup.extend(["</", name(tag).1, ">"]),
            }
        }
        markup
    }
}

/// The elements of one level, in order.
pub(super) struct Walk<'a> {
    tokens: Tokens<'a>,
    scope: Rc<Scope>,
    /// Elements that are walked through as if their tags were not there.
    through: &'static [&'static str],
    /// Elements that never stand inside each other.
    entries: &'static [&'static str],
    missed: usize,
    /// An end tag of what is walked through was met.
    pub closed: bool,
}

impl<'a> Walk<'a> {
    /// Walks through `text`. The elements named in `through` are looked into on the way; those
    /// named in `entries` end at the latest where the next one begins.
    pub(super) fn new(
        text: &'a str,
        scope: Rc<Scope>,
        through: &'static [&'static str],
        entries: &'static [&'static str],
    ) -> Self {
        let tokens = Tokens::new(text, 0);
        Walk {
            tokens,
            scope,
            through,
            entries,
            missed: 0,
            closed: false,
        }
    }

    fn element(&mut self, tag: &'a str, empty: bool, start: usize) -> Element<'a> {
        let (prefix, name) = name(tag);
        let scope = Scope::inside(&self.scope, tag);
        let (inner, end) = if empty {
            ("", End::Closed)
        } else {
            self.inner(name, start)
        };
        Element {
            ns: scope.ns(prefix),
            prefix,
            name,
            end,
            scope,
            tag,
            inner,
        }
    }

    /// The text up to the end of the element whose start tag ends at `start`.
    fn inner(&mut self, wanted: &str, start: usize) -> (&'a str, End) {
        let text = self.tokens.text;
        let is_entry = self.entries.contains(&wanted);
        let mut depth = 1_usize;
        while is_entry || self.missed < PATIENCE {
            let Some((span, token)) = self.tokens.next() else {
                break;
            };
            let implied = match token {
                Token::Cdata(unparsed)
                    if is_entry && self.tokens.restarts < RESTARTS && runs_on(unparsed, wanted) =>
                {
                    // What follows is markup, whatever stands before it.
                    self.tokens.restarts += 1;
                    self.tokens.go_to(span.start + 1);
                    false
                }
                Token::Open(tag, empty) if name(tag).1 == wanted => {
                    depth += usize::from(!empty);
                    is_entry
                }
                Token::Close(tag) if name(tag).1 == wanted => {
                    depth -= 1;
                    if depth == 0 {
                        return (slice(text, start..span.start), End::Closed);
                    }
                    false
                }
                Token::Close(tag) => is_entry && self.through.contains(&name(tag).1),
                _ => false,
            };
            if implied {
                self.tokens.go_to(span.start);
                return (slice(text, start..span.start), End::Closed);
            }
        }
        if is_entry {
            return (slice(text, start..text.len()), End::Missing);
        }
        // Not closed at all: what it holds is the text up to the next tag.
        self.missed += 1;
        self.tokens.go_to(start);
        let rest = slice(text, start..text.len());
        let end = rest.find('<').unwrap_or(rest.len());
        (slice(rest, 0..end), End::Missing)
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        loop {
            let (span, token) = self.tokens.next()?;
            let (tag, empty) = match token {
                Token::Open(tag, empty) => (tag, empty),
                Token::Close(tag) => {
                    self.closed |= self.through.contains(&name(tag).1);
                    continue;
                }
                _ => continue,
            };
            if !self.through.contains(&name(tag).1) {
                return Some(self.element(tag, empty, span.end));
            }
            self.closed |= empty;
            self.scope = Scope::inside(&self.scope, tag);
        }
    }
}

/// A piece of markup, without the signs around it.
pub(super) enum Token<'a> {
    /// A start tag, and whether it is the whole element.
    Open(&'a str, bool),
    Close(&'a str),
    Text(&'a str),
    Cdata(&'a str),
    Reference(&'a str),
}

/// The pieces of markup, in order.
pub(super) struct Tokens<'a> {
    text: &'a str,
    /// Where `reader` began.
    from: usize,
    reader: Reader<&'a [u8]>,
    restarts: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, from: usize) -> Self {
        let mut reader = Reader::from_str(slice(text, from..text.len()));
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Tokens {
            text,
            from,
            reader,
            restarts: 0,
        }
    }

    fn go_to(&mut self, at: usize) {
        let restarts = self.restarts;
        *self = Tokens {
            restarts,
            ..Tokens::new(self.text, at)
        };
    }

    fn position(&self) -> usize {
        self.from + self.reader.buffer_position() as usize
    }

    /// The next piece and where it stands.
    pub(super) fn next(&mut self) -> Option<(Range<usize>, Token<'a>)> {
        loop {
            let start = self.position();
            let event = self.reader.read_event();
            let span = start..self.position();
            let piece = slice(self.text, span.clone());
            let within =
                |front: usize, back: usize| slice(piece, front..piece.len().saturating_sub(back));
            let token = match event {
                Ok(Event::Start(_)) => Token::Open(within(1, 1), false),
                Ok(Event::Empty(_)) => Token::Open(within(1, 2), true),
                Ok(Event::End(_)) => Token::Close(within(2, 1)),
                Ok(Event::Text(_)) => Token::Text(piece),
                Ok(Event::CData(_)) => Token::Cdata(within(9, 3)),
                Ok(Event::GeneralRef(_)) => Token::Reference(within(1, 1)),
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_)) => {
                    continue;
                }
                Err(_) if self.restarts < RESTARTS && start < self.text.len() => {
                    self.restarts += 1;
                    let sign = slice(self.text, start..self.text.len()).chars().next();
                    let end = start + sign.map_or(1, char::len_utf8);
                    self.go_to(end);
                    return Some((start..end, Token::Text(slice(self.text, start..end))));
                }
                Ok(Event::Eof) | Err(_) => return None,
            };
            return Some((span, token));
        }
    }
}

/// Prefix and name of a tag.
pub(super) fn name(tag: &str) -> (&str, &str) {
    let end = tag
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(tag.len());
    let name = slice(tag, 0..end);
    name.split_once(':').unwrap_or(("", name))
}

/// The attributes of a start tag, by their whole names, with their entities resolved.
pub(super) fn attributes(tag: &str) -> Vec<(String, String)> {
    let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
    let start = BytesStart::from_content(tag, end);
    let mut attributes = start.html_attributes();
    let read = attributes.with_checks(false).flatten();
    read.map(|a| {
        (
            a.key.as_ref().to_owned(),
            plain::entities(&a.value).into_owned(),
        )
    })
    .collect()
}

/// HTML without the layer of escapes that some feeds put around it by mistake.
fn unescaped(html: &str) -> Cow<'_, str> {
    let ends = ["&lt;/p&gt;", "&lt;/a&gt;", "&lt;/div&gt;", "&lt;br"];
    if !html.contains('<') && ends.iter().any(|end| html.contains(end)) {
        return plain::entities(html);
    }
    Cow::Borrowed(html)
}

/// Whether unparsed text runs from one entry into the next, because its end was forgotten.
fn runs_on(text: &str, entry: &str) -> bool {
    let after = text
        .split("</")
        .skip(1)
        .find_map(|rest| rest.strip_prefix(entry));
    let mut starts = after.unwrap_or_default().split('<').skip(1);
    starts.any(|rest| name(rest).1.trim_end_matches('>') == entry)
}

fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The scope at the front of a feed that was found at an address.
pub(super) fn outermost(address: Option<&Url>) -> Rc<Scope> {
    Rc::new(Scope::new(address.cloned()))
}
