//! Which rows of a long list stand in view. A list of millions of rows is taller than any element may be (browsers cap
//! at 17 to 33 million px), so past [`CAP_PX`] the scroll bar says where one is and small steps move by pixels.
//! Knows nothing of elements; heights are in CSS pixels.

use crate::chart::within;

/// As tall as the list's element is made at most; below every browser's limit.
pub const CAP_PX: f64 = 12_000_000.0;

/// A list of equal rows behind a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RowScroll {
    pub n_rows: u64,
    pub row_px: f64,
    /// The height that rows are seen through.
    pub view_px: f64,
    /// Room below the last row, for what stands between rows (day headers).
    pub extra_px: f64,
}

impl RowScroll {
    /// How tall the element that scrolls is made.
    pub fn content_px(self) -> f64 {
        self.full_px().min(CAP_PX).max(self.view_px)
    }

    /// The largest scroll position.
    pub fn max_px(self) -> f64 {
        self.content_px() - self.view_px
    }

    /// The row at the top edge, with a fraction, for a scroll position reached in one jump (the scroll bar's thumb).
    pub fn position_at(self, scroll_px: f64) -> f64 {
        let scroll_px = within(scroll_px, 0.0, self.max_px());
        if self.is_exact() {
            scroll_px / self.row_px
        } else {
            scroll_px / self.max_px() * self.max_position()
        }
    }

    /// The scroll position that shows `position` at the top edge.
    pub fn scroll_for(self, position: f64) -> f64 {
        let position = within(position, 0.0, self.max_position());
        if self.is_exact() {
            position * self.row_px
        } else {
            position / self.max_position() * self.max_px()
        }
    }

    /// Where a scroll event leads: a step within one window moves by pixels, so that no row is skipped by a wheel; a
    /// larger one is a jump.
    pub fn step(self, position: f64, last_px: f64, now_px: f64) -> f64 {
        let delta_px = now_px - last_px;
        if self.is_exact() || delta_px.abs() > self.view_px {
            self.position_at(now_px)
        } else {
            within(position + delta_px / self.row_px, 0.0, self.max_position())
        }
    }

    /// Where the scroll bar has to be put when it came to an end before the rows did: as many pixels from there as rows
    /// are left, so that a wheel goes on to the last one.
    pub fn anchor(self, position: f64, now_px: f64) -> Option<f64> {
        let (max_px, half) = (self.max_px(), self.max_px() / 2.0);
        let before = (position * self.row_px).min(half);
        let behind = ((self.max_position() - position) * self.row_px).min(half);
        let is_due = |left_px: f64| !self.is_exact() && left_px >= 1.0;
        if now_px <= 0.0 && is_due(before) {
            Some(before)
        } else if now_px >= max_px && is_due(behind) {
            Some(max_px - behind)
        } else {
            None
        }
    }

    /// The position that shows row `index` wholly, moving as little as possible from `position`.
    pub fn reveal(self, position: f64, index: u64) -> f64 {
        let index = index as f64;
        let in_view = self.view_px / self.row_px;
        let target = if index < position {
            index
        } else if index + 1.0 > position + in_view {
            index + 1.0 - in_view
        } else {
            position
        };
        within(target, 0.0, self.max_position())
    }

    /// The rows to have at hand around `position`: aligned blocks, so that small steps ask for nothing new.
    pub fn window(self, position: f64, block: u64) -> (u64, u32) {
        let in_view = (self.view_px / self.row_px).ceil() as u64 + 1;
        let top = position as u64;
        let first = top.saturating_sub(block / 2) / block * block;
        let last = (top + in_view + block / 2)
            .min(self.n_rows)
            .div_ceil(block)
            .max(1)
            * block;
        (
            first,
            u32::try_from(last.saturating_sub(first)).unwrap_or(0),
        )
    }

    fn full_px(self) -> f64 {
        self.n_rows as f64 * self.row_px + self.extra_px
    }

    fn is_exact(self) -> bool {
        self.full_px() <= CAP_PX
    }

    fn max_position(self) -> f64 {
        ((self.full_px() - self.view_px) / self.row_px).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(n_rows: u64) -> RowScroll {
        RowScroll {
            n_rows,
            row_px: 28.0,
            view_px: 600.0,
            extra_px: 0.0,
        }
    }

    #[test]
    fn a_short_list_scrolls_pixel_by_pixel() {
        let list = list(1000);
        assert_eq!(list.content_px(), 28_000.0);
        assert_eq!(list.position_at(280.0), 10.0);
        assert_eq!(list.step(0.0, 0.0, 14.0), 0.5);
    }

    #[test]
    fn a_list_shorter_than_its_window_does_not_scroll() {
        assert_eq!(list(3).max_px(), 0.0);
        assert_eq!(list(3).position_at(50.0), 0.0);
        assert_eq!(list(0).window(0.0, 50), (0, 50));
    }

    #[test]
    fn the_last_of_ten_million_rows_is_reached() {
        let list = list(10_000_000);
        assert_eq!(list.content_px(), CAP_PX);
        let last = list.position_at(list.max_px());
        assert!((last + 600.0 / 28.0 - 10_000_000.0).abs() < 1e-3, "{last}");
    }

    #[test]
    fn a_wheel_step_in_a_capped_list_skips_no_row() {
        let list = list(10_000_000);
        let before = list.position_at(6_000_000.0);
        let after = list.step(before, 6_000_000.0, 6_000_100.0);
        assert!((after - before - 100.0 / 28.0).abs() < 1e-6);
    }

    #[test]
    fn a_row_in_view_is_revealed_without_moving() {
        let list = list(1000);
        assert_eq!(list.reveal(10.0, 15), 10.0);
        assert_eq!(list.reveal(10.0, 4), 4.0);
        assert!((list.reveal(10.0, 100) - (101.0 - 600.0 / 28.0)).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn a_position_and_its_scroll_agree(n_rows in 1u64..20_000_000, part in 0.0f64..=1.0) {
            let list = list(n_rows);
            let position = part * list.position_at(list.max_px());
            let back = list.position_at(list.scroll_for(position));
            prop_assert!((back - position).abs() < 1e-3, "{position} {back}");
        }

        #[test]
        fn a_wheel_comes_to_either_end_from_wherever_a_jump_led_and_skips_no_row(
            n_rows in 500_000u64..20_000_000,
            left_px in 0.0f64..2_000.0,
            is_down in any::<bool>(),
        ) {
            let list = list(n_rows);
            let (sign, end_px) = if is_down { (1.0, list.max_px()) } else { (-1.0, 0.0) };
            let mut px = end_px - sign * left_px;
            let mut position = list.position_at(px);
            let end = list.position_at(end_px);
            for _ in 0..2_000 {
                let next_px = (px + sign * 100.0).clamp(0.0, list.max_px());
                let next = list.step(position, px, next_px);
                let by = (next - position) * sign;
                prop_assert!((0.0..=100.0 / 28.0 + 1e-6).contains(&by), "{by} rows in one step");
                (px, position) = (list.anchor(next, next_px).unwrap_or(next_px), next);
            }
            prop_assert!((position - end).abs() * 28.0 < 1.0, "{position} {end}");
        }

        #[test]
        fn the_further_down_the_bar_the_further_down_the_list(
            n_rows in 1u64..20_000_000,
            a in 0.0f64..=1.0,
            b in 0.0f64..=1.0,
        ) {
            let list = list(n_rows);
            let at = |part: f64| list.position_at(part * list.max_px());
            prop_assert!(a > b || at(a) <= at(b));
        }

        #[test]
        fn every_row_in_view_is_in_the_window(n_rows in 1u64..20_000_000, part in 0.0f64..=1.0) {
            let list = list(n_rows);
            let position = part * list.position_at(list.max_px());
            let (first, count) = list.window(position, 64);
            let last_in_view = (position + 600.0 / 28.0).min(n_rows as f64);
            prop_assert!(first as f64 <= position);
            prop_assert!((first + u64::from(count)) as f64 >= last_in_view);
        }
    }
}
