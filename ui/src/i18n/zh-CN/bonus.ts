/** 奖金 */
export default {
  title: "奖金",
} as const;
