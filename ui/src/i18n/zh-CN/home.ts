/** 工作台 */
export default {
  title: "工作台",
} as const;
