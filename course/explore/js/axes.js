// Axes: scales from numbers to pixels, ticks, and how numbers are written.

const FONT = "14px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** @param {number} n */
function superscript(n) {
  return String(n).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻");
}

/**
 * A number for reading: three or four digits, a true minus sign, powers of ten when far from 1.
 *
 * @param {number | null | undefined} value
 * @param {number} digits
 */
function formatNumber(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  const size = Number(value.toExponential(digits - 1).split("e")[1]);
  let text;
  if (size >= 5 || size < -3) {
    const mantissa = Number((value / 10 ** size).toPrecision(digits));
    text = `${mantissa} × 10${superscript(size)}`;
  } else {
    text = size >= digits ? Math.round(value).toLocaleString("en") : value.toPrecision(digits);
    if (text.includes(".")) text = text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  }
  return text.replace("-", "−");
}

/**
 * Map [low, high] to pixels [from, to]; `back` maps pixels to numbers.
 *
 * @param {number} low
 * @param {number} high
 * @param {boolean} log
 * @param {number} from
 * @param {number} to
 * @returns {Scale}
 */
function makeScale(low, high, log, from, to) {
  /** @type {(value: number) => number} */
  const into = log ? (v) => (v > 0 ? Math.log10(v) : NaN) : Number;
  const [a, b] = [into(low), into(high)];
  /** @param {number} value */
  const scale = (value) => from + ((into(value) - a) / (b - a)) * (to - from);
  /** @param {number} pixel */
  const back = (pixel) => {
    const u = a + ((pixel - from) / (to - from)) * (b - a);
    return log ? 10 ** u : u;
  };
  return Object.assign(scale, { back, low, high, log, from, to });
}

/**
 * A tick of a short log axis: 500, 2·10⁴.
 *
 * @param {number} value
 */
function powerText(value) {
  const size = Math.floor(Math.log10(value) + 1e-9);
  if (size >= -2 && size <= 3) return formatNumber(value, 4);
  const lead = Math.round(value / 10 ** size);
  return `${lead === 1 ? "" : `${lead}·`}10${superscript(size)}`;
}

/**
 * @param {Scale} scale
 * @param {number} most about how many there is room for
 * @returns {Tick[]}
 */
function ticksOf(scale, most) {
  if (scale.log) {
    const [a, b] = [Math.log10(scale.low), Math.log10(scale.high)];
    const stride = Math.max(1, Math.ceil((b - a) / most));
    const found = [];
    if (b - a < 2) {
      for (const at of [1, 2, 5].flatMap((n) =>
        [0, 1, 2].map((k) => n * 10 ** (Math.floor(a) + k)),
      )) {
        if (at >= scale.low && at <= scale.high) found.push({ at, text: powerText(at) });
      }
      return found;
    }
    for (let k = Math.ceil(a - 1e-9); k <= b + 1e-9; k += stride) {
      const text = k >= 0 && k <= 3 ? formatNumber(10 ** k, 4) : `10${superscript(k)}`;
      found.push({ at: 10 ** k, text });
    }
    return found;
  }
  const rough = (scale.high - scale.low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5].map((n) => n * power).find((n) => n >= rough * 0.999) ?? 10 * power;
  const found = [];
  for (let k = Math.ceil(scale.low / stride - 1e-9); k * stride <= scale.high * (1 + 1e-9); k++) {
    found.push({ at: k * stride, text: formatNumber(k * stride, 4) });
  }
  // One tick alone gives no scale.
  return found.length < 2 && most < 10 ? ticksOf(scale, 2 * most) : found;
}

/**
 * The end of an axis or of a colour scale: a number, or the name of a scalar of the frame.
 *
 * @param {number | string} end
 * @param {Frame} frame
 */
function axisEnd(end, frame) {
  return typeof end === "string" ? /** @type {number} */ (frame.scalars[end]) : end;
}

const TOP = 24; // px above every box, so that panels side by side begin on one line

/**
 * The box of a panel without axes: a square below that line, or all the room of several columns.
 *
 * @param {Spec.Panel} panel
 * @param {number} width
 * @param {number} height
 */
function bareBox(panel, width, height) {
  const [right, bottom] = [width - 1, height - 1];
  if (panel.span > 1) return { left: 1, top: TOP, right, bottom };
  const side = Math.min(right - 1, bottom - TOP);
  return { left: 1, top: TOP, right: 1 + side, bottom: TOP + side };
}

/**
 * The plot's inner box and its two scales, for a canvas of the given size.
 *
 * @param {Spec.Panel} panel
 * @param {Frame} frame
 * @param {number} width
 * @param {number} height
 */
function layOut(panel, frame, width, height) {
  const box = panel.z
    ? { left: 50, top: 12, right: width - 40, bottom: height - 28 }
    : panel.bare
      ? bareBox(panel, width, height)
      : { left: 62, top: TOP, right: width - 14, bottom: height - 44 };
  const { x, y } = panel;
  const [x0, x1, y0, y1] = [x.low, x.high, y.low, y.high].map((end) => axisEnd(end, frame));
  return {
    box,
    x: makeScale(x0, x1, x.log, box.left, box.right),
    y: makeScale(y0, y1, y.log, box.bottom, box.top),
  };
}

/**
 * @param {Spec.Axis} axis
 * @param {Scale} scale
 * @param {number} most
 * @returns {Tick[]}
 */
function namedTicks(axis, scale, most) {
  if (!axis.ticks.length) return ticksOf(scale, most);
  return axis.ticks.map((text, at) => ({ at, text }));
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {Spec.Panel} panel
 * @param {LayerView} view
 */
function drawAxes(g, panel, view) {
  if (panel.bare) return;
  const { box, x, y, colours } = view;
  const xTicks = namedTicks(panel.x, x, Math.max(2, (box.right - box.left) / 64));
  const yTicks = namedTicks(panel.y, y, Math.max(2, (box.bottom - box.top) / 44));
  g.font = FONT;
  g.lineWidth = 1;
  g.strokeStyle = colours.grid;
  g.beginPath();
  for (const tick of xTicks) {
    const at = Math.round(x(tick.at)) + 0.5;
    g.moveTo(at, box.top);
    g.lineTo(at, box.bottom);
  }
  for (const tick of yTicks) {
    const at = Math.round(y(tick.at)) + 0.5;
    g.moveTo(box.left, at);
    g.lineTo(box.right, at);
  }
  g.stroke();
  g.fillStyle = colours.quiet;
  g.textBaseline = "top";
  g.textAlign = "center";
  const end = view.width;
  for (const tick of xTicks) {
    const inside = end - g.measureText(tick.text).width / 2; // the last one is not cut off
    g.fillText(tick.text, Math.min(x(tick.at), inside), box.bottom + 6);
  }
  g.textAlign = "right";
  g.textBaseline = "middle";
  for (const tick of yTicks) g.fillText(tick.text, box.left - 6, y(tick.at));
  g.fillStyle = colours.text;
  g.textBaseline = "alphabetic";
  g.textAlign = "center";
  g.fillText(panel.x.label, (box.left + box.right) / 2, box.bottom + 39);
  g.textAlign = "left";
  g.fillText(panel.y.label, 4, 14);
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {LayerView} view
 */
function drawFrame(g, view) {
  const { box, colours } = view;
  g.lineWidth = 1;
  g.strokeStyle = colours.frame;
  g.strokeRect(box.left + 0.5, box.top + 0.5, box.right - box.left - 1, box.bottom - box.top - 1);
}
