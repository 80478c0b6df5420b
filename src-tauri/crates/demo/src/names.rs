//! Tables of invented names: regions and cities, people, customers, products.

use std::collections::HashSet;

use crate::rng::Rng;

/// A region (department) with its cities (teams).
#[derive(Debug)]
pub struct Region {
    /// Name of the region.
    pub name: &'static str,
    /// Its cities, largest market first.
    pub cities: [&'static str; 4],
}

/// Departments, in the order in which the company grew.
pub const REGIONS: [Region; 6] = [
    Region {
        name: "华东",
        cities: ["上海", "杭州", "南京", "苏州"],
    },
    Region {
        name: "华南",
        cities: ["广州", "深圳", "佛山", "东莞"],
    },
    Region {
        name: "华北",
        cities: ["北京", "天津", "石家庄", "太原"],
    },
    Region {
        name: "西南",
        cities: ["成都", "重庆", "昆明", "贵阳"],
    },
    Region {
        name: "华中",
        cities: ["武汉", "长沙", "郑州", "洛阳"],
    },
    Region {
        name: "东北",
        cities: ["沈阳", "大连", "长春", "哈尔滨"],
    },
];

/// The name that two people share.
pub const SHARED_NAME: &str = "王伟";

const SURNAMES: [&str; 60] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "萧", "田", "董", "袁", "潘", "于", "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁",
    "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆", "汪", "欧阳", "上官",
];

const GIVEN_NAMES: [&str; 120] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "霞", "平", "刚", "桂", "鑫", "凯", "琳", "婷", "宇", "浩", "倩", "颖", "鹏", "欣", "健",
    "斌", "波", "辉", "玥", "喆", "翀", "昊", "珺", "建国", "建华", "国强", "志强", "志远", "文博",
    "文静", "晓东", "晓燕", "晓峰", "海燕", "海涛", "雪梅", "玉兰", "玉华", "秀英", "秀兰", "淑珍",
    "春梅", "春生", "丽娟", "丽华", "美玲", "美华", "红梅", "红霞", "俊杰", "俊峰", "子轩", "子涵",
    "梓萱", "雨桐", "雨欣", "欣怡", "诗涵", "浩然", "浩宇", "宇航", "宇轩", "嘉怡", "嘉豪", "佳琪",
    "佳慧", "思远", "思琪", "家乐", "家明", "天佑", "天宇", "永强", "永红", "庆华", "庆丰", "德明",
    "德华", "振华", "振宇", "卫东", "卫国", "立新", "立军", "长江", "新民", "学文", "学军", "成龙",
    "成功", "一鸣", "一凡", "若曦", "若琳", "婉清", "书涵", "景明", "景行", "泽宇", "泽民", "瑞雪",
    "瑞霖", "慧敏",
];

/// Names of people, each given once.
#[derive(Debug)]
pub struct PeopleNames {
    used: HashSet<usize>,
}

impl PeopleNames {
    /// Nobody is named yet; [`SHARED_NAME`] (the first surname with the first given name) is kept.
    pub fn new() -> Self {
        Self {
            used: HashSet::from([0]),
        }
    }

    /// A name that nobody has: the drawn one, else the next free one. There are more names
    /// (7,200) than people ([`crate::MAX_PEOPLE`]).
    pub fn draw(&mut self, rng: &mut Rng) -> String {
        let all = SURNAMES.len() * GIVEN_NAMES.len();
        // The smaller of two draws: the table is in order of frequency.
        let surname = rng.index(SURNAMES.len()).min(rng.index(SURNAMES.len()));
        let mut index = surname * GIVEN_NAMES.len() + rng.index(GIVEN_NAMES.len());
        while !self.used.insert(index) {
            index = (index + 1) % all;
        }
        format!(
            "{}{}",
            SURNAMES[index / GIVEN_NAMES.len()],
            GIVEN_NAMES[index % GIVEN_NAMES.len()]
        )
    }
}

/// Any name of a person outside the company.
pub fn outsider(rng: &mut Rng) -> String {
    format!("{}{}", rng.pick(&SURNAMES), rng.pick(&GIVEN_NAMES))
}

/// A type of customers.
#[derive(Debug)]
pub struct CustomerType {
    /// Shown name.
    pub name: &'static str,
    /// Customers of a hundred.
    pub percent: u64,
    /// What such companies are called.
    suffixes: [&'static str; 3],
}

/// Customer types with their shares, which sum to 100.
pub const CUSTOMER_TYPES: [CustomerType; 7] = [
    CustomerType {
        name: "制造",
        percent: 34,
        suffixes: ["机械制造有限公司", "精密部件有限公司", "电子科技有限公司"],
    },
    CustomerType {
        name: "能源",
        percent: 16,
        suffixes: ["能源集团有限公司", "热力有限公司", "电力工程有限公司"],
    },
    CustomerType {
        name: "物流",
        percent: 14,
        suffixes: ["物流有限公司", "供应链管理有限公司", "冷链运输有限公司"],
    },
    CustomerType {
        name: "医疗",
        percent: 12,
        suffixes: ["医院", "医疗器械有限公司", "制药有限公司"],
    },
    CustomerType {
        name: "零售",
        percent: 10,
        suffixes: ["商贸有限公司", "连锁超市有限公司", "百货有限公司"],
    },
    CustomerType {
        name: "政府",
        percent: 8,
        suffixes: ["市政工程管理处", "水务中心", "产业园管委会"],
    },
    CustomerType {
        name: "教育",
        percent: 6,
        suffixes: ["职业技术学院", "实验中学", "理工学院"],
    },
];

const WORD_STARTS: [&str; 30] = [
    "鼎", "恒", "瑞", "博", "联", "宏", "盛", "金", "天", "东", "中", "新", "国", "华", "永", "安",
    "海", "信", "德", "凯", "科", "卓", "正", "启", "元", "远", "同", "嘉", "诚", "明",
];
const WORD_ENDS: [&str; 30] = [
    "泰", "达", "丰", "源", "通", "信", "成", "辰", "和", "利", "润", "昌", "禾", "锐", "创", "川",
    "翔", "康", "阳", "林", "岭", "朗", "能", "益", "洲", "基", "盈", "诺", "卫", "拓",
];

/// Names of customers, each given once.
#[derive(Debug, Default)]
pub struct CustomerNames {
    used: HashSet<(&'static str, usize, usize)>,
}

impl CustomerNames {
    /// A name of that city and type that no customer has. There are 2,700 of each pair.
    pub fn draw(&mut self, rng: &mut Rng, city: &'static str, kind: usize) -> String {
        let all = WORD_STARTS.len() * WORD_ENDS.len() * 3;
        let mut index = rng.index(all);
        for _ in 0..all {
            if self.used.insert((city, kind, index)) {
                return customer_name(city, kind, index);
            }
            index = (index + 1) % all;
        }
        // Not reached below `MAX_CUSTOMERS`; still a name, only one that is taken.
        customer_name(city, kind, index)
    }
}

/// Any company of that city and type, a customer's or not.
pub fn stranger(rng: &mut Rng, city: &'static str, kind: usize) -> String {
    let index = rng.index(WORD_STARTS.len() * WORD_ENDS.len() * 3);
    customer_name(city, kind, index)
}

fn customer_name(city: &str, kind: usize, index: usize) -> String {
    let (word, suffix) = (index / 3, CUSTOMER_TYPES[kind].suffixes[index % 3]);
    let (start, end) = (
        WORD_STARTS[word % WORD_STARTS.len()],
        WORD_ENDS[word / WORD_STARTS.len()],
    );
    format!("{city}{start}{end}{suffix}")
}

/// What customers' contacts are.
pub const JOBS: [&str; 6] = [
    "采购经理",
    "设备科长",
    "总工程师",
    "生产副总",
    "采购员",
    "项目经理",
];

/// A product of the range.
#[derive(Debug)]
pub struct Item {
    /// Shown name.
    pub name: &'static str,
    /// Series.
    pub series: &'static str,
    /// List price in whole yuan.
    pub price_yuan: i64,
    /// Cost as a part of the list price, in percent.
    pub cost_percent: i64,
    /// Pieces that a usual order line has at most.
    pub lot: u64,
}

const fn item(
    name: &'static str,
    series: &'static str,
    price_yuan: i64,
    cost_percent: i64,
    lot: u64,
) -> Item {
    Item {
        name,
        series,
        price_yuan,
        cost_percent,
        lot,
    }
}

/// Pieces in a series; [`ITEMS`] lists series after series.
pub const SERIES_LEN: usize = 4;
/// The range: three series of four.
pub const ITEMS: [Item; 12] = [
    item("LY-P100 立式离心泵", "泵与阀", 6_800, 58, 8),
    item("LY-P220 多级增压泵", "泵与阀", 15_600, 56, 5),
    item("LY-P350 化工流程泵", "泵与阀", 32_800, 55, 3),
    item("LY-V80 电动调节阀", "泵与阀", 9_200, 60, 10),
    item("LY-C11 螺杆空压机", "空压机", 28_500, 64, 3),
    item("LY-C37 永磁变频空压机", "空压机", 68_000, 62, 2),
    item("LY-C90 两级压缩空压机", "空压机", 158_000, 61, 1),
    item("LY-D60 冷冻式干燥机", "空压机", 18_900, 57, 3),
    item("LY-A10 控制柜", "自动化", 12_800, 52, 4),
    item("LY-A30 变频驱动柜", "自动化", 36_000, 54, 3),
    item("LY-A80 集中监控系统", "自动化", 128_000, 45, 1),
    item("LY-S01 传感器套件", "自动化", 4_600, 48, 12),
];

/// Where leads come from.
pub const CHANNELS: [&str; 5] = ["展会", "官网", "转介绍", "电话咨询", "老客户"];

/// Kinds of interactions (closed list of the facts) with what is noted.
pub const TOUCHES: [(&str, &str); 8] = [
    ("visit", "现场勘察，确认工况参数"),
    ("call", "电话跟进报价进展"),
    ("message", "发送样本与选型表"),
    ("meeting", "技术交流会，讨论方案"),
    ("call", "确认采购流程与预算"),
    ("visit", "拜访设备部门，了解替换计划"),
    ("message", "提醒报价有效期"),
    ("meeting", "商务谈判，讨论付款条件"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_hold_what_the_code_counts_on() {
        assert_eq!(format!("{}{}", SURNAMES[0], GIVEN_NAMES[0]), SHARED_NAME);
        assert_eq!(
            CUSTOMER_TYPES.iter().map(|kind| kind.percent).sum::<u64>(),
            100
        );
        assert!(SURNAMES.len() * GIVEN_NAMES.len() > crate::MAX_PEOPLE as usize);
        for series in ITEMS.chunks(SERIES_LEN) {
            assert!(
                series.iter().all(|item| item.series == series[0].series),
                "series are in blocks"
            );
        }
        for table in [&SURNAMES[..], &GIVEN_NAMES, &WORD_STARTS, &WORD_ENDS] {
            let different: HashSet<_> = table.iter().collect();
            assert_eq!(
                different.len(),
                table.len(),
                "an entry twice would name two people the same"
            );
        }
    }

    #[test]
    fn names_are_given_once_even_when_they_run_short() {
        let mut rng = Rng::stream(3, 3);
        let mut names = PeopleNames::new();
        let given: HashSet<String> = (0..crate::MAX_PEOPLE)
            .map(|_| names.draw(&mut rng))
            .collect();
        assert_eq!(given.len(), crate::MAX_PEOPLE as usize);
        assert!(!given.contains(SHARED_NAME));
    }
}
