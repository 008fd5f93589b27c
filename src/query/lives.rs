//! Every resource's life in short: whether it was there, its power and its name from each instant on. What the fleet at
//! any instant and the lanes are listed from, without a history in memory for each. Made step by step for a generation; a
//! life whose events are the same as before is kept. Refuses to say why: that is the history's; and to say when: it names
//! the event, whose place in time the store knows.

use std::borrow::Cow;
use std::cell::OnceCell;

use columns::Codes;
use reading::hash::join;

use super::fleet::natural;
use super::histories::history_of;
use super::resource_views;
use super::resource_views::span_value;
use crate::lifecycle::Basis;
use crate::lifecycle::History;
use crate::lifecycle::TrackName;
use crate::protocol::SpanValue;
use crate::sorting;
use crate::store::Code;
use crate::store::CodeTable;
use crate::store::Column;
use crate::store::Dictionary;
use crate::store::Field;
use crate::store::NONE;
use crate::store::RowColumns;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// All lives end to end, in columns: there are as many moments as changes.
#[derive(Debug)]
pub struct Lives {
    /// By resource: a hash of the events that it was made from.
    told_by: Vec<u64>,
    /// By resource: where its moments begin; and one end beyond.
    starts: Vec<u32>,
    /// By resource: the first name that it was known by.
    usual_names: Vec<Name>,
    regions: Codes,
    /// By moment: the event that it began with; [`BEFORE`] if before anything recorded.
    rows: Column<u32>,
    /// By moment: which of `met`.
    states: Codes,
    met: Vec<State>,
    /// Of moments at which it was called something else, in order.
    other_names: Vec<(u32, Name)>,
    /// What no event's target is called.
    new_names: Dictionary,
    region_names: Dictionary,
    name_ranks: OnceCell<NameRanks>,
    region_ranks: OnceCell<Vec<u32>>,
}

/// No event: stands for one before all.
const BEFORE: u32 = u32::MAX;

/// The code of a name: twice that of a target's name, or one more than twice that of a new one. [`NONE`]: not known.
type Name = u32;

/// What few of all moments differ in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct State {
    existence: Option<SpanValue>,
    power: Option<SpanValue>,
    called: Called,
    /// Its event made a change; else it only showed one.
    is_made: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Called {
    Unknown,
    AsUsual,
    Otherwise,
}

/// What a resource was from an instant on, until the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// `None`: the kind has no such track.
    pub existence: Option<SpanValue>,
    pub power: Option<SpanValue>,
    /// The newest change that an event made (not only showed).
    pub changed_by: Option<u32>,
    name: Name,
}

/// An instant, for looking up what many resources were at it.
#[derive(Clone, Copy, Debug)]
pub struct Instant<'a> {
    rows: &'a RowColumns,
    /// The first place of what was dated after it.
    after: usize,
}

impl<'a> Instant<'a> {
    pub fn of(store: &'a Store, at: Timestamp) -> Instant<'a> {
        match at.nanos().checked_add(1) {
            Some(next) => Instant::just_before(store, Timestamp::from_nanos(next)),
            None => Instant {
                rows: store.rows(),
                after: store.dated().end,
            },
        }
    }

    fn just_before(store: &'a Store, at: Timestamp) -> Instant<'a> {
        let rows = store.rows();
        Instant {
            rows,
            after: rows.first_from(store.dated(), at.nanos()),
        }
    }

    fn has_seen(&self, row: u32) -> bool {
        row == BEFORE || self.rows.place_of(row) < self.after
    }
}

/// Lives in the making: those of a large account take a second, too long for one answer.
#[derive(Debug, Default)]
pub struct Making {
    known: Known,
    lives: Lives,
}

/// What was made before, by what told it.
#[derive(Debug, Default)]
struct Known {
    lives: Lives,
    table: CodeTable,
}

/// Stands for what told a life that was taken.
const TAKEN: u64 = 0;

impl Known {
    fn new(lives: Lives) -> Known {
        let mut table = CodeTable::default();
        let told_by = &lives.told_by;
        for (&hash, ix) in told_by.iter().zip(0..) {
            table.insert(hash, ix, |ix| told_by[ix as usize]);
        }
        Known { lives, table }
    }

    /// The life that the same events told.
    fn take(&mut self, told_by: u64) -> Option<u32> {
        let is_it = |ix: u32| self.lives.told_by[ix as usize] == told_by;
        let ix = self.table.find(told_by, is_it)?;
        let hash = &mut self.lives.told_by[ix as usize];
        // A hash like that stands for nothing: it is made anew.
        (std::mem::replace(hash, TAKEN) != TAKEN).then_some(ix)
    }
}

impl Making {
    /// Lives that an older generation told: of those whose events are the same, nothing is made anew.
    pub fn begin_again(&mut self, older: Option<Lives>) {
        if older.is_none() && self.lives.told_by.is_empty() {
            return;
        }
        let mut older = older.unwrap_or_else(|| {
            // Not all were made: the rest may still be as before.
            let mut made = std::mem::take(&mut self.lives);
            let rest = std::mem::take(&mut self.known).lives;
            for (&told_by, ix) in rest.told_by.iter().zip(0..) {
                if told_by != TAKEN {
                    made.copy(&rest, ix, told_by);
                }
            }
            made
        });
        self.lives = Lives {
            new_names: std::mem::take(&mut older.new_names),
            ..Lives::default()
        };
        self.known = Known::new(older);
    }

    /// Goes on by about so many events; true when all lives are made.
    pub fn go_on(&mut self, store: &Store, n_events: usize) -> bool {
        let n_resources = store.n_resources() as usize;
        let lives = &mut self.lives;
        lives.reserve(n_resources);
        let mut n_seen = 0;
        while lives.told_by.len() < n_resources && n_seen < n_events {
            let ix = lives.told_by.len() as u32;
            n_seen += store.rows_of(ix).len() + 1;
            let told_by = told_by(store, ix);
            match self.known.take(told_by) {
                Some(known) => lives.copy(&self.known.lives, known, told_by),
                None => lives.make(store, ix, told_by),
            }
            let region = lives.region_names.code(Some(&region_of(store, ix)));
            lives.regions.put(ix as usize, region);
        }
        lives.told_by.len() == n_resources
    }

    pub fn into_lives(self) -> Lives {
        self.lives
    }
}

impl Default for Lives {
    fn default() -> Self {
        Lives {
            told_by: Vec::new(),
            starts: vec![0],
            usual_names: Vec::new(),
            regions: Codes::default(),
            rows: Column::default(),
            states: Codes::default(),
            met: Vec::new(),
            other_names: Vec::new(),
            new_names: Dictionary::default(),
            region_names: Dictionary::default(),
            name_ranks: OnceCell::new(),
            region_ranks: OnceCell::new(),
        }
    }
}

impl Lives {
    /// So that as many lives as there will be take no room for more.
    fn reserve(&mut self, n: usize) {
        let more = n.saturating_sub(self.told_by.len());
        self.told_by.reserve_exact(more);
        self.starts.reserve_exact(more);
        self.usual_names.reserve_exact(more);
    }

    /// The next resource's life, as it was made before.
    fn copy(&mut self, older: &Lives, ix: u32, told_by: u64) {
        let moments = older.moments(ix);
        let shift = self.rows.len() as u32;
        for at in moments.clone() {
            let state = older.met[older.states.get(at as usize) as usize];
            self.push(older.rows.get(at as usize), state);
        }
        let others = older.others(ix).iter();
        let moved = others.map(|&(at, name)| (at - moments.start + shift, name));
        self.other_names.extend(moved);
        self.close(told_by, older.usual_names[ix as usize]);
    }

    /// The next resource's life, from its history.
    fn make(&mut self, store: &Store, ix: u32, told_by: u64) {
        let history = history_of(store, ix);
        let first = self.rows.len();
        let born = history.born.and_then(|born| row_dated(store, ix, born));
        let mut naming = Naming::default();
        let from = history.born.unwrap_or(Timestamp::MIN);
        let state = self.state(store, &history, from, &mut naming);
        self.push(born.unwrap_or(BEFORE), state);
        for changes in history.changes.chunk_by(|a, b| a.at == b.at) {
            let made = changes.iter().rfind(|change| change.basis != Basis::Seen);
            // One that only showed a change is of the same instant all the same.
            let row = made.unwrap_or(&changes[0]).key;
            if history.born == Some(changes[0].at) {
                self.rows.put(first, row);
                let state = self.met[self.states.get(first) as usize];
                let state = self.number(State {
                    is_made: made.is_some(),
                    ..state
                });
                self.states.put(first, state);
                continue;
            }
            let mut state = self.state(store, &history, changes[0].at, &mut naming);
            state.is_made = made.is_some();
            self.push(row, state);
        }
        self.close(told_by, naming.usual);
    }

    /// What it is at an instant; the next moment is called so.
    fn state(
        &mut self,
        store: &Store,
        history: &History,
        at: Timestamp,
        naming: &mut Naming,
    ) -> State {
        let value = |track| history.at(&track, at).map(|span| span_value(&span.value));
        let called = match history.name_at(at) {
            None => Called::Unknown,
            Some(text) => {
                if naming.last.1 != text {
                    naming.last = (self.name_code(store, text), text.to_owned());
                }
                let name = naming.last.0;
                if naming.usual == NONE {
                    naming.usual = name;
                }
                match name == naming.usual {
                    true => Called::AsUsual,
                    false => {
                        self.other_names.push((self.rows.len() as u32, name));
                        Called::Otherwise
                    }
                }
            }
        };
        State {
            existence: value(TrackName::Existence),
            power: value(TrackName::Power),
            called,
            is_made: false,
        }
    }

    fn name_code(&mut self, store: &Store, text: &str) -> Name {
        match store.rows().texts(Field::TargetName).find(text) {
            Some(code) => code << 1,
            None => self.new_names.code(Some(text)) << 1 | 1,
        }
    }

    fn push(&mut self, row: u32, state: State) {
        let state = self.number(state);
        self.states.put(self.rows.len(), state);
        self.rows.push(row);
    }

    fn number(&mut self, state: State) -> u32 {
        let met = self.met.iter().position(|met| *met == state);
        let number = met.unwrap_or_else(|| {
            self.met.push(state);
            self.met.len() - 1
        });
        number as u32
    }

    fn close(&mut self, told_by: u64, usual_name: Name) {
        self.told_by.push(told_by);
        self.starts.push(self.rows.len() as u32);
        self.usual_names.push(usual_name);
    }

    fn moments(&self, ix: u32) -> std::ops::Range<u32> {
        self.starts[ix as usize]..self.starts[ix as usize + 1]
    }

    fn others(&self, ix: u32) -> &[(u32, Name)] {
        let moments = self.moments(ix);
        let place = |moment: u32| self.other_names.partition_point(|(at, _)| *at < moment);
        &self.other_names[place(moments.start)..place(moments.end)]
    }

    /// How many of a life's moments had begun by an instant.
    pub fn begun(&self, ix: u32, at: Instant) -> u32 {
        let moments = self.moments(ix);
        let (mut from, mut to) = (moments.start, moments.end);
        while from < to {
            let middle = from + (to - from) / 2;
            match at.has_seen(self.rows.get(middle as usize)) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from - moments.start
    }

    fn state_at(&self, moment: u32) -> State {
        self.met[self.states.get(moment as usize) as usize]
    }

    fn moment(&self, ix: u32, moment: u32) -> Moment {
        let first = self.moments(ix).start;
        let state = self.state_at(moment);
        let name = match state.called {
            Called::Unknown => NONE,
            Called::AsUsual => self.usual_names[ix as usize],
            Called::Otherwise => {
                let place = self
                    .other_names
                    .binary_search_by_key(&moment, |(at, _)| *at);
                place.map_or(NONE, |place| self.other_names[place].1)
            }
        };
        let mut back = (first..=moment).rev();
        let made = back.find(|&earlier| self.state_at(earlier).is_made);
        Moment {
            existence: state.existence,
            power: state.power,
            changed_by: made.map(|made| self.rows.get(made as usize)),
            name,
        }
    }

    /// `None`: it was born later.
    pub fn at(&self, ix: u32, at: Instant) -> Option<Moment> {
        let last = self.begun(ix, at).checked_sub(1)?;
        Some(self.moment(ix, self.moments(ix).start + last))
    }

    pub fn last(&self, ix: u32) -> Option<Moment> {
        let moments = self.moments(ix);
        let last = moments.end.checked_sub(1)?;
        moments.contains(&last).then(|| self.moment(ix, last))
    }

    /// The name known at a moment.
    pub fn name<'a>(&'a self, store: &'a Store, moment: Moment) -> Option<Cow<'a, str>> {
        (moment.name != NONE).then(|| self.text(store, moment.name))
    }

    fn text<'a>(&'a self, store: &'a Store, name: Name) -> Cow<'a, str> {
        let code = name >> 1;
        match name & 1 {
            0 => store.rows().texts(Field::TargetName).text(code),
            _ => self.new_names.text(code),
        }
    }

    /// Every name that a resource is ever known by; some more than once.
    pub fn names<'a>(&'a self, store: &'a Store, ix: u32) -> impl Iterator<Item = Cow<'a, str>> {
        let others = self.others(ix).iter().map(|(_, name)| *name);
        let all = std::iter::once(self.usual_names[ix as usize]).chain(others);
        all.filter(|name| *name != NONE)
            .map(|name| self.text(store, name))
    }

    /// It was live at some time in a range.
    pub fn lived(&self, ix: u32, range: Within) -> bool {
        let first = self.moments(ix).start;
        let before = first + self.begun(ix, range.until);
        // The one that the range begins in, or the first that begins in it.
        let from = first + self.begun(ix, range.from).saturating_sub(1);
        (from..before).any(|at| self.state_at(at).existence == Some(SpanValue::Live))
    }

    pub fn region(&self, ix: u32) -> Cow<'_, str> {
        let region = self.regions.get(ix as usize);
        self.region_names.text(region)
    }

    /// Smaller for what is listed first by region.
    pub fn region_rank(&self, ix: u32) -> u32 {
        let ranks = self.region_ranks.get_or_init(|| {
            let codes = 1..self.region_names.len() as u32;
            ranks(codes.collect(), self.region_names.len(), &|code| {
                self.region_names.text(code)
            })
        });
        ranks[self.regions.get(ix as usize) as usize]
    }

    /// Smaller for what is listed first by what it is called; the same for names that people take for one.
    pub fn name_rank(&self, store: &Store, ix: u32, moment: Moment) -> u32 {
        let ranks = self.name_ranks.get_or_init(|| NameRanks::new(self, store));
        ranks.of(ix, moment.name)
    }

    pub fn bytes(&self) -> usize {
        self.told_by.capacity() * size_of::<u64>()
            + (self.starts.capacity() + self.usual_names.capacity()) * size_of::<u32>()
            + self.regions.bytes()
            + self.rows.bytes()
            + self.states.bytes()
            + self.other_names.capacity() * size_of::<(u32, Name)>()
            + self.new_names.bytes()
            + self.name_ranks.get().map_or(0, NameRanks::bytes)
    }
}

/// A range, for looking up which of many resources lived in it.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    from: Instant<'a>,
    /// The last instant in it.
    until: Instant<'a>,
}

impl<'a> Within<'a> {
    pub fn of(store: &'a Store, range: TimeRange) -> Within<'a> {
        Within {
            from: Instant::of(store, range.from()),
            until: Instant::just_before(store, range.to()),
        }
    }
}

/// What a life is called while it is made.
#[derive(Default)]
struct Naming {
    usual: Name,
    /// Most moments are called as the one before.
    last: (Name, String),
}

/// Places of names among all in the order in which lists show them: targets' names, new ones, then by resource what it
/// is called while no name is known.
#[derive(Debug)]
struct NameRanks {
    ranks: Vec<u32>,
    /// Where new names begin, and what resources are called.
    new_names: usize,
    resources: usize,
}

impl NameRanks {
    fn new(lives: &Lives, store: &Store) -> NameRanks {
        let new_names = store.rows().texts(Field::TargetName).len();
        let resources = new_names + lives.new_names.len();
        let mut ranks = NameRanks {
            ranks: Vec::new(),
            new_names,
            resources,
        };
        let mut is_met = vec![false; resources];
        let others = lives.other_names.iter().map(|(_, name)| name);
        for &name in lives.usual_names.iter().chain(others) {
            is_met[ranks.place(name)] |= name != NONE;
        }
        let met = (0..resources as u32).filter(|at| is_met[*at as usize]);
        let is_listed = |ix: &u32| store.resource(*ix).kind().has_lifecycle();
        let listed = (0..store.n_resources()).filter(is_listed);
        let all = met.chain(listed.map(|ix| resources as u32 + ix)).collect();
        let n = resources + store.n_resources() as usize;
        ranks.ranks = self::ranks(all, n, &|at| {
            let at = at as usize;
            let text = match at {
                _ if at < new_names => store.rows().texts(Field::TargetName).text(at as Code),
                _ if at < resources => lives.new_names.text((at - new_names) as Code),
                _ => Cow::Owned(resource_views::label(
                    store.resource((at - resources) as u32),
                    None,
                )),
            };
            let text: Cow<str> = text;
            natural(&text).into()
        });
        ranks
    }

    fn place(&self, name: Name) -> usize {
        let first = if name & 1 == 0 { 0 } else { self.new_names };
        first + (name >> 1) as usize
    }

    fn of(&self, ix: u32, name: Name) -> u32 {
        let place = match name {
            NONE => self.resources + ix as usize,
            name => self.place(name),
        };
        self.ranks[place]
    }

    fn bytes(&self) -> usize {
        self.ranks.capacity() * size_of::<u32>()
    }
}

/// The ranks of these of `n` numbers, in the order of their texts.
fn ranks<'a>(mut numbers: Vec<u32>, n: usize, text: &dyn Fn(u32) -> Cow<'a, str>) -> Vec<u32> {
    sorting::sort_by_texts(&mut numbers, text, &mut |_, _| std::cmp::Ordering::Equal);
    let mut ranks = vec![0; n];
    let mut rank = 0;
    let mut before: Option<Cow<str>> = None;
    for number in numbers {
        let text = text(number);
        rank += u32::from(before.as_ref().is_some_and(|before| *before != text));
        ranks[number as usize] = rank;
        before = Some(text);
    }
    ranks
}

/// Which events tell of a resource, and as what; an event that was rewritten is another.
fn told_by(store: &Store, ix: u32) -> u64 {
    let kind = store.resource(ix).kind() as u64;
    let rows = store.rows_of(ix);
    rows.fold(join(kind, store.n_rewritten()), |hash, row| {
        let is_itself = u64::from(store.target_is_resource(row));
        join(hash, u64::from(row) << 1 | is_itself)
    })
}

/// An event of a resource at an instant.
fn row_dated(store: &Store, ix: u32, at: Timestamp) -> Option<u32> {
    let rows = store.rows_of(ix);
    let is_before = |row: u32| store.rows().sort_time(row as usize) < at.nanos();
    let row = rows.get(rows.partition_point(is_before))?;
    (store.rows().time(row as usize) == Some(at)).then_some(row)
}

fn region_of(store: &Store, ix: u32) -> String {
    resource_views::location_of(store, ix).region
}
