//! Colours and sizes of look.md, light theme: exports go onto white paper.

use plotters::style::RGBColor;
use yeji_core::Ratio;

use crate::chart::{Chart, ChartKind, Role};

pub const SURFACE: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
pub const TEXT: RGBColor = RGBColor(0x1F, 0x23, 0x29);
pub const QUIET: RGBColor = RGBColor(0x5F, 0x66, 0x73);
pub const HAIRLINE: RGBColor = RGBColor(0xE5, 0xE7, 0xEB);
pub const ZERO_LINE: RGBColor = RGBColor(0x9A, 0xA1, 0xAD);
pub const GOAL: RGBColor = RGBColor(0x5F, 0x66, 0x73);
/// Only for "other".
pub const OTHER: RGBColor = RGBColor(0x9A, 0xA1, 0xAD);

/// Series and slices, in this order.
pub const PALETTE: [RGBColor; 7] = [
    RGBColor(0x24, 0x56, 0xD6),
    RGBColor(0xC7, 0x77, 0x00),
    RGBColor(0x0E, 0x8A, 0x6F),
    RGBColor(0xA9, 0x3C, 0x86),
    RGBColor(0x3D, 0x97, 0xC9),
    RGBColor(0x9C, 0x3D, 0x12),
    RGBColor(0x7C, 0x4F, 0xC4),
];

/// More than before, less than before, and the totals between.
pub const UP: RGBColor = RGBColor(0x1D, 0x6F, 0xB8);
pub const DOWN: RGBColor = RGBColor(0xB4, 0x53, 0x09);
pub const TOTAL: RGBColor = RGBColor(0x5F, 0x66, 0x73);

/// A heat map from its least to its greatest value: the accent on white. Six steps and no blend, as
/// between the fourth and the fifth there are colours on which neither dark nor white figures have
/// a contrast of 4.5.
pub const HEAT: [RGBColor; 6] = [
    RGBColor(0xF0, 0xF3, 0xFC),
    RGBColor(0xCF, 0xDA, 0xF6),
    RGBColor(0xAC, 0xBF, 0xEF),
    RGBColor(0x89, 0xA4, 0xE9),
    RGBColor(0x43, 0x6E, 0xDC),
    RGBColor(0x24, 0x56, 0xD6),
];

/// The colour of figures on a step of [`HEAT`].
pub const fn heat_ink(step: usize) -> RGBColor {
    if step < 4 { TEXT } else { SURFACE }
}

pub const TITLE_PX: f64 = 15.0;
pub const LABEL_PX: f64 = 12.0;
pub const SMALL_PX: f64 = 11.0;

/// 100 %.
pub const WHOLE: Ratio = Ratio::ONE;

/// The colour of a chart's series: actual ones by the palette, the previous period a tint of it.
pub fn series_color(chart: &Chart, index: usize) -> RGBColor {
    let before = |role: Role| {
        chart.series[..index]
            .iter()
            .filter(|s| s.role == role)
            .count()
    };
    match chart.series[index].role {
        Role::Actual if chart.kind == ChartKind::Waterfall => TOTAL,
        Role::Actual => PALETTE[before(Role::Actual) % PALETTE.len()],
        Role::Previous => tint(PALETTE[before(Role::Previous) % PALETTE.len()]),
        Role::Goal => GOAL,
        // The expectation belongs to the line that it goes on, the band to the expectation.
        Role::Forecast => PALETTE[before(Role::Forecast) % PALETTE.len()],
        Role::Lower | Role::Upper => band(PALETTE[0]),
        Role::Cumulative => PALETTE[1],
        Role::Change => UP,
    }
}

/// `#2456D6`.
#[cfg(test)]
pub fn hex(color: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}

/// A fifth of the colour on white.
fn band(color: RGBColor) -> RGBColor {
    let fifth = |part: u8| 255 - (255 - part) / 5;
    RGBColor(fifth(color.0), fifth(color.1), fifth(color.2))
}

/// A third of the colour on white.
fn tint(color: RGBColor) -> RGBColor {
    let third = |part: u8| 255 - (255 - part) / 3;
    RGBColor(third(color.0), third(color.1), third(color.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.
    fn luminance(color: RGBColor) -> f64 {
        let part = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(color.0) + 0.7152 * part(color.1) + 0.0722 * part(color.2)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn figures_can_be_read_on_every_step_of_a_heat_map() {
        for (step, color) in HEAT.into_iter().enumerate() {
            let contrast = contrast(color, heat_ink(step));
            assert!(contrast >= 4.5, "step {step}: {contrast:.2}");
            if step > 0 {
                assert!(
                    luminance(color) < luminance(HEAT[step - 1]),
                    "more is darker"
                );
            }
        }
    }

    #[test]
    fn the_window_has_the_same_steps() {
        let window = include_str!("../../../../../ui/src/theme.ts");
        for color in HEAT {
            assert!(window.contains(&hex(color)), "{} is not there", hex(color));
        }
    }
}
