/** Every colour, size and radius of the window: Ant Design's tokens and the CSS variables of our own parts. */
import { theme as antd, type ThemeConfig } from "antd";

export type Mode = "light" | "dark";

/** Latin and digits come from the system's face where our font is absent (tests, a plain browser). */
export const FONT_FAMILY =
  '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", -apple-system, "Segoe UI", sans-serif';

interface Palette {
  page: string;
  surface: string;
  raised: string;
  hover: string;
  selected: string;
  hairline: string;
  border: string;
  text: string;
  textSecondary: string;
  textTertiary: string;
  accent: string;
  accentHover: string;
  accentSoft: string;
  onAccent: string;
  up: string;
  down: string;
  danger: string;
  dangerSoft: string;
  warningSoft: string;
  okSoft: string;
  goalLine: string;
}

const light: Palette = {
  page: "#F6F7F9",
  surface: "#FFFFFF",
  raised: "#FFFFFF",
  hover: "#F0F2F5",
  selected: "#EAF0FE",
  hairline: "#E6E8EC",
  border: "#D3D7DE",
  text: "#1A1D23",
  textSecondary: "#555C68",
  textTertiary: "#69707C",
  accent: "#2456D6",
  accentHover: "#1D47B5",
  accentSoft: "#EAF0FE",
  onAccent: "#FFFFFF",
  up: "#1D6FB8",
  down: "#B45309",
  danger: "#B42318",
  dangerSoft: "#FDF0EE",
  warningSoft: "#FDF4E7",
  okSoft: "#EAF5F1",
  goalLine: "#69707C",
};

const dark: Palette = {
  page: "#14161A",
  surface: "#1C1F24",
  raised: "#24282F",
  hover: "#262A31",
  selected: "#232E49",
  hairline: "#2C3038",
  border: "#3D434D",
  text: "#E8EAED",
  textSecondary: "#A9AFBA",
  textTertiary: "#949BA7",
  accent: "#6C93F5",
  accentHover: "#89A9F8",
  accentSoft: "#232E49",
  onAccent: "#0F1420",
  up: "#6DB1EC",
  down: "#F0A35C",
  danger: "#F38B80",
  dangerSoft: "#3A2322",
  warningSoft: "#38291A",
  okSoft: "#17322A",
  goalLine: "#949BA7",
};

/** Colours of our own parts. */
export const palettes: Record<Mode, Palette> = { light, dark };

/** Chart colours in order, and the grey that only "other" may wear. */
export const chartColours: Record<Mode, { series: readonly string[]; other: string }> = {
  light: {
    series: ["#2456D6", "#C77700", "#0E8A6F", "#A93C86", "#3D97C9", "#9C3D12", "#7C4FC4"],
    other: "#9AA1AD",
  },
  dark: {
    series: ["#6C93F5", "#F0A63C", "#35C4A0", "#E07BB8", "#8FD3F5", "#E0703F", "#B59CF5"],
    other: "#9AA1AD",
  },
};

/**
 * A heat map from its least to its greatest value, the accent on the surface, and the figures on it. Steps and no
 * blend: between the fourth and the fifth are colours on which no figure has a contrast of 4.5. Light: `theme::HEAT`.
 */
export const heatSteps: Record<Mode, readonly { fill: string; ink: string }[]> = {
  light: [
    { fill: "#F0F3FC", ink: light.text },
    { fill: "#CFDAF6", ink: light.text },
    { fill: "#ACBFEF", ink: light.text },
    { fill: "#89A4E9", ink: light.text },
    { fill: "#436EDC", ink: "#FFFFFF" },
    { fill: "#2456D6", ink: "#FFFFFF" },
  ],
  dark: [
    { fill: "#222835", ink: dark.text },
    { fill: "#2C364E", ink: dark.text },
    { fill: "#37466B", ink: dark.text },
    { fill: "#425788", ink: dark.text },
    { fill: "#5C7CCB", ink: dark.onAccent },
    { fill: "#6C93F5", ink: dark.onAccent },
  ],
};

/** Ant Design's configuration for a mode. */
export function antdTheme(mode: Mode): ThemeConfig {
  const p = palettes[mode];
  return {
    algorithm: mode === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: p.accent,
      // The derived hover colour is too light for white words.
      colorPrimaryHover: p.accentHover,
      colorPrimaryActive: p.accentHover,
      colorInfo: p.accent,
      colorLink: p.accent,
      colorLinkHover: p.accentHover,
      colorError: p.danger,
      colorWarning: p.down,
      colorSuccess: mode === "dark" ? "#35C4A0" : "#0B7A62",
      colorTextBase: p.text,
      colorBgBase: p.surface,
      colorBgLayout: p.page,
      colorBgContainer: p.surface,
      colorBgElevated: p.raised,
      colorText: p.text,
      colorTextSecondary: p.textSecondary,
      colorTextTertiary: p.textTertiary,
      colorTextDescription: p.textSecondary,
      colorTextPlaceholder: p.textTertiary,
      colorTextDisabled: p.textTertiary,
      colorTextLightSolid: p.onAccent,
      colorBorder: p.border,
      colorBorderSecondary: p.hairline,
      colorSplit: p.hairline,
      fontFamily: FONT_FAMILY,
      fontSize: 14,
      lineHeight: 22 / 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: 32,
      motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      motionDurationSlow: "0.15s",
      motionDurationMid: "0.15s",
      motionDurationFast: "0.1s",
      boxShadow: "0 6px 24px rgba(15, 20, 32, 0.12)",
      boxShadowSecondary: "0 6px 24px rgba(15, 20, 32, 0.14)",
      wireframe: false,
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Table: {
        fontSize: 13,
        headerBg: p.surface,
        headerColor: p.textSecondary,
        headerSplitColor: "transparent",
        rowHoverBg: p.hover,
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 12,
        headerSortActiveBg: p.surface,
        headerSortHoverBg: p.hover,
        bodySortBg: "transparent",
      },
      Select: { optionSelectedBg: p.selected },
      Segmented: { trackBg: p.hover, itemSelectedBg: mode === "dark" ? p.border : p.surface },
      Tooltip: { colorBgSpotlight: mode === "dark" ? "#3A404A" : "#1F2430", colorTextLightSolid: "#FFFFFF" },
      Notification: { width: 340, fontSizeLG: 14, paddingMD: 12, paddingContentHorizontalLG: 16 },
      Progress: { defaultColor: p.accent, remainingColor: p.hairline },
    },
  };
}

/** Puts the palette where our style sheets read it. The CSSOM is allowed under the strict CSP. */
export function applyMode(mode: Mode): void {
  const root = document.documentElement;
  root.dataset["theme"] = mode;
  root.style.colorScheme = mode;
  for (const [name, value] of Object.entries(palettes[mode])) {
    root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value as string);
  }
  root.style.setProperty("--font", FONT_FAMILY);
}
