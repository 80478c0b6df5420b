//! `cargo bench -p yeji-insight --bench forecast`: one series, and the metrics of a company.

use std::sync::atomic::{AtomicU32, Ordering};

use divan::counter::ItemsCount;
use yeji_insight::forecast::batch::{SeriesInput, series};
use yeji_insight::forecast::{Series, forecast};

fn main() {
    divan::main();
}

/// Months with a yearly pattern, a trend and noise; no two alike.
fn months(count: u32, seed: u32) -> Series {
    let pattern = [60, 50, 110, 90, 95, 120, 85, 90, 115, 100, 105, 180];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24) - 0.5
    };
    let month = |place: u32| {
        let level = 1.0 + f64::from(seed % 7) * 0.002 * f64::from(place);
        f64::from(pattern[place as usize % 12]) * level * (1.0 + 0.4 * noise())
    };
    let values: Vec<f64> = (0..count).map(month).collect();
    Series {
        id: seed.to_string(),
        ..Series::new(&values, 12)
    }
}

#[divan::bench(args = [24, 36, 60, 120])]
fn one_series(bencher: divan::Bencher<'_, '_>, count: u32) {
    let seed = AtomicU32::new(0);
    bencher
        .with_inputs(|| months(count, seed.fetch_add(1, Ordering::Relaxed)))
        .bench_values(|series| forecast(&series, 18));
}

/// 2,000 people x 3 metrics of 36 months, on all processors.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_company(bencher: divan::Bencher<'_, '_>) {
    let input = SeriesInput {
        series: (0..6_000).map(|seed| months(36, seed)).collect(),
        horizon: 12,
        details: false,
        reconcile: None,
    };
    bencher
        .counter(ItemsCount::new(input.series.len()))
        .bench(|| series(&input));
}
