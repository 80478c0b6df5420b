//! A sheet of pixels with one decimal, drawn by plotters as SVG.

use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::chart::Size;
use crate::draw::theme;
use crate::font::FAMILY;
use crate::{Error, Result};

/// plotters' coordinates are integers; tenths of a pixel keep circles round and bars true.
const UNITS_PER_PX: f64 = 10.0;

/// plotters writes `font-size = size / 1.24`.
const PLOTTERS_FONT_SCALE: f64 = 1.24;

/// plotters sets a top-anchored baseline this many font sizes below the given place.
const BASELINE_EM: f64 = 0.76;

/// Where a text stands relative to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A place in pixels from the top left.
pub type Point = (f64, f64);

/// The sheet.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl<'a> Canvas<'a> {
    /// Draws by `draw` and returns the SVG, with its texts as text.
    pub fn svg(size: Size, draw: impl FnOnce(&Canvas) -> Result<()>) -> Result<String> {
        let units = (size.width * 10, size.height * 10);
        let mut svg = String::new();
        {
            let canvas = Canvas {
                area: SVGBackend::with_string(&mut svg, units).into_drawing_area(),
            };
            draw(&canvas)?;
            canvas.area.present().map_err(draw_error)?;
        }
        let tenths = format!("<svg width=\"{}\" height=\"{}\"", units.0, units.1);
        let pixels = format!("<svg width=\"{}\" height=\"{}\"", size.width, size.height);
        match svg.strip_prefix(&tenths) {
            Some(rest) => Ok(pixels + rest),
            None => Err(Error::Draw(
                "plotters wrote an unknown SVG header".to_owned(),
            )),
        }
    }

    /// A filled rectangle; also hairlines, which as strokes would blur over two pixels.
    pub fn rect(&self, from: Point, to: Point, color: RGBColor) -> Result<()> {
        self.draw(&Rectangle::new([units(from), units(to)], color.filled()))
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[Point], color: RGBColor) -> Result<()> {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.draw(&Polygon::new(points, color.filled()))
    }

    /// A stroke through points.
    pub fn line(&self, points: &[Point], color: RGBColor, width_px: f64) -> Result<()> {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.draw(&PathElement::new(
            points,
            color.stroke_width(unit(width_px).unsigned_abs()),
        ))
    }

    /// A dashed line.
    pub fn dashed(&self, from: Point, to: Point, color: RGBColor) -> Result<()> {
        const DASH: f64 = 5.0;
        const GAP: f64 = 3.0;
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |t: f64| {
            let share = if length > 0.0 {
                (t / length).min(1.0)
            } else {
                0.0
            };
            (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            )
        };
        let mut start = 0.0;
        while start < length {
            self.line(&[at(start), at(start + DASH)], color, 1.5)?;
            start += DASH + GAP;
        }
        Ok(())
    }

    /// A dashed goal line with a white seam, so that it is seen across bars of any colour.
    pub fn goal_line(&self, from: Point, to: Point) -> Result<()> {
        self.line(&[from, to], theme::SURFACE, 3.0)?;
        self.dashed(from, to, theme::GOAL)
    }

    /// One line of text with its baseline at `place`.
    pub fn text(
        &self,
        text: &str,
        place: Point,
        size_px: f64,
        anchor: Anchor,
        color: RGBColor,
    ) -> Result<()> {
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style =
            TextStyle::from((FAMILY, size_px * UNITS_PER_PX * PLOTTERS_FONT_SCALE).into_font())
                .color(&color)
                .pos(Pos::new(horizontal, VPos::Top));
        let top = (place.0, place.1 - BASELINE_EM * size_px);
        self.draw(&Text::new(printable(text), units(top), style))
    }

    fn draw<'e, E>(&self, element: &'e E) -> Result<()>
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        self.area.draw(element).map_err(draw_error)
    }
}

/// XML cannot hold controls and non-characters, whatever a label brings.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

fn units(point: Point) -> (i32, i32) {
    (unit(point.0), unit(point.1))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "pictures have at most 10,000 pixels a side"
)]
fn unit(px: f64) -> i32 {
    (px * UNITS_PER_PX).round() as i32
}

fn draw_error(error: impl std::fmt::Display) -> Error {
    Error::Draw(error.to_string())
}
