/** A chart as a picture for the clipboard. */
import { FONT_FAMILY } from "../theme";
import { init } from "./echarts";
import type { ChartOption } from "./echarts";
import type { Palette } from "./palette";

type Colours = Pick<Palette, "surface" | "text">;

/** Twice the pixels of the screen: sharp on paper and on slides. */
const SCALE = 2;

/** Draws the option once more, on a canvas (which uses the page's fonts), and copies it as PNG. */
export async function copyPicture(
  option: ChartOption,
  title: string,
  size: { width: number; height: number },
  colours: Colours,
): Promise<void> {
  // The clipboard wants the promise, not the picture: waiting first would lose the click's permission.
  await navigator.clipboard.write([new ClipboardItem({ "image/png": drawPng(option, title, size, colours) })]);
}

async function drawPng(
  option: ChartOption,
  title: string,
  size: { width: number; height: number },
  colours: Colours,
): Promise<Blob> {
  const box = document.createElement("div");
  const chart = init(box, null, { renderer: "canvas", ...size, devicePixelRatio: SCALE });
  try {
    chart.setOption({ ...option, animation: false });
    const canvas = withTitle(chart.renderToCanvas({ pixelRatio: SCALE, backgroundColor: colours.surface }), title, colours);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    });
  } finally {
    chart.dispose();
  }
}

/** The picture under its title: alone on a slide it must still say what it shows. */
function withTitle(picture: HTMLCanvasElement, title: string, colours: Colours): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const head = 44 * SCALE;
  canvas.width = picture.width + 32 * SCALE;
  canvas.height = picture.height + head + 16 * SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = colours.text;
  context.font = `${16 * SCALE}px ${FONT_FAMILY}`;
  context.fillText(title, 16 * SCALE, 28 * SCALE);
  context.drawImage(picture, 16 * SCALE, head);
  return canvas;
}
