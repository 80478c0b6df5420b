//! What a job title says about leading.

/// Job titles that mean "leads the unit".
const MANAGER_WORDS: &[&str] = &[
    "manager",
    "director",
    "head of",
    "leader",
    "supervisor",
    "经理",
    "主管",
    "总监",
    "负责人",
    "组长",
];
/// `经理` also ends titles of people who sell (客户经理, account manager).
const SELLER_WORDS: &[&str] = &[
    "account manager",
    "客户经理",
    "sales manager assistant",
    "经理助理",
    "产品经理",
];

/// Whether a person of that title leads and, with that, does not sell. Without a title: no.
pub(super) fn leads(role: Option<&str>) -> bool {
    let Some(role) = role.map(str::to_lowercase) else {
        return false;
    };
    !SELLER_WORDS.iter().any(|word| role.contains(word))
        && MANAGER_WORDS.iter().any(|word| role.contains(word))
}
