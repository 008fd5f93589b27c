//! The columns: one event's values by row. Knows how to take an event apart and where each part is kept;
//! refuses to know which events are the same (see `append`) or in which order they happened (see `refresh`).

use crate::cadf::Event;
use crate::cadf::Location;
use crate::cadf::Outcome;
use crate::cadf::TimeOrigin;
use crate::catalogue::ActId;
use crate::time::Timestamp;

use super::Code;
use super::Column;
use super::Dictionary;
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

/// One column of codes with the texts they stand for.
#[derive(Clone, Debug, Default)]
pub struct TextColumn {
    pub codes: Column<Code>,
    pub texts: Dictionary,
}

impl TextColumn {
    fn put(&mut self, row: usize, text: Option<&str>) {
        let code = self.texts.code(text);
        self.codes.put(row, code);
    }

    pub fn get(&self, row: usize) -> Option<&str> {
        self.texts.get(self.codes.get(row))
    }

    pub fn code(&self, row: usize) -> Code {
        self.codes.get(row)
    }
}

const UNDATED: i64 = i64::MIN;

#[derive(Clone, Debug)]
pub struct RowColumns {
    /// Nanoseconds; `i64::MIN` is undated.
    times: Column<i64>,
    time_origins: Column<u8>,
    outcomes: Column<u8>,
    /// Bits: see `IS_CLASSIC` and its neighbours.
    flags: Column<u8>,
    texts: Vec<TextColumn>,
    pub ids: Ids,
    /// The first half of the content hash.
    hashes: Column<u128>,
    parts: Column<u32>,
    bytes: Column<u64>,
    lens: Column<u32>,
    nths: Column<u32>,
    lines: Column<u64>,
    references: Column<u32>,
    acts: Column<u16>,
}

impl Default for RowColumns {
    fn default() -> Self {
        RowColumns {
            times: Column::default(),
            time_origins: Column::default(),
            outcomes: Column::default(),
            flags: Column::default(),
            texts: Field::ALL.map(|_| TextColumn::default()).into(),
            ids: Ids::default(),
            hashes: Column::default(),
            parts: Column::default(),
            bytes: Column::default(),
            lens: Column::default(),
            nths: Column::default(),
            lines: Column::default(),
            references: Column::default(),
            acts: Column::default(),
        }
    }
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

/// What a row takes from the source that the event came by, beside the event itself.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    pub raw: RawRef,
    pub source_name: &'a str,
    pub source_region: Option<&'a str>,
    pub reference: u32,
    pub act: Option<ActId>,
}

const NO_ACT: u16 = u16::MAX;

impl RowColumns {
    pub fn len(&self) -> usize {
        self.times.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes row `row` anew, or the first row beyond the end. The id of a row never changes.
    pub fn put(&mut self, row: usize, event: &Event, origin: &Origin) {
        if row == self.len() {
            self.ids
                .push(IdKey::of(event.id.as_deref(), &event.content_hash));
        }
        let at = event.event_time.at.map_or(UNDATED, Timestamp::nanos);
        self.times.put(row, at);
        self.time_origins.put(row, event.event_time.origin as u8);
        self.outcomes.put(row, event.outcome as u8);
        self.flags.put(row, flags_of(event));
        self.hashes.put(row, short_hash(&event.content_hash));
        self.parts.put(row, origin.raw.part);
        self.bytes.put(row, origin.raw.byte);
        self.lens.put(row, origin.raw.len);
        self.nths.put(row, origin.raw.nth);
        self.lines.put(row, origin.raw.line);
        self.references.put(row, origin.reference);
        self.acts.put(row, origin.act.map_or(NO_ACT, |act| act.0));

        let location = location_of(event, origin.source_region);
        let code = event.reason.code.map(|code| code.to_string());
        let initiator = &event.initiator;
        let target = &event.target;
        for field in Field::ALL {
            let text = match field {
                Field::Action => Some(event.action.as_str()),
                Field::Severity => event.severity.as_deref(),
                Field::ReasonCode => code.as_deref(),
                Field::ReasonType => event.reason.kind.as_deref(),
                Field::ReasonForFailure => event.reason.for_failure.as_deref(),
                Field::InitiatorId => initiator.id.as_deref(),
                Field::InitiatorName => initiator.name.as_deref(),
                Field::AuthnId => initiator.authn_id.as_deref(),
                Field::AuthnName => initiator.authn_name.as_deref(),
                Field::Credential => initiator.credential_type.as_deref(),
                Field::Address => initiator.address.as_deref(),
                Field::Agent => initiator.agent.as_deref(),
                Field::TargetId => target.id.as_deref(),
                Field::TargetName => target.name.as_deref(),
                Field::TargetType => target.type_uri.as_deref(),
                Field::Correlation => event.correlation_id.as_deref(),
                Field::Location => Some(location.raw.as_str()),
                Field::Region => Some(location.region.as_str()),
                Field::Account => event.account.as_deref(),
                Field::Source => Some(origin.source_name),
                Field::SourceRegion => origin.source_region,
            };
            self.texts[field as usize].put(row, text);
        }
    }

    pub fn text(&self, field: Field) -> &TextColumn {
        &self.texts[field as usize]
    }

    pub fn get(&self, field: Field, row: usize) -> Option<&str> {
        self.text(field).get(row)
    }

    pub fn time(&self, row: usize) -> Option<Timestamp> {
        let nanos = self.times.get(row);
        (nanos != UNDATED).then(|| Timestamp::from_nanos(nanos))
    }

    /// For sorting: undated rows come before all others.
    pub fn sort_time(&self, row: usize) -> i64 {
        self.times.get(row)
    }

    pub fn time_origin(&self, row: usize) -> TimeOrigin {
        ORIGINS[usize::from(self.time_origins.get(row)) & 3]
    }

    pub fn outcome(&self, row: usize) -> Outcome {
        let code = usize::from(self.outcomes.get(row));
        Outcome::ALL.get(code).copied().unwrap_or(Outcome::None)
    }

    pub fn outcomes(&self) -> &Column<u8> {
        &self.outcomes
    }

    pub fn is_classic(&self, row: usize) -> bool {
        self.flags.get(row) & IS_CLASSIC != 0
    }

    pub fn data_event(&self, row: usize) -> Option<bool> {
        let flags = self.flags.get(row);
        (flags & SAYS_DATA_EVENT != 0).then_some(flags & IS_DATA_EVENT != 0)
    }

    /// The first sixteen bytes of the content hash.
    pub fn short_hash(&self, row: usize) -> u128 {
        self.hashes.get(row)
    }

    pub fn raw(&self, row: usize) -> RawRef {
        RawRef {
            part: self.parts.get(row),
            byte: self.bytes.get(row),
            len: self.lens.get(row),
            nth: self.nths.get(row),
            line: self.lines.get(row),
        }
    }

    pub fn reference(&self, row: usize) -> u32 {
        self.references.get(row)
    }

    /// The catalogue's row; `None` for an action that it doesn't have.
    pub fn act(&self, row: usize) -> Option<ActId> {
        let act = self.acts.get(row);
        (act != NO_ACT).then_some(ActId(act))
    }

    pub fn part(&self, row: usize) -> u32 {
        self.parts.get(row)
    }

    /// Bytes of columns and dictionaries, about.
    pub fn bytes(&self) -> usize {
        let texts = self.texts.iter();
        texts
            .map(|text| text.codes.bytes() + text.texts.bytes())
            .sum::<usize>()
            // times, ids, hashes, places, references, acts and the four columns of single bytes
            + self.len() * (8 + 17 + 16 + 4 + 8 + 4 + 4 + 8 + 4 + 2 + 3)
    }

    /// Of two records of one event, the one that says more about it is kept, whichever came first: a dated one,
    /// one that names its log source, then the smaller in a fixed order.
    pub fn says_more(&self, row: usize, event: &Event, origin: &Origin) -> bool {
        let location = location_of(event, origin.source_region);
        let at = event.event_time.at.map_or(UNDATED, Timestamp::nanos);
        let theirs = (
            event.event_time.origin as u8,
            flags_of(event) & HAS_LOG_SOURCE == 0,
            at,
            Some(location.raw.as_str()),
            Some(origin.source_name),
            origin.source_region,
        );
        let ours = (
            self.time_origins.get(row),
            self.flags.get(row) & HAS_LOG_SOURCE == 0,
            self.times.get(row),
            self.get(Field::Location, row),
            self.get(Field::Source, row),
            self.get(Field::SourceRegion, row),
        );
        theirs < ours
    }
}

pub fn short_hash(hash: &[u8; 32]) -> u128 {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    u128::from_be_bytes(half)
}

fn flags_of(event: &Event) -> u8 {
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

fn location_of(event: &Event, source_region: Option<&str>) -> Location {
    Location::of(
        event.log_source_crn.as_deref(),
        event.target.id.as_deref(),
        source_region,
    )
}
