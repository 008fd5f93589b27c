//! What a test says of each combination that a column holds: of dictionaries' texts, not of rows. Refuses tests that no
//! column tells.

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::query::language::Compiled;
use crate::query::language::Field as Asked;
use crate::query::language::Leaf;
use crate::query::language::Node;
use crate::query::language::Source;
use crate::query::language::ValueTest;
use crate::store::Field;
use crate::store::Group;
use crate::store::NONE;
use crate::store::Store;
use crate::store::groups::MARKS;
use crate::store::groups::REFERENCE;
use crate::store::rows::data_event_of;
use crate::store::rows::outcome_of;

/// The one column that tells all these tests.
pub fn group_of(node: &Node, leaves: &[Leaf]) -> Option<Group> {
    match node {
        Node::All => None,
        Node::Leaf(n) => match &leaves[*n].source {
            Source::Field(Asked::Outcome | Asked::Category | Asked::DataEvent) => Some(Group::Deed),
            Source::Field(Asked::Kind) => Some(Group::Target),
            Source::Field(field) => Some(column_of(*field)?.slot().0),
            Source::AnyText | Source::Path(_) => None,
        },
        Node::Not(inner) => group_of(inner, leaves),
        Node::And(nodes) | Node::Or(nodes) => {
            let mut groups = nodes.iter().map(|node| group_of(node, leaves));
            let first = groups.next()??;
            groups.all(|group| group == Some(first)).then_some(first)
        }
    }
}

/// By combination: whether it passes tests that this column tells.
pub fn accepted(store: &Store, group: Group, tests: &Compiled) -> Vec<bool> {
    joined(store, group, &tests.root, &tests.leaves)
}

fn joined(store: &Store, group: Group, node: &Node, leaves: &[Leaf]) -> Vec<bool> {
    let n = store.rows().group(group).tuples.len();
    let all = |nodes: &[Node], neutral: bool| {
        let mut joined = vec![neutral; n];
        for node in nodes {
            let part = self::joined(store, group, node, leaves);
            for (all, one) in joined.iter_mut().zip(part) {
                *all = if neutral { *all && one } else { *all || one };
            }
        }
        joined
    };
    match node {
        Node::All => vec![true; n],
        Node::And(nodes) => all(nodes, true),
        Node::Or(nodes) => all(nodes, false),
        Node::Not(inner) => {
            let mut rest = joined(store, group, inner, leaves);
            rest.iter_mut().for_each(|is| *is = !*is);
            rest
        }
        Node::Leaf(n) => of_leaf(store, group, &leaves[*n]),
    }
}

fn of_leaf(store: &Store, group: Group, leaf: &Leaf) -> Vec<bool> {
    let Source::Field(field) = leaf.source else {
        return Vec::new();
    };
    let tuples = &store.rows().group(group).tuples;
    let each = |slot: usize, accepts: &dyn Fn(u32) -> bool| {
        let codes = 0..tuples.len() as u32;
        codes.map(|code| accepts(tuples.get(code, slot))).collect()
    };
    if let Some(column) = column_of(field) {
        let mut accepted = of_texts(store, column, leaf);
        if field == Asked::Account {
            accepted[NONE as usize] = store
                .known_account()
                .is_some_and(|account| leaf.accepts(&account));
        }
        return tuples.accepted(column.slot().1, &accepted);
    }
    match field {
        Asked::Outcome => {
            let accepted = Outcome::ALL.map(|outcome| leaf.accepts(outcome.name()));
            each(MARKS, &|marks| accepted[outcome_of(marks) as usize])
        }
        Asked::Kind => {
            let accepted = Kind::ALL.map(|kind| leaf.accepts(kind.name()));
            each(REFERENCE, &|reference| {
                accepted[store.kind_named(reference) as usize]
            })
        }
        Asked::Category => {
            let actions = store.rows().texts(Field::Action);
            let category = |code| store.catalogue().category(&actions.text(code));
            each(Field::Action.slot().1, &|code| {
                leaf.accepts(category(code).name())
            })
        }
        _ => {
            let accepted = [leaf.accepts("false"), leaf.accepts("true")];
            each(MARKS, &|marks| {
                data_event_of(marks).is_some_and(|is| accepted[usize::from(is)])
            })
        }
    }
}

/// By code of a field; the absent value is not accepted.
fn of_texts(store: &Store, field: Field, leaf: &Leaf) -> Vec<bool> {
    let texts = store.rows().texts(field);
    let accepts = |text: &str| leaf.accepts(text);
    match &leaf.test {
        ValueTest::Inside(matcher) if let Some(part) = matcher.literal() => {
            texts.holding(part, accepts)
        }
        ValueTest::Whole(matcher) if let Some(part) = matcher.part_anywhere() => {
            texts.holding(part, accepts)
        }
        ValueTest::Whole(matcher) if let Some(folded) = matcher.literal() => match field {
            // Of two addresses with a comma either may match.
            Field::Address => {
                let mut accepted = texts.holding(folded, accepts);
                let held = (0..).zip(&mut accepted).filter(|(_, holds)| **holds);
                held.for_each(|(code, accepted)| *accepted = accepts(&texts.text(code)));
                accepted
            }
            _ => texts.same(folded, accepts),
        },
        _ => {
            let mut accepted = vec![false; texts.len()];
            texts.each(|code, text| accepted[code as usize] = accepts(text));
            accepted
        }
    }
}

/// The store's column of a field, where it has one of texts.
pub fn column_of(field: Asked) -> Option<Field> {
    Some(match field {
        Asked::Action => Field::Action,
        Asked::Severity => Field::Severity,
        Asked::ReasonCode => Field::ReasonCode,
        Asked::ReasonType => Field::ReasonType,
        Asked::ReasonForFailure => Field::ReasonForFailure,
        Asked::InitiatorId => Field::InitiatorId,
        Asked::InitiatorName => Field::InitiatorName,
        Asked::InitiatorAuthnId => Field::AuthnId,
        Asked::InitiatorAuthnName => Field::AuthnName,
        Asked::CredentialType => Field::Credential,
        Asked::InitiatorAddress => Field::Address,
        Asked::InitiatorAgent => Field::Agent,
        Asked::TargetId => Field::TargetId,
        Asked::TargetName => Field::TargetName,
        Asked::TargetTypeUri => Field::TargetType,
        Asked::CorrelationId => Field::Correlation,
        Asked::Location => Field::Location,
        Asked::Region => Field::Region,
        Asked::Account => Field::Account,
        Asked::SourceRegion => Field::SourceRegion,
        Asked::Id
        | Asked::EventTime
        | Asked::Outcome
        | Asked::Message
        | Asked::InitiatorTypeUri
        | Asked::InitiatorAddressType
        | Asked::TargetResourceGroupId
        | Asked::TargetAddress
        | Asked::ObserverName
        | Asked::DataEvent
        | Asked::LogSourceCrn
        | Asked::Kind
        | Asked::Category => return None,
    })
}
