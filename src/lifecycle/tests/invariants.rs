//! What holds for any events: order of arrival, copies, tiling.

use proptest::collection::vec;
use proptest::prelude::*;

use super::picture::OwnedFact;
use super::picture::at;
use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::catalogue::Catalogue;
use crate::lifecycle::Detail;
use crate::lifecycle::Fact;
use crate::lifecycle::History;
use crate::lifecycle::history;

fn a_fact() -> impl Strategy<Value = OwnedFact> {
    let catalogue = Catalogue::standard();
    let actions: Vec<String> = catalogue
        .acts()
        .iter()
        .map(|act| act.name.replace('*', "create"))
        .chain(["kms.secrets.rotate".to_owned()])
        .collect();
    let name = || prop::option::of(prop::sample::select(vec!["web-7", "web-8", "-"]));
    let part = || prop::option::of(prop::sample::select(vec!["x", "y"]));
    (
        prop::sample::select(vec!["a", "b", "#c", "d"]),
        0..6i64,
        prop::sample::select(actions),
        prop::sample::select(Outcome::ALL.to_vec()),
        any::<bool>(),
        (name(), name(), part(), part()),
    )
        .prop_map(
            |(id, minute, action, outcome, is_classic, (name, new, port, image))| OwnedFact {
                id: id.to_owned(),
                at: at(&format!("10:0{minute}")),
                action,
                outcome,
                is_classic: is_classic && outcome == Outcome::None,
                initiator: port.map(str::to_owned),
                name: name.map(str::to_owned),
                detail: Detail {
                    old_name: None,
                    ports: port.map(Box::from).into_iter().collect(),
                    speed_mbps: image.map(Box::from),
                    security_groups: image.map(Box::from).into_iter().collect(),
                    new_name: new.map(Box::from),
                    image: image.map(Box::from),
                },
            },
        )
}

fn a_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(
        Kind::LIVED
            .into_iter()
            .chain([Kind::Other])
            .collect::<Vec<_>>(),
    )
}

/// Keys follow the content, not the place in the list, as rows of one store do whatever the order of loading.
fn tell(kind: Kind, facts: &[(u32, OwnedFact)]) -> History {
    let catalogue = Catalogue::standard();
    let lent: Vec<Fact> = facts
        .iter()
        .map(|(key, fact)| fact.lend(*key, &catalogue))
        .collect();
    history(kind, &lent)
}

/// Facts that say the same have the same key: which of two equal ones is named can't be told.
fn keyed(facts: Vec<OwnedFact>) -> Vec<(u32, OwnedFact)> {
    let said = |fact: &OwnedFact| format!("{fact:?}");
    let keys: Vec<u32> = facts
        .iter()
        .map(|fact| {
            let first = facts.iter().position(|other| said(other) == said(fact));
            first.expect("is there") as u32
        })
        .collect();
    keys.into_iter().zip(facts).collect()
}

proptest! {
    #[test]
    fn a_history_is_the_same_for_any_order_of_arrival(
        (facts, shuffled) in vec(a_fact(), 0..12)
            .prop_map(keyed)
            .prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
        kind in a_kind(),
    ) {
        prop_assert_eq!(tell(kind, &facts), tell(kind, &shuffled));
    }

    #[test]
    fn copies_of_an_event_change_nothing(facts in vec(a_fact(), 0..8).prop_map(keyed), kind in a_kind()) {
        let twice: Vec<_> = facts.iter().chain(&facts).cloned().collect();
        prop_assert_eq!(tell(kind, &facts), tell(kind, &twice));
    }

    #[test]
    fn spans_tile_time_from_the_track_s_start_without_gap_or_overlap(
        facts in vec(a_fact(), 0..12).prop_map(keyed),
        kind in a_kind(),
    ) {
        let history = tell(kind, &facts);
        for track in &history.tracks {
            let spans = &track.spans;
            prop_assert_eq!(spans.first().map(|span| span.from), Some(history.born));
            prop_assert_eq!(spans.last().map(|span| span.to), Some(None));
            for pair in spans.windows(2) {
                prop_assert!(pair[0].to.is_some());
                prop_assert_eq!(pair[0].to, pair[1].from);
                let is_image = track.name.to_string() == "image";
                prop_assert!(is_image || pair[0].value != pair[1].value);
            }
            for span in spans {
                prop_assert!(span.to.is_none() || span.from < span.to);
                if let Some(from) = span.from {
                    prop_assert_eq!(track.at(from), Some(span));
                }
            }
        }
        let names: Vec<_> = history.tracks.iter().map(|track| &track.name).collect();
        prop_assert!(names.is_sorted());
    }

    #[test]
    fn what_was_only_seen_names_nobody_and_ends_the_span_before_it_unknowingly(
        facts in vec(a_fact(), 0..12).prop_map(keyed),
        kind in a_kind(),
    ) {
        use crate::lifecycle::Basis;
        for track in &tell(kind, &facts).tracks {
            for span in &track.spans {
                prop_assert!(span.basis != Some(Basis::Seen) || span.initiator.is_none());
            }
            for pair in track.spans.windows(2) {
                prop_assert!(pair[1].basis != Some(Basis::Seen) || !pair[0].end_known);
            }
        }
    }
}
