//! Files of other countries are told from Chinese ones, and these from them: what is read in the wrong
//! encoding is nonsense that the next step would import as names.

use std::fmt::Write;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252,
};
use yeji_core::facts::Stage;
use yeji_intake::{Format, Kind, TextEncoding};

use crate::support::{deal, file, import, table};

/// Words of a country's exports: a header that is not known, names, and customers.
struct Words {
    header: &'static str,
    names: &'static [&'static str],
    customers: &'static [&'static str],
}

const KOREAN: Words = Words {
    header: "담당자,고객,금액",
    names: &["김민수", "이서연", "박지훈", "최유진", "정하늘"],
    customers: &[
        "서울물산 주식회사",
        "한국전자",
        "부산기계",
        "대한상사 ㈜",
        "미래테크",
    ],
};
const JAPANESE: Words = Words {
    header: "担当者,顧客名,金額",
    names: &["山田太郎", "鈴木花子", "佐藤健", "高橋さくら", "田中実"],
    customers: &[
        "株式会社東京",
        "大阪商事",
        "名古屋工業",
        "ヤマト機械",
        "福岡ソフト",
    ],
};
const CHINESE: Words = Words {
    header: "经办,甲方,标价",
    names: &["王伟", "李娜", "赵敏", "陈晨", "刘洋"],
    customers: &[
        "上海甲公司",
        "北京乙科技",
        "重庆丙集团",
        "广州机电",
        "杭州软件园",
    ],
};
const TAIWANESE: Words = Words {
    header: "業務人員,公司行號,總額",
    names: &["陳美玲", "林志明", "黃淑芬", "張家豪"],
    customers: &["臺灣電子", "華訊科技", "遠景國際", "鴻海精密工業"],
};
const RUSSIAN: Words = Words {
    header: "Менеджер,Клиент,Сумма",
    names: &["Иванов", "Петрова", "Сидоров"],
    customers: &["ООО Ромашка", "Северсталь", "Волга"],
};

impl Words {
    fn table(&self, header: &str, rows: usize) -> String {
        let mut text = header.to_owned() + "\n";
        for row in 0..rows {
            let name = self.names[row % self.names.len()];
            let customer = self.customers[row * 3 % self.customers.len()];
            writeln!(text, "{name},{customer},{}", 100 + row * 37 % 9_000).unwrap();
        }
        text
    }
}

fn check(text: &str, encoding: &'static Encoding, expected: TextEncoding) {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{text}");
    let file = file("x.csv", bytes);
    let table = table(&file.path);
    let rows = text.lines().count() - 1;
    assert!(
        matches!(table.format, Format::Csv { encoding, .. } if encoding == expected),
        "{:?} for {rows} rows of {expected:?}: {:?}",
        table.format,
        table.headers
    );
    assert_eq!(table.headers.join(","), text.lines().next().unwrap());
    assert_eq!(table.sample[0].join(","), text.lines().nth(1).unwrap());
}

#[test]
fn files_of_every_length_are_read_in_their_own_encoding() {
    for (words, encoding, expected) in [
        (KOREAN, EUC_KR, TextEncoding::EucKr),
        (JAPANESE, SHIFT_JIS, TextEncoding::ShiftJis),
        (JAPANESE, EUC_JP, TextEncoding::EucJp),
        (CHINESE, GB18030, TextEncoding::Gb18030),
        (TAIWANESE, BIG5, TextEncoding::Big5),
        (RUSSIAN, WINDOWS_1251, TextEncoding::Windows1251),
    ] {
        for rows in [1, 3, 10, 500] {
            check(&words.table(words.header, rows), encoding, expected);
        }
    }
}

/// Without a header to go by, the values of a few rows must do.
#[test]
fn a_header_in_english_says_nothing() {
    for (words, encoding, expected) in [
        (KOREAN, EUC_KR, TextEncoding::EucKr),
        (JAPANESE, SHIFT_JIS, TextEncoding::ShiftJis),
        (JAPANESE, EUC_JP, TextEncoding::EucJp),
        (CHINESE, GB18030, TextEncoding::Gb18030),
        (TAIWANESE, BIG5, TextEncoding::Big5),
    ] {
        for rows in [3, 10, 500] {
            check(
                &words.table("owner,account,price", rows),
                encoding,
                expected,
            );
        }
    }
}

/// Few characters could be Korean as well as Chinese: the users are mostly in China. A known header
/// decides however the values look, also where every character lies among the Korean ones.
#[test]
fn short_lists_and_known_headers_are_chinese() {
    for text in [
        "品名,价格\n钢管,12\n",
        "name,price\n产品1,100\n产品2,200\n",
        "产品名称,产品编号,标价\n产品1,P1,100\n",
        "产品名称,产品编号,标价\n电饭煲,A1,10\n割草机,A2,20\n打包机,A3,30\n豆浆机,A4,40\n",
    ] {
        check(text, GB18030, TextEncoding::Gb18030);
    }
    let mut many = "产品名称,产品编号,备注,标价\n".to_owned();
    for n in 0..500 {
        writeln!(many, "电饭煲{n},A{n},割草机打包,{n}").unwrap();
    }
    check(&many, GB18030, TextEncoding::Gb18030);
}

/// What is written in Taiwan and Hong Kong stopped at its header, in whatever encoding.
#[test]
fn deals_in_traditional_characters_are_read() {
    let text = "商機編號,負責人,客戶,階段,成交日期,金額（萬元）\n\
                D1,陳美玲,臺灣電子,贏單,2026年3月5號,1.2\n\
                D2,林志明,遠景國際,丟單,2026-03-06,3\n";
    for encoding in [BIG5, GB18030, UTF_8] {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy);
        let file = file("x.csv", bytes);
        let rows = import(&file.path, Kind::Opportunities);
        let (won, lost) = (deal(&rows[0]), deal(&rows[1]));
        assert_eq!((won.stage, lost.stage), (Stage::Won, Stage::Lost));
        assert_eq!(won.owner, "陳美玲", "names stay as they are written");
        let amount = won.amount.unwrap();
        assert_eq!(amount.to_major(), "12000.00");
        assert_eq!(won.closed_on.unwrap().to_string(), "2026-03-05");
    }
}

/// A few characters can be of several countries: what is chosen is said to be doubtful, so that nobody
/// takes nonsense for names. Where the header is known or the text is long nobody is bothered.
#[test]
fn few_characters_are_doubted_and_many_are_not() {
    let doubt = |text: &str, encoding: &'static Encoding| {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy, "{text}");
        let table = table(&file("x.csv", bytes).path);
        let Format::Csv { encoding, .. } = table.format else {
            panic!("no text");
        };
        (encoding, table.doubt)
    };
    let english = "deal_id,owner,account,stage\n";
    let one_korean = format!("{english}E0,김철수,삼성전자,Won\n");
    assert_eq!(
        doubt(&one_korean, EUC_KR),
        (TextEncoding::Gb18030, Some(TextEncoding::EucKr))
    );
    let one_japanese = format!("{english}E0,高橋健,東京商事,Won\n");
    let (read, other) = doubt(&one_japanese, EUC_JP);
    assert!(
        [Some(read), other].contains(&Some(TextEncoding::EucJp)),
        "{read:?} {other:?}"
    );
    for header in [CHINESE.header, "产品名称,客户,标价"] {
        let (read, other) = doubt(&CHINESE.table(header, 500), GB18030);
        assert_eq!((read, other), (TextEncoding::Gb18030, None));
    }
    let french = format!("{english}E0,Zoé Müller,Crédit Agricole,Won\n");
    // What the detector takes for letters of Europe could be them always, so that a daily export of names
    // would be doubted for good.
    for names in ["王伟\n", "李娜\n张敏\n", "陈静\n刘洋\n杨勇\n"] {
        let (_, other) = doubt(&format!("name,team\n{names}"), GB18030);
        assert_ne!(other, Some(TextEncoding::Windows1252), "{names}");
    }
    let (_, other) = doubt(&french, WINDOWS_1252);
    assert_eq!(other, None, "nobody is bothered by accents");
    let known = "产品名称,产品编号,标价\n产品1,P1,100\n";
    assert_eq!(doubt(known, GB18030), (TextEncoding::Gb18030, None));
    for (words, encoding) in [(KOREAN, EUC_KR), (JAPANESE, EUC_JP), (JAPANESE, SHIFT_JIS)] {
        let (_, other) = doubt(&words.table(words.header, 500), encoding);
        assert_eq!(other, None, "{encoding:?}");
    }
    assert_eq!(
        doubt("deal_id,owner\nE0,王伟\n", UTF_8),
        (TextEncoding::Utf8, None)
    );
}
