//! Which rows of lanes and group heads are in sight, and which lanes to ask for. All rows have one height.

use crate::protocol::LaneGroup;

/// Lanes and group heads are 22 px high where labels stand beside them.
pub const ROW_PX: f64 = 22.0;
/// On a phone the label stands above its lane.
pub const ROW_PX_PHONE: f64 = 44.0;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Row {
    /// The head of a group, by its place in the list.
    Group(usize),
    /// A lane by its number among all.
    Lane(u32),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlacedRow {
    pub row: Row,
    /// From the top of all rows.
    pub top: f64,
}

/// All rows of a timeline: group heads, and the lanes of open groups. Without groups, just lanes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LaneRows {
    blocks: Vec<Block>,
    row_px: f64,
}

/// A head (if any) and the lanes under it that are shown.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Block {
    group: Option<usize>,
    first_row: u32,
    first_lane: u32,
    /// Zero when the group is closed.
    n_lanes: u32,
}

impl Block {
    fn head(self) -> u32 {
        u32::from(self.group.is_some())
    }

    fn n_rows(self) -> u32 {
        self.head() + self.n_lanes
    }
}

impl LaneRows {
    pub fn new(
        groups: &[LaneGroup],
        total: u32,
        row_px: f64,
        is_closed: impl Fn(&LaneGroup) -> bool,
    ) -> Self {
        let mut first_row = 0;
        let mut blocks = Vec::new();
        if groups.is_empty() && total > 0 {
            blocks.push(Block {
                group: None,
                first_row,
                first_lane: 0,
                n_lanes: total,
            });
        }
        for (index, group) in groups.iter().enumerate() {
            let block = Block {
                group: Some(index),
                first_row,
                first_lane: group.first_lane,
                n_lanes: if is_closed(group) { 0 } else { group.n_lanes },
            };
            first_row += block.n_rows();
            blocks.push(block);
        }
        LaneRows { blocks, row_px }
    }

    pub fn row_px(&self) -> f64 {
        self.row_px
    }

    pub fn n_rows(&self) -> u32 {
        self.blocks
            .last()
            .map_or(0, |block| block.first_row + block.n_rows())
    }

    pub fn height_px(&self) -> f64 {
        f64::from(self.n_rows()) * self.row_px
    }

    /// The rows of which anything is in sight between `scroll_px` and `scroll_px + view_px`.
    pub fn in_sight(&self, scroll_px: f64, view_px: f64) -> Vec<PlacedRow> {
        let (first, end) = self.row_range(scroll_px, view_px);
        (first..end)
            .filter_map(|number| {
                self.row(number).map(|row| PlacedRow {
                    row,
                    top: f64::from(number) * self.row_px,
                })
            })
            .collect()
    }

    /// Runs of lanes `(first, count)` in sight, with `spare` rows more on both sides: few enough to ask for one by one.
    /// A big closed group between two open ones lies between two runs and is not asked for.
    pub fn lanes_to_ask(
        &self,
        scroll_px: f64,
        view_px: f64,
        spare: u32,
        most: usize,
    ) -> Vec<(u32, u32)> {
        let mut runs = self.lanes_in_sight(scroll_px, view_px, spare);
        while runs.len() > most.max(1) {
            // The two with the fewest hidden lanes between them become one.
            let gap = |i: usize| runs[i + 1].0 - (runs[i].0 + runs[i].1);
            let Some(nearest) = (0..runs.len() - 1).min_by_key(|i| gap(*i)) else {
                break;
            };
            let (first, count) = runs.remove(nearest + 1);
            runs[nearest].1 = first + count - runs[nearest].0;
        }
        runs
    }

    /// Runs of lanes `(first, count)` that are shown, with `spare` rows more on both sides.
    pub fn lanes_in_sight(&self, scroll_px: f64, view_px: f64, spare: u32) -> Vec<(u32, u32)> {
        let (first, end) = self.row_range(scroll_px, view_px);
        let (first, end) = (first.saturating_sub(spare), end.saturating_add(spare));
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for block in &self.blocks {
            let lanes_from = block.first_row + block.head();
            let from = lanes_from.max(first);
            let to = (lanes_from + block.n_lanes).min(end);
            if from >= to {
                continue;
            }
            let lane = block.first_lane + (from - lanes_from);
            match runs.last_mut() {
                Some((run_first, count)) if *run_first + *count == lane => *count += to - from,
                _ => runs.push((lane, to - from)),
            }
        }
        runs
    }

    pub fn row_at(&self, y_px: f64) -> Option<Row> {
        if y_px < 0.0 || self.row_px <= 0.0 {
            return None;
        }
        self.row((y_px / self.row_px) as u32)
    }

    /// Where a lane stands; `None` in a closed group.
    pub fn top_of_lane(&self, lane: u32) -> Option<f64> {
        self.blocks
            .iter()
            .find(|block| block.first_lane <= lane && lane < block.first_lane + block.n_lanes)
            .map(|block| {
                f64::from(block.first_row + block.head() + lane - block.first_lane) * self.row_px
            })
    }

    /// Where a lane stands, or the head of its group where that is closed.
    pub fn top_near_lane(&self, lane: u32) -> Option<f64> {
        let of_block = |block: &Block| f64::from(block.first_row) * self.row_px;
        self.top_of_lane(lane).or_else(|| {
            let before = |block: &&Block| block.first_lane <= lane;
            self.blocks.iter().rfind(before).map(of_block)
        })
    }

    /// Top and bottom of the lanes of a group that are shown.
    pub fn lanes_of_group(&self, group: usize) -> Option<(f64, f64)> {
        let block = self.blocks.iter().find(|b| b.group == Some(group))?;
        let top = f64::from(block.first_row + block.head()) * self.row_px;
        Some((top, top + f64::from(block.n_lanes) * self.row_px))
    }

    /// The next lane that is shown after or before one; stays within all groups.
    pub fn lane_beside(&self, lane: u32, backward: bool) -> Option<u32> {
        let number = (self.top_of_lane(lane)? / self.row_px) as u32;
        let mut number = i64::from(number);
        loop {
            number += if backward { -1 } else { 1 };
            match self.row(u32::try_from(number).ok()?)? {
                Row::Lane(lane) => return Some(lane),
                Row::Group(_) => {}
            }
        }
    }

    pub fn first_lane(&self) -> Option<u32> {
        self.blocks
            .iter()
            .find(|block| block.n_lanes > 0)
            .map(|block| block.first_lane)
    }

    fn row(&self, number: u32) -> Option<Row> {
        let after = self
            .blocks
            .partition_point(|block| block.first_row <= number);
        let block = self.blocks[..after].last()?;
        let within = number - block.first_row;
        match block.group {
            Some(group) if within == 0 => Some(Row::Group(group)),
            _ if within < block.n_rows() => {
                Some(Row::Lane(block.first_lane + within - block.head()))
            }
            _ => None,
        }
    }

    fn row_range(&self, scroll_px: f64, view_px: f64) -> (u32, u32) {
        if self.row_px <= 0.0 {
            return (0, 0);
        }
        let first = (scroll_px.max(0.0) / self.row_px) as u32;
        let end = ((scroll_px + view_px.max(0.0)).max(0.0) / self.row_px).ceil() as u32;
        (first.min(self.n_rows()), end.min(self.n_rows()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(sizes: &[u32]) -> Vec<LaneGroup> {
        let mut first_lane = 0;
        sizes
            .iter()
            .enumerate()
            .map(|(i, &n_lanes)| {
                let group = LaneGroup {
                    region: format!("r{i}"),
                    city: String::new(),
                    first_lane,
                    n_lanes,
                    n_with_marks: 0,
                };
                first_lane += n_lanes;
                group
            })
            .collect()
    }

    #[test]
    fn a_closed_group_keeps_its_head_and_hides_its_lanes() {
        let rows = LaneRows::new(&groups(&[2, 3, 1]), 6, ROW_PX, |group| group.region == "r1");
        let shown: Vec<Row> = rows.in_sight(0.0, 1000.0).iter().map(|p| p.row).collect();
        assert_eq!(
            shown,
            [
                Row::Group(0),
                Row::Lane(0),
                Row::Lane(1),
                Row::Group(1),
                Row::Group(2),
                Row::Lane(5)
            ]
        );
        assert_eq!(rows.lanes_in_sight(0.0, 1000.0, 0), [(0, 2), (5, 1)]);
        assert_eq!(rows.top_of_lane(3), None);
        assert_eq!(rows.top_near_lane(3), Some(3.0 * ROW_PX));
        assert_eq!(rows.top_near_lane(5), Some(5.0 * ROW_PX));
        assert_eq!(rows.lane_beside(1, false), Some(5));
        assert_eq!(rows.lane_beside(5, true), Some(1));
    }

    #[test]
    fn only_lanes_in_sight_are_asked_for() {
        let rows = LaneRows::new(&groups(&[55_000]), 55_000, ROW_PX, |_| false);
        assert_eq!(
            rows.lanes_in_sight(22.0 * 10_001.0, 220.0, 5),
            [(9_995, 20)]
        );
        assert_eq!(rows.n_rows(), 55_001);
    }

    #[test]
    fn runs_that_are_too_many_join_over_the_fewest_hidden_lanes() {
        let rows = LaneRows::new(&groups(&[2, 9, 2, 1, 2]), 16, ROW_PX, |group| {
            group.n_lanes % 2 == 1
        });
        assert_eq!(
            rows.lanes_to_ask(0.0, 1000.0, 0, 9),
            [(0, 2), (11, 2), (14, 2)]
        );
        assert_eq!(rows.lanes_to_ask(0.0, 1000.0, 0, 2), [(0, 2), (11, 5)]);
        assert_eq!(rows.lanes_to_ask(0.0, 1000.0, 0, 1), [(0, 16)]);
    }

    #[test]
    fn without_groups_there_are_just_lanes() {
        let rows = LaneRows::new(&[], 4, ROW_PX, |_| false);
        assert_eq!(rows.row_at(0.0), Some(Row::Lane(0)));
        assert_eq!(rows.row_at(ROW_PX * 3.5), Some(Row::Lane(3)));
        assert_eq!(rows.row_at(ROW_PX * 4.0), None);
    }

    proptest! {
        #[test]
        fn every_row_in_sight_is_found_again_at_its_place(
            sizes in proptest::collection::vec(0u32..40, 1..8), closed in any::<u8>(), scroll in 0.0f64..3000.0, view in 0.0f64..900.0,
        ) {
            let groups = groups(&sizes);
            let is_closed = |group: &LaneGroup| closed >> (group.region[1..].parse::<u32>().unwrap() % 8) & 1 == 1;
            let rows = LaneRows::new(&groups, sizes.iter().sum(), ROW_PX, is_closed);
            let shown = rows.in_sight(scroll, view);
            let asked = rows.lanes_in_sight(scroll, view, 0);
            for placed in &shown {
                prop_assert!(placed.top + ROW_PX > scroll && placed.top < scroll + view);
                prop_assert_eq!(rows.row_at(placed.top + 1.0), Some(placed.row));
                if let Row::Lane(lane) = placed.row {
                    prop_assert_eq!(rows.top_of_lane(lane), Some(placed.top));
                    prop_assert!(asked.iter().any(|(first, count)| (*first..first + count).contains(&lane)));
                }
            }
            let lanes = shown.iter().filter(|p| matches!(p.row, Row::Lane(_))).count();
            prop_assert_eq!(lanes as u32, asked.iter().map(|(_, count)| count).sum::<u32>());
        }
    }
}
