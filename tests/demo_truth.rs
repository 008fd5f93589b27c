//! The lifecycle against the demo's truth: what the library makes of the demo's files is held against what the
//! simulation knows of its servers. Where the record is whole the two agree; where they part, the truth's lists say
//! why. A wrong effect planted in the catalogue turns this red, action by action.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lifeline::cadf::Event;
use lifeline::catalogue::Catalogue;
use lifeline::catalogue::Effect;
use lifeline::envelope::Context;
use lifeline::envelope::Item;
use lifeline::envelope::Place;
use lifeline::envelope::RawSpan;
use lifeline::envelope::Reader;
use lifeline::envelope::Sink;
use lifeline::findings::About;
use lifeline::findings::Severity;
use lifeline::lifecycle::Basis;
use lifeline::lifecycle::Found;
use lifeline::lifecycle::History;
use lifeline::lifecycle::Track;
use lifeline::lifecycle::Value;
use lifeline::query::histories::history_of;
use lifeline::query::judgement::Judgement;
use lifeline::store::Part;
use lifeline::store::RawRef;
use lifeline::store::Store;
use lifeline::time::Timestamp;

#[allow(dead_code)]
#[path = "../examples/demo/main.rs"]
mod demo;

use demo::truth::ServerTruth;
use demo::truth::Truth;

static BUILT_IN: LazyLock<Year> = LazyLock::new(|| Year::of(demo::SEED));

/// A demo, with every event that the library reads from its listed files, in file order.
struct Year {
    truth: Truth,
    events: Vec<(RawRef, Event)>,
    /// Records counted by file.
    records: Vec<(String, u64)>,
    /// File and line of each record that can't be read.
    rejected: Vec<(String, u64)>,
}

impl Year {
    fn of(seed: u64) -> Year {
        let demo = demo::generate(seed);
        let mut year = Year {
            truth: demo.truth,
            events: Vec::new(),
            records: Vec::new(),
            rejected: Vec::new(),
        };
        let is_listed = |path: &str| !path.ends_with(".json");
        for (path, bytes) in demo.files.iter().filter(|(path, _)| is_listed(path)) {
            year.read(path, bytes);
        }
        year
    }

    fn read(&mut self, path: &str, bytes: &[u8]) {
        let mut reader = Reader::new(Context {
            source_region: path.split('/').next().map(str::to_owned),
            file_name: path.to_owned(),
        });
        let mut file = File { path, year: self };
        reader.push(bytes, &mut file).expect(path);
        let finish = reader.finish(&mut file).expect(path);
        self.records.push((path.to_owned(), finish.records));
    }
}

/// Takes what one file holds.
struct File<'a> {
    path: &'a str,
    year: &'a mut Year,
}

impl Sink for File<'_> {
    fn text(&mut self, _: &[u8]) {}

    fn item(&mut self, place: Place, raw: RawSpan, item: Item) {
        match item {
            Item::Event(event) => {
                // Files are numbered as they come.
                let raw = RawRef {
                    part: self.year.records.len() as u32,
                    byte: raw.byte,
                    len: raw.len as u32,
                    nth: u32::from(raw.nth),
                    line: place.line,
                };
                self.year.events.push((raw, *event));
            }
            Item::Rejected(_) => self.year.rejected.push((self.path.to_owned(), place.line)),
            Item::Other | Item::Notice(_) => {}
        }
    }
}

/// The year as the viewer holds it, and every resource's history.
struct Told {
    store: Store,
    histories: Vec<History>,
}

impl Told {
    fn by(catalogue: &Catalogue, year: &Year) -> Told {
        let mut store = Store::new(catalogue.clone(), Some(&year.truth.account));
        for (path, _) in &year.records {
            store.add_part(Part {
                source_name: path.clone(),
                name: path.clone(),
                region: path.split('/').next().map(str::to_owned),
                ..Part::default()
            });
        }
        for (raw, event) in &year.events {
            store.append(&event.lend(), *raw);
        }
        store.refresh();
        let resources = 0..store.n_resources();
        let histories = resources.map(|ix| history_of(&store, ix)).collect();
        Told { store, histories }
    }

    fn history(&self, id: &str) -> Option<&History> {
        match self.store.find_resource(id) {
            Found::Resource(ix) => Some(&self.histories[ix as usize]),
            Found::NotFound => None,
            Found::Ambiguous(ids) => panic!("{id} is {} resources", ids.len()),
        }
    }
}

/// What the comparison found.
#[derive(Default)]
struct Verdict {
    /// Values that stood and were true.
    agreed: BTreeMap<&'static str, usize>,
    /// Disagreements that the truth's lists explain, by their reason.
    explained: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
}

fn judge(catalogue: &Catalogue, year: &Year) -> Verdict {
    let told = Told::by(catalogue, year);
    let truth = &year.truth;
    let mut verdict = Verdict::default();
    for server in &truth.servers {
        let Some(history) = told.history(&server.id) else {
            continue;
        };
        for track in &history.tracks {
            let name = track.name.to_string();
            hold(truth, server, &name, track, &mut verdict);
        }
        missing(truth, server, history, &mut verdict);
    }
    verdict
}

/// Every value set or seen is the truth at that instant; what the truth becomes while it stands is explained.
fn hold(truth: &Truth, server: &ServerTruth, name: &str, track: &Track, verdict: &mut Verdict) {
    let attribute = attribute(name);
    let spans = server.attributes.get(name).map_or(&[][..], Vec::as_slice);
    for span in &track.spans {
        let judged = matches!(span.basis, Some(Basis::Set | Basis::Seen))
            && !matches!(span.value, Value::Unknown | Value::NotNamed);
        let Some(from) = span.from.filter(|_| judged) else {
            continue;
        };
        let value = span.value.as_str();
        let place = format!("{} {name}: {value} from {from}", server.id);
        let after = spans.partition_point(|t| t.from.is_none_or(|at| at.timestamp() <= from));
        let held = after.checked_sub(1).map(|n| spans[n].value.as_str());
        if held == Some(value) {
            *verdict.agreed.entry(attribute).or_default() += 1;
        } else {
            verdict.wrong.push(format!("{place}, but it was {held:?}"));
            continue;
        }
        for later in &spans[after..] {
            let at = later.from.expect("only the first has none").timestamp();
            if span.to.is_some_and(|to| at >= to) {
                break;
            }
            if later.value == value {
                continue;
            }
            match explanation(truth, server, name, at) {
                Some(why) => *verdict.explained.entry(why).or_default() += 1,
                None => {
                    let became = &later.value;
                    verdict
                        .wrong
                        .push(format!("{place}, but {became} at {at}, recorded"));
                }
            }
        }
    }
}

/// What was recorded is told: silence is no agreement. How a server was when it was provisioned or created is not
/// recorded, but for a classic one's power; and names are told by whatever shows them.
fn missing(truth: &Truth, server: &ServerTruth, history: &History, verdict: &mut Verdict) {
    let is_classic = matches!(server.kind, "vsi" | "bare-metal");
    let born = server.attributes["existence"][0].from;
    for (name, spans) in server.attributes.iter().filter(|(name, _)| *name != "name") {
        let track = history.tracks.iter().find(|t| t.name.to_string() == *name);
        let at_birth = name == "existence" || (name == "power" && is_classic);
        for span in spans.iter().filter(|s| at_birth || s.from != born) {
            let Some(at) = span.from.map(|at| at.timestamp()) else {
                continue;
            };
            let told = track.and_then(|t| t.at(at)).map(|s| &s.value);
            let is_told = told.is_some_and(|v| v.as_str() == span.value || *v == Value::NotNamed);
            if !is_told && explanation(truth, server, name, at).is_none() {
                let (id, value) = (&server.id, &span.value);
                verdict
                    .wrong
                    .push(format!("{id} {name}: {value} at {at} is told as {told:?}"));
            }
        }
    }
}

/// Why the record does not know of a change: an hour that no file covers, a broken line, or nobody recorded it.
fn explanation(
    truth: &Truth,
    server: &ServerTruth,
    attribute: &str,
    at: Timestamp,
) -> Option<&'static str> {
    let in_gap = truth.gaps.iter().any(|gap| {
        gap.region == server.region && gap.from.timestamp() <= at && at < gap.to.timestamp()
    });
    let is_broken = truth.broken.iter().any(|line| {
        line.server.as_ref() == Some(&server.id) && line.time.map(|t| t.timestamp()) == Some(at)
    });
    let unrecorded = truth.unrecorded.iter().find(|change| {
        change.server == server.id && change.attribute == attribute && change.time.timestamp() == at
    });
    match (in_gap, is_broken, unrecorded) {
        (true, ..) => Some("gap"),
        (_, true, _) => Some("broken line"),
        (.., Some(change)) => Some(change.why),
        _ => None,
    }
}

fn attribute(track: &str) -> &'static str {
    [
        "port-speed",
        "port",
        "security-group",
        "existence",
        "power",
        "name",
        "image",
    ]
    .into_iter()
    .find(|prefix| track.starts_with(prefix))
    .expect("a track of the rules")
}

#[test]
fn the_library_counts_what_the_manifests_promise_and_rejects_the_broken_lines_alone() {
    let demo = demo::generate(demo::SEED);
    for (path, bytes) in &demo.files {
        let Some(region) = path.strip_suffix("/manifest.json") else {
            continue;
        };
        let manifest: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        for file in manifest["files"].as_array().expect("files") {
            let path = format!("{region}/{}", file["url"].as_str().expect("a url"));
            let read = BUILT_IN.records.iter().find(|(read, _)| *read == path);
            let (_, records) = read.expect(&path);
            assert_eq!(file["records"], *records, "{path}");
        }
    }
    let mut rejected = BUILT_IN.rejected.clone();
    let broken = BUILT_IN.truth.broken.iter();
    let mut listed: Vec<(String, u64)> = broken.map(|b| (b.file.clone(), b.line as u64)).collect();
    rejected.sort();
    listed.sort();
    assert_eq!(rejected, listed);
}

#[test]
fn every_value_set_or_seen_is_true_and_every_later_disagreement_is_explained() {
    let verdict = judge(&Catalogue::standard(), &BUILT_IN);
    println!("agreed: {:?}", verdict.agreed);
    println!("explained: {:?}", verdict.explained);
    assert!(
        verdict.wrong.is_empty(),
        "{} wrong: {:#?}",
        verdict.wrong.len(),
        &verdict.wrong[..verdict.wrong.len().min(20)]
    );
    for (attribute, at_least) in [
        ("existence", 300),
        ("power", 6_000),
        ("name", 350),
        ("image", 150),
        ("port", 200),
        ("port-speed", 80),
        ("security-group", 120),
    ] {
        let n = verdict.agreed.get(attribute).copied().unwrap_or_default();
        assert!(
            n >= at_least,
            "only {n} values of {attribute} were compared"
        );
    }
    for why in [
        "gap",
        "broken line",
        "resumed after a pause",
        "renamed by support",
        "switched in the data center",
        "host maintenance cut the power",
    ] {
        assert!(
            verdict.explained.contains_key(why),
            "nothing comes from {why:?}"
        );
    }
}

#[test]
fn other_years_of_the_demo_are_told_as_truly() {
    for seed in 1..=4 {
        let verdict = judge(&Catalogue::standard(), &Year::of(seed));
        assert!(
            verdict.wrong.is_empty(),
            "seed {seed}: {:#?}",
            verdict.wrong
        );
        assert!(verdict.agreed["power"] > 5_000, "seed {seed}");
    }
}

#[test]
fn a_wrong_effect_planted_in_the_catalogue_is_found_for_every_action_that_has_one() {
    let standard = Catalogue::standard();
    let mut found = 0;
    assert!(judge(&standard, &BUILT_IN).wrong.is_empty());
    for act in standard.acts().iter().filter(|act| act.has_effect()) {
        if *act.name == *NOT_TOLD {
            continue;
        }
        let planted = standard.clone().with_effect(&act.name, wrong(act.effect));
        let verdict = judge(&planted, &BUILT_IN);
        assert!(!verdict.wrong.is_empty(), "{} may mean anything", act.name);
        found += 1;
    }
    assert!(found >= 35, "only {found} actions have an effect");
}

/// What a finding says is unrecorded really happened, and the truth says why nobody recorded it.
#[test]
fn every_finding_of_state_has_its_cause_in_what_really_happened() {
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    let others: Vec<Year> = (1..=4).map(Year::of).collect();
    for year in others.iter().chain([&*BUILT_IN]) {
        let told = Told::by(&Catalogue::standard(), year);
        let truth = &year.truth;
        for found in Judgement::whole(&told.store).iter() {
            let attribute = match &found.finding.about {
                About::Transition { track, .. } => track.to_string(),
                About::Name { .. } => "name".to_owned(),
                _ => continue,
            };
            let resource = told.store.resource(found.resource.expect("a server's"));
            let server = truth.servers.iter().find(|server| {
                resource.id() == server.id.as_str() || resource.short_id() == server.id.as_str()
            });
            let server = server.expect("a server of the simulation");
            let since = told.store.rows().time(found.finding.events[0] as usize);
            let spans = &server.attributes[&attribute];
            let changes = spans.iter().filter_map(|span| Some(span.from?.timestamp()));
            let between = changes
                .filter(|at| since.is_some_and(|since| since < *at) && *at < found.finding.at);
            let mut why = between.filter_map(|at| explanation(truth, server, &attribute, at));
            // What may be asked for twice, and the second time changes nothing.
            let may_be_nothing = found.finding.severity == Severity::Info;
            let why = why
                .next()
                .or(may_be_nothing.then_some("it changed nothing"));
            let said = format!("{} {attribute} {:?}", server.id, found.finding);
            *causes
                .entry(why.unwrap_or_else(|| panic!("{said}")))
                .or_default() += 1;
        }
    }
    println!("{causes:?}");
    for cause in [
        "gap",
        "broken line",
        "host maintenance cut the power",
        "renamed by support",
    ] {
        assert!(
            causes.contains_key(cause),
            "nothing comes from {cause:?}: {causes:?}"
        );
    }
}

/// The rules give it an effect, but no public page lists it: the simulated services never say it.
const NOT_TOLD: &str = "is.instance.instance.restart";

/// Another effect in every part that an act has.
fn wrong(right: Effect) -> Effect {
    use lifeline::catalogue::Existence;
    use lifeline::catalogue::Power;
    Effect {
        existence: right.existence.map(|existence| match existence {
            Existence::Live => Existence::Ended,
            Existence::Ended => Existence::Live,
        }),
        power: right.power.map(|power| match power {
            Power::Off => Power::On,
            _ => Power::Off,
        }),
        port: right.port.map(|enabled| !enabled),
        security_group: right.security_group.map(|member| !member),
        // Without these parts its own change goes unsaid.
        image: false,
        name: false,
        port_speed: false,
    }
}

#[test]
fn every_resource_that_has_a_lifecycle_is_a_server_of_the_simulation_and_each_is_found() {
    let told = Told::by(&Catalogue::standard(), &BUILT_IN);
    let resources = told.store.resources();
    let lived = resources.filter(|r| r.kind().has_lifecycle()).count();
    let servers = &BUILT_IN.truth.servers;
    let found = servers
        .iter()
        .filter(|s| told.history(&s.id).is_some())
        .count();
    assert_eq!(
        lived, found,
        "resources that are no server of the simulation"
    );
    let silent = servers.len() - found;
    assert!(silent < 12, "{silent} servers were never heard of");
}
