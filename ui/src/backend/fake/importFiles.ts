/** The files that the fake's dialog returns: a small CRM export with the usual traps. */
import type { AliasProposal, ControlTotal, DateReadings, FieldMapping, ImportFile, RejectedLine, SampledRow, UnreadableFile } from "../generated";
import { yuan } from "./company";

const field = (
  code: string,
  column: string | null,
  required = false,
  dateOrder: string | null = null,
  readings: DateReadings | null = null,
): FieldMapping => ({ field: code, required, column, date_order: dateOrder, readings });

const OPENED: DateReadings = { value: "11-01-26", day_first: "2026-01-11", month_first: "2026-11-01", year_first: "2011-01-26" };

/** Fields of each kind, as the program names them. */
export const FIELDS: Record<string, readonly [code: string, required: boolean][]> = {
  people: [
    ["name", true],
    ["staff_number", false],
    ["team", false],
    ["manager", false],
    ["department", false],
    ["role", false],
    ["hired_on", false],
    ["left_on", false],
  ],
  customers: [
    ["name", true],
    ["external_id", false],
    ["customer_type", false],
    ["region", false],
    ["employees", false],
  ],
  products: [
    ["name", true],
    ["category", false],
    ["list_price", false],
  ],
  opportunities: [
    ["external_id", true],
    ["owner", true],
    ["customer", false],
    ["product", false],
    ["stage", true],
    ["opened_on", false],
    ["closed_on", false],
    ["amount", false],
  ],
};

/** `openDates`: the values of the opening date can be read in two ways. `tax`: what an earlier import took out of the amounts. */
export function sampleFiles(openDates = false, tax: string | null = null): ImportFile[] {
  const net = { tax_included: null, tax_remembered: null };
  return [
    {
      index: 0,
      of_file: 0,
      file: "人员.csv",
      format: "CSV · UTF-8 · “,”",
      encoding: "utf-8",
      encoding_refused: null,
      kind: "people",
      mapped_by: "proposal",
      headers: ["姓名", "工号", "团队", "主管", "大区", "职位"],
      sample: [
        ["王伟", "YF1001", "上海一组", "许静", "华东大区", "销售代表"],
        ["李娜", "YF1002", "上海一组", "许静", "华东大区", "销售经理"],
        ["王伟", "YF1012", "广州组", "何俊", "华南大区", "销售代表"],
      ],
      rows: 12,
      fields: [
        field("name", "姓名", true),
        field("staff_number", "工号"),
        field("team", "团队"),
        field("manager", "主管"),
        field("department", "大区"),
        field("role", "职位"),
        field("hired_on", null),
        field("left_on", null),
      ],
      evidence: [],
      stages: [],
      roles: [
        { value: "销售代表", role: "sales", rows: 9 },
        { value: "销售经理", role: "by_deals", rows: 3 },
      ],
      ...net,
    },
    {
      index: 1,
      of_file: 1,
      file: "客户.csv",
      format: "CSV · GB18030 · “,”",
      encoding: "gb18030",
      encoding_refused: null,
      kind: "customers",
      mapped_by: "proposal",
      headers: ["客户名称", "行业", "地区", "备注"],
      sample: [
        ["宏远贸易", "零售", "上海", ""],
        ["新禾食品", "制造", "杭州", "年框"],
      ],
      rows: 10,
      fields: [
        field("name", "客户名称", true),
        field("external_id", null),
        field("customer_type", "行业"),
        field("region", "地区"),
        field("employees", null),
      ],
      evidence: [{ code: "unmapped_columns", params: { headers: "备注" } }],
      stages: [],
      roles: [],
      ...net,
    },
    {
      index: 2,
      of_file: 2,
      file: "商机.xlsx [Sheet1]",
      format: "XLSX",
      encoding: null,
      encoding_refused: null,
      kind: "opportunities",
      mapped_by: "proposal",
      headers: ["编号", "销售", "客户", "产品", "阶段", "创建日期", "成交日期", "金额"],
      sample: [
        ["OP-0001", "王伟", "宏远贸易", "企业版", "赢单", "20-10-25", "01-03-26", "12,800.00"],
        ["OP-0002", "李娜", "", "专业板", "谈判中", "25-02-26", "", ""],
        ["OP-0003", "张敏", "新禾食品", "标准版", "丢单", "11-01-26", "17-03-26", "0"],
      ],
      rows: 1_296,
      fields: [
        field("external_id", "编号", true),
        field("owner", "销售", true),
        field("customer", "客户"),
        field("product", "产品"),
        field("stage", "阶段", true),
        field("opened_on", "创建日期", false, openDates ? null : "day_first", OPENED),
        field("closed_on", "成交日期", false, "day_first"),
        field("amount", "金额"),
      ],
      evidence: [
        ...(openDates
          ? [
              { code: "evidence_dates", params: { field: "opened_on", header: "创建日期", order: "undecided", ambiguous: "1296" } },
              { code: "date_order_undecided", params: { field: "opened_on", header: "创建日期" } },
            ]
          : [dateEvidence("opened_on", "创建日期", "783", "20-10-25", "2025-10-20")]),
        dateEvidence("closed_on", "成交日期", "702", "17-03-26", "2026-03-17"),
        {
          code: "evidence_amounts",
          params: { field: "amount", header: "金额", plain: "12", point_only: "811", comma_only: "", ambiguous: "", empty: "473", unreadable: "" },
        },
      ],
      stages: [
        { value: "赢单", stage: "won", rows: 503 },
        { value: "丢单", stage: "lost", rows: 320 },
        { value: "谈判中", stage: "negotiation", rows: 281 },
        { value: "意向A", stage: null, rows: 192 },
      ],
      roles: [],
      tax_included: tax,
      tax_remembered: tax,
    },
  ];
}

function dateEvidence(code: string, header: string, dayFirst: string, example: string, readAs: string) {
  return {
    code: "evidence_dates",
    params: {
      field: code,
      header,
      order: "day_first",
      day_first_only: dayFirst,
      month_first_only: "",
      year_first_only: "",
      ambiguous: "498",
      unambiguous: "",
      empty: "15",
      unreadable: "1",
      example,
      read_as: readAs,
    },
  };
}

export const UNREADABLE: UnreadableFile[] = [
  { file: "说明.docx", reason: { code: "not_a_table", params: { file: "说明.docx", reason: "docx" } }, index: null, encoding: null },
];

export function sampleAliases(): AliasProposal[] {
  return [
    {
      key: "product:专业板",
      kind: "product",
      text: "专业板",
      proposal: "专业版",
      target: null,
      near: [],
      choices: ["企业版", "专业版", "标准版", "实施服务", "数据接口"],
      rows: 148,
      won_amount: yuan("729400.00"),
      decided: false,
      becomes_person: false,
    },
    {
      key: "customer:宏远贸易有限公司",
      kind: "customer",
      text: "宏远贸易有限公司",
      proposal: "宏远贸易",
      target: null,
      near: [],
      choices: ["宏远贸易", "新禾食品", "联创电子", "海纳物流"],
      rows: 21,
      won_amount: yuan("96250.00"),
      decided: false,
      becomes_person: false,
    },
    {
      key: "person:李娜娜",
      kind: "person",
      text: "李娜娜",
      proposal: null,
      target: null,
      near: [],
      choices: ["王伟 (YF1001)", "李娜", "张敏", "刘洋"],
      rows: 2,
      won_amount: yuan("0.00"),
      decided: false,
      becomes_person: false,
    },
  ];
}

export const REJECTED: RejectedLine[] = [
  {
    file: "商机.xlsx [Sheet1]",
    line: 214,
    reason: {
      code: "date_unreadable",
      params: { line: "214", field: "closed_on", header: "成交日期", value: "31-02-26" },
    },
    raw: ["OP-0213", "陈静", "博雅教育", "企业版", "赢单", "02-01-26", "31-02-26", "9,600.00"],
  },
  {
    file: "商机.xlsx [Sheet1]",
    line: 388,
    reason: { code: "amount_unreadable", params: { line: "388", field: "amount", header: "金额", value: "约5万", counted: "opportunities 2026-04" } },
    raw: ["OP-0387", "杨帆", "蓝天旅游", "实施服务", "赢单", "14-02-26", "03-04-26", "约5万"],
  },
  {
    file: "商机.xlsx [Sheet1]",
    line: 902,
    reason: { code: "required_missing", params: { line: "902", field: "owner", header: "销售", value: "" } },
    raw: ["OP-0901", "", "金石建材", "标准版", "丢单", "09-06-26", "01-07-26", "0"],
  },
];

const written = (name: string, code: string, params: Record<string, string>) => ({
  field: name,
  from: { code: "value_none", params: {} },
  to: { code, params },
  can_restore: false,
});

export const NEW_DEALS: SampledRow[] = [
  {
    line: 2,
    number: null,
    record: {
      entity: "opportunity",
      id: "0190-op-1",
      name: { code: "value_text", params: { text: "OP-0001" } },
      fate: "created",
      fields: [
        written("owner", "value_text", { text: "王伟 (YF1001)" }),
        written("stage", "value_stage", { value: "won" }),
        written("amount", "value_money", { amount: "12800.00", currency: "CNY" }),
      ],
    },
  },
];

export function sampleControls(committed: boolean): ControlTotal[] {
  const rows: [string, string][] = [
    ["all", "9120385.50"],
    ["2026-Q1", "2481200.00"],
    ["2026-Q2", "3086111.00"],
    ["2026-Q3", "2790074.50"],
    ["2026-Q4", "763000.00"],
  ];
  return rows.map(([period, amount]) => ({
    metric: "won_amount",
    period,
    in_file: yuan(amount),
    in_store: committed ? yuan(amount) : null,
    shared: false,
  }));
}
