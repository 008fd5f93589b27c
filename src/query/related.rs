//! The events that share an event's correlation id, with the lanes that their marks stand on. Refuses to be large: a whole
//! import may share one id.

use super::lane_list::LaneList;
use super::page::same_correlation;
use crate::protocol::Related;
use crate::protocol::RelatedMark;
use crate::protocol::RowId;
use crate::sorting;
use crate::store::Store;
use crate::time::Timestamp;

/// More lines could not be told apart.
const MOST: usize = 200;

pub fn related(store: &Store, list: &LaneList, row: u32) -> Related {
    let rows = store.rows();
    let family = same_correlation(store, row);
    let mut places: Vec<usize> = family.iter().map(|row| rows.place_of(*row)).collect();
    sorting::sort_by(&mut places, usize::cmp);
    let own = places.partition_point(|place| *place < rows.place_of(row));
    let first = own.saturating_sub(MOST / 2);
    let told = &places[first..(first + MOST).min(places.len())];
    let mut marks = Vec::new();
    let mut labels = Vec::new();
    for (number, draft) in list.iter().enumerate() {
        let number = number as u32;
        let before = marks.len();
        for place in held_by(&draft.places, told) {
            marks.push(RelatedMark {
                row: RowId(rows.row_at(place)),
                at: Timestamp::from_nanos(rows.nanos_at(place)),
                lane: number,
                key: draft.key.clone(),
            });
        }
        if marks.len() > before {
            labels.push((number, draft.label.clone()));
        }
    }
    sorting::sort_by(&mut marks, |a: &RelatedMark, b| {
        a.at.cmp(&b.at).then(a.lane.cmp(&b.lane))
    });
    Related {
        row: RowId(row),
        total: family.len() as u32,
        n_hidden: (told.len() - marks.len()) as u32,
        marks,
        labels,
    }
}

/// Which of `told` a lane has. Both in order: of a lane with nothing between the first and the last, none is looked for.
fn held_by<'a>(places: &'a [u32], told: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let between = match told {
        [first, ..] => {
            let last = told.last().unwrap_or(first);
            let from = places.partition_point(|place| (*place as usize) < *first);
            let to = places.partition_point(|place| *place as usize <= *last);
            &places[from..to]
        }
        [] => &[],
    };
    let told = if between.is_empty() { &[] } else { told };
    told.iter()
        .copied()
        .filter(|place| between.binary_search(&(*place as u32)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_tells_which_of_some_places_are_its_own() {
        let own = |told: &[usize]| held_by(&[2, 5, 9], told).collect::<Vec<_>>();
        assert_eq!(own(&[1, 2, 3, 9, 11]), [2, 9]);
        assert_eq!(own(&[5]), [5]);
        assert!(own(&[3, 4]).is_empty());
        assert!(own(&[]).is_empty());
    }
}
