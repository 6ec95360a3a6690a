//! GDELT's Global Knowledge Graph: one line for each report on the web, with its address, and what
//! the page says of itself. There is no text in it; the address leads to it.
//!
//! Version 2.1 has 27 columns, separated by tabs and without header. Version 1.0 has 11, and may
//! name several addresses in a row, of which the first is taken.

use crate::problem::Problem;

const COLUMNS: usize = 27;
const COLUMNS_1: usize = 11;

/// A report that a row names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Link {
    /// Its address.
    pub url: String,
    /// The row's id.
    pub id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its authors.
    pub author: Option<String>,
    /// When it was published, as the page says.
    pub published: Option<String>,
    /// When GDELT saw it.
    pub seen: Option<String>,
    /// The language it was translated from; none for English.
    pub language: Option<String>,
}

/// Whether text that begins so is a file of such rows.
pub(crate) fn is_gkg(head: &str) -> bool {
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    // A long row may go on beyond the head.
    let cut = lines.next().is_none();
    let columns: Vec<&str> = first.split('\t').collect();
    let is_first = |column: &str| column.split('-').next().is_some_and(is_stamp);
    if is_header_1(first) {
        return true;
    }
    let version_2 = columns.len() == COLUMNS || (cut && columns.len() < COLUMNS);
    version_2
        && matches!(columns.as_slice(), [id, date, kind, _, at, ..]
            if is_first(id) && is_stamp(date) && is_number(kind) && !at.trim().is_empty())
}

/// Whether this line names the columns, as files of version 1.0 do. It is no row.
pub(crate) fn is_header_1(line: &str) -> bool {
    line.starts_with("DATE\tNUMARTS\tCOUNTS\t")
}

/// Reads one row.
pub(crate) fn row(line: &str) -> Result<Link, Problem> {
    let line = line.trim_end_matches(['\r', '\n']);
    let columns: Vec<&str> = line.split('\t').collect();
    let column = |number: usize| {
        let value = columns.get(number).map(|value| value.trim());
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    match columns.len() {
        COLUMNS => {}
        COLUMNS_1 => return row_1(&column),
        _ => return Err(Problem::NotGkg("it has neither 27 columns nor 11")),
    }
    // Other numbers mean broadcasts and journals, whose column holds no address.
    if column(2).is_some_and(|kind| kind != "1") {
        return Err(Problem::NotGkg("it is about no page on the web"));
    }
    let extras = columns.get(26).copied().unwrap_or_default();
    let extra = |name: &str| element(extras, name).filter(|value| !value.is_empty());
    Ok(Link {
        url: address(column(4))?,
        id: column(0),
        outlet: column(3),
        title: extra("PAGE_TITLE"),
        author: extra("PAGE_AUTHORS").map(|names| names.replace(';', ", ")),
        published: extra("PAGE_PRECISEPUBTIMESTAMP").filter(|stamp| is_stamp(stamp)),
        seen: column(1).filter(|stamp| is_stamp(stamp)),
        language: column(25).as_deref().and_then(source_language),
    })
}

fn row_1(column: &impl Fn(usize) -> Option<String>) -> Result<Link, Problem> {
    let first = |number: usize, mark: &str| {
        let value = column(number)?;
        value.split(mark).next().map(str::to_owned)
    };
    Ok(Link {
        url: address(first(10, "<UDIV>"))?,
        outlet: first(9, ";"),
        seen: column(0).filter(|day| day.len() == 8 && is_number(day)),
        ..Link::default()
    })
}

fn address(column: Option<String>) -> Result<String, Problem> {
    let is_address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    column
        .filter(is_address)
        .ok_or(Problem::NotGkg("it gives no address of a page"))
}

/// What stands between `<NAME>` and `</NAME>`, entities decoded.
fn element(text: &str, name: &str) -> Option<String> {
    let (_, after) = text.split_once(&format!("<{name}>"))?;
    let (value, _) = after.split_once(&format!("</{name}>"))?;
    Some(htmlize::unescape(value).trim().to_owned())
}

/// `srclc:fra;eng:GT-FRA 1.0`.
fn source_language(info: &str) -> Option<String> {
    let (_, after) = info.split_once("srclc:")?;
    let code = after.split(';').next()?.trim();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_lowercase())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_stamp(text: &str) -> bool {
    text.len() == 14 && is_number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row with these columns; the others are empty.
    fn line(columns: &[(usize, &str)]) -> String {
        let mut row = vec![""; COLUMNS];
        for (number, value) in columns {
            row[*number] = value;
        }
        row.join("\t")
    }

    fn full() -> String {
        line(&[
            (0, "20220107183000-12"),
            (1, "20220107183000"),
            (2, "1"),
            (3, "ashfordcourier.example"),
            (4, "https://ashfordcourier.example/bridge"),
            (25, "srclc:fra;eng:GT-FRA 1.0"),
            (
                26,
                "<PAGE_LINKS>https://a.example</PAGE_LINKS><PAGE_TITLE>Mayor &#x27;won&#39;t&apos; \
                  close R&amp;B bridge</PAGE_TITLE><PAGE_AUTHORS>Ada Brook;Lin Park</PAGE_AUTHORS>\
                  <PAGE_PRECISEPUBTIMESTAMP>20220107181500</PAGE_PRECISEPUBTIMESTAMP>",
            ),
        ])
    }

    #[test]
    fn a_row_gives_what_the_page_says_of_itself() {
        let link = row(&full()).unwrap();
        let expected = Link {
            url: "https://ashfordcourier.example/bridge".into(),
            id: Some("20220107183000-12".into()),
            outlet: Some("ashfordcourier.example".into()),
            title: Some("Mayor 'won't' close R&B bridge".into()),
            author: Some("Ada Brook, Lin Park".into()),
            published: Some("20220107181500".into()),
            seen: Some("20220107183000".into()),
            language: Some("fra".into()),
        };
        assert_eq!(link, expected);
    }

    #[test]
    fn rows_that_lead_nowhere_say_why() {
        let check = |row_text: &str, reason: &str| {
            let problem = row(row_text).unwrap_err().to_string();
            assert!(problem.ends_with(reason), "{row_text:?}: {problem}");
        };
        check("", "it has neither 27 columns nor 11");
        check("a\tb", "it has neither 27 columns nor 11");
        check(
            &line(&[(2, "2"), (4, "BBC Monitoring")]),
            "it is about no page on the web",
        );
        check(
            &line(&[(2, "1"), (4, "ashford")]),
            "it gives no address of a page",
        );
    }

    #[test]
    fn version_1_has_fewer_columns() {
        let row_1 = "20220107\t3\t\t\t\t\t\t\t\tashford.example;b.example\t\
                     https://ashford.example/1<UDIV>https://b.example/2";
        let link = row(row_1).unwrap();
        assert_eq!(link.url, "https://ashford.example/1");
        assert_eq!(link.outlet.as_deref(), Some("ashford.example"));
        assert_eq!(link.seen.as_deref(), Some("20220107"));
    }

    #[test]
    fn files_of_rows_are_known_by_their_front() {
        let check = |head: &str, expected: bool| assert_eq!(is_gkg(head), expected, "{head:?}");
        check(&full(), true);
        check(&format!("{}\n{}\n", full(), full()), true);
        check(&full()[..90], true);
        check("DATE\tNUMARTS\tCOUNTS\tTHEMES\n", true);
        check("id\tdate\ttext\n1\t2022-01-07\twords\n", false);
        check("20220107183000\t20220107183000\t1\n", false);
        check("", false);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_a_row_or_a_problem(text in "(\\PC|\t|<PAGE_TITLE>|&#x|srclc:){0,80}") {
            let _ = (is_gkg(&text), row(&text));
            let padded = line(&[(4, "http://a"), (2, "1"), (25, &text.replace('\t', "")),
                (26, &text.replace('\t', ""))]);
            let _ = row(&padded);
        }
    }
}
