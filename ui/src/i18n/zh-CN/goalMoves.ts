/** 分解带来的变化 */
export default {
  title: "分解前后",
  level: "显示哪一级",
  levels: {
    all: "全部",
    department: "部门",
    team: "团队",
    person: "人员",
  },
  most: "变化最大",
  unit: "单元或人员",
  where: "所在",
  before: "之前",
  after: "之后",
  beforeOf: "之前 {symbol}",
  afterOf: "之后 {symbol}",
  difference: "差额 {symbol}",
  lastYear: "{year} 年实际 {symbol}",
  growth: "增长",
} as const;
