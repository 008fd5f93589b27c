//! The columns: one event's values. A row is an event's number by arrival, and stays; its place is where it stands in
//! time, and moves when earlier events come. What is filtered and counted stands by place, so that a range of time is a
//! run of places; what is looked up stands by row. Knows how to take an event apart and where each part is kept;
//! refuses to know which events are the same (see `append`) or in which order they happened (see `refresh`).

use std::borrow::Cow;
use std::ops::Range;

use columns::Codes;
use columns::Combined;
use columns::Packed;
use columns::Recent;

use crate::cadf::EventRef;
use crate::cadf::Outcome;
use crate::cadf::TimeOrigin;
use crate::cadf::location;
use crate::cadf::location::region_of;
use crate::catalogue::ActId;
use crate::time::Timestamp;

use super::Code;
use super::Column;
use super::Dictionary;
use super::NONE;
use super::Part;
use super::groups::ACT;
use super::groups::Group;
use super::groups::MARKS;
use super::groups::MOST_SLOTS;
use super::groups::REFERENCE;
use super::ids::IdKey;
use super::ids::Ids;

/// A column of texts behind a dictionary.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(usize)]
pub enum Field {
    Action,
    Severity,
    ReasonCode,
    ReasonType,
    ReasonForFailure,
    InitiatorId,
    InitiatorName,
    AuthnId,
    AuthnName,
    Credential,
    Address,
    Agent,
    TargetId,
    TargetName,
    TargetType,
    Correlation,
    /// As written: `dal10`, `us-south-1`.
    Location,
    Region,
    Account,
    Source,
    SourceRegion,
}

impl Field {
    pub const ALL: [Field; 21] = [
        Field::Action,
        Field::Severity,
        Field::ReasonCode,
        Field::ReasonType,
        Field::ReasonForFailure,
        Field::InitiatorId,
        Field::InitiatorName,
        Field::AuthnId,
        Field::AuthnName,
        Field::Credential,
        Field::Address,
        Field::Agent,
        Field::TargetId,
        Field::TargetName,
        Field::TargetType,
        Field::Correlation,
        Field::Location,
        Field::Region,
        Field::Account,
        Field::Source,
        Field::SourceRegion,
    ];
}

/// Where each field's code stands, see [`Field::slot`].
const SLOTS: [(usize, usize); Field::ALL.len()] = {
    let mut slots = [(0, 0); Field::ALL.len()];
    let mut at = 0;
    while at < slots.len() {
        let (group, slot) = Field::ALL[at].slot();
        slots[at] = (group as usize, slot);
        at += 1;
    }
    slots
};

/// Where a record stands in the text that was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RawRef {
    /// The file (or answer) it came in, numbered by the store.
    pub part: u32,
    /// In decompressed text.
    pub byte: u64,
    pub len: u32,
    /// Which of the events that the record at `byte` holds.
    pub nth: u32,
    /// From 1.
    pub line: u64,
}

/// The time of an event without one.
pub const UNDATED: i64 = i64::MIN;

#[derive(Clone, Debug)]
pub struct RowColumns {
    /// Row by place and place by row, as far as the order is known; rows beyond stand where they came. Both are empty
    /// while all came in the order of time.
    rows: Codes,
    places: Codes,
    /// By place: nanoseconds; `i64::MIN` is undated.
    times: Packed,
    /// By place.
    groups: [Combined; Group::ALL.len()],
    /// By [`Field`].
    texts: [Dictionary; Field::ALL.len()],
    /// By reason code; beyond its end they are printed each time.
    reason_codes: Box<[Code; 600]>,
    recent: Box<[Recent; Field::ALL.len()]>,
    pub ids: Ids,
    /// What an event's content comes to, to tell copies from contradictions; see [`fingerprint`].
    fingerprints: Column<Fingerprint>,
    parts: Packed,
    bytes: Packed,
    lens: Packed,
    nths: Packed,
    /// Less the row: where each line is an event, all are alike.
    lines: Packed,
}

impl Default for RowColumns {
    fn default() -> Self {
        RowColumns {
            rows: Codes::default(),
            places: Codes::default(),
            times: Packed::default(),
            groups: Group::ALL.map(|group| Combined::new(group.width())),
            texts: Field::ALL.map(|_| Dictionary::default()),
            reason_codes: Box::new([NONE; 600]),
            recent: Box::new(Field::ALL.map(|_| Recent::default())),
            ids: Ids::default(),
            fingerprints: Column::default(),
            parts: Packed::default(),
            bytes: Packed::default(),
            lens: Packed::default(),
            nths: Packed::default(),
            lines: Packed::default(),
        }
    }
}

/// Two contents of one id have the same by chance once in a million million.
pub type Fingerprint = [u8; 5];

/// What is kept of a [`reading::Content`]'s fingerprint.
pub fn fingerprint(event: &EventRef) -> Fingerprint {
    let [kept @ .., _, _, _] = event.content.fingerprint.to_be_bytes();
    kept
}

const IS_CLASSIC: u8 = 1;
const HAS_LOG_SOURCE: u8 = 2;
const IS_DATA_EVENT: u8 = 4;
const SAYS_DATA_EVENT: u8 = 8;

const ORIGINS: [TimeOrigin; 4] = [
    TimeOrigin::Written,
    TimeOrigin::ZoneAssumed,
    TimeOrigin::Envelope,
    TimeOrigin::Undated,
];

/// An event's codes by group and slot.
#[derive(Clone, Debug)]
pub struct Coded([[Code; MOST_SLOTS]; Group::ALL.len()]);

impl Coded {
    pub fn get(&self, field: Field) -> Code {
        let (group, slot) = field.slot();
        self.0[group as usize][slot]
    }

    /// What isn't text: what the event's target names, and the catalogue's row.
    pub fn put(&mut self, reference: u32, act: Option<ActId>) {
        self.0[Group::Target as usize][REFERENCE] = reference;
        self.0[Group::Deed as usize][ACT] = act.map_or(NO_ACT, |act| act.0.into());
    }
}

const NO_ACT: u32 = u32::MAX;

impl RowColumns {
    pub fn len(&self) -> usize {
        self.times.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes row `row` anew, or the first row beyond the end. The id of a row never changes.
    pub fn put(&mut self, row: usize, key: &IdKey, event: &EventRef, raw: RawRef, coded: &Coded) {
        if row == self.len() {
            self.ids.push(key);
        }
        let place = self.place_of(row as u32);
        let nanos = event.event_time.at.map_or(UNDATED, Timestamp::nanos);
        self.times.put(place, nanos);
        self.fingerprints.put(row, fingerprint(event));
        self.parts.put(row, raw.part.into());
        self.bytes.put(row, raw.byte as i64);
        self.lens.put(row, raw.len.into());
        self.nths.put(row, raw.nth.into());
        self.lines.put(row, raw.line as i64 - row as i64);
        for group in Group::ALL {
            let codes = &coded.0[group as usize][..group.width()];
            self.groups[group as usize].put(place, codes);
        }
    }

    /// The codes of what an event and its source say, new or old.
    pub fn code_texts(&mut self, event: &EventRef, part: &Part) -> Coded {
        let location = location_of(event, part.region.as_deref());
        // A code of HTTP that came before is not printed again.
        let number = event.reason_code.map_or(usize::MAX, |code| code as usize);
        let known = self.reason_codes.get(number).copied().unwrap_or(NONE);
        let printed = event.reason_code.filter(|_| known == NONE);
        let printed = printed.map(|code| code.to_string());
        let hashes = &event.hashes;
        let texts = Field::ALL.map(|field| match field {
            Field::Action => (Some(event.action), hashes.action),
            Field::Severity => (event.severity, hashes.severity),
            Field::ReasonCode => (printed.as_deref(), 0),
            Field::ReasonType => (event.reason_type, hashes.reason_type),
            Field::ReasonForFailure => (event.reason_for_failure, hashes.reason_for_failure),
            Field::InitiatorId => (event.initiator_id, hashes.initiator_id),
            Field::InitiatorName => (event.initiator_name, hashes.initiator_name),
            Field::AuthnId => (event.authn_id, hashes.authn_id),
            Field::AuthnName => (event.authn_name, hashes.authn_name),
            Field::Credential => (event.credential_type, hashes.credential_type),
            Field::Address => (event.address, hashes.address),
            Field::Agent => (event.agent, hashes.agent),
            Field::TargetId => (event.target_id, hashes.target_id),
            Field::TargetName => (event.target_name, hashes.target_name),
            Field::TargetType => (event.target_type, hashes.target_type),
            Field::Correlation => (event.correlation_id, hashes.correlation_id),
            Field::Location => (Some(location), 0),
            Field::Region => (Some(region_of(location)), 0),
            Field::Account => (event.account, 0),
            Field::Source => (Some(part.source_name.as_str()), 0),
            Field::SourceRegion => (part.region.as_deref(), 0),
        });
        let mut by_field = [NONE; Field::ALL.len()];
        columns::codes_of(&mut self.texts, &mut *self.recent, &texts, &mut by_field);
        let reason_code = &mut by_field[Field::ReasonCode as usize];
        if known != NONE {
            *reason_code = known;
        } else if let Some(place) = self.reason_codes.get_mut(number) {
            *place = *reason_code;
        }
        let mut codes = [[NONE; MOST_SLOTS]; Group::ALL.len()];
        codes[Group::Deed as usize][MARKS] = marks_of(event);
        for ((group, slot), code) in SLOTS.into_iter().zip(by_field) {
            codes[group][slot] = code;
        }
        Coded(codes)
    }

    /// Puts rows in this order, from a place to the end. What stands where it stood isn't touched.
    pub fn arrange(&mut self, from: usize, mut order: Vec<u32>) {
        let stays = |&(row, place): &(&u32, usize)| self.row_at(place) == *row;
        let n_staying = order.iter().zip(from..).take_while(stays).count();
        let (from, moved) = (from + n_staying, &mut order[n_staying..]);
        if moved.is_empty() {
            return;
        }
        for row in &mut *moved {
            *row = self.place_of(*row) as u32;
        }
        // One after the other: no more than one of them is held twice.
        self.times.rearrange(from, moved);
        for group in &mut self.groups {
            group.codes.rearrange(from, moved);
        }
        for place in moved.iter_mut() {
            *place = self.row_at(*place as usize);
        }
        for place in self.rows.len()..from {
            self.rows.put(place, place as u32);
        }
        for (place, &mut row) in (from..).zip(moved) {
            self.rows.put(place, row);
        }
        drop(order);
        for place in self.places.len()..from {
            self.places.put(place, place as u32);
        }
        if self.places.len() < self.rows.len() {
            let most = self.rows.len() as u32;
            self.places.extend_zeros(self.rows.len(), most);
        }
        for place in from..self.rows.len() {
            self.places.put(self.rows.get(place) as usize, place as u32);
        }
    }

    /// Where a row stands in time.
    pub fn place_of(&self, row: u32) -> usize {
        match (row as usize) < self.places.len() {
            true => self.places.get(row as usize) as usize,
            false => row as usize,
        }
    }

    /// The row that stands at a place.
    pub fn row_at(&self, place: usize) -> u32 {
        match place < self.rows.len() {
            true => self.rows.get(place),
            false => place as u32,
        }
    }

    /// Rows by place; none while each stands where it came.
    pub fn by_place(&self) -> &Codes {
        &self.rows
    }

    /// By place; `i64::MIN` is undated.
    pub fn nanos_at(&self, place: usize) -> i64 {
        self.times.get(place)
    }

    /// The first of these places, which stand in time order, at or after an instant.
    pub fn first_from(&self, places: Range<usize>, nanos: i64) -> usize {
        self.times.first_from(places, nanos)
    }

    pub fn group(&self, group: Group) -> &Combined {
        &self.groups[group as usize]
    }

    pub fn texts(&self, field: Field) -> &Dictionary {
        &self.texts[field as usize]
    }

    pub fn code(&self, field: Field, row: usize) -> Code {
        let (group, slot) = field.slot();
        self.slot(group, slot, row)
    }

    pub fn get(&self, field: Field, row: usize) -> Option<Cow<'_, str>> {
        self.texts(field).get(self.code(field, row))
    }

    pub fn time(&self, row: usize) -> Option<Timestamp> {
        let nanos = self.sort_time(row);
        (nanos != UNDATED).then(|| Timestamp::from_nanos(nanos))
    }

    /// For sorting: undated rows come before all others.
    pub fn sort_time(&self, row: usize) -> i64 {
        self.times.get(self.place_of(row as u32))
    }

    pub fn time_origin(&self, row: usize) -> TimeOrigin {
        ORIGINS[self.marks(row) as usize >> 3 & 3]
    }

    pub fn outcome(&self, row: usize) -> Outcome {
        outcome_of(self.marks(row))
    }

    pub fn is_classic(&self, row: usize) -> bool {
        flags_in(self.marks(row)) & IS_CLASSIC != 0
    }

    pub fn data_event(&self, row: usize) -> Option<bool> {
        data_event_of(self.marks(row))
    }

    fn marks(&self, row: usize) -> u32 {
        self.slot(Group::Deed, MARKS, row)
    }

    fn slot(&self, group: Group, slot: usize, row: usize) -> u32 {
        self.group(group).get(self.place_of(row as u32), slot)
    }

    /// See [`fingerprint`].
    pub fn fingerprint(&self, row: usize) -> Fingerprint {
        self.fingerprints.get(row)
    }

    pub fn raw(&self, row: usize) -> RawRef {
        RawRef {
            part: self.part(row),
            byte: self.bytes.get(row) as u64,
            len: self.lens.get(row) as u32,
            nth: self.nths.get(row) as u32,
            line: (self.lines.get(row) + row as i64) as u64,
        }
    }

    pub fn reference(&self, row: usize) -> u32 {
        self.slot(Group::Target, REFERENCE, row)
    }

    /// The catalogue's row; `None` for an action that it doesn't have.
    pub fn act(&self, row: usize) -> Option<ActId> {
        let act = self.slot(Group::Deed, ACT, row);
        (act != NO_ACT).then_some(ActId(act as u16))
    }

    pub fn part(&self, row: usize) -> u32 {
        self.parts.get(row) as u32
    }

    /// Bytes of columns and dictionaries.
    pub fn bytes(&self) -> usize {
        let texts: usize = self.texts.iter().map(Dictionary::bytes).sum();
        let groups: usize = self.groups.iter().map(Combined::bytes).sum();
        texts
            + groups
            + size_of_val(&*self.recent)
            + size_of_val(&*self.reason_codes)
            + self.ids.bytes()
            + self.fingerprints.bytes()
            + self.parts.bytes()
            + self.bytes.bytes()
            + self.lens.bytes()
            + self.nths.bytes()
            + self.lines.bytes()
            + self.rows.bytes()
            + self.places.bytes()
            + self.times.bytes()
    }

    /// Of two records of one event, the one that says more about it is kept, whichever came first: a dated one,
    /// one that names its log source, then the smaller in a fixed order.
    pub fn says_more(&self, row: usize, event: &EventRef, part: &Part) -> bool {
        let location = location_of(event, part.region.as_deref());
        let at = event.event_time.at.map_or(UNDATED, Timestamp::nanos);
        let theirs = (
            event.event_time.origin as u8,
            flags_of(event) & HAS_LOG_SOURCE == 0,
            at,
            Some(location),
            Some(part.source_name.as_str()),
            part.region.as_deref(),
        );
        let text = |field| self.get(field, row);
        let (location, source, region) = (
            text(Field::Location),
            text(Field::Source),
            text(Field::SourceRegion),
        );
        let ours = (
            self.time_origin(row) as u8,
            flags_in(self.marks(row)) & HAS_LOG_SOURCE == 0,
            self.sort_time(row),
            location.as_deref(),
            source.as_deref(),
            region.as_deref(),
        );
        theirs < ours
    }
}

/// Outcome in three bits, origin of the time in two, then the flags.
fn marks_of(event: &EventRef) -> u32 {
    let origin = event.event_time.origin as u32;
    event.outcome as u32 | origin << 3 | u32::from(flags_of(event)) << 5
}

/// The outcome in a combination's [`MARKS`].
pub fn outcome_of(marks: u32) -> Outcome {
    let outcome = Outcome::ALL.get(marks as usize & 7);
    outcome.copied().unwrap_or(Outcome::None)
}

/// What a combination's [`MARKS`] say of `dataEvent`.
pub fn data_event_of(marks: u32) -> Option<bool> {
    let flags = flags_in(marks);
    (flags & SAYS_DATA_EVENT != 0).then_some(flags & IS_DATA_EVENT != 0)
}

fn flags_in(marks: u32) -> u8 {
    (marks >> 5) as u8
}

fn flags_of(event: &EventRef) -> u8 {
    let mut flags = 0;
    if event.is_classic {
        flags |= IS_CLASSIC;
    }
    if event.log_source_crn.is_some() {
        flags |= HAS_LOG_SOURCE;
    }
    if let Some(is_data) = event.data_event {
        flags |= SAYS_DATA_EVENT;
        if is_data {
            flags |= IS_DATA_EVENT;
        }
    }
    flags
}

fn location_of<'a>(event: &EventRef<'a>, source_region: Option<&'a str>) -> &'a str {
    location::or_of_source(event.location, source_region)
}
