//! Times to choose from: the last hours and days before now, then the days on which something happened.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::protocol::Completion;
use crate::query::language::NoPaths;
use crate::query::language::parse;
use crate::time::Timestamp;

use super::Asker;
use super::Place;
use super::value;

const RELATIVE: [(&str, &str); 6] = [
    (">=now-1h", "the last hour"),
    (">=now-24h", "the last 24 hours"),
    (">=now-7d", "the last 7 days"),
    (">=now-30d", "the last 30 days"),
    ("now/d", "today"),
    ("now-1d/d", "yesterday"),
];

pub fn offer<A: Asker>(
    asker: &mut A,
    at: &Place,
    prefix: &str,
) -> Result<Vec<Completion>, A::Wait> {
    let mut offered = Vec::new();
    for (text, words) in RELATIVE {
        if !text.trim_start_matches(">=").starts_with(prefix) {
            continue;
        }
        let Ok(parsed) = parse(&format!("time:{text}"), &NoPaths) else {
            continue;
        };
        let n = asker.rows(&at.others.and(parsed.query))?.n_matching;
        offered.push(completion(at, text, words, n));
    }
    let n_days = at.room.saturating_sub(offered.len());
    for (day, n) in days(asker, at, prefix, n_days)? {
        offered.push(completion(at, &day.to_string(), "", n));
    }
    offered.truncate(at.room);
    Ok(offered)
}

fn completion(at: &Place, text: &str, words: &str, n: u64) -> Completion {
    let taken = at.word.take_written(at.text, text);
    let count = at.others.is_readable().then_some(n);
    value(text.to_owned(), words.to_owned(), count, taken)
}

/// The newest days on which something happened inside the other clauses, with how much.
fn days<A: Asker>(
    asker: &mut A,
    at: &Place,
    prefix: &str,
    most: usize,
) -> Result<Vec<(NaiveDate, u64)>, A::Wait> {
    let inside = asker.rows(&at.others.query())?;
    let clock = asker.moment().clock;
    let store = asker.store();
    let mut days: Vec<(NaiveDate, u64)> = Vec::new();
    // Where the day at hand begins: the clock is asked once a day, not once an event.
    let mut from = Timestamp::MAX;
    let mut is_listed = false;
    for place in inside
        .newest()
        .take_while(|&at| store.dated().contains(&at))
    {
        let time = Timestamp::from_nanos(store.rows().nanos_at(place));
        if time < from {
            let day = clock.wall(time).date();
            from = clock
                .instant(day.and_time(NaiveTime::MIN))
                .map_or(time, |start| start.min(time));
            is_listed = day.to_string().starts_with(prefix);
            if is_listed && days.len() == most {
                break;
            }
            if is_listed {
                days.push((day, 0));
            }
        }
        if is_listed && let Some((_, n)) = days.last_mut() {
            *n += 1;
        }
    }
    Ok(days)
}
