//! The pointer and the wheel on a picture of time, for every view that draws one: drag pans, two fingers pinch,
//! Ctrl and the wheel (or a trackpad's pinch) zoom, Shift and the wheel pan. What is under the pointer is the view's.

use leptos::ev;
use leptos::html;
use lifeline::chart::TimeScale;
use lifeline::chart::gesture::Gesture;
use lifeline::chart::gesture::Release;
use lifeline::chart::gesture::wheel_factor;

use crate::signals::NodeRef;
use crate::signals::StoredValue;

/// One picture's. `Copy`.
#[derive(Clone, Copy)]
pub struct PanZoom {
    node: NodeRef<html::Div>,
    gesture: StoredValue<Gesture>,
}

impl PanZoom {
    /// `node` is what hears the pointer.
    pub fn new(node: NodeRef<html::Div>) -> Self {
        PanZoom {
            node,
            gesture: StoredValue::new(Gesture::default()),
        }
    }

    /// Where a pointer is, in pixels from the picture's top left.
    pub fn place(self, event: &ev::MouseEvent) -> (f64, f64) {
        let rect = self
            .node
            .get_untracked()
            .map(|node| node.get_bounding_client_rect());
        let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
        (
            f64::from(event.client_x()) - left,
            f64::from(event.client_y()) - top,
        )
    }

    pub fn down(self, event: &ev::PointerEvent, scale: Option<TimeScale>) {
        if let (0, Some(scale)) = (event.button(), scale) {
            let at = self.place(event);
            self.gesture
                .update_value(|gesture| gesture.press(event.pointer_id(), at, scale));
        }
    }

    /// The window that a drag or a pinch asks for; `None`: the pointer only hovers.
    pub fn moved(self, event: &ev::PointerEvent) -> Option<TimeScale> {
        let at = self.place(event);
        self.gesture
            .try_update_value(|gesture| {
                let was_moving = gesture.is_moving();
                let scale = gesture.moved(event.pointer_id(), at)?;
                // From here on the pointer is ours, also outside the picture.
                if !was_moving && let Some(node) = self.node.get_untracked() {
                    let _ = node.set_pointer_capture(event.pointer_id());
                }
                Some(scale)
            })
            .flatten()
    }

    /// Also for a pointer that the browser takes away.
    pub fn up(self, event: &ev::PointerEvent) -> Release {
        self.gesture
            .try_update_value(|gesture| gesture.release(event.pointer_id()))
            .unwrap_or(Release::Nothing)
    }

    /// The window that a wheel asks for; `None` leaves the wheel to what scrolls. `zooms` says that a plain wheel has
    /// nothing else to do.
    pub fn wheel(
        self,
        event: &ev::WheelEvent,
        scale: Option<TimeScale>,
        zooms: bool,
    ) -> Option<TimeScale> {
        let step = match event.delta_mode() {
            1 => 16.0,
            2 => 400.0,
            _ => 1.0,
        };
        let (dx, dy) = (event.delta_x() * step, event.delta_y() * step);
        let is_aside = dx.abs() > dy.abs();
        let is_pinch = event.ctrl_key() || event.meta_key();
        let scale = match is_pinch {
            false if event.shift_key() || is_aside => {
                scale?.panned_px(if is_aside { -dx } else { -dy })
            }
            false if !zooms => return None,
            _ => scale?.zoomed_at(self.place(event).0, wheel_factor(dy)),
        };
        event.prevent_default();
        Some(scale)
    }
}
