//! Native Excel charts over the data sheets, in the colours of the pictures.

use plotters::style::RGBColor;
use rust_xlsxwriter::{
    Chart as ExcelChart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition,
    ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartPoint, ChartSeries, ChartSolidFill, ChartType, Color,
};

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, ValueUnit, ratio_to_f64};
use crate::draw::{cut_words, theme};
use crate::format;
use crate::slices::OTHER_KEY;

use super::extra::{self, Use};

/// Bars up to this many carry their figures.
const MAX_LABELLED_BARS: usize = 14;

/// The chart over its data sheet `sheet`, which is laid out as `write_chart_data` does; the chart
/// has at least one value.
pub fn chart(chart: &Chart, sheet: &str, lang: Lang) -> Result<ExcelChart> {
    let mut native = ExcelChart::new(match chart.kind {
        // Excel draws no line across horizontal bars, so attainment stands upright there.
        ChartKind::Bar
        | ChartKind::Attainment
        | ChartKind::Pareto
        | ChartKind::Distribution
        | ChartKind::HeatMap
        | ChartKind::Cohort => ChartType::Column,
        ChartKind::HBar | ChartKind::Funnel => ChartType::Bar,
        ChartKind::Waterfall => ChartType::ColumnStacked,
        ChartKind::Pie => ChartType::Pie,
        ChartKind::Trend => ChartType::Line,
    });
    native
        .title()
        .set_name(&chart.title)
        .set_font(ChartFont::new().set_size(12).unset_bold());
    native.show_empty_cells_as(ChartEmptyCells::Gaps);
    native.set_alt_text(&chart.title);
    let mut lines = ExcelChart::new(ChartType::Line);
    let mut has_lines = false;
    for (column, (index, series)) in (1_u16..).zip(chart.series.iter().enumerate()) {
        // Horizontal bars cannot be combined with lines; a goal there is a grey bar.
        match series.role {
            Role::Goal if chart.kind == ChartKind::Bar => {
                add_goal_line(&mut lines, chart, sheet, column);
                has_lines = true;
            }
            Role::Cumulative => {
                add_line(&mut lines, chart, sheet, column, index).set_secondary_axis(true);
                // The axes belong to the chart that the lines are combined with.
                let shares = native.y2_axis();
                shares.set_min(0).set_max(1).set_num_format("0%");
                if let Some((top, share)) = chart.pareto_end()? {
                    shares.set_max(ratio_to_f64(share));
                    native.y_axis().set_min(0).set_max(ratio_to_f64(top));
                }
                has_lines = true;
            }
            // Its floating bars are columns of their own.
            Role::Change => {}
            _ if chart.kind == ChartKind::Trend => {
                add_line(&mut native, chart, sheet, column, index);
            }
            _ => add_bars(&mut native, chart, sheet, column, index, lang),
        }
    }
    let first = u16::try_from(chart.series.len() + 1).unwrap_or(1);
    // The changes of a waterfall are no series of its own.
    let mut drawn = chart
        .series
        .iter()
        .filter(|s| s.role != Role::Change)
        .count();
    let mut unnamed = Vec::new();
    for (column, extra) in (first..).zip(extra::columns(chart, lang)?) {
        match extra.what {
            Use::Goal => {
                add_goal_line(&mut lines, chart, sheet, column);
                has_lines = true;
            }
            Use::Reading => {}
            Use::Base | Use::Up | Use::Down => {
                if extra.what == Use::Base {
                    unnamed.push(drawn);
                }
                drawn += 1;
                add_floating(&mut native, chart, sheet, column, extra.what, lang);
            }
        }
    }
    if has_lines {
        native.combine(&lines);
    }
    if has_lines || chart.series.len() > 1 {
        native
            .legend()
            .set_position(ChartLegendPosition::Top)
            .delete_entries(&unnamed);
    } else {
        native.legend().set_hidden();
    }
    if chart.kind != ChartKind::Pie {
        set_axes(&mut native, chart, lang)?;
    }
    Ok(native)
}

fn add_bars(
    native: &mut ExcelChart,
    chart: &Chart,
    sheet: &str,
    column: u16,
    index: usize,
    lang: Lang,
) {
    let last = last_row(chart);
    let series = native.add_series();
    series
        .set_name((sheet, 0, column))
        .set_categories((sheet, 1, 0, last, 0))
        .set_values((sheet, 1, column, last, column));
    if chart.kind == ChartKind::Pie {
        let points: Vec<ChartPoint> = (0..chart.categories.len())
            .map(|place| ChartPoint::new().set_format(&mut slice_format(chart, place)))
            .collect();
        series.set_points(&points);
        let mut label = ChartDataLabel::new();
        label
            .show_category_name()
            .show_percentage()
            .show_leader_lines();
        label.set_position(ChartDataLabelPosition::OutsideEnd);
        series.set_data_label(&label);
        return;
    }
    series
        .set_gap(if chart.kind == ChartKind::Distribution {
            0
        } else {
            60
        })
        .set_format(&mut solid(theme::series_color(chart, index)));
    if chart.series.len() == 1 && chart.categories.len() <= MAX_LABELLED_BARS {
        let mut label = ChartDataLabel::new();
        label
            .show_value()
            .set_num_format(label_format(chart.unit, lang));
        series.set_data_label(&label);
    }
}

/// A part of a floating bar; what it floats on is not seen.
fn add_floating(
    native: &mut ExcelChart,
    chart: &Chart,
    sheet: &str,
    column: u16,
    what: Use,
    lang: Lang,
) {
    let last = last_row(chart);
    let mut format = match what {
        Use::Up => solid(theme::UP),
        Use::Down => solid(theme::DOWN),
        _ => {
            let mut nothing = ChartFormat::new();
            nothing.set_no_fill();
            nothing
        }
    };
    let series = native.add_series();
    series
        .set_name((sheet, 0, column))
        .set_categories((sheet, 1, 0, last, 0))
        .set_values((sheet, 1, column, last, column))
        .set_gap(60)
        .set_format(&mut format);
    let sign = match what {
        Use::Up => "+",
        Use::Down => "−",
        _ => return,
    };
    if chart.categories.len() <= MAX_LABELLED_BARS {
        let mut label = ChartDataLabel::new();
        label
            .show_value()
            .set_num_format(signed(label_format(chart.unit, lang), sign));
        series.set_data_label(&label);
    }
}

/// A number format whose figures carry a sign, whatever their own is.
fn signed(format: &str, sign: &str) -> String {
    let sections = format.split(';').map(|section| match section.rfind(']') {
        Some(end) => format!("{}\"{sign}\"{}", &section[..=end], &section[end + 1..]),
        None => format!("\"{sign}\"{section}"),
    });
    sections.collect::<Vec<_>>().join(";")
}

/// A line; what is expected is dashed, the ends of its interval are thin.
fn add_line<'a>(
    native: &'a mut ExcelChart,
    chart: &Chart,
    sheet: &str,
    column: u16,
    index: usize,
) -> &'a mut ChartSeries {
    let last = last_row(chart);
    let mut line = ChartLine::new();
    match chart.series[index].role {
        Role::Lower | Role::Upper => line.set_color(color(theme::OTHER)).set_width(0.75),
        Role::Forecast | Role::Goal | Role::Change => line
            .set_color(color(theme::series_color(chart, index)))
            .set_width(2.0)
            .set_dash_type(ChartLineDashType::Dash),
        Role::Actual | Role::Previous | Role::Cumulative => line
            .set_color(color(theme::series_color(chart, index)))
            .set_width(2.0),
    };
    native
        .add_series()
        .set_name((sheet, 0, column))
        .set_categories((sheet, 1, 0, last, 0))
        .set_values((sheet, 1, column, last, column))
        .set_format(&mut line)
}

fn add_goal_line(lines: &mut ExcelChart, chart: &Chart, sheet: &str, column: u16) {
    let last = last_row(chart);
    let mut dashed = ChartLine::new();
    dashed
        .set_color(color(theme::GOAL))
        .set_width(1.5)
        .set_dash_type(ChartLineDashType::Dash);
    lines
        .add_series()
        .set_name((sheet, 0, column))
        .set_categories((sheet, 1, 0, last, 0))
        .set_values((sheet, 1, column, last, column))
        .set_format(&mut dashed);
}

fn set_axes(native: &mut ExcelChart, chart: &Chart, lang: Lang) -> Result<()> {
    let mut hairline = ChartLine::new();
    hairline.set_color(color(theme::HAIRLINE)).set_width(0.75);
    let lying = matches!(chart.kind, ChartKind::HBar | ChartKind::Funnel);
    if lying {
        // Excel counts bars from the bottom; the first rank belongs on top. That puts the axis of
        // the values there too, but not their words.
        native.y_axis().set_reverse();
        native
            .x_axis()
            .set_label_position(ChartAxisLabelPosition::High);
    }
    // The axes are named by where they are drawn: of bars that lie, the values are at x.
    let values = if lying {
        native.x_axis()
    } else {
        native.y_axis()
    };
    values
        .set_major_gridlines(true)
        .set_major_gridlines_line(&hairline)
        .set_num_format(axis_format(chart.unit, lang));
    let mut name = format::unit_label(chart.unit, lang).map(|unit| unit.trim().to_owned());
    if let Some(start) = chart.axis_start()? {
        values.set_min(ratio_to_f64(start));
        let words = cut_words(start, chart, lang)?;
        name = Some(name.map_or_else(|| words.clone(), |unit| format!("{unit} · {words}")));
    }
    if let Some(name) = name {
        values.set_name(&name);
    }
    if lying {
        native.y_axis().set_major_gridlines(false);
    }
    Ok(())
}

fn slice_format(chart: &Chart, place: usize) -> ChartFormat {
    let other = chart.categories[place].key == OTHER_KEY;
    let fill = if other {
        theme::OTHER
    } else {
        theme::PALETTE[place % theme::PALETTE.len()]
    };
    solid(fill)
}

fn solid(fill: RGBColor) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(color(fill)));
    format
}

pub(super) fn color(rgb: RGBColor) -> Color {
    Color::RGB(u32::from(rgb.0) << 16 | u32::from(rgb.1) << 8 | u32::from(rgb.2))
}

fn last_row(chart: &Chart) -> u32 {
    u32::try_from(chart.categories.len()).unwrap_or(u32::MAX)
}

/// What bars carry: as the axis, but ratios with their decimal.
fn label_format(unit: ValueUnit, lang: Lang) -> &'static str {
    if unit == ValueUnit::Percent {
        "0.0%"
    } else {
        axis_format(unit, lang)
    }
}

/// 万/亿 or K/M as number formats. `0!.0,` is the known way to 万: thousands, with a point set
/// before the last digit. Negative figures stay full, as a format has only two conditions.
fn axis_format(unit: ValueUnit, lang: Lang) -> &'static str {
    match (unit, lang) {
        (ValueUnit::Percent, _) => "0%",
        (_, Lang::ZhCn) => r#"[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";#,##0"#,
        (_, Lang::En) => r#"[>=1000000]0.0,,"M";[>=1000]0.0,"K";#,##0"#,
    }
}
