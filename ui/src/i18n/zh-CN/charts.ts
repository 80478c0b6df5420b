/** 图表 */
export default {
  unknown: "无数据",
  unknownNote: "灰色部分没有数据：未知，不是零。",
  goal: "目标",
  total: "合计",
  step: "占上一阶段 {share}",
  place: "项目",
  asTable: "以表格显示",
  asChart: "以图表显示",
  copyPicture: "复制图片",
  export: "导出…",
  explain: "说明",
  menu: "“{title}”的操作",
  picture: "{title}（图）。可在操作菜单中改为表格。",
  empty: "此范围没有数据",
  copied: "图片已复制",
  copyFailed: "没有复制：系统未允许使用剪贴板。可改用导出。",
} as const;
