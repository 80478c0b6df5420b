/** 图表 */
export default {
  title: "图表",
} as const;
