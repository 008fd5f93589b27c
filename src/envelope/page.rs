//! What makes a whole source unreadable, as opposed to one record of it.

use std::fmt;

use memchr::memmem;

/// Says what came instead of events. Whatever was read before it stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PageError {
    /// A web page, as a sign-in or a proxy answers with, often with status 200.
    HtmlPage { title: Option<String> },
    /// The service's own refusal or failure, in its words.
    ServiceError { message: String },
    /// Text was expected; says what this looks like: `a zip archive`.
    NotText { looks_like: &'static str },
    /// The archive format of IBM Cloud Logs, which a later version reads.
    Parquet,
    /// Begins like gzip, and nothing of it could be unpacked.
    BrokenGzip { message: String },
}

impl PageError {
    /// What [`PageError::BrokenGzip`] says; any other in its words.
    pub fn why_broken(self) -> String {
        match self {
            PageError::BrokenGzip { message } => message,
            other => other.to_string(),
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageError::HtmlPage { title: Some(title) } => {
                write!(f, "a web page came instead of events: “{title}”")
            }
            PageError::HtmlPage { title: None } => f.write_str("a web page came instead of events"),
            PageError::ServiceError { message } => {
                write!(f, "the service answered with an error: {message}")
            }
            PageError::NotText { looks_like } => {
                write!(f, "this is {looks_like}, not a file of events")
            }
            PageError::Parquet => f.write_str(
                "this is a Parquet file (the archive of IBM Cloud Logs); this version can't read those yet",
            ),
            PageError::BrokenGzip { message } => {
                write!(f, "this begins like a gzip file and can't be unpacked: {message}")
            }
        }
    }
}

impl std::error::Error for PageError {}

/// Whether a text that starts so is a web page or a service's XML. Other text in angle brackets is lines like any.
pub fn is_page_start(start: &[u8]) -> bool {
    const TAGS: [&str; 10] = [
        "!doctype", "html", "head", "body", "title", "meta", "script", "!--", "?xml", "error",
    ];
    let Some(tag) = start.strip_prefix(b"<") else {
        return false;
    };
    TAGS.iter().any(|name| {
        tag.get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// What such a page says: its title, or the message of a service's XML error (object storage answers so).
pub fn page_error(page: &[u8]) -> PageError {
    let is_xml = page.trim_ascii_start().starts_with(b"<?xml")
        || page.trim_ascii_start().starts_with(b"<Error");
    if is_xml && let Some(message) = between(page, "<Message>", "</Message>") {
        let code = between(page, "<Code>", "</Code>");
        return PageError::ServiceError {
            message: match code {
                Some(code) => format!("{message} ({code})"),
                None => message,
            },
        };
    }
    let lower = page.to_ascii_lowercase();
    let start = memmem::find(&lower, b"<title");
    let title = start.and_then(|at| between(&page[at..], ">", "<"));
    PageError::HtmlPage {
        title: title.filter(|title| !title.is_empty()),
    }
}

/// The text between two others, blanks made one space each, at most 200 signs.
fn between(page: &[u8], open: &str, close: &str) -> Option<String> {
    let start = memmem::find(page, open.as_bytes())? + open.len();
    let end = start + memmem::find(&page[start..], close.as_bytes())?;
    let text = String::from_utf8_lossy(&page[start..end]);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, sign)| text.replace(entity, sign));
    Some(text.chars().take(200).collect())
}
