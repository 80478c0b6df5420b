//! How many rows per second a file of 1,000,000 deals gives: `cargo bench -p yeji-intake`.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use tempfile::TempDir;
use yeji_core::Currency;
use yeji_intake::{Mapping, SourceFile, inspect, propose, rows};

const ROWS: u32 = 1_000_000;

/// The file lives as long as the benchmark; statics are not dropped, so `main` removes the folder.
static FILE: LazyLock<Generated> = LazyLock::new(generate);

struct Generated {
    folder: TempDir,
    path: PathBuf,
    bytes: u64,
    table: SourceFile,
    mapping: Mapping,
}

fn main() {
    divan::main();
    // Ignored on purpose: a folder left behind in the temporary directory fails no benchmark.
    let _ = std::fs::remove_dir_all(FILE.folder.path());
}

fn generate() -> Generated {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("deals.csv");
    write(&path).expect("a file of deals");
    let bytes = std::fs::metadata(&path).expect("the file").len();
    let table = inspect(&path).expect("a table").remove(0);
    let mut mapping = propose(&table, None).expect("a proposal").mapping;
    mapping.currency = Some(Currency::CNY);
    Generated {
        folder,
        path,
        bytes,
        table,
        mapping,
    }
}

fn write(path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        out,
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
    )?;
    for n in 0..ROWS {
        let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, n / 336 % 10 + 15);
        let agent = n % 40;
        let (product, account) = (n % 7, n % 997);
        match n % 4 {
            0 => writeln!(
                out,
                "D{n:07},业务员{agent},产品{product},,Engaging,{day:02}-{month:02}-{year},,"
            )?,
            1 => writeln!(
                out,
                "D{n:07},业务员{agent},产品{product},客户{account},Lost,{day:02}-{month:02}-{year},{day:02}-{month:02}-{year},0"
            )?,
            _ => writeln!(
                out,
                "D{n:07},业务员{agent},产品{product},客户{account},Won,{day:02}-{month:02}-{year},{day:02}-{month:02}-{year},\"{}.{:02}\"",
                n % 90_000 + 1,
                n % 100
            )?,
        }
    }
    out.flush()
}

/// Typed rows of the whole file.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_rows(bencher: Bencher) {
    let file = &*FILE;
    bencher
        .counter(ItemsCount::new(ROWS))
        .counter(BytesCount::new(file.bytes))
        .bench(|| {
            let taken = rows(&file.table, &file.mapping)
                .expect("rows")
                .flatten()
                .count();
            assert_eq!(taken, ROWS as usize, "every row is taken");
        });
}

/// What happens before a person sees the mapping: encoding, header, count, evidence of the columns.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn inspect_and_propose(bencher: Bencher) {
    let file = &*FILE;
    bencher
        .counter(ItemsCount::new(ROWS))
        .counter(BytesCount::new(file.bytes))
        .bench(|| {
            let table = inspect(&file.path).expect("a table").remove(0);
            propose(&table, None).expect("a proposal")
        });
}
