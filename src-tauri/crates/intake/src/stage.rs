//! What sources call the stages of a deal.

use yeji_core::facts::Stage;

use crate::fold::fold_word;

/// Spellings, folded, with a space between. What is not here is shown to a person and mapped.
static WORDS: &[(Stage, &str)] = &[
    (
        Stage::Won,
        "won closedwon closewon win 赢单 成交 已成交 已赢单 成单 已成单 已签约 已签单 \
         签约 签单 赢 赢单关闭 关闭赢单 成交关闭",
    ),
    (
        Stage::Lost,
        "lost closedlost closelost loss 输单 丢单 已输单 已丢单 战败 失败 已流失 流失 \
         输 输单关闭 丢单关闭 关闭输单 关闭丢单",
    ),
    (
        Stage::Engaging,
        "engaging engaged contacted qualified qualification 跟进中 跟进 接洽 接洽中 接触中 沟通中 \
         需求确认 已接触",
    ),
    (
        Stage::Prospecting,
        "prospecting prospect new lead 初步接触 初步沟通 线索 新建 潜在 意向 初期沟通",
    ),
    (
        Stage::Proposal,
        "proposal quote quoted quotation proposalpricequote 报价 已报价 方案报价 方案 \
         提案 报价中",
    ),
    (
        Stage::Negotiation,
        "negotiation negotiating negotiationreview 谈判 商务谈判 谈判中 合同谈判 \
         谈判审核 议价",
    ),
];

/// The stage that a spelling means in most sources. What stands in brackets behind it is the name of a
/// pipeline (`Closed Won (Sales Pipeline)`).
pub fn known_stage(text: &str) -> Option<Stage> {
    stage_of(text).or_else(|| {
        let (name, rest) = text.split_once(['(', '（'])?;
        rest.trim_end()
            .ends_with([')', '）'])
            .then(|| stage_of(name))
            .flatten()
    })
}

fn stage_of(text: &str) -> Option<Stage> {
    let key = fold_word(text);
    WORDS
        .iter()
        .find(|(_, words)| words.split_whitespace().any(|word| word == key))
        .map(|(stage, _)| *stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let check =
            |text: &str, stage: Option<Stage>| assert_eq!(known_stage(text), stage, "{text}");
        check("Won", Some(Stage::Won));
        check("Closed Won", Some(Stage::Won));
        check("赢单", Some(Stage::Won));
        check("Closed Won (Sales Pipeline)", Some(Stage::Won));
        check("赢单（直销）", Some(Stage::Won));
        check("赢单关闭", Some(Stage::Won));
        check("Maybe (won)", None);
        check("成交 ", Some(Stage::Won));
        check("LOST", Some(Stage::Lost));
        check("丢单", Some(Stage::Lost));
        check("输单", Some(Stage::Lost));
        check("Engaging", Some(Stage::Engaging));
        check("跟进中", Some(Stage::Engaging));
        check("Prospecting", Some(Stage::Prospecting));
        check("初步接触", Some(Stage::Prospecting));
        check("报价", Some(Stage::Proposal));
        check("Proposal/Price Quote", Some(Stage::Proposal));
        check("谈判", Some(Stage::Negotiation));
        check("贏單", Some(Stage::Won));
        check("丟單", Some(Stage::Lost));
        check("談判", Some(Stage::Negotiation));
        check("Wonderful", None);
        check("", None);
        for stage in Stage::ALL {
            assert_eq!(
                known_stage(stage.code()),
                Some(stage),
                "our own codes are read"
            );
        }
    }

    #[test]
    fn words_are_folded_and_mean_one_stage() {
        let mut seen = std::collections::BTreeSet::new();
        for word in WORDS.iter().flat_map(|(_, words)| words.split_whitespace()) {
            assert_eq!(fold_word(word), word);
            assert!(seen.insert(word), "{word}");
        }
    }
}
