//! How long the library takes on this machine, natively, over a large made-up account: reading, and each kind of question.
//! `LIFELINE_BENCH_EVENTS` sets the size, one million if unset. Times differ between machines; compare two runs of one.

mod account;

use std::hint::black_box;

use criterion::BatchSize;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use lifeline::catalogue::Catalogue;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::protocol::Answer;
use lifeline::protocol::ChangeKind;
use lifeline::protocol::FacetName;
use lifeline::protocol::Filter;
use lifeline::protocol::FleetSort;
use lifeline::protocol::LaneKey;
use lifeline::protocol::LaneSort;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::query::acts::acts_of;
use lifeline::query::histories::history_of;
use lifeline::query::judgement::Judgement;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use lifeline::time::Zone;

use account::Account;

/// 2025-11-01T00:00:00Z and a year later.
const START_MS: i64 = 1_761_955_200_000;
const END_MS: i64 = START_MS + 365 * DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// No question here reads a record again.
struct NotKept;

impl RawText for NotKept {
    fn read(&mut self, _part: u32, _byte: u64, _len: u32) -> Result<Vec<u8>, RawError> {
        Err(RawError::NotKept)
    }
}

fn n_events() -> u64 {
    let chosen = std::env::var("LIFELINE_BENCH_EVENTS");
    chosen.map_or(1_000_000, |text| text.parse().expect("a number of events"))
}

fn now() -> Timestamp {
    Timestamp::from_millis(END_MS)
}

/// Reads lines into a store in pieces, as a file comes.
fn read(store: &mut Store, mut write: impl FnMut(&mut String) -> bool) {
    let part = Part {
        source_name: "bench".into(),
        name: "bench.ndjson".into(),
        ..Part::default()
    };
    let mut intake = Intake::open(store, part, Keep::WhenPacked);
    let mut piece = String::new();
    while write(&mut piece) {
        if piece.len() >= 1 << 18 {
            intake.push(store, piece.as_bytes()).expect("readable");
            piece.clear();
        }
    }
    intake.push(store, piece.as_bytes()).expect("readable");
    intake.finish(store, None).end.expect("readable");
}

fn large() -> Local {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut account = Account::new(n_events());
    read(&mut store, |out| account.write(out));
    store.refresh();
    Local::new(store, Box::new(NotKept), Clock::UTC, now)
}

fn reading(criterion: &mut Criterion) {
    let mut text = String::new();
    let mut account = Account::new(20_000);
    while account.write(&mut text) {}
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("20,000 events into columns", |bench| {
        bench.iter_batched(
            || Store::new(Catalogue::standard(), None),
            |mut store| {
                let mut lines = Some(text.as_str());
                read(&mut store, |out| {
                    lines.take().is_some_and(|all| {
                        out.push_str(all);
                        true
                    })
                });
                store
            },
            BatchSize::LargeInput,
        );
    });
}

/// A filter that no earlier one equals: its range begins another millisecond later, its person is another one.
struct Fresh(i64);

impl Fresh {
    fn next(&mut self, query: &str) -> Filter {
        self.0 += 1;
        let begin = Timestamp::from_millis(START_MS + self.0);
        Filter {
            query: query.replace("PERSON", &format!("person{}@example.com", self.0 % 2_000)),
            range: TimeRange::new(begin, now()),
            zone: Zone::Utc,
        }
    }
}

fn asking(criterion: &mut Criterion) {
    let mut engine = large();
    let mut fresh = Fresh(0);
    let mut group = criterion.benchmark_group("ask");
    group.sample_size(20);
    let mut ask = |name: &str, question: &mut dyn FnMut(&mut Fresh) -> Question| {
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let answer = engine.answer(&question(&mut fresh)).expect("an answer");
                black_box::<Answer>(answer)
            });
        });
    };
    for (name, query) in [
        (
            "filter by one clause, count, histogram of 200",
            "who:PERSON",
        ),
        ("by two clauses", "outcome:failure who:PERSON"),
        (
            "by three clauses",
            "outcome:failure region:eu-de -who:PERSON",
        ),
        ("by a part of a text", "what:*server-77*"),
    ] {
        ask(name, &mut |fresh| Question::Overview {
            filter: fresh.next(query),
            domain: None,
            bins: 200,
        });
    }
    ask("eight facets", &mut |fresh| Question::Facets {
        filter: fresh.next("outcome:failure region:eu-de"),
        names: vec![
            FacetName::Outcome,
            FacetName::Action,
            FacetName::Initiator,
            FacetName::Target,
            FacetName::Region,
            FacetName::Address,
            FacetName::Reason,
            FacetName::Credential,
        ],
        values: 10,
        search: String::new(),
    });
    ask("a page in the middle", &mut |fresh| Question::Page {
        filter: fresh.next(""),
        order: Order::default(),
        first: n_events() / 2,
        count: 50,
    });
    ask("the history of the busiest resource", &mut |_| {
        Question::History {
            id: "100000000".into(),
            kind: None,
        }
    });
    ask("its events in sight", &mut |_| Question::HistoryRows {
        id: "100000000".into(),
        kind: None,
        first: 480,
        count: 72,
    });
    ask("the fleet at an instant", &mut |fresh| Question::Fleet {
        filter: Filter::default(),
        at: fresh.next("").range.expect("a range").from(),
        strip: TimeRange::new(Timestamp::from_millis(END_MS - DAY_MS), now()).expect("a range"),
        include_ended: true,
        sort: FleetSort::Name,
        descending: false,
        find: String::new(),
        first: 0,
        count: 50,
    });
    ask("the fleet at two instants", &mut |fresh| {
        Question::Compare {
            filter: Filter::default(),
            from: fresh.next("").range.expect("a range").from(),
            to: Timestamp::from_millis(END_MS - DAY_MS),
            kind: ChangeKind::Any,
            find: String::new(),
            first: 0,
            count: 100,
        }
    });
    ask("the timeline's first lanes", &mut |fresh| {
        let filter = fresh.next("");
        Question::Lanes {
            window: filter.range.expect("a range"),
            filter,
            by: LaneKey::Resource,
            sort: LaneSort::MostEvents,
            first: 0,
            count: 40,
            slots: 150,
            find: String::new(),
        }
    });
    group.finish();
    judging(criterion, &engine.store);
}

/// All that is asked of the account's events for its findings, from nothing.
fn judging(criterion: &mut Criterion, store: &Store) {
    let mut group = criterion.benchmark_group("judge");
    group.sample_size(10);
    group.bench_function("the account", |bench| {
        bench.iter(|| black_box(Judgement::whole(store)));
    });
    group.bench_function("the busiest resource's acts", |bench| {
        let busiest = (0..store.n_resources()).max_by_key(|ix| store.rows_of(*ix).len());
        let busiest = busiest.expect("a resource");
        let history = history_of(store, busiest);
        bench.iter(|| black_box(acts_of(store, busiest, &history)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default();
    targets = reading, asking
}
criterion_main!(benches);
