/** 目标 */
export default {
  title: "目标",
} as const;
