//! How long a demo company takes, up to the million deals that the other benchmarks use.

use yeji_demo::{DemoSpec, generate};

fn main() {
    divan::main();
}

#[divan::bench(args = [20_000, 1_000_000], sample_count = 3, sample_size = 1)]
fn company(deals: u32) -> usize {
    let until = "2026-06-30".parse().expect("a day");
    let company = generate(&DemoSpec {
        people: 200,
        deals,
        years: 5,
        seed: 7,
        until,
    });
    company.expect("within the limits").opportunities.len()
}
