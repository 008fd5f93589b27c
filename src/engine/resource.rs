//! Finds one resource by what a person or a link calls it, and says so when there is none or more than one.

use crate::cadf::Kind;
use crate::lifecycle::Found;
use crate::protocol::AskError;
use crate::store::Store;

/// Candidates named in an error at most.
const MOST_CANDIDATES: usize = 50;

/// `id` is a CRN, an id or `name:…`; of several that answer to it the kind decides, where one is given.
pub fn find(store: &Store, id: &str, kind: Option<Kind>) -> Result<u32, AskError> {
    let is_held = |ix: &u32| !store.rows_of(*ix).is_empty();
    let is_kind = |ix: &u32| kind.is_none_or(|kind| store.resource(*ix).kind() == kind);
    let answering: Vec<u32> = match store.find_resource(id) {
        Found::Resource(ix) => vec![ix],
        Found::Ambiguous(several) => several,
        Found::NotFound => Vec::new(),
    };
    let answering: Vec<u32> = answering.into_iter().filter(is_held).collect();
    let of_kind: Vec<u32> = answering.iter().copied().filter(is_kind).collect();
    match (of_kind.as_slice(), answering.as_slice()) {
        ([one], _) | ([], [one]) => Ok(*one),
        ([], []) => Err(AskError::NotFound {
            message: format!("No resource held is named {id}."),
            candidates: Vec::new(),
        }),
        (several, all) => {
            let named = if several.is_empty() { all } else { several };
            Err(AskError::NotFound {
                message: format!("{} resources answer to {id}.", named.len()),
                candidates: named
                    .iter()
                    .take(MOST_CANDIDATES)
                    .map(|&ix| {
                        let resource = store.resource(ix);
                        format!("{} {}", resource.kind().name(), resource.id())
                    })
                    .collect(),
            })
        }
    }
}
