// What the layers share: lines with a halo, marks, colours between colours, the present time.

const FAR = 1e5; // pixels; canvases draw wrongly much farther out

/** @param {number} pixel */
function clampPixel(pixel) {
  return Math.max(-FAR, Math.min(FAR, pixel));
}

/**
 * Trace points [0, count) of a line; a point that is not a number leaves a gap.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {TypedArray} xs
 * @param {TypedArray} ys
 * @param {LayerView} view
 * @param {number} count
 */
function trace(g, xs, ys, view, count = xs.length) {
  let broken = true;
  g.beginPath();
  for (let i = 0; i < count; i++) {
    const [px, py] = [view.x(xs[i]), view.y(ys[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      broken = true;
      continue;
    }
    if (broken) g.moveTo(clampPixel(px), clampPixel(py));
    else g.lineTo(clampPixel(px), clampPixel(py));
    broken = false;
  }
}

/**
 * Stroke the traced line with a halo, so that it reads on any field.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {string} colour
 * @param {number} width
 * @param {LayerView} view
 */
function strokeWithHalo(g, colour, width, view) {
  g.lineJoin = "round";
  if (!view.ghost) {
    g.strokeStyle = view.colours.halo;
    g.lineWidth = width + 2;
    g.stroke();
  }
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.stroke();
}

/**
 * Marks differ in shape as well as in colour.
 *
 * @type {Record<string, (g: CanvasRenderingContext2D, x: number, y: number, r: number) => void>}
 */
const SHAPES = {
  circle: (g, x, y, r) => g.arc(x, y, r, 0, 2 * Math.PI),
  triangle: (g, x, y, r) => {
    g.moveTo(x, y - 1.2 * r);
    g.lineTo(x + 1.1 * r, y + 0.8 * r);
    g.lineTo(x - 1.1 * r, y + 0.8 * r);
    g.closePath();
  },
  square: (g, x, y, r) => g.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r),
  diamond: (g, x, y, r) => {
    g.moveTo(x, y - 1.3 * r);
    g.lineTo(x + 1.3 * r, y);
    g.lineTo(x, y + 1.3 * r);
    g.lineTo(x - 1.3 * r, y);
    g.closePath();
  },
  down: (g, x, y, r) => {
    g.moveTo(x, y + 1.2 * r);
    g.lineTo(x + 1.1 * r, y - 0.8 * r);
    g.lineTo(x - 1.1 * r, y - 0.8 * r);
    g.closePath();
  },
  star: (g, x, y, r) => {
    for (let i = 0; i < 10; i++) {
      const [turn, reach] = [(i * Math.PI) / 5, i % 2 ? 0.6 * r : 1.4 * r];
      g.lineTo(x + reach * Math.sin(turn), y - reach * Math.cos(turn));
    }
    g.closePath();
  },
  ring: (g, x, y, r) => g.arc(x, y, 1.5 * r, 0, 2 * Math.PI),
  cross: (g, x, y, r) => {
    g.moveTo(x - r, y - r);
    g.lineTo(x + r, y + r);
    g.moveTo(x + r, y - r);
    g.lineTo(x - r, y + r);
  },
};

/**
 * @param {CanvasRenderingContext2D} g
 * @param {string} shape one of SHAPES
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} colour
 * @param {string} halo
 */
function mark(g, shape, x, y, radius, colour, halo) {
  g.beginPath();
  SHAPES[shape](g, x, y, radius);
  if (shape === "cross" || shape === "ring") {
    g.lineCap = "round";
    g.strokeStyle = halo;
    g.lineWidth = 5.5;
    g.stroke();
    g.strokeStyle = colour;
    g.lineWidth = 3;
    g.stroke();
    g.lineCap = "butt";
    return;
  }
  g.fillStyle = colour;
  g.fill();
  g.strokeStyle = halo;
  g.lineWidth = 1.5;
  g.stroke();
}

/**
 * The colour of a role; a ghost's own where that is enough to tell whose ghost it is.
 *
 * @param {string} role
 * @param {LayerView} view
 */
function colourOf(role, view) {
  return view.colours[view.ghost && !view.ghostsInColour ? "ghost" : role];
}

/**
 * An arrow at the edge of the box towards something outside of it.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {number} px where that is
 * @param {number} py
 * @param {string} colour
 * @param {LayerView} view
 */
function drawArrowOut(g, px, py, colour, { box, colours }) {
  const inset = 8;
  const x = Math.max(box.left + inset, Math.min(box.right - inset, px));
  const y = Math.max(box.top + inset, Math.min(box.bottom - inset, py));
  g.save();
  g.translate(x, y);
  g.rotate(Math.atan2(clampPixel(py) - y, clampPixel(px) - x) + Math.PI / 2);
  mark(g, "triangle", 0, 0, 6, colour, colours.halo);
  g.restore();
}

/** @param {string} hex */
function hexToRgb(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/**
 * Colour at `t` in [0, 1] of a list of evenly spaced hex colours.
 *
 * @param {string[]} stations
 * @param {number} t
 */
function colourAt(stations, t) {
  const u = Math.max(0, Math.min(1, t)) * (stations.length - 1);
  const i = Math.min(stations.length - 2, Math.floor(u));
  const [a, b] = [stations[i], stations[i + 1]].map(hexToRgb);
  return a.map((c, k) => Math.round(c + (b[k] - c) * (u - i)));
}

/**
 * The values of the present time: the row of now where an array has one row a moment.
 *
 * @param {ArrayData} array
 * @param {LayerView} view
 */
function nowOf({ values, shape }, view) {
  if (shape.length < 2) return values;
  const row = Math.round(view.time * (shape[0] - 1));
  return values.subarray(row * shape[1], (row + 1) * shape[1]);
}
