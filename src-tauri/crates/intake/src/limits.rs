//! Every limit of this crate, with its unit in its name. Beyond one there is an error, not a hang.

/// Largest file that is opened: 4 GiB.
pub const MAX_FILE_BYTES: u64 = 4 << 30;
/// Widest table.
pub const MAX_COLUMNS: usize = 500;
/// Largest cell: a full Excel cell (32,767 characters) of Chinese text is 98,301 bytes.
pub const MAX_CELL_BYTES: usize = 128 << 10;
/// Largest row; also how much an unclosed quotation mark can swallow before it is noticed.
pub const MAX_ROW_BYTES: usize = 4 << 20;
/// Largest sum of the unpacked parts of an XLSX: 1,000,000 rows of 30 columns fit.
pub const MAX_XLSX_UNPACKED_BYTES: u64 = 2 << 30;
/// Largest unpacked part that is not a worksheet (shared strings, styles): calamine keeps it in memory.
pub const MAX_XLSX_PART_BYTES: u64 = 256 << 20;
/// Largest cell of a sheet as the package has it, and largest piece between two tags: calamine keeps one
/// in memory as a whole, several times over.
pub const MAX_XLSX_CELL_BYTES: u64 = 16 << 20;
/// Most parts of an XLSX.
pub const MAX_XLSX_PARTS: usize = 10_000;
/// Most sheets of an XLSX.
pub const MAX_SHEETS: usize = 200;
/// The header is looked for in this many rows that are not blank.
pub const HEADER_SEARCH_ROWS: usize = 20;
/// Rows shown as a sample.
pub const SAMPLE_ROWS: usize = 20;
/// Files up to this size have their rows counted by `inspect`; those of larger ones are counted by
/// `propose`, which reads the whole file anyway.
pub const COUNT_ROWS_MAX_BYTES: u64 = 1 << 20;
/// Most files of one folder.
pub const MAX_FOLDER_FILES: usize = 1_000;
/// Most distinct values of a stage or role column that are shown.
pub const MAX_MAPPED_VALUES: usize = 200;
/// Largest text that is read as a whole (mappings, plans, weights).
pub const MAX_TEXT_BYTES: u64 = 16 << 20;
/// Largest mapping file.
pub const MAX_MAPPING_BYTES: usize = 1 << 20;
/// Largest row that is kept whole when it is not taken.
pub const MAX_KEPT_ROW_BYTES: usize = 256 << 10;
/// Bytes of rows of a sheet that are read ahead at a time.
pub const BATCH_BYTES: usize = 1 << 20;
/// Characters of a cell that are shown in a rejection.
pub const SHOWN_CELL_CHARS: usize = 200;
/// Largest list of holidays: official ones are below 100 KB.
pub const MAX_HOLIDAY_FILE_BYTES: u64 = 4 << 20;
/// Most days of a list of holidays: more than fifty years of days off.
pub const MAX_HOLIDAYS: usize = 20_000;
/// Longest name of a holiday.
pub const MAX_HOLIDAY_NAME_CHARS: usize = 200;
/// Longest event of a calendar file that is taken as days off: a longer one is a typing error.
pub const MAX_EVENT_DAYS: i64 = 100;
/// Deepest nesting in a calendar file; the standard has three levels.
pub const MAX_ICS_DEPTH: usize = 8;
