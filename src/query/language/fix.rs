//! Fixing a query to a moment: what is relative to now, or meant in the zone shown, becomes absolute, so that
//! somebody else reads the same days out of it tomorrow.

use super::ast::{Comparison, Expr, ExprKind, Operand, Query, Span, Test};
use super::when::{Moment, Unit, When};
use crate::time::{Clock, TimeRange, Timestamp, Zone};

impl Query {
    /// The same query with its times absolute. A time without a zone keeps so in UTC, and gets its offset in local
    /// time. `None` when there is nothing to fix, so that the text can stay as typed.
    pub fn fixed(&self, moment: &Moment) -> Option<Query> {
        let expr = fixed(&self.expr, moment);
        (expr != self.expr).then_some(Query { expr })
    }
}

fn fixed(expr: &Expr, moment: &Moment) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| fixed(part, moment)).collect();
    let span = Span::default();
    match &expr.kind {
        ExprKind::All => Expr::all(span),
        ExprKind::And(parts) => Expr::and(all(parts), span),
        ExprKind::Or(parts) => Expr::or(all(parts), span),
        ExprKind::Not(inner) => Expr::not(fixed(inner, moment), span),
        ExprKind::Term(term) => {
            Expr::term(term.subject.clone(), fixed_test(&term.test, moment), span)
        }
    }
}

fn fixed_test(test: &Test, moment: &Moment) -> Test {
    match test {
        Test::When(when) => match fixed_unit(when, moment) {
            Some(when) => Test::When(when),
            None => {
                let range = when.range(moment);
                Test::Between(Some(instant(range.from())), Some(last_of(range)))
            }
        },
        Test::Compare(comparison, Operand::When(when)) => {
            let range = when.range(moment);
            match (fixed_unit(when, moment), comparison) {
                (Some(when), _) => Test::Compare(*comparison, Operand::When(when)),
                (None, Comparison::Above) => {
                    Test::Compare(Comparison::AtLeast, instant(range.to()))
                }
                (None, Comparison::AtMost) => Test::Compare(Comparison::Below, instant(range.to())),
                (None, _) => Test::Compare(*comparison, instant(range.from())),
            }
        }
        Test::Between(from, to) => {
            let end = |operand: &Option<Operand>, instant: fn(TimeRange) -> Operand| {
                operand.as_ref().map(|operand| match operand {
                    Operand::Number(_) => operand.clone(),
                    Operand::When(when) => match fixed_unit(when, moment) {
                        Some(when) => Operand::When(when),
                        None => instant(when.range(moment)),
                    },
                })
            };
            Test::Between(end(from, first_of), end(to, last_of))
        }
        other => other.clone(),
    }
}

/// The same unit with an offset of its own, if that is the same time; as it stands if nothing moves it.
fn fixed_unit(when: &When, moment: &Moment) -> Option<When> {
    match when {
        When::Absolute {
            offset_secs: Some(_),
            ..
        } => Some(when.clone()),
        When::Absolute { .. } if moment.clock.zone == Zone::Utc => Some(when.clone()),
        When::Absolute { wall, unit, .. } => {
            let range = when.range(moment);
            let offset_secs = (moment.clock.offset_secs)(range.from());
            let fixed = When::Absolute {
                wall: *wall,
                unit: *unit,
                offset_secs: Some(offset_secs),
            };
            let is_writable = offset_secs % 60 == 0 && !matches!(unit, Unit::Year | Unit::Month);
            (is_writable && fixed.range(moment) == range).then_some(fixed)
        }
        When::Relative { .. } => None,
    }
}

fn first_of(range: TimeRange) -> Operand {
    instant(range.from())
}

/// The last instant of a range, with all its digits: as the end of `[a TO b]` it must not stand for a longer unit.
fn last_of(range: TimeRange) -> Operand {
    written(range.to().plus_nanos(-1), Unit::Fraction(9))
}

/// An instant in UTC, written with the digits it needs; for what only its start matters to.
fn instant(at: Timestamp) -> Operand {
    let nanos = at.nanos().rem_euclid(1_000_000_000);
    let digits = (1..=9).find(|digits| nanos % 10i64.pow(9 - u32::from(*digits)) == 0);
    match digits {
        Some(digits) if nanos != 0 => written(at, Unit::Fraction(digits)),
        _ => written(at, Unit::Second),
    }
}

fn written(at: Timestamp, unit: Unit) -> Operand {
    Operand::When(When::Absolute {
        wall: Clock::UTC.wall(at),
        unit,
        offset_secs: Some(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::language::{NoPaths, parse};

    fn fixed_text(text: &str, moment: &Moment) -> Option<String> {
        let query = parse(text, &NoPaths).expect(text).query;
        query.fixed(moment).map(|query| query.to_string())
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-03-20T12:00:00.25Z")
            .expect("a time")
            .at
    }

    #[test]
    fn what_is_relative_becomes_absolute_and_the_rest_stays() {
        let moment = Moment::utc(now());
        for (text, expected) in [
            ("time:>=now-1d a", Some("time:>=2026-03-19T12:00:00.25Z a")),
            ("time:>now", Some("time:>=2026-03-20T12:00:00.250000001Z")),
            (
                "time:now-1d/d",
                Some("time:[2026-03-19T00:00:00Z TO 2026-03-19T23:59:59.999999999Z]"),
            ),
            (
                "time:[2026-03-01 TO now]",
                Some("time:[2026-03-01 TO 2026-03-20T12:00:00.250000000Z]"),
            ),
            ("time:2026-03-01 outcome:failure", None),
            ("reason:>=400", None),
        ] {
            assert_eq!(fixed_text(text, &moment).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_local_time_gets_its_offset() {
        let moment = Moment {
            now: now(),
            clock: Clock {
                zone: Zone::Local,
                offset_secs: |_| -5 * 3600,
            },
        };
        for (text, expected) in [
            ("time:2026-03-01", Some("time:2026-03-01-05:00")),
            ("-time:<2026-03-01T09", Some("-time:<2026-03-01T09-05:00")),
            (
                "time:2026-03",
                Some("time:[2026-03-01T05:00:00Z TO 2026-04-01T04:59:59.999999999Z]"),
            ),
            ("time:2026-03-01Z", None),
        ] {
            assert_eq!(fixed_text(text, &moment).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_fixed_query_means_the_same_instants() {
        let local = Moment {
            now: now(),
            clock: Clock {
                zone: Zone::Local,
                offset_secs: |at| {
                    if at.nanos() < 1_774_746_000_000_000_000 {
                        3600
                    } else {
                        7200
                    }
                },
            },
        };
        // A year on, in another zone.
        let elsewhere = Moment::utc(Timestamp::parse("2027-03-20T12:00:00Z").expect("a time").at);
        for text in [
            "time:2026-03-29",
            "time:>2026-03-29",
            "time:<=2026-03-29",
            "time:now/d",
            "time:>now-1d/d",
            "time:<=now",
            "time:[2026-03 TO now+9d]",
            "time:[now-1d/d TO 2026-03-29T02]",
            "time:2026",
        ] {
            let query = parse(text, &NoPaths).expect(text).query;
            let fixed = query.fixed(&local).expect("has something to fix");
            let again = parse(&fixed.to_string(), &NoPaths).expect("readable").query;
            let tests = |query: &Query, moment| format!("{:?}", query.compile(moment));
            assert_eq!(
                tests(&query, &local),
                tests(&again, &elsewhere),
                "{text}: {fixed}"
            );
        }
    }
}
