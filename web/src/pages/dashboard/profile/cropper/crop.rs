//! The square that is shown of a picture, in its pixels.

/// The smallest side that the server takes.
pub const MIN_SIDE: f64 = 160.0;

/// A square of a picture. It never leaves the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    width: f64,
    height: f64,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Side.
    pub side: f64,
}

impl Crop {
    /// The largest square in the middle.
    pub fn of(width: f64, height: f64) -> Self {
        let side = width.min(height);
        Self { width, height, x: (width - side) / 2.0, y: (height - side) / 2.0, side }
    }

    /// Moved by parts of its side.
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x * self.side, y: self.y + y * self.side, ..self }.kept_inside()
    }

    /// With what it shows this many times as large, around its middle.
    pub fn zoomed(self, factor: f64) -> Self {
        let largest = self.width.min(self.height);
        let side = (self.side / factor).clamp(MIN_SIDE.min(largest), largest);
        let shift = (self.side - side) / 2.0;
        Self { x: self.x + shift, y: self.y + shift, side, ..self }.kept_inside()
    }

    /// How far it is zoomed in, from 0 to 1; each step looks alike.
    pub fn zoom(self) -> f64 {
        let most = self.most();
        if most <= 1.0 { 0.0 } else { (self.width.min(self.height) / self.side).ln() / most.ln() }
    }

    /// Zoomed in so far, from 0 to 1.
    pub fn with_zoom(self, zoom: f64) -> Self {
        let wanted = self.width.min(self.height) / self.most().powf(zoom);
        self.zoomed(self.side / wanted)
    }

    fn most(self) -> f64 {
        (self.width.min(self.height) / MIN_SIDE).max(1.0)
    }

    fn kept_inside(self) -> Self {
        Self {
            x: self.x.clamp(0.0, self.width - self.side),
            y: self.y.clamp(0.0, self.height - self.side),
            ..self
        }
    }

    /// How wide the whole picture is where the square fills a frame, and where it begins: percentages of the frame.
    pub fn place(self) -> [String; 3] {
        [self.width, 0.0 - self.x, 0.0 - self.y].map(|length| format!("{:.3}%", length / self.side * 100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_inside_however_it_moves() {
        let crop = Crop::of(1200.0, 800.0);
        assert_eq!((crop.x, crop.y, crop.side), (200.0, 0.0, 800.0));
        let corner = crop.moved(5.0, 5.0);
        assert_eq!((corner.x, corner.y), (400.0, 0.0));
        let near = corner.zoomed(100.0);
        assert_eq!(near.side, MIN_SIDE);
        let out = near.moved(9.0, 9.0).zoomed(0.001);
        assert_eq!((out.x, out.y, out.side), (400.0, 0.0, 800.0));
    }

    #[test]
    fn zoom_goes_from_all_to_the_smallest_square() {
        let crop = Crop::of(640.0, 900.0);
        assert_eq!(crop.zoom(), 0.0);
        assert!((crop.with_zoom(1.0).side - MIN_SIDE).abs() < 0.001);
        assert!((crop.with_zoom(0.5).zoom() - 0.5).abs() < 0.001);
        assert_eq!(crop.with_zoom(0.5).place()[0], "200.000%");
        let small = Crop::of(160.0, 300.0);
        assert_eq!((small.zoom(), small.zoomed(3.0).side), (0.0, 160.0));
    }
}
