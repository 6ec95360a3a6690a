//! E-mails (.eml): the words of one, with its date, sender and subject.
//!
//! MIME, transfer encodings and character sets are `mail_parser`'s work. Where a mail has its words as text and
//! as HTML, the text counts, unless it only points to the other ("view this mail in your browser"). Attachments
//! are counted, not read.

use mail_parser::{
    Address, HeaderForm, HeaderValue, Message, MessageParser, MessagePart, PartType,
};

use crate::fields::{Field, Fields};
use crate::page;

/// A text this much shorter than the HTML beside it only points to it.
const POINTER: usize = 3;

/// An e-mail that was read.
pub(crate) struct Mail {
    /// What its headers say.
    pub fields: Fields,
    /// Its words.
    pub text: String,
    /// How many attachments it has.
    pub attachments: usize,
}

/// Reads an e-mail; `None` if it has no headers.
pub(crate) fn read(bytes: &[u8]) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let plain = words(message.text_bodies());
    let rich = words(message.html_bodies());
    let text = if rich.len() > POINTER * plain.len() {
        rich
    } else {
        plain
    };
    let fields = Fields::default()
        .with(Field::Published, date(&message))
        .with(Field::Author, message.from().map(senders))
        .with(Field::Outlet, house(&message))
        .with(Field::Title, message.subject().map(str::to_owned));
    Some(Mail {
        fields,
        text,
        attachments: message.attachment_count(),
    })
}

/// Whether an input of unknown kind begins with the headers of an e-mail.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let (mut from, mut certain) = (false, false);
    for line in head.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) && from | certain {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        from |= name.eq_ignore_ascii_case("from");
        // What people type above a text has none of these.
        certain |= ["message-id", "mime-version", "received"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known));
    }
    from && certain
}

fn words<'a>(parts: impl Iterator<Item = &'a MessagePart<'a>>) -> String {
    let parts = parts.filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.trim().to_owned()),
        PartType::Html(html) => Some(page::plain(html)),
        _ => None,
    });
    let parts: Vec<String> = parts.filter(|words| !words.is_empty()).collect();
    parts.join("\n\n")
}

/// Its date, in words of its own where they are no date: it is then said what cannot be read.
fn date(message: &Message<'_>) -> Option<String> {
    let date = message.date().filter(|date| date.is_valid());
    date.map(mail_parser::DateTime::to_rfc3339)
        .or_else(|| message.header_raw("Date").map(|raw| raw.trim().to_owned()))
}

/// Who sent it: by name where one is given.
fn senders(from: &Address<'_>) -> String {
    let names = from.iter().filter_map(|one| {
        let name = one.name().map(str::trim).filter(|name| !name.is_empty());
        name.or(one.address())
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The organisation or the mailing list that it says it is from. The sender's domain is none: most people write from
/// a provider's.
fn house(message: &Message<'_>) -> Option<String> {
    let text = |value: &HeaderValue<'_>| value.as_text().map(|text| text.trim().to_owned());
    let organization = message.header_as("Organization", HeaderForm::Text);
    let list = message.list_id().as_address().and_then(Address::first);
    let list = list.and_then(|list| list.name().map(|name| name.trim().to_owned()));
    organization
        .iter()
        .find_map(text)
        .or(list)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_gives_its_words_and_its_headers() {
        let check = |mail: &str, expected: [&str; 5]| {
            let read = read(mail.replace('\n', "\r\n").as_bytes()).unwrap();
            let field = |field| read.fields.get(field).unwrap_or("-").to_owned();
            let found = [
                read.text.replace("\r\n", "\n"),
                field(Field::Title),
                field(Field::Author),
                field(Field::Outlet),
                field(Field::Published),
            ];
            assert_eq!(found, expected.map(str::to_owned), "{mail}");
        };
        check(
            "From: Press Office <press@harbour.example>\nDate: Fri, 7 Jan 2022 18:50:00 +0100\n\
             Subject: The harbour reopens\n\nThe harbour reopened at noon.\n",
            [
                "The harbour reopened at noon.",
                "The harbour reopens",
                "Press Office",
                "-",
                "2022-01-07T18:50:00+01:00",
            ],
        );
        // Encoded headers, two forms of the words, an attachment.
        check(
            "From: =?utf-8?q?Zo=C3=AB_=C5=81ukasik?= <zoe@harbour.example>\nOrganization: Harbour Authority\n\
             Date: Sat, 08 Jan 2022 09:00:00 GMT\nSubject: =?utf-8?b?U2NobGllw59lbg==?=\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=m\n\n--m\n\
             Content-Type: multipart/alternative; boundary=a\n\n--a\n\
             Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
             The gates close at nine, Z=FCrich time.\n--a\n\
             Content-Type: text/html\n\n<p>The gates close at nine, <b>Zürich</b> time.</p>\n--a--\n--m\n\
             Content-Type: application/pdf\nContent-Disposition: attachment; filename=plan.pdf\n\
             Content-Transfer-Encoding: base64\n\nAAAA\n--m--\n",
            [
                "The gates close at nine, Zürich time.",
                "Schließen",
                "Zoë Łukasik",
                "Harbour Authority",
                "2022-01-08T09:00:00Z",
            ],
        );
        // Words in HTML only, or in HTML with a pointer beside it; a list that has a name.
        let html =
            "<p>The ferry runs again.</p><p>It sails at six, and every two hours after that.</p>";
        let plain = "The ferry runs again.\n\nIt sails at six, and every two hours after that.";
        check(
            &format!(
                "From: ferry@island.example\nList-Id: \"Island News\" <news.island.example>\n\
                 Date: some day\nContent-Type: text/html\n\n{html}\n"
            ),
            [
                plain,
                "-",
                "ferry@island.example",
                "Island News",
                "some day",
            ],
        );
        check(
            &format!(
                "From: ferry@island.example\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\
                 Content-Type: text/plain\n\nView in a browser.\n--a\n\
                 Content-Type: text/html\n\n{html}\n--a--\n"
            ),
            [plain, "-", "ferry@island.example", "-", "-"],
        );
    }

    #[test]
    fn mails_are_told_by_their_headers() {
        let check = |head: &str, expected| assert_eq!(is_mail(head.as_bytes()), expected, "{head}");
        check("Received: by x\n\tfor y\nFrom: a@b.example\n\nWords.", true);
        check(
            "MIME-Version: 1.0\r\nFrom: A <a@b.example>\r\n\r\nWords.",
            true,
        );
        check("From: our correspondent\nDate: Monday\n\nWords.", false);
        check("Message-ID: <1>\nSubject: no sender\n\nWords.", false);
        check("The minister said: no.\nFrom: a\nReceived: b\n", false);
        check("", false);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                "From: ", "Date: ", "Fri, 32 Jan 99999 25:61 +9999", "Subject: ", "=?utf-8?b?", "?=", "\n", "\n\n",
                "Content-Type: multipart/mixed; boundary=\"a\"", "--a", "--a--", "Content-Type: text/html", "<p>",
                "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "é", "\u{0}", "@", "<", "(",
            ]), 0..60)
        ) {
            let _ = read(pieces.concat().as_bytes());
        }
    }
}
