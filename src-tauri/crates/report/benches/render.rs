//! How long each export takes: `cargo bench -p yeji-report`.

#[path = "../tests/it/samples.rs"]
mod samples;

use divan::{Bencher, black_box};
use yeji_report::{
    Lang, Size, chart_png, chart_svg, chart_svg_text, dashboard_pdf, dashboard_xlsx,
};

const SIZE: Size = Size::new(1_200, 700);
const KINDS: [usize; 4] = [0, 1, 2, 3];

fn main() {
    divan::main();
}

#[divan::bench(args = KINDS)]
fn svg_with_text(bencher: Bencher, kind: usize) {
    let chart = &samples::each_kind(Lang::ZhCn)[kind];
    bencher.bench(|| chart_svg_text(black_box(chart), Lang::ZhCn, SIZE).expect("a sample"));
}

#[divan::bench(args = KINDS)]
fn svg_outlined(bencher: Bencher, kind: usize) {
    let chart = &samples::each_kind(Lang::ZhCn)[kind];
    bencher.bench(|| chart_svg(black_box(chart), Lang::ZhCn, SIZE).expect("a sample"));
}

#[divan::bench(args = KINDS)]
fn png(bencher: Bencher, kind: usize) {
    let chart = &samples::each_kind(Lang::ZhCn)[kind];
    bencher.bench(|| chart_png(black_box(chart), Lang::ZhCn, SIZE, 1).expect("a sample"));
}

#[divan::bench]
fn pdf(bencher: Bencher) {
    let report = samples::dashboard(Lang::ZhCn);
    bencher.bench(|| dashboard_pdf(black_box(&report)).expect("a sample"));
}

#[divan::bench]
fn xlsx(bencher: Bencher) {
    let report = samples::dashboard(Lang::ZhCn);
    bencher.bench(|| dashboard_xlsx(black_box(&report)).expect("a sample"));
}
