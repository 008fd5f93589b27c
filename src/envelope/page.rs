//! What makes a whole source unreadable, as opposed to one record of it.

use std::fmt;

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
