//! From hands to windows of time: a press that drags or clicks, two fingers that pinch, a wheel. Knows no element and
//! no event of a browser; places are pixels within the picture.

use super::TimeScale;

/// A press that moves less is a click.
const SLOP_PX: f64 = 4.0;
/// Fingers that come nearer count as this far apart, so that a pinch can't leap.
const LEAST_SPREAD_PX: f64 = 24.0;
/// A wheel's notch is several times what one step of a trackpad's pinch is; both must feel the same.
const MOST_WHEEL_PX: f64 = 40.0;
const WHEEL_PX_PER_E: f64 = 100.0;

/// The pointers that are down on a picture, from the first press to the last release.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Gesture {
    fingers: Vec<Finger>,
    /// The window when the fingers came to stand where they began, and the newest one that they asked for.
    start: Option<(TimeScale, TimeScale)>,
    moves: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Finger {
    pointer: i32,
    began: (f64, f64),
    now: (f64, f64),
}

/// What a release came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Release {
    /// Pressed and let go in one place.
    Click,
    /// The last pointer of a drag or a pinch left.
    Moved,
    /// Nothing: another finger is still down, or none was.
    Nothing,
}

impl Gesture {
    pub fn press(&mut self, pointer: i32, at: (f64, f64), scale: TimeScale) {
        self.fingers.retain(|finger| finger.pointer != pointer);
        if self.fingers.len() == 2 {
            return;
        }
        self.fingers.push(Finger {
            pointer,
            began: at,
            now: at,
        });
        self.moves |= self.fingers.len() == 2;
        self.begin_again(scale);
    }

    /// The window that the hand asks for; `None` while it only hovers, or has not moved far enough to drag.
    pub fn moved(&mut self, pointer: i32, at: (f64, f64)) -> Option<TimeScale> {
        let finger = self.fingers.iter_mut().find(|f| f.pointer == pointer)?;
        finger.now = at;
        self.moves |= (at.0 - finger.began.0).abs() >= SLOP_PX;
        if !self.moves {
            return None;
        }
        let (start, _) = self.start?;
        let scale = match self.fingers[..] {
            [one] => start.panned_px(one.now.0 - one.began.0),
            [a, b] => {
                let (from, to) = (middle(a.began.0, b.began.0), middle(a.now.0, b.now.0));
                let factor = spread(a.began, b.began) / spread(a.now, b.now);
                start.zoomed_at(from, factor).panned_px(to - from)
            }
            _ => return None,
        };
        self.start = Some((start, scale));
        Some(scale)
    }

    pub fn release(&mut self, pointer: i32) -> Release {
        let n_before = self.fingers.len();
        self.fingers.retain(|finger| finger.pointer != pointer);
        if self.fingers.len() == n_before {
            return Release::Nothing;
        }
        if !self.fingers.is_empty() {
            // The finger that stays goes on from here.
            if let Some((_, newest)) = self.start {
                self.begin_again(newest);
            }
            return Release::Nothing;
        }
        match std::mem::take(self).moves {
            true => Release::Moved,
            false => Release::Click,
        }
    }

    /// A drag or a pinch is under way.
    pub fn is_moving(&self) -> bool {
        self.moves
    }

    fn begin_again(&mut self, scale: TimeScale) {
        let scale = self.start.map_or(scale, |(_, newest)| newest);
        self.start = Some((scale, scale));
        for finger in &mut self.fingers {
            finger.began = finger.now;
        }
    }
}

/// How much wider a wheel makes the window that was turned by so many pixels with Ctrl held, or by a trackpad's pinch.
pub fn wheel_factor(dy_px: f64) -> f64 {
    (dy_px.clamp(-MOST_WHEEL_PX, MOST_WHEEL_PX) / WHEEL_PX_PER_E).exp()
}

fn middle(a: f64, b: f64) -> f64 {
    (a + b) / 2.0
}

fn spread(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1).max(LEAST_SPREAD_PX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::TimeRange;
    use crate::time::Timestamp;

    /// A second a pixel.
    fn scale() -> TimeScale {
        let (from, to) = (Timestamp::from_secs(0), Timestamp::from_secs(1000));
        TimeScale::new(TimeRange::new(from, to).expect("in order"), 1000.0)
    }

    fn secs(scale: TimeScale) -> (i64, i64) {
        let secs = |at: Timestamp| at.nanos() / 1_000_000_000;
        (secs(scale.from()), secs(scale.to()))
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let mut hand = Gesture::default();
        hand.press(1, (100.0, 5.0), scale());
        assert_eq!(hand.moved(1, (102.0, 40.0)), None);
        assert_eq!(hand.release(1), Release::Click);
        assert_eq!(hand.release(1), Release::Nothing);
    }

    #[test]
    fn a_drag_moves_the_window_with_the_hand() {
        let mut hand = Gesture::default();
        hand.press(1, (100.0, 5.0), scale());
        let dragged = hand.moved(1, (200.0, 5.0)).expect("dragged");
        assert_eq!(secs(dragged), (-100, 900));
        // Back to where it began is still a drag.
        assert_eq!(hand.moved(1, (100.0, 5.0)), Some(scale()));
        assert_eq!(hand.release(1), Release::Moved);
    }

    #[test]
    fn a_pointer_that_is_not_down_asks_for_nothing() {
        let mut hand = Gesture::default();
        assert_eq!(hand.moved(1, (100.0, 5.0)), None);
        hand.press(1, (100.0, 5.0), scale());
        assert_eq!(hand.moved(2, (300.0, 5.0)), None);
    }

    #[test]
    fn fingers_that_part_zoom_in_and_the_one_that_stays_drags_on() {
        let mut hand = Gesture::default();
        hand.press(1, (400.0, 5.0), scale());
        hand.press(2, (600.0, 5.0), scale());
        hand.moved(1, (300.0, 5.0));
        let wide = hand.moved(2, (700.0, 5.0)).expect("pinched");
        assert_eq!(secs(wide), (250, 750));
        assert_eq!(hand.release(1), Release::Nothing);
        let dragged = hand.moved(2, (900.0, 5.0)).expect("dragged");
        assert_eq!(secs(dragged), (150, 650));
        assert_eq!(hand.release(2), Release::Moved);
    }

    #[test]
    fn a_third_finger_changes_nothing() {
        let mut hand = Gesture::default();
        hand.press(1, (400.0, 5.0), scale());
        hand.press(2, (600.0, 5.0), scale());
        hand.press(3, (900.0, 5.0), scale());
        assert_eq!(hand.moved(3, (10.0, 5.0)), None);
        assert_eq!(hand.release(3), Release::Nothing);
    }

    #[test]
    fn a_notch_and_a_pinch_of_the_trackpad_are_both_steps_of_sense() {
        assert!((1.3..1.6).contains(&wheel_factor(120.0)));
        assert!((1.02..1.1).contains(&wheel_factor(4.0)));
        assert_eq!(wheel_factor(-7.0) * wheel_factor(7.0), 1.0);
    }

    /// From left to right, far enough apart.
    fn two_fingers() -> impl Strategy<Value = (f64, f64)> {
        (0.0..900.0, LEAST_SPREAD_PX..1000.0)
            .prop_map(|(left, spread)| (left, left + 0.1 + spread.min(999.0 - left)))
    }

    proptest! {
        #[test]
        fn what_is_under_two_fingers_stays_under_them(
            (mut a, mut b) in two_fingers(), (mut c, mut d) in two_fingers(), is_right_first: bool,
        ) {
            if is_right_first {
                (a, b, c, d) = (b, a, d, c);
            }
            let mut hand = Gesture::default();
            hand.press(1, (a, 5.0), scale());
            hand.press(2, (b, 5.0), scale());
            hand.moved(1, (c, 5.0));
            let pinched = hand.moved(2, (d, 5.0)).expect("pinched");
            prop_assert!((pinched.px(scale().time_from_px(a)) - c).abs() < 0.1);
            prop_assert!((pinched.px(scale().time_from_px(b)) - d).abs() < 0.1);
        }
    }
}
