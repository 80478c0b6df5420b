/** 业绩 */
export default {
  title: "业绩",
} as const;
