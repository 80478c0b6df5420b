//! Traditional characters as simplified ones, for comparing words that this program knows: headers,
//! stages, units, choices. Names of people and customers are never changed by it.
//!
//! A table of our own: the crates for it bring thousands of characters that no word of ours has, with
//! code that is old or under the GPL.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional and simplified, for the characters that our words have. What both scripts write alike
/// is not here.
const PAIRS: &str = "\
    萬万 專专 業业 丟丢 産产 產产 億亿 價价 會会 関关 關关 內内 劃划 創创 別别 \
    辦办 務务 區区 單单 發发 變变 號号 後后 啓启 啟启 員员 團团 國国 圓圆 場场 \
    處处 備备 獎奖 實实 審审 對对 層层 屬属 崗岗 幣币 應应 開开 錄录 録录 態态 \
    總总 戰战 戶户 報报 數数 無无 時时 機机 來来 標标 歐欧 匯汇 彙汇 溝沟 註注 \
    滿满 潛潜 點点 狀状 現现 電电 監监 碼码 確确 離离 種种 稱称 稅税 簽签 籤签 \
    類类 係系 繫系 約约 級级 線线 綫线 組组 細细 織织 經经 結结 絡络 統统 績绩 編编 \
    職职 聯联 獲获 營营 規规 視视 觸触 計计 訂订 認认 議议 記记 訪访 評评 話话 \
    說说 諾诺 調调 談谈 負负 責责 敗败 賬账 貨货 購购 贏赢 轉转 輸输 進进 郵邮 \
    銷销 鎊镑 長长 門门 閉闭 問问 間间 隊队 階阶 際际 項项 預预 頻频 額额 説说 \
    奬奖 滙汇 値值 帳账 帐账 臺台 韓韩 銖铢 節节 補补";

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = PAIRS.split_whitespace();
    pairs
        .filter_map(|pair| {
            let mut pair = pair.chars();
            Some((pair.next()?, pair.next()?))
        })
        .collect()
});

/// The character as simplified text has it.
pub(crate) fn simplified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use crate::Kind;
    use crate::header::{guess_kind, matches};

    /// The templates' headers, and usual ones of CRMs in Taiwan and Hong Kong, written by hand.
    const HEADERS: &[(Kind, &str)] = &[
        (Kind::Units, "單元名稱,單元類型,上級單元,啟用日期,停用日期"),
        (
            Kind::People,
            "姓名,工號,主管,團隊,部門,崗位,入職日期,離職日期",
        ),
        (Kind::People, "員工編號,員工姓名,部門,職位,到職日期"),
        (
            Kind::Memberships,
            "人員,所屬單元,任職角色,任職開始,任職結束",
        ),
        (
            Kind::Customers,
            "客戶名稱,客戶編號,客戶類型,客戶分類,地區,母公司,員工人數,年收入,成立年份",
        ),
        (Kind::Customers, "公司名稱,產業,區域,員工數,年營業額"),
        (Kind::Contacts, "聯繫人編號,聯繫人,客戶,職務,電話"),
        (Kind::Contacts, "聯絡人,客戶名稱,職稱,聯繫電話"),
        (Kind::Products, "產品名稱,產品編號,產品類別,標價,成本"),
        (
            Kind::Opportunities,
            "商機編號,負責人,客戶,產品,階段,創建日期,成交日期,金額,創建季度,成交季度",
        ),
        (
            Kind::Opportunities,
            "專案編號,業務人員,客戶名稱,狀態,結案日期,銷售額",
        ),
        (Kind::Credits, "商機編號,分成"),
        (Kind::StageHistory, "變更編號,商機編號,變更後階段,變更日期"),
        (
            Kind::Leads,
            "線索編號,線索名稱,來源渠道,跟進人,線索日期,轉成的商機",
        ),
        (
            Kind::OrderLines,
            "訂單行號,商機編號,產品,數量,行金額,下單日期",
        ),
        (
            Kind::Contracts,
            "合同編號,商機編號,合同金額,簽訂日期,合同開始,合同結束",
        ),
        (
            Kind::Invoices,
            "發票號碼,商機編號,客戶,合同編號,發票金額,開票日期",
        ),
        (
            Kind::Receipts,
            "回款編號,商機編號,回款金額,回款日期,被退回款",
        ),
        (
            Kind::Interactions,
            "跟進編號,客戶,跟進人,跟進方式,跟進日期,跟進內容",
        ),
        (Kind::Satisfaction, "問卷編號,客戶,滿意度評分,評價日期"),
        (Kind::Deliveries, "交付單號,商機編號,應交日期,實交日期"),
        (Kind::MarketIndex, "指數名稱,地區,月份,指數值"),
        (Kind::ExchangeRates, "原幣種,目標幣種,日期,匯率"),
        (Kind::TargetBonuses, "人員,季度目標獎金,生效日期"),
        (Kind::Goals, "人員,月份,目標金額"),
    ];

    // Every list from Taiwan or Hong Kong stopped at its header.
    #[test]
    fn headers_in_traditional_characters_are_known_in_every_kind() {
        for (kind, line) in HEADERS {
            let headers: Vec<String> = line.split(',').map(str::to_owned).collect();
            let guessed = guess_kind(&headers, &[]).map(|(kind, _)| kind);
            assert_eq!(guessed, Some(*kind), "{line}");
            let mut known: Vec<usize> = matches(&headers, *kind)
                .into_iter()
                .map(|matched| matched.column)
                .collect();
            known.sort_unstable();
            let all: Vec<usize> = (0..headers.len()).collect();
            assert_eq!(known, all, "{kind}: {line}");
        }
        let covered = |kind: &&Kind| HEADERS.iter().any(|(covered, _)| covered == *kind);
        assert_eq!(Kind::ALL.iter().filter(covered).count(), Kind::ALL.len());
    }
}
