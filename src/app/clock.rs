//! The browser's clock and its time zone tables.

use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::Zone;

/// The clock that words times in `zone`.
pub fn clock(zone: Zone) -> Clock {
    match zone {
        Zone::Utc => Clock::UTC,
        Zone::Local => Clock {
            zone,
            offset_secs: local_offset_secs,
        },
    }
}

/// What time it is now.
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Seconds east of UTC at an instant, by the browser's tables.
fn local_offset_secs(at: Timestamp) -> i32 {
    let date = js_sys::Date::new(&at.millis_f64().into());
    let minutes = date.get_timezone_offset();
    if minutes.is_finite() {
        -(minutes * 60.0) as i32
    } else {
        0
    }
}
