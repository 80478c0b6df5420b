//! Writes every kind of chart and the whole report into a folder, to be looked at:
//! `cargo run -p yeji-report --example gallery -- DIR`.

#[path = "../tests/it/boards.rs"]
mod boards;
#[path = "../tests/it/samples.rs"]
mod samples;

use std::path::PathBuf;

use yeji_report::{
    ChartKind, Lang, Size, chart_png, chart_svg, dashboard_pdf, dashboard_xlsx, natural_size,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir: PathBuf = std::env::args_os()
        .nth(1)
        .ok_or("say where: a folder")?
        .into();
    std::fs::create_dir_all(&dir)?;
    for lang in [Lang::ZhCn, Lang::En] {
        let tag = lang.tag();
        let mut charts = boards::every_kind(lang);
        charts.push(boards::through_zero(lang));
        charts.push(boards::alike(lang));
        charts.push(samples::year_of_weeks(lang));
        charts.push(samples::empty(lang, ChartKind::Bar));
        for chart in &charts {
            let size = natural_size(chart, lang);
            std::fs::write(
                dir.join(format!("{}-{tag}.png", chart.id)),
                chart_png(chart, lang, size, 2)?,
            )?;
            std::fs::write(
                dir.join(format!("{}-{tag}.svg", chart.id)),
                chart_svg(chart, lang, size)?,
            )?;
        }
        let crowd = samples::leaderboard(lang, 35);
        let png = chart_png(&crowd, lang, Size::new(500, 300), 2)?;
        std::fs::write(dir.join(format!("crowd-{tag}.png")), png)?;
        let weeks = boards::heat_map(lang, 40, 53);
        let png = chart_png(&weeks, lang, natural_size(&weeks, lang), 1)?;
        std::fs::write(dir.join(format!("weeks-{tag}.png")), png)?;
        let mut report = samples::dashboard(lang);
        report.charts.extend(boards::each_kind(lang));
        std::fs::write(
            dir.join(format!("dashboard-{tag}.pdf")),
            dashboard_pdf(&report)?,
        )?;
        std::fs::write(
            dir.join(format!("dashboard-{tag}.xlsx")),
            dashboard_xlsx(&report)?,
        )?;
    }
    Ok(())
}
