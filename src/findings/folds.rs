//! Which events of a resource are one human act, so that a list may show them as one row (`FINDINGS.md`, Folding).

use std::collections::HashMap;

use reading::hash::BuildMix;

use super::Operation;
use super::OperationStanding;
use super::deed::DAY;
use super::deed::Deed;
use super::deed::TextCode;
use super::deed::nanos_between;

/// More are an import or a long task, and no act that one would read as one.
const MOST: usize = 50;

/// By the events' places; a fold has two events at least, and none shares one with another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fold {
    pub head: usize,
    /// Without the head, in the events' order.
    pub parts: Vec<usize>,
}

pub fn folds(deeds: &[Deed], operations: &[Operation]) -> Vec<Fold> {
    let mut families: HashMap<TextCode, Vec<usize>, BuildMix> = HashMap::default();
    for (at, deed) in deeds
        .iter()
        .enumerate()
        .filter(|(_, deed)| deed.correlation != 0)
    {
        families.entry(deed.correlation).or_default().push(at);
    }
    // The completion of each paired request.
    let pairs = operations
        .iter()
        .filter(|one| one.standing == OperationStanding::Paired);
    let pairs = pairs.filter_map(|one| one.request.zip(one.completion));
    let completions: HashMap<usize, usize, BuildMix> = pairs.collect();
    let is_one_act = |family: &Vec<usize>| {
        let (first, last) = (family[0], family[family.len() - 1]);
        (2..=MOST).contains(&family.len())
            && nanos_between(deeds[first].at(), deeds[last].at()) <= DAY
    };
    let mut acts: Vec<Vec<usize>> = families.into_values().filter(is_one_act).collect();
    let mut is_taken = vec![false; deeds.len()];
    for at in acts.iter().flatten() {
        is_taken[*at] = true;
    }
    for (&request, &completion) in &completions {
        if !is_taken[request] && !is_taken[completion] {
            acts.push(vec![request.min(completion), request.max(completion)]);
        }
    }
    crate::sorting::sort_by_key(&mut acts, |act: &Vec<usize>| act[0]);
    let fold = |act: Vec<usize>| {
        let head = head(deeds, &completions, &act);
        Fold {
            head,
            parts: act.into_iter().filter(|at| *at != head).collect(),
        }
    };
    acts.into_iter().map(fold).collect()
}

fn head(deeds: &[Deed], completions: &HashMap<usize, usize, BuildMix>, act: &[usize]) -> usize {
    let is_turn = |at: &&usize| deeds[**at].begins_life() || deeds[**at].ends_life();
    let is_itself = |at: &&usize| {
        let done = deeds[**at].fact.act;
        done.is_some_and(|done| !done.is_sub_object)
    };
    let completion = || {
        let mut completed = act.iter().filter_map(|at| completions.get(at));
        completed.find(|at| act.contains(at))
    };
    let turn = act.iter().find(is_turn);
    let head = turn.or_else(completion);
    *head
        .or_else(|| act.iter().find(is_itself))
        .unwrap_or(&act[0])
}
