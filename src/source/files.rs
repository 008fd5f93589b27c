//! Files behind addresses: how often to ask, how an answer is judged before its bytes are read, and what is said when
//! one fails: what happened, what still works, what to do. Refuses to fetch and to know a browser.

use crate::envelope::PageError;

/// What was heard of a request before its body, or instead of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    Answer {
        status: u16,
        content_type: Option<String>,
        /// `Retry-After`, where it is a number of seconds.
        retry_after_secs: Option<u32>,
    },
    /// No answer: refused by the browser's rules, or out of reach. The browser doesn't say which.
    Nothing,
    /// The answer began and its body broke off.
    Broken,
}

/// What to do with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    Read,
    /// Ask again after so many seconds.
    Again {
        in_secs: u32,
        reason: String,
    },
    Fail(Failure),
}

/// Why a file could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    pub status: Option<u16>,
    /// After the source's name: `refused the request (403)`.
    pub what: String,
    pub todo: String,
}

impl Failure {
    /// Of one of several files, and how many more failed with it.
    pub fn of_file(self, name: &str, n_more: usize) -> Failure {
        let more = match n_more {
            0 => String::new(),
            1 => " and 1 more file".to_owned(),
            n => format!(" and {n} more files"),
        };
        Failure {
            what: format!("{} at {name}{more}", self.what),
            ..self
        }
    }
}

/// Tries in all; the waits between them double from one second.
pub const MOST_TRIES: u32 = 5;
const LONGEST_WAIT_SECS: u32 = 60;

/// `tries` counts those made, this one included.
pub fn judge(heard: &Heard, tries: u32) -> Verdict {
    let may_pass = match heard {
        Heard::Answer {
            status: 200..=299,
            content_type,
            ..
        } => {
            return if content_type.as_deref().is_some_and(is_html) {
                Verdict::Fail(web_page(None))
            } else {
                Verdict::Read
            };
        }
        Heard::Answer { status, .. } => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
        Heard::Nothing => true,
        // What came is kept; whether to read it all again is for the person to say.
        Heard::Broken => false,
    };
    if may_pass && tries < MOST_TRIES {
        let asked_for = match heard {
            Heard::Answer {
                retry_after_secs, ..
            } => *retry_after_secs,
            _ => None,
        };
        let wait = asked_for.unwrap_or(1 << (tries.max(1) - 1).min(5));
        return Verdict::Again {
            in_secs: wait.clamp(1, LONGEST_WAIT_SECS),
            reason: short_reason(heard),
        };
    }
    Verdict::Fail(failure(heard, tries))
}

fn short_reason(heard: &Heard) -> String {
    match heard {
        Heard::Answer { status: 429, .. } => "asked too often (429)".into(),
        Heard::Answer { status: 503, .. } => "busy (503)".into(),
        Heard::Answer { status, .. } => format!("failed ({status})"),
        Heard::Nothing => "could not be reached".into(),
        Heard::Broken => "broke off".into(),
    }
}

fn failure(heard: &Heard, tries: u32) -> Failure {
    let times = match tries {
        0 | 1 => String::new(),
        n => format!(" after {n} tries"),
    };
    let (status, what, todo) = match heard {
        Heard::Answer { status: 401, .. } => (
            Some(401),
            "refused the sign-in (401)".to_owned(),
            "Sign in again, then retry",
        ),
        Heard::Answer { status: 403, .. } => (
            Some(403),
            "refused the request (403)".to_owned(),
            "Ask whoever runs this page for access to it, then retry",
        ),
        Heard::Answer {
            status: 404 | 410, ..
        } => {
            let status = match heard {
                Heard::Answer { status, .. } => *status,
                _ => 404,
            };
            (
                Some(status),
                format!("has no such file ({status})"),
                "Check the address in config.json or the manifest, then retry",
            )
        }
        Heard::Answer { status: 429, .. } => (
            Some(429),
            format!("was asked too often (429){times}"),
            "Wait a minute, then retry",
        ),
        Heard::Answer { status, .. } => (
            Some(*status),
            format!("failed ({status}){times}"),
            "Wait a moment, then retry",
        ),
        Heard::Nothing => (
            None,
            format!(
                "did not answer{times}: the server did not allow this page to read it, or it can't be reached"
            ),
            "Check the connection and the address, then retry",
        ),
        Heard::Broken => (
            None,
            "broke off before its end".to_owned(),
            "Retry to read it whole",
        ),
    };
    Failure {
        status,
        what,
        todo: format!("{todo}."),
    }
}

/// The bytes came, and are no events.
pub fn unreadable(error: &PageError) -> Failure {
    match error {
        PageError::HtmlPage { title } => web_page(title.as_deref()),
        PageError::ServiceError { message } => Failure {
            status: None,
            what: format!("answered with an error: {message}"),
            todo: "Wait a moment, then retry.".into(),
        },
        PageError::NotText { .. } | PageError::Parquet | PageError::BrokenGzip { .. } => Failure {
            status: None,
            what: format!("could not be read: {error}"),
            todo: "Check the file, then retry.".into(),
        },
    }
}

/// Reading on would end the reader, and with it all that it holds.
pub fn no_room() -> Failure {
    Failure {
        status: None,
        what: "is not read further: the memory that events may take in this tab is full".into(),
        todo: "Search and every view work on with what came. For the rest, open fewer files or a shorter time, in a tab of their own.".into(),
    }
}

/// The file ended early: a gzip or a document without its end.
pub fn cut_short() -> Failure {
    Failure {
        status: None,
        what: "ends early: the file is cut short".into(),
        todo: "Retry; if it stays so, have the file written again.".into(),
    }
}

fn web_page(title: Option<&str>) -> Failure {
    let titled = title
        .map(|title| format!(" (“{title}”)"))
        .unwrap_or_default();
    Failure {
        status: Some(200),
        what: format!(
            "answered with a web page{titled} where events were expected, most likely a sign-in page"
        ),
        todo: "Sign in again, in another tab, then retry.".into(),
    }
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// What still works when one source failed: `came` events of its own, and the other sources.
pub fn still_works(came: u64, others: usize) -> String {
    let own = match came {
        0 => "None of its events came.".to_owned(),
        1 => "The 1 event that came is kept.".to_owned(),
        n => format!("The {} events that came are kept.", grouped(n)),
    };
    match others {
        0 => own,
        1 => format!("{own} The other source is shown."),
        n => format!("{own} The other {n} sources are shown."),
    }
}

/// `12,304`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Heard {
        Heard::Answer {
            status,
            content_type: Some("application/gzip".into()),
            retry_after_secs: None,
        }
    }

    #[test]
    fn a_busy_server_is_asked_again_with_growing_waits_and_then_given_up() {
        let waits: Vec<u32> = (1..MOST_TRIES)
            .map(|tries| match judge(&answer(503), tries) {
                Verdict::Again { in_secs, .. } => in_secs,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(waits, [1, 2, 4, 8]);
        let Verdict::Fail(failure) = judge(&answer(503), MOST_TRIES) else {
            panic!("no end of asking");
        };
        assert_eq!(failure.what, "failed (503) after 5 tries");
    }

    #[test]
    fn a_refusal_is_not_asked_again() {
        for status in [401, 403, 404] {
            let Verdict::Fail(failure) = judge(&answer(status), 1) else {
                panic!("{status} was asked again");
            };
            assert_eq!(failure.status, Some(status));
        }
    }

    #[test]
    fn a_server_that_says_when_to_come_back_is_believed_within_reason() {
        let heard = |secs| Heard::Answer {
            status: 429,
            content_type: None,
            retry_after_secs: Some(secs),
        };
        let wait = |secs| match judge(&heard(secs), 1) {
            Verdict::Again { in_secs, .. } => in_secs,
            other => panic!("{other:?}"),
        };
        assert_eq!((wait(7), wait(0), wait(86_400)), (7, 1, 60));
    }

    #[test]
    fn a_sign_in_page_that_answers_200_is_said_and_not_read() {
        let heard = Heard::Answer {
            status: 200,
            content_type: Some("text/HTML; charset=utf-8".into()),
            retry_after_secs: None,
        };
        let Verdict::Fail(failure) = judge(&heard, 1) else {
            panic!("read as events");
        };
        assert!(failure.what.contains("sign-in page"), "{}", failure.what);
        assert_eq!(judge(&answer(200), 1), Verdict::Read);
    }

    #[test]
    fn numbers_have_separators() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(12_304), "12,304");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
