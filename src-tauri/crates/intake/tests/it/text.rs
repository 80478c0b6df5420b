//! CSV as people have it: encodings, delimiters, titles above the header, quoted line breaks.

use std::fmt::Write;

use proptest::prelude::*;
use yeji_core::facts::Stage;
use yeji_intake::{
    DateOrder, DecidedBy, DecimalStyle, Evidence, Field, Format, Kind, Mapping, Proposal, RoleRule,
    Row, TextEncoding, WarningCode, inspect, propose, propose_columns, rows,
};

use crate::support::{deal, file, import, proposal, read, rejections, table};

const CHINESE: &str = "商机编号,负责人,客户,阶段,成交日期,金额\n\
    D1,王伟,上海甲公司,赢单,2017年3月1日,¥1.2万\n\
    D2,李娜,北京乙公司,跟进中,,\n\
    D3,王伟,重庆丙公司,丢单,2017-04-05,0\n";

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn encodings() {
    let gb18030 = encoding_rs::GB18030.encode(CHINESE).0.into_owned();
    let little = utf16(CHINESE, u16::to_le_bytes);
    let big = utf16(CHINESE, u16::to_be_bytes);
    let check = |bytes: Vec<u8>, expected: TextEncoding, mark: bool| {
        let file = file("deals.csv", bytes);
        let table = table(&file.path);
        assert_eq!(
            table.format,
            Format::Csv {
                encoding: expected,
                delimiter: ',',
                bom: mark
            }
        );
        assert_eq!(
            table.headers,
            ["商机编号", "负责人", "客户", "阶段", "成交日期", "金额"],
            "{expected:?}"
        );
        assert_eq!((table.header_line, table.rows), (1, Some(3)));
        let rows = import(&file.path, Kind::Opportunities);
        assert_eq!(rejections(&rows), []);
        let deals: Vec<_> = rows.iter().map(deal).collect();
        assert_eq!(deals[0].owner, "王伟");
        assert_eq!(deals[0].closed_on.unwrap().to_string(), "2017-03-01");
        assert_eq!(deals[0].amount.unwrap().minor, 1_200_000);
        assert_eq!(
            deals.iter().map(|d| d.stage).collect::<Vec<_>>(),
            [Stage::Won, Stage::Engaging, Stage::Lost]
        );
        assert_eq!(
            (deals[1].amount, deals[2].amount.unwrap().minor),
            (None, 0),
            "unknown is not zero"
        );
    };
    check(CHINESE.into(), TextEncoding::Utf8, false);
    check(
        [b"\xef\xbb\xbf", CHINESE.as_bytes()].concat(),
        TextEncoding::Utf8,
        true,
    );
    check(gb18030, TextEncoding::Gb18030, false);
    check(
        [&b"\xff\xfe"[..], &little].concat(),
        TextEncoding::Utf16Le,
        true,
    );
    check(
        [&b"\xfe\xff"[..], &big].concat(),
        TextEncoding::Utf16Be,
        true,
    );
    check(little, TextEncoding::Utf16Le, false);
    check(big, TextEncoding::Utf16Be, false);
}

#[test]
fn other_legacy_encodings() {
    let check = |text: &str, encoding: &'static encoding_rs::Encoding, expected: TextEncoding| {
        let file = file("x.csv", encoding.encode(text).0);
        let table = table(&file.path);
        assert!(
            matches!(table.format, Format::Csv { encoding, .. } if encoding == expected),
            "{:?}",
            table.format
        );
        assert_eq!(
            table.sample[0][0],
            text.lines().nth(1).unwrap().split(';').next().unwrap()
        );
    };
    let german = "name;team\nMüller Jürgen;Süd\nGröße Käthe;Österreich\nWeiß;Straße\n";
    check(german, encoding_rs::WINDOWS_1252, TextEncoding::Windows1252);
    let taiwan =
        "客戶名稱;地區\n臺灣積體電路製造股份有限公司;新竹\n鴻海精密工業股份有限公司;臺北\n";
    check(taiwan, encoding_rs::BIG5, TextEncoding::Big5);
}

/// What a person chose holds, whatever was detected, with its byte order mark or without; a workbook has
/// none to choose; and what is no text of it is refused with the line instead of becoming nonsense.
#[test]
fn a_chosen_encoding_holds() {
    let korean = "품목;수량\n볼트;3\n너트;5\n";
    let wrong = file("k.csv", encoding_rs::EUC_KR.encode(korean).0);
    let tables = yeji_intake::inspect_as(&wrong.path, Some(TextEncoding::EucKr)).unwrap();
    assert_eq!(tables[0].headers, ["품목", "수량"]);
    let refused = yeji_intake::inspect_as(&wrong.path, Some(TextEncoding::Utf8)).unwrap_err();
    assert!(
        matches!(&refused, yeji_intake::Error::BrokenEncoding { line: 1, encoding, .. } if encoding == "UTF-8"),
        "{refused:?}"
    );
    for mark in [&b"\xef\xbb\xbf"[..], b""] {
        let marked = file("m.csv", [mark, CHINESE.as_bytes()].concat());
        let tables = yeji_intake::inspect_as(&marked.path, Some(TextEncoding::Utf8)).unwrap();
        assert_eq!(tables[0].headers[0], "商机编号", "{mark:?}");
    }
    assert_eq!(TextEncoding::of_label(" GBK "), Some(TextEncoding::Gb18030));
    assert_eq!(TextEncoding::of_label("utf-7"), None);
    for encoding in TextEncoding::ALL {
        assert_eq!(TextEncoding::of_label(&encoding.code()), Some(encoding));
    }
}

fn short_list() -> impl Strategy<Value = (String, &'static str)> {
    let chinese = "[\u{4e00}-\u{9fa5}]{1,6}";
    let products =
        prop::collection::vec((chinese, 1..99_u32, 1..9_999_u32), 1..5).prop_map(|rows| {
            let rows = rows
                .iter()
                .map(|(name, number, price)| format!("{name},P{number},{price}\n"));
            (
                "产品名称,产品编号,标价\n".to_owned() + &rows.collect::<String>(),
                "产品名称",
            )
        });
    let customers = prop::collection::vec((chinese, chinese), 1..5).prop_map(|rows| {
        let rows = rows
            .iter()
            .map(|(name, area)| format!("{name}公司,{area}\n"));
        (
            "客户名称,地区\n".to_owned() + &rows.collect::<String>(),
            "客户名称",
        )
    });
    let people = prop::collection::vec((chinese, chinese), 1..5).prop_map(|rows| {
        let rows = rows.iter().map(|(name, team)| format!("{name},{team}\n"));
        ("姓名,团队\n".to_owned() + &rows.collect::<String>(), "姓名")
    });
    prop_oneof![products, customers, people]
}

proptest! {
    /// Short lists are what people try first, and statistics of a few characters take them for Korean
    /// or Japanese; nonsense names would be imported with the next step.
    #[test]
    fn short_chinese_lists_are_chinese((text, header) in short_list()) {
        let file = file("x.csv", encoding_rs::GB18030.encode(&text).0);
        let table = table(&file.path);
        prop_assert_eq!(&table.headers[0], header);
        prop_assert!(table.sample[0][0] == text.lines().nth(1).unwrap().split(',').next().unwrap());
    }
}

/// The very file that was taken for Korean.
#[test]
fn a_list_of_products_is_not_korean() {
    let text = "产品名称,产品编号,标价\n产品1,P1,100\n产品2,P2,200\n";
    let file = file("products.csv", encoding_rs::GB18030.encode(text).0);
    let table = table(&file.path);
    assert_eq!(table.headers, ["产品名称", "产品编号", "标价"]);
    assert_eq!(table.sample[0][0], "产品1");
}

#[test]
fn rare_characters_of_names_survive() {
    let name = "𠮷田㐂王㛃";
    let text = format!("姓名,部门\n{name},销售部\n李娜,销售部\n");
    let file = file("p.csv", encoding_rs::GB18030.encode(&text).0);
    assert_eq!(
        table(&file.path).sample[0][0],
        name,
        "GB18030 has four-byte characters"
    );
}

#[test]
fn delimiters_and_titles() {
    let check = |text: &str, delimiter: char, header_line: u32| {
        let file = file("p.csv", text);
        let table = table(&file.path);
        assert!(
            matches!(table.format, Format::Csv { delimiter: own, .. } if own == delimiter),
            "{text:?}"
        );
        assert_eq!(
            (table.header_line, table.headers.as_slice()),
            (header_line, &["姓名".to_owned(), "团队".to_owned()][..])
        );
        assert_eq!(import(&file.path, Kind::People).len(), 2, "{text:?}");
    };
    check("姓名,团队\n王伟,一组\n李娜,二组\n", ',', 1);
    check("姓名;团队\n王伟;一组\n李娜;二组", ';', 1);
    check("姓名\t团队\r\n王伟\t一组\r\n李娜\t二组\r\n", '\t', 1);
    check("姓名|团队\r王伟|一组\r李娜|二组\r", '|', 1);
    check("sep=;\n姓名;团队\n王伟;一组\n李娜;二组\n", ';', 2);
    check(
        "员工名册\n\n导出时间：2024-01-01\n姓名,团队\n\n王伟,一组\n,\n李娜,二组\n\n",
        ',',
        4,
    );
}

#[test]
fn lines_are_those_of_the_file() {
    let text = "id,owner,stage\r\n\r\n\"D1\",\"Ann\r\nLee\",won\r\n\r\n\r\nD2,Bob,nonsense\r\nD3,\"C\n\n\nD\",lost\nD4,Eve,won";
    for text in [
        text.to_owned(),
        text.replace("\r\n", "\n"),
        text.replace("\r\n", "\r"),
    ] {
        let file = file("d.csv", &text);
        let rows = import(&file.path, Kind::Opportunities);
        assert_eq!(deal(&rows[0]).line, 3, "{text:?}");
        assert_eq!(deal(&rows[0]).owner, "Ann\nLee");
        assert_eq!(
            rejections(&rows),
            [(7, "stage_unknown")],
            "blank lines and line breaks in cells count"
        );
        assert_eq!((deal(&rows[2]).line, deal(&rows[3]).line), (8, 12));
    }
}

#[test]
fn every_rejection_names_line_code_and_value() {
    let text = "编号,负责人,阶段,创建日期,成交日期,金额\n\
        D1,王伟,赢单,2017-03-01,2017-03-20,100\n\
        ,王伟,赢单,2017-03-01,2017-03-20,100\n\
        D3,,赢单,2017-03-01,2017-03-20,100\n\
        D4,王伟,大概,2017-03-01,2017-03-20,100\n\
        D5,王伟,赢单,2017-02-30,2017-03-20,100\n\
        D6,王伟,赢单,2017-03-01,1817-03-20,100\n\
        D7,王伟,赢单,2017-03-01,2017-03-20,很多\n\
        D8,王伟,赢单,2017-03-01,2017-03-20,1.0055\n\
        D9,王伟,赢单,2017-03-01,2017-03-20,$5\n\
        D1,王伟,赢单,2017-03-01,2017-03-20,100\n\
        D11,王伟,赢单,2017-03-01,2017-03-20,100,x\n\
        D12,王伟,赢单,2017-03-01,2017-03-20,99999999999999999999\n\
        D13,王伟,赢单,2017-03-01,2017-03-20,100,,\n";
    let file = file("d.csv", text);
    let rows = import(&file.path, Kind::Opportunities);
    let expected = [
        (3, "required_missing"),
        (4, "required_missing"),
        (5, "stage_unknown"),
        (6, "date_unreadable"),
        (7, "date_out_of_range"),
        (8, "amount_unreadable"),
        (9, "amount_too_precise"),
        (10, "currency_mismatch"),
        (11, "duplicate_id_in_file"),
        (12, "row_too_long"),
        (13, "amount_too_large"),
    ];
    assert_eq!(rejections(&rows), expected);
    assert_eq!(rows.len(), 13, "every row is taken or listed");
    let by_line = |line: u32| {
        rows.iter()
            .find_map(|row| row.as_ref().err().filter(|r| r.line == line))
            .unwrap()
    };
    let date = by_line(6);
    assert_eq!(
        (date.field, date.value.as_str()),
        (Some(Field::OPENED_ON), "2017-02-30")
    );
    assert_eq!(
        (date.params["header"].as_str(), date.params["line"].as_str()),
        ("创建日期", "6")
    );
    assert_eq!(date.raw[0], "D5");
    assert_eq!(by_line(11).params["first_line"], "2");
    assert_eq!(
        (
            by_line(9).params["decimals"].as_str(),
            by_line(9).params["currency"].as_str()
        ),
        ("2", "CNY")
    );
    assert_eq!(
        (
            by_line(12).params["cells"].as_str(),
            by_line(12).params["columns"].as_str()
        ),
        ("7", "6")
    );
    assert!(
        rows.iter()
            .filter_map(|row| row.as_ref().err())
            .all(|row| !row.fatal)
    );
}

#[test]
fn odd_rows_are_taken_with_a_warning() {
    let text = "id,owner,stage,opened_on,closed_on,amount\n\
        1,A,won,2017-03-02,2017-03-01,5\n2,A,engaging,2017-03-02,2017-09-01,5\n3,A,won,,,\n4,A,lost,,2017-01-01,\n";
    let file = file("d.csv", text);
    let rows = import(&file.path, Kind::Opportunities);
    let codes: Vec<Vec<WarningCode>> = rows
        .iter()
        .map(|row| {
            deal(row)
                .warnings
                .iter()
                .map(|warning| warning.code)
                .collect()
        })
        .collect();
    let expected = [
        vec![WarningCode::ClosedBeforeOpened],
        vec![WarningCode::OpenWithCloseDate],
        vec![
            WarningCode::ClosedWithoutDate,
            WarningCode::WonWithoutAmount,
        ],
        vec![],
    ];
    assert_eq!(codes, expected);
    assert_eq!(
        deal(&rows[1]).closed_on,
        None,
        "an open deal is not closed, whatever the forecast"
    );
    assert_eq!(deal(&rows[1]).warnings[0].params["value"], "2017-09-01");
}

fn date_file(values: &[&str]) -> String {
    let mut text = "id,owner,stage,closed_on,close_quarter\n".to_owned();
    for (index, value) in values.iter().enumerate() {
        let (date, quarter) = value.split_once('|').unwrap_or((value, ""));
        writeln!(text, "D{index},A,won,{date},{quarter}").unwrap();
    }
    text
}

/// The CRM's column: two-digit years last, and every day of the month before them.
fn two_digit_years(rows: u32) -> Vec<String> {
    (0..rows)
        .map(|n| format!("{:02}-{:02}-{}", n % 28 + 1, n % 12 + 1, 16 + n % 2))
        .collect()
}

#[test]
fn one_impossible_day_is_rejected_and_the_column_stays_day_first() {
    for wrong in ["31-02-17", "29-02-17", "31-04-17"] {
        for at in [0, 57, 119] {
            let mut values = two_digit_years(120);
            values[at] = wrong.to_owned();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let file = file("d.csv", date_file(&values));
            let (table, proposal) = proposal(&file.path, Kind::Opportunities);
            assert_eq!(
                proposal.mapping.date_order[&Field::CLOSED_ON],
                DateOrder::DayFirst,
                "{wrong}"
            );
            let rows = read(&table, &proposal.mapping);
            let line = u32::try_from(at).unwrap() + 2;
            assert_eq!(rejections(&rows), [(line, "date_unreadable")], "{wrong}");
        }
    }
}

#[test]
fn a_chosen_column_is_read_as_its_own_values_are_written() {
    let text = "id,owner,stage,closed_on,signed\n\
                D1,A,won,25-03-2017,03/25/2017\nD2,A,won,26-03-2017,03/26/2017\n";
    let file = file("d.csv", text);
    let (table, first) = proposal(&file.path, Kind::Opportunities);
    let order = |proposal: &Proposal| proposal.mapping.date_order[&Field::CLOSED_ON];
    assert_eq!(order(&first), DateOrder::DayFirst);
    let mut columns = first.mapping.columns.clone();
    columns.insert(Field::CLOSED_ON, "signed".to_owned());
    let chosen = propose_columns(&table, Kind::Opportunities, &columns).unwrap();
    assert_eq!(order(&chosen), DateOrder::MonthFirst);
    assert_eq!(chosen.mapping.columns, columns);
    assert_eq!(chosen.unmapped_headers, ["closed_on"]);
    assert_eq!(rejections(&read(&table, &chosen.mapping)), []);
}

#[test]
fn the_row_given_last_is_at_hand_as_it_was() {
    let file = file("d.csv", "id,owner,stage,note\nD1, A ,won,x\nD2,B,won,y\n");
    let (table, proposal) = proposal(&file.path, Kind::Opportunities);
    let mut rows = rows(&table, &proposal.mapping).unwrap();
    rows.next().unwrap().unwrap();
    assert_eq!(rows.raw_cells(), ["D1", "A", "won", "x"]);
    rows.next().unwrap().unwrap();
    assert_eq!(rows.raw_cells(), ["D2", "B", "won", "y"]);
}

#[test]
fn date_order_by_the_column() {
    let check =
        |values: &[&str], order: Option<DateOrder>, by: DecidedBy, rejected: &[(u32, &str)]| {
            let file = file("d.csv", date_file(values));
            let (table, proposal) = proposal(&file.path, Kind::Opportunities);
            let Some(Evidence::Dates(dates)) = proposal
                .evidence
                .iter()
                .find(|e| matches!(e, Evidence::Dates(_)))
            else {
                panic!("evidence for the date column");
            };
            assert_eq!(
                (dates.order, dates.decided_by),
                (order, by),
                "{values:?}: {dates:?}"
            );
            assert_eq!(
                rejections(&read(&table, &proposal.mapping)),
                rejected,
                "{values:?}"
            );
            let undecided = proposal
                .warnings
                .iter()
                .any(|w| w.code == WarningCode::DateOrderUndecided);
            assert_eq!(
                undecided,
                by == DecidedBy::Undecided,
                "an open question is asked"
            );
        };
    let (day, month, year) = (
        Some(DateOrder::DayFirst),
        Some(DateOrder::MonthFirst),
        Some(DateOrder::YearFirst),
    );
    check(&["01-03-2017", "25-03-2017"], day, DecidedBy::Values, &[]);
    check(&["03/01/2017", "03/25/2017"], month, DecidedBy::Values, &[]);
    check(
        &["17-03-01", "17-03-25", "17-04-12"],
        year,
        DecidedBy::Values,
        &[],
    );
    check(&["2017-03-01", "20170302"], None, DecidedBy::NotNeeded, &[]);
    check(
        &["01-03-2017"],
        None,
        DecidedBy::Undecided,
        &[(2, "date_ambiguous")],
    );
    check(
        &["01-03-17|Q1 2017"],
        None,
        DecidedBy::Undecided,
        &[(2, "date_ambiguous")],
    );
    check(&["01-04-17|Q2 2017"], day, DecidedBy::Control, &[]);
    check(
        &["25-03-2017", "03/25/2017"],
        None,
        DecidedBy::Undecided,
        &[],
    );
    // One typing error among many does not turn the column round; it is listed.
    let mut many: Vec<String> = (13..=28)
        .flat_map(|d| [format!("{d}-03-2017"), format!("{d}-04-2017")])
        .collect();
    many.push("03-25-2017".to_owned());
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    check(&many, day, DecidedBy::Values, &[(34, "date_unreadable")]);
}

#[test]
fn a_sister_column_lends_its_order() {
    let text = "id,owner,stage,opened_on,closed_on\n1,A,won,25-01-2017,01-03-2017\n2,A,won,13-01-2017,02-03-2017\n";
    let file = file("d.csv", text);
    let (table, proposal) = proposal(&file.path, Kind::Opportunities);
    let by: Vec<DecidedBy> = proposal
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Dates(dates) => Some(dates.decided_by),
            _ => None,
        })
        .collect();
    assert_eq!(by, [DecidedBy::Values, DecidedBy::Sibling]);
    assert_eq!(
        deal(&read(&table, &proposal.mapping)[0])
            .closed_on
            .unwrap()
            .to_string(),
        "2017-03-01"
    );
}

#[test]
fn decimal_style_by_the_column() {
    let check = |values: &[&str], style: Option<DecimalStyle>, amounts: &[Option<i64>]| {
        let mut text = "id;owner;stage;amount\n".to_owned();
        for (index, value) in values.iter().enumerate() {
            writeln!(text, "{index};A;won;{value}").unwrap();
        }
        let file = file("d.csv", text);
        let (table, proposal) = proposal(&file.path, Kind::Opportunities);
        assert_eq!(
            proposal.mapping.decimal.get(&Field::AMOUNT).copied(),
            style,
            "{values:?}"
        );
        let rows = read(&table, &proposal.mapping);
        let got: Vec<Option<i64>> = rows
            .iter()
            .map(|row| row.as_ref().ok().map(|_| deal(row).amount.unwrap().minor))
            .collect();
        assert_eq!(got, amounts, "{values:?}");
    };
    check(
        &["1.234,50", "1.234"],
        Some(DecimalStyle::Comma),
        &[Some(123_450), Some(123_400)],
    );
    check(
        &["1,234.50", "1,234"],
        Some(DecimalStyle::Point),
        &[Some(123_450), Some(123_400)],
    );
    check(
        &["1,234", "550"],
        Some(DecimalStyle::Point),
        &[Some(123_400), Some(55_000)],
    );
    check(&["1.234", "550"], None, &[None, Some(55_000)]);
    check(
        &["1.234,50", "1,234.50", "1,234"],
        None,
        &[Some(123_450), Some(123_450), None],
    );
}

#[test]
fn units_currency_and_stages_of_chinese_exports() {
    let text = "商机编号,销售,商机阶段,合同金额（万元）\n1,王伟,已签,12.5\n2,李娜,报价,3\n";
    let file = file("d.csv", text);
    let table = table(&file.path);
    let mut proposal = propose(&table, None).unwrap();
    assert_eq!(proposal.kind, Kind::Opportunities);
    assert_eq!(
        proposal
            .mapping
            .currency
            .map(|currency| currency.to_string())
            .as_deref(),
        Some("CNY")
    );
    let asked = proposal
        .warnings
        .iter()
        .find(|w| w.code == WarningCode::StagesUnmapped)
        .unwrap();
    assert_eq!(asked.params["values"], "已签", "an unknown stage is shown");
    assert_eq!(
        rejections(&read(&table, &proposal.mapping)),
        [(2, "stage_unknown")]
    );
    proposal
        .mapping
        .stages
        .insert("已签".to_owned(), Stage::Won);
    let mapping = Mapping::from_toml(&proposal.mapping.to_toml().unwrap()).unwrap();
    let rows = read(&table, &mapping);
    assert_eq!(
        (deal(&rows[0]).stage, deal(&rows[0]).amount.unwrap().minor),
        (Stage::Won, 12_500_000)
    );
    assert_eq!(deal(&rows[1]).stage, Stage::Proposal);
}

#[test]
fn titles_are_guessed_shown_and_mapped() {
    let file = file(
        "p.csv",
        "姓名,职位\n王伟,销售经理\n李娜,销售代表\n张敏,销售经理\n周周,\n",
    );
    let table = table(&file.path);
    let mut proposal = propose(&table, None).unwrap();
    let seen: Vec<(&str, u32, RoleRule)> = proposal
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Role(role) => Some((role.value.as_str(), role.rows, role.rule)),
            _ => None,
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("销售代表", 1, RoleRule::Sales),
            ("销售经理", 2, RoleRule::ByDeals)
        ]
    );
    let roles = |mapping: &Mapping| -> Vec<Option<RoleRule>> {
        let rows = read(&table, mapping);
        rows.into_iter()
            .map(|row| match row {
                Ok(Row::Person(row)) => row.role,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let (sales, by_deals) = (Some(RoleRule::Sales), Some(RoleRule::ByDeals));
    assert_eq!(roles(&proposal.mapping), [by_deals, sales, by_deals, None]);
    let chosen = RoleRule::Manager;
    proposal.mapping.roles.insert("销售经理".to_owned(), chosen);
    let mapping = Mapping::from_toml(&proposal.mapping.to_toml().unwrap()).unwrap();
    assert_eq!(roles(&mapping), [Some(chosen), sales, Some(chosen), None]);
    // A mapping file of before, without roles: the usual meaning.
    proposal.mapping.roles.clear();
    assert_eq!(roles(&proposal.mapping), [by_deals, sales, by_deals, None]);
}

/// A customer stands in many rows of interactions: the row repeats another only with all that tells them apart.
#[test]
fn a_repeated_row_names_every_column_that_tells_its_kind_apart() {
    let text = "客户,跟进人,方式,日期\n甲,王伟,电话,2026-03-01\n甲,王伟,电话,2026-03-02\n\
        甲,王伟,电话,2026/3/1\n";
    let rows = import(&file("i.csv", text).path, Kind::Interactions);
    assert_eq!(rejections(&rows), [(4, "duplicate_id_in_file")]);
    let said = &rows[2].as_ref().unwrap_err();
    assert_eq!(said.params["first_line"], "2");
    assert_eq!(
        said.params["fields"],
        "customer, person, interaction_kind, happened_on"
    );
    assert_eq!(said.params["values"], "甲, 王伟, 电话, 2026/3/1");
    assert_eq!(said.field, None, "not the first of them alone");
    let rows = import(
        &file("p.csv", "工号,姓名\n1,王伟\n1,李娜\n").path,
        Kind::People,
    );
    let said = rows[1].as_ref().unwrap_err();
    assert_eq!(
        (said.field, said.value.as_str()),
        (Some(Field::STAFF_NUMBER), "1")
    );
}

#[test]
fn two_people_of_one_name_are_two_with_staff_numbers() {
    let rows = |text: &str| import(&file("p.csv", text).path, Kind::People);
    assert_eq!(rejections(&rows("工号,姓名\n1,王伟\n2,王伟\n")), []);
    assert_eq!(
        rejections(&rows("工号,姓名\n1,王伟\n1,王炜\n")),
        [(3, "duplicate_id_in_file")]
    );
    assert_eq!(
        rejections(&rows("姓名,团队\n王伟,一组\n王伟,二组\n")),
        [(3, "duplicate_id_in_file")]
    );
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let rows = import(
        &file("p.csv", "name,team\n=cmd|' /C calc'!A0,@x\n").path,
        Kind::People,
    );
    let Ok(yeji_intake::Row::Person(person)) = &rows[0] else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (person.name.as_str(), person.team.as_deref()),
        ("=cmd|' /C calc'!A0", Some("@x"))
    );
}

#[test]
fn the_sample_is_short_and_the_count_is_whole() {
    let text: String = std::iter::once("name,team\n".to_owned())
        .chain((0..500).map(|i| format!("P{i},T\n")))
        .collect();
    let table = inspect(&file("p.csv", text).path).unwrap().remove(0);
    assert_eq!((table.sample.len(), table.rows), (20, Some(500)));
}
