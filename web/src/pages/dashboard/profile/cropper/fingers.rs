//! What fingers, a pen or a mouse do to the picture: one moves it, two stretch it.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Who touches, and where.
#[derive(Default)]
pub struct Fingers(Vec<(i32, f64, f64)>);

impl Fingers {
    /// Somebody touches.
    pub fn down(&mut self, event: &PointerEvent) {
        if event.button() != 0 || self.0.len() == 2 {
            return;
        }
        if let Some(frame) = frame(event) {
            // Without it, dragging ends at the frame's edge.
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        self.0.push((event.pointer_id(), at(event).0, at(event).1));
    }

    /// Somebody moves: how far, in parts of the frame, and how many times as large it is to be.
    pub fn moved(&mut self, event: &PointerEvent) -> Option<(f64, f64, f64)> {
        let index = self.0.iter().position(|(id, ..)| *id == event.pointer_id())?;
        let side = frame(event)?.get_bounding_client_rect().width();
        let (before, apart) = (self.0[index], self.apart());
        (self.0[index].1, self.0[index].2) = at(event);
        let count = self.0.len() as f64;
        let factor = match (apart, self.apart()) {
            (Some(before), Some(now)) if before > 0.0 && now > 0.0 => now / before,
            _ => 1.0,
        };
        let (x, y) = at(event);
        Some(((x - before.1) / side / count, (y - before.2) / side / count, factor))
    }

    /// Somebody lets go.
    pub fn up(&mut self, event: &PointerEvent) {
        self.0.retain(|(id, ..)| *id != event.pointer_id());
    }

    fn apart(&self) -> Option<f64> {
        let [(_, x, y), (_, other_x, other_y)] = self.0[..] else { return None };
        Some((x - other_x).hypot(y - other_y))
    }
}

fn at(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn frame(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}
