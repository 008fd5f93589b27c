//! Every resource's life in short: whether it was there, its power and its name from each instant on. What the fleet at
//! any instant and the lanes are listed from, without a history in memory for each. Made step by step for a generation; a
//! life whose events are the same as before is kept. Refuses to say why: that is the history's.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use reading::hash::BuildMix;
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
use crate::store::Dictionary;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

#[derive(Debug, Default)]
pub struct Lives {
    /// By resource.
    lives: Vec<Life>,
    /// What any of them was ever called.
    names: Dictionary,
    regions: Dictionary,
    /// By name and by region: its place among all in the order in which lists show them.
    name_ranks: OnceCell<Vec<u32>>,
    region_ranks: OnceCell<Vec<u32>>,
}

#[derive(Debug)]
struct Life {
    /// Of the events that it was made from.
    told_by: u64,
    moments: Box<[Moment]>,
    /// What it is called while no name is known.
    own_name: Code,
    region: Code,
}

/// What a resource was from an instant on, until the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The first is since before anything recorded, or the birth.
    pub from: Timestamp,
    /// `None`: the kind has no such track.
    pub existence: Option<SpanValue>,
    pub power: Option<SpanValue>,
    /// The newest change that an event made (not only showed).
    pub changed_by: Option<u32>,
    name: Code,
}

/// Lives in the making: those of a large account take a second, too long for one answer.
#[derive(Debug, Default)]
pub struct Making {
    /// What was made before, by what told it.
    known: HashMap<u64, Box<[Moment]>, BuildMix>,
    lives: Lives,
}

impl Making {
    /// Lives that an older generation told: of those whose events are the same, nothing is made anew.
    pub fn begin_again(&mut self, older: Option<Lives>) {
        let older = older.unwrap_or_else(|| std::mem::take(&mut self.lives));
        let lives = older.lives.into_iter();
        self.known
            .extend(lives.map(|life| (life.told_by, life.moments)));
        self.lives = Lives {
            names: older.names,
            ..Lives::default()
        };
    }

    /// Goes on by about so many events; true when all lives are made.
    pub fn go_on(&mut self, store: &Store, n_events: usize) -> bool {
        let n_resources = store.resources().len();
        let lives = &mut self.lives;
        let mut n_seen = 0;
        while lives.lives.len() < n_resources && n_seen < n_events {
            let ix = lives.lives.len() as u32;
            n_seen += store.rows_of(ix).len() + 1;
            let told_by = told_by(store, ix);
            let moments = self.known.remove(&told_by);
            let moments = moments.unwrap_or_else(|| lives.moments(&history_of(store, ix)));
            let own_name = resource_views::label(&store.resources()[ix as usize], None);
            let region = resource_views::location_of(store, ix).region;
            let life = Life {
                told_by,
                moments,
                own_name: lives.names.code(Some(&own_name)),
                region: lives.regions.code(Some(&region)),
            };
            lives.lives.push(life);
        }
        lives.lives.len() == n_resources
    }

    pub fn into_lives(self) -> Lives {
        self.lives
    }
}

impl Lives {
    fn moments(&mut self, history: &History) -> Box<[Moment]> {
        let from = history.born.unwrap_or(Timestamp::MIN);
        let mut moments = vec![self.moment(history, from, None)];
        let mut changed_by = None;
        for changes in history.changes.chunk_by(|a, b| a.at == b.at) {
            let made = changes.iter().rfind(|change| change.basis != Basis::Seen);
            changed_by = made.map(|change| change.key).or(changed_by);
            let moment = self.moment(history, changes[0].at, changed_by);
            match moments.last_mut() {
                Some(last) if last.from == moment.from => *last = moment,
                _ => moments.push(moment),
            }
        }
        moments.into()
    }

    fn moment(&mut self, history: &History, from: Timestamp, changed_by: Option<u32>) -> Moment {
        let value = |track| history.at(&track, from).map(|span| span_value(&span.value));
        Moment {
            from,
            existence: value(TrackName::Existence),
            power: value(TrackName::Power),
            changed_by,
            name: self.names.code(history.name_at(from)),
        }
    }

    /// `None`: it was born later.
    pub fn at(&self, ix: u32, at: Timestamp) -> Option<Moment> {
        let moments = &self.lives[ix as usize].moments;
        let after = moments.partition_point(|moment| moment.from <= at);
        after.checked_sub(1).map(|last| moments[last])
    }

    pub fn last(&self, ix: u32) -> Option<Moment> {
        self.lives[ix as usize].moments.last().copied()
    }

    /// The name known at a moment.
    pub fn name(&self, moment: Moment) -> Option<Cow<'_, str>> {
        self.names.get(moment.name)
    }

    /// Every name that a resource is ever known by.
    pub fn names(&self, ix: u32) -> impl Iterator<Item = Cow<'_, str>> {
        let moments = self.lives[ix as usize].moments.iter();
        moments.filter_map(|moment| self.name(*moment))
    }

    /// It was live at some time in a range.
    pub fn lived(&self, ix: u32, range: TimeRange) -> bool {
        let moments = &self.lives[ix as usize].moments;
        let before = moments.partition_point(|moment| moment.from < range.to());
        let until = |at: usize| moments.get(at + 1).map_or(Timestamp::MAX, |next| next.from);
        let mut inside = (0..before).rev().take_while(|&at| until(at) > range.from());
        inside.any(|at| moments[at].existence == Some(SpanValue::Live))
    }

    pub fn region(&self, ix: u32) -> Cow<'_, str> {
        self.regions.text(self.lives[ix as usize].region)
    }

    /// Smaller for what is listed first by region.
    pub fn region_rank(&self, ix: u32) -> u32 {
        let ranks = self
            .region_ranks
            .get_or_init(|| ranks(&self.regions, str::to_owned));
        ranks[self.lives[ix as usize].region as usize]
    }

    /// Smaller for what is listed first by what it is called; the same for names that people take for one.
    pub fn name_rank(&self, ix: u32, moment: Moment) -> u32 {
        let ranks = self.name_ranks.get_or_init(|| ranks(&self.names, natural));
        let name = match self.names.get(moment.name) {
            Some(_) => moment.name,
            None => self.lives[ix as usize].own_name,
        };
        ranks[name as usize]
    }

    pub fn bytes(&self) -> usize {
        let moments: usize = self.lives.iter().map(|life| life.moments.len()).sum();
        self.lives.capacity() * size_of::<Life>()
            + moments * size_of::<Moment>()
            + self.names.bytes()
    }
}

/// By code, in the order of what `key` makes of the texts.
fn ranks(texts: &Dictionary, key: impl Fn(&str) -> String) -> Vec<u32> {
    let mut keyed: Vec<(String, Code)> = Vec::with_capacity(texts.len());
    texts.each(|code, text| keyed.push((key(text), code)));
    sorting::sort(&mut keyed);
    let mut ranks = vec![0; texts.len()];
    let mut rank = 0;
    for (at, (key, code)) in keyed.iter().enumerate() {
        rank += u32::from(at > 0 && keyed[at - 1].0 != *key);
        ranks[*code as usize] = rank;
    }
    ranks
}

/// Which events tell of a resource, and as what; an event that was rewritten is another.
fn told_by(store: &Store, ix: u32) -> u64 {
    let kind = store.resources()[ix as usize].kind as u64;
    store
        .rows_of(ix)
        .fold(join(kind, store.n_rewritten()), |hash, row| {
            let is_itself = u64::from(store.target_is_resource(row));
            join(hash, u64::from(row) << 1 | is_itself)
        })
}
