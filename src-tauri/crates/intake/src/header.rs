//! Which row is the header, what its columns are called, and which fields they mean.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use crate::amount::{AmountUnit, Shape, shape};
use crate::date::{self, Reading};
use crate::fold::{fold_header, shown};
use crate::kinds::{Field, FieldDef, FieldType, Kind};
use crate::limits::MAX_COLUMNS;
use crate::raw::{CellKind, RawRow, says_nothing};
use crate::stage::known_stage;
use crate::{Error, Result};

static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    Kind::ALL
        .iter()
        .flat_map(|kind| kind.fields())
        .flat_map(FieldDef::spellings)
        .collect()
});

/// The header among the first rows: the first with the most known words (two or more), else the
/// first row of words alone that is about as wide as the table, else none.
pub(crate) fn find(head: &[RawRow]) -> Option<usize> {
    let filled = |row: &RawRow| row.cells().filter(|cell| !cell.is_empty()).count();
    let known = |row: &RawRow| row.cells().filter(|cell| is_known(cell)).count();
    let widest = head.iter().map(filled).max()?;
    let most = head.iter().map(known).max()?;
    if most >= 2 || (most == 1 && widest == 1) {
        return head.iter().position(|row| known(row) == most);
    }
    head.iter()
        .position(|row| filled(row) * 2 > widest && words_only(row))
}

/// Whether a cell is a word for a field of some kind.
pub(crate) fn is_known(cell: &str) -> bool {
    KNOWN.contains(fold_header(cell).as_str())
}

fn words_only(row: &RawRow) -> bool {
    let word = |index: usize| {
        let (cell, kind) = row.cell(index);
        let text = kind == CellKind::Text && cell.chars().any(char::is_alphabetic);
        cell.is_empty() || (text && matches!(date::read(cell, kind, false), Reading::Not))
    };
    (0..row.record.len()).all(word)
}

/// The columns' names, each once, up to the last that is filled.
pub(crate) fn names(row: &RawRow, path: &Path) -> Result<Vec<String>> {
    let width = row
        .cells()
        .rposition(|cell| !cell.is_empty())
        .map_or(0, |last| last + 1);
    if row.too_wide || width > MAX_COLUMNS {
        let limit = MAX_COLUMNS as u64;
        return Err(Error::TooLarge {
            file: path.to_owned(),
            what: "columns",
            limit,
        });
    }
    let mut names: Vec<String> = Vec::with_capacity(width);
    let mut taken = HashSet::new();
    for (index, cell) in row.cells().take(width).enumerate() {
        let clean = shown(&cell.split_whitespace().collect::<Vec<_>>().join(" "));
        let base = if clean.is_empty() {
            format!("#{}", index + 1)
        } else {
            clean
        };
        let mut name = base.clone();
        let mut count = 1;
        while !taken.insert(name.clone()) {
            count += 1;
            name = format!("{base} ({count})");
        }
        names.push(name);
    }
    Ok(names)
}

/// A field and its column, with the columns that would have meant it too.
#[derive(Debug)]
pub(crate) struct Matched {
    pub(crate) def: &'static FieldDef,
    pub(crate) column: usize,
    pub(crate) others: Vec<usize>,
}

/// The columns that mean fields of a kind: best synonym first, then the first column.
pub(crate) fn matches(headers: &[String], kind: Kind) -> Vec<Matched> {
    let folded: Vec<String> = headers.iter().map(|header| fold_header(header)).collect();
    let mut found = Vec::new();
    for def in kind.fields() {
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for (column, header) in folded.iter().enumerate() {
            if let Some(rank) = def.spellings().position(|word| word == header) {
                columns.push((rank, column));
            }
        }
        columns.sort_unstable();
        let mut columns = columns.into_iter().map(|(_, column)| column);
        if let Some(column) = columns.next() {
            found.push(Matched {
                def,
                column,
                others: columns.collect(),
            });
        }
    }
    found
}

/// Score from which a guess is made.
const MIN_SCORE: u32 = 45;

/// The kind that the headers fit best, with a score of 0 to 100: 40 for having all required
/// columns, 60 for meaning something by every column. A column whose sample values do not read as
/// its field's type does not count.
pub fn guess_kind(headers: &[String], sample: &[Vec<String>]) -> Option<(Kind, u32)> {
    let scored = Kind::ALL
        .iter()
        .map(|kind| (*kind, score(headers, sample, *kind)));
    // `max_by_key` would take the last of equals; the order of kinds says which comes first.
    let best = scored.fold(None, |best: Option<(Kind, u32)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    })?;
    (best.1 >= MIN_SCORE).then_some(best)
}

fn score(headers: &[String], sample: &[Vec<String>], kind: Kind) -> u32 {
    let found: Vec<Matched> = matches(headers, kind)
        .into_iter()
        .filter(|matched| plausible(matched, sample))
        .collect();
    let required: Vec<Field> = kind
        .fields()
        .iter()
        .filter(|def| def.required)
        .map(|def| def.field)
        .collect();
    let has = found
        .iter()
        .filter(|matched| required.contains(&matched.def.field))
        .count();
    if headers.is_empty() || has == 0 {
        return 0;
    }
    // What most columns are says more than one required one: an export of deals without the owner is
    // still no list of customers.
    let score = 40 * has / required.len() + 60 * found.len() / headers.len();
    u32::try_from(score).unwrap_or(0)
}

/// At least half of the sample's values read as the field's type.
fn plausible(matched: &Matched, sample: &[Vec<String>]) -> bool {
    let reads = |value: &str| match matched.def.kind {
        FieldType::Text | FieldType::Role => true,
        // A file's own words for a choice are mended by a person; that there are words is enough.
        FieldType::Choice(_) => value.chars().any(char::is_alphabetic),
        FieldType::Month => date::read_month(value, CellKind::Text, None, false).is_ok(),
        FieldType::Rate => crate::fact::read_rate(value).is_some(),
        FieldType::Currency => crate::fact::read_currency(value).is_some(),
        FieldType::Date => date::read(value, CellKind::Text, false) != Reading::Not,
        FieldType::Amount => shape(value, CellKind::Text, AmountUnit::One).0 != Shape::Unreadable,
        FieldType::Integer | FieldType::Between(..) | FieldType::Shares => {
            value.bytes().any(|b| b.is_ascii_digit())
        }
        // Own names for stages are allowed; numbers are not names.
        FieldType::Stage => known_stage(value).is_some() || value.chars().any(char::is_alphabetic),
        FieldType::QuarterOf(_) => date::read_quarter(value).is_some(),
    };
    let values = sample
        .iter()
        .filter_map(|row| row.get(matched.column))
        .filter(|value| !says_nothing(value));
    let (mut all, mut good) = (0, 0);
    for value in values {
        all += 1;
        good += usize::from(reads(value));
    }
    good * 2 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    fn row(text: &str) -> RawRow {
        RawRow {
            record: strings(text).into(),
            ..RawRow::default()
        }
    }

    #[test]
    fn kinds_by_headers() {
        let check = |headers: &str, sample: &str, kind: Option<Kind>| {
            let got = guess_kind(&strings(headers), &[strings(sample)]);
            assert_eq!(got.map(|(kind, _)| kind), kind, "{headers}: {got:?}");
        };
        check(
            "sales_agent,manager,regional_office",
            "A,B,East",
            Some(Kind::People),
        );
        check(
            "工号,姓名,部门,团队,岗位,入职日期",
            "1,王伟,销售部,一组,销售,2020-01-01",
            Some(Kind::People),
        );
        check(
            "Deal Nr,Sales rep,Client,Phase,Won/lost date,Value incl. VAT,Created",
            "D1,Li,C1,won,2026-03-02,100,2026-01-02",
            Some(Kind::Opportunities),
        );
        check(
            "account,sector,revenue,employees",
            "A,retail,1.5,10",
            Some(Kind::Customers),
        );
        check(
            "客户编号,客户名称,客户类型,地区",
            "1,甲公司,制造,上海",
            Some(Kind::Customers),
        );
        check("product,series,sales_price", "P,S,5", Some(Kind::Products));
        check(
            "产品编号,产品名称,单价（元）",
            "1,甲,5",
            Some(Kind::Products),
        );
        check(
            "商机编号,负责人,客户,阶段,金额",
            "1,王伟,甲,赢单,5",
            Some(Kind::Opportunities),
        );
        check(
            "Opportunity ID,Owner,Stage",
            "1,A,Won",
            Some(Kind::Opportunities),
        );
        check("foo,bar,baz", "1,2,3", None);
        check("price,cost", "1,2", None);
    }

    /// 业务 is the line of business in a file of the mainland: as the owner it would make people, with pay,
    /// of what is sold. In traditional characters it is who sells.
    #[test]
    fn a_line_of_business_is_no_owner() {
        let check = |headers: &str, kind: Kind, owner: Option<usize>| {
            let found = matches(&strings(headers), kind);
            let found = found.iter().find(|found| found.def.field == Field::OWNER);
            assert_eq!(found.map(|found| found.column), owner, "{headers}");
        };
        let (deals, leads) = (Kind::Opportunities, Kind::Leads);
        check("商机编号,业务,业务员,阶段,金额", deals, Some(2));
        check("商机编号,业务,阶段,金额", deals, None);
        check("线索名称,业务,业务员,线索日期", leads, Some(2));
        check("线索名称,业务,线索日期", leads, None);
        check("商機編號,業務,階段,金額", deals, Some(1));
        check("商機編號,業務,業務員,階段,金額", deals, Some(2));
        check("線索名稱,業務,線索日期", leads, Some(1));
    }

    #[test]
    fn header_rows() {
        let check = |rows: &[&str], at: Option<usize>| {
            let rows: Vec<RawRow> = rows.iter().map(|text| row(text)).collect();
            assert_eq!(find(&rows), at);
        };
        check(&["name,team", "A,B"], Some(0));
        check(
            &[
                "2017 年销售商机导出",
                "导出人: 张三",
                "商机编号,负责人,阶段",
                "1,王伟,赢单",
            ],
            Some(2),
        );
        check(&["foo,bar", "1,2"], Some(0));
        check(&["Report", "foo,bar,baz", "1,2,3"], Some(1));
        check(&["1,2", "3,4"], None);
        check(&["姓名", "王伟"], Some(0));
        check(&["title,,,", "产品,系列,单价,x", "GTX,G,5,1"], Some(1));
    }

    #[test]
    fn header_names_are_unique() {
        let path = Path::new("t.csv");
        assert_eq!(
            names(&row("a,a,,a,,"), path).unwrap(),
            ["a", "a (2)", "#3", "a (3)"]
        );
        assert_eq!(
            names(&row(" 金额\n（元） ,a (2),a,a"), path).unwrap(),
            ["金额 （元）", "a (2)", "a", "a (3)"]
        );
        let wide = vec!["x"; MAX_COLUMNS + 1].join(",");
        assert_eq!(
            names(&row(&wide), path).unwrap_err().code(),
            "file_too_large"
        );
    }

    #[test]
    fn best_synonym_wins() {
        let found = matches(&strings("agent,owner,x"), Kind::Opportunities);
        assert_eq!((found[0].column, found[0].others.as_slice()), (1, &[0][..]));
    }
}
