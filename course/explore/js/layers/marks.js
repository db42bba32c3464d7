// Layers: one function draws one kind of layer from a frame's arrays. To add a kind, write its
// function, put it in LAYERS under its name, and declare it in base/picture.py.
//
// Each is called as (g, layer, frame, view): the canvas context, the declaration, the frame, and
// view = {box, x, y, colours, cividis, time (0 to 1), values, ghost (true for the previous run)}.

const FAR = 1e5; // pixels; canvases draw wrongly much farther out

function clampPixel(pixel) {
  return Math.max(-FAR, Math.min(FAR, pixel));
}

/** Trace points [0, count) of a line; a point that is not a number leaves a gap. */
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

/** Stroke the traced line with a halo, so that it reads on any field. */
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

/** Marks differ in shape as well as in colour. */
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

function mark(g, shape, x, y, radius, colour, halo) {
  g.beginPath();
  SHAPES[shape](g, x, y, radius);
  if (shape === "cross" || shape === "ring") {
    g.lineCap = "round";
    for (const [style, width] of [[halo, 5.5], [colour, 3]]) {
      g.strokeStyle = style;
      g.lineWidth = width;
      g.stroke();
    }
    g.lineCap = "butt";
    return;
  }
  g.fillStyle = colour;
  g.fill();
  g.strokeStyle = halo;
  g.lineWidth = 1.5;
  g.stroke();
}

function hexToRgb(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/** Colour at `t` in [0, 1] of a list of evenly spaced hex colours. */
function colourAt(stations, t) {
  const u = Math.max(0, Math.min(1, t)) * (stations.length - 1);
  const i = Math.min(stations.length - 2, Math.floor(u));
  const [a, b] = [stations[i], stations[i + 1]].map(hexToRgb);
  return a.map((c, k) => Math.round(c + (b[k] - c) * (u - i)));
}

const fieldImages = new WeakMap(); // typed array → Map(size and colours → canvas)

/** Field values between grid points, by bilinear interpolation. */
function fieldSampler(values, rows, columns) {
  return (u, v) => {
    const [c, r] = [u * (columns - 1), v * (rows - 1)];
    const [c0, r0] = [Math.min(columns - 2, Math.floor(c)), Math.min(rows - 2, Math.floor(r))];
    const [fc, fr] = [c - c0, r - r0];
    const at = r0 * columns + c0;
    const below = values[at] * (1 - fc) + values[at + 1] * fc;
    const above = values[at + columns] * (1 - fc) + values[at + columns + 1] * fc;
    return below * (1 - fr) + above * fr;
  };
}

function paintField(layer, array, frame, view, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const g = canvas.getContext("2d");
  const image = g.createImageData(width, height);
  const [low, high] = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const sample = fieldSampler(array.values, ...array.shape);
  const levels = layer.bands || 256;
  const table = Array.from({ length: levels }, (_, i) =>
    colourAt(view.cividis, levels === 1 ? 0 : i / (levels - 1)),
  );
  const height01 = (i, j) => {
    const [u, v] = [i / (width - 1), 1 - j / (height - 1)];
    return (sample(Math.min(1, u), Math.max(0, v)) - low) / (high - low);
  };
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const f = Math.max(0, Math.min(0.9999, height01(i, j))) * levels;
      let [r, gr, b] = table[Math.floor(f)];
      if (layer.bands) {
        // The distance to the nearest contour in pixels tells how much of the line lies here.
        const slope = Math.hypot(height01(i + 1, j) - height01(i, j), height01(i, j + 1) - height01(i, j));
        const off = Math.abs(f - Math.round(f)) / Math.max(1e-9, slope * levels);
        const line = Math.round(f) > 0 ? 0.35 * Math.max(0, 1.2 - off) : 0;
        [r, gr, b] = [r, gr, b].map((c) => c + (255 - c) * Math.min(0.35, line));
      }
      image.data.set([r, gr, b, 255], 4 * (j * width + i));
    }
  }
  g.putImageData(image, 0, 0);
  return canvas;
}

/** The field itself, or its slice of the present time. */
function presentField(layer, frame, view) {
  const { values, shape } = frame.arrays[layer.values];
  if (shape.length === 2) return { values, shape };
  const size = shape[1] * shape[2];
  const row = Math.round(view.time * (shape[0] - 1));
  return { values: values.subarray(row * size, (row + 1) * size), shape: shape.slice(1) };
}

/** One square of one colour for each value. */
function drawSquares(g, layer, { values, shape }, frame, view) {
  const [rows, columns] = shape;
  const [low, high] = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const canvas = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  const table = Array.from({ length: 256 }, (_, i) => colourAt(view.cividis, i / 255));
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const t = (values[(rows - 1 - j) * columns + i] - low) / (high - low);
      const [r, gr, b] = table[Math.round(255 * Math.max(0, Math.min(1, t || 0)))];
      const at = 4 * (j * columns + i);
      image.data[at] = r;
      image.data[at + 1] = gr;
      image.data[at + 2] = b;
      image.data[at + 3] = 255;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  const { box } = view;
  g.imageSmoothingEnabled = false;
  g.drawImage(canvas, box.left, box.top, box.right - box.left, box.bottom - box.top);
  g.imageSmoothingEnabled = true;
}

function drawField(g, layer, frame, view) {
  const array = presentField(layer, frame, view);
  if (!layer.smooth) {
    drawSquares(g, layer, array, frame, view);
    return;
  }
  const { box } = view;
  const [width, height] = [box.right - box.left, box.bottom - box.top].map((n) =>
    Math.round(n * view.pixelRatio),
  );
  const ends = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const key = [width, height, layer.bands, ...ends].join();
  if (!fieldImages.has(array.values)) fieldImages.set(array.values, new Map());
  const images = fieldImages.get(array.values);
  if (!images.has(key)) images.set(key, paintField(layer, array, frame, view, width, height));
  g.drawImage(images.get(key), box.left, box.top, box.right - box.left, box.bottom - box.top);
}

function drawPath(g, layer, frame, view) {
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const all = Math.min(xs.length, ys.length);
  const colour = view.colours[view.ghost ? "ghost" : layer.colour];
  if (view.ghost) {
    g.setLineDash([5, 4]);
    trace(g, xs, ys, view, all);
    strokeWithHalo(g, colour, 2, view);
    g.setLineDash([]);
    return;
  }
  const last = Math.round(view.time * (all - 1));
  if (last < all - 1) {
    g.globalAlpha = 0.3;
    trace(g, xs, ys, view, all);
    g.strokeStyle = colour;
    g.lineWidth = 1.5;
    g.stroke();
    g.globalAlpha = 1;
  }
  trace(g, xs, ys, view, last + 1);
  strokeWithHalo(g, colour, all < 150 ? 1.6 : 1.2, view); // a dense path would fill up
  if (layer.dots && all < 150) {
    for (let i = 0; i <= last; i++) {
      const [px, py] = [view.x(xs[i]), view.y(ys[i])];
      if (Number.isFinite(px + py)) mark(g, "circle", px, py, 2.8, colour, view.colours.halo);
    }
  }
}

/** The head of a path, drawn whole where it stands on the edge of the box. */
function drawHead(g, layer, frame, view) {
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const last = Math.round(view.time * (Math.min(xs.length, ys.length) - 1));
  const [px, py, box] = [view.x(xs[last]), view.y(ys[last]), view.box];
  const inside = px > box.left - 1 && px < box.right + 1 && py > box.top - 1 && py < box.bottom + 1;
  if (inside) mark(g, layer.shape, px, py, 6, view.colours[layer.colour], view.colours.halo);
}

/** The values of the present time: the row of now where an array has one row a moment. */
function nowOf({ values, shape }, view) {
  if (shape.length < 2) return values;
  const row = Math.round(view.time * (shape[0] - 1));
  return values.subarray(row * shape[1], (row + 1) * shape[1]);
}

function drawCurve(g, layer, frame, view) {
  trace(g, nowOf(frame.arrays[layer.x], view), nowOf(frame.arrays[layer.y], view), view);
  g.setLineDash(layer.dash || view.ghost ? [7, 5] : []);
  strokeWithHalo(g, view.colours[view.ghost ? "ghost" : layer.colour], view.ghost ? 2 : 3, view);
  g.setLineDash([]);
}

const CLASS_SHAPES = ["circle", "triangle", "square", "diamond"];
const CLASS_SIGNS = ["●", "▲", "■", "◆"];
const SHAPE_SIGNS = { circle: "●", triangle: "▲", square: "■", diamond: "◆", ring: "○", cross: "✕", down: "▼", star: "★" };

function drawPoints(g, layer, frame, view) {
  const [xs, ys] = [layer.x, layer.y].map((name) => nowOf(frame.arrays[name], view));
  const classes = layer.classes ? frame.arrays[layer.classes].values : null;
  const { colours } = view;
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [view.x(xs[i]), view.y(ys[i])];
    if (!Number.isFinite(px + py)) continue;
    const colour = classes ? colours[`class${classes[i]}`] : colours[layer.colour];
    const shape = classes ? CLASS_SHAPES[classes[i] % CLASS_SHAPES.length] : "circle";
    mark(g, shape, clampPixel(px), clampPixel(py), layer.size, colour, colours.halo);
  }
}

/** Where a marker stands: in the reader's hand if it can be dragged, else where the frame says. */
function markerAt(layer, frame, view) {
  if (layer.sets.length) return layer.sets.map((key) => view.values[key]);
  return nowOf(frame.arrays[layer.at], view);
}

function drawMarker(g, layer, frame, view) {
  const at = markerAt(layer, frame, view);
  const [px, py] = [view.x(at[0]), view.y(at[1])];
  if (!Number.isFinite(px + py)) return;
  mark(g, layer.shape, px, py, layer.shape === "cross" ? 6 : 8, view.colours[layer.colour], view.colours.halo);
}

/** How far, in pixels, an event inside the panel is from a rule that can be dragged. */
function ruleDistance(layer, event, view) {
  const [value, { box }] = [view.values[layer.sets[0]], view];
  const [px, py] = [event.offsetX, event.offsetY];
  const inside = px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  if (!inside) return Infinity;
  return layer.cuts === "x" ? Math.abs(view.x(value) - px) : Math.abs(view.y(value) - py);
}

function drawRule(g, layer, frame, view) {
  const value = layer.sets.length ? view.values[layer.sets[0]] : frame.scalars[layer.at];
  if (value === null || value === undefined) return;
  const { box, colours } = view;
  g.beginPath();
  if (layer.cuts === "y") {
    g.moveTo(box.left, view.y(value));
    g.lineTo(box.right, view.y(value));
  } else {
    g.moveTo(view.x(value), box.top);
    g.lineTo(view.x(value), box.bottom);
  }
  g.setLineDash([2, 4]);
  strokeWithHalo(g, colours[layer.colour], 2, view);
  g.setLineDash([]);
  if (!layer.sets.length) return;
  const [px, py] =
    layer.cuts === "x" ? [view.x(value), box.top + 14] : [box.right - 14, view.y(value)];
  mark(g, "square", px, py, 7, colours[layer.colour], colours.halo); // the grip
}

function drawBars(g, layer, frame, view) {
  const heights = nowOf(frame.arrays[layer.heights], view);
  const floor = view.box.bottom;
  const width = 0.7 * Math.abs(view.x(1) - view.x(0));
  const chosen = layer.chosen ? frame.scalars[layer.chosen] : -1;
  heights.forEach((height, i) => {
    const top = view.y(height);
    if (!Number.isFinite(top)) return;
    const left = view.x(i) - width / 2;
    if (view.ghost) {
      g.strokeStyle = view.colours.ghost;
      g.lineWidth = 2;
      g.setLineDash([5, 4]);
      g.strokeRect(left, clampPixel(top), width, floor - clampPixel(top));
      g.setLineDash([]);
      return;
    }
    g.fillStyle = view.colours[layer.colour];
    g.globalAlpha = chosen < 0 || i === chosen ? 1 : 0.4;
    g.fillRect(left, clampPixel(top), width, floor - clampPixel(top));
    g.globalAlpha = 1;
  });
}

const LAYERS = {
  field: drawField,
  path: drawPath,
  curve: drawCurve,
  points: drawPoints,
  marker: drawMarker,
  rule: drawRule,
  bars: drawBars,
  region: drawRegion,
  mesh: drawMesh,
  nodes: drawNodes,
  band: drawBand,
  intervals: drawIntervals,
  numbers: drawNumbers,
  images: drawImages,
  cells: drawCells,
  pad: drawPad,
};

/** How a layer appears in the legend. */
const GLYPHS = {
  path: "━", curve: "━", points: "●", marker: "✕", rule: "┄", bars: "▮", region: "━", mesh: "─",
  band: "▆", intervals: "┃",
};

/** A layer's sign in the legend: its shape, but a plain line for a path with the usual head. */
function signOf(layer) {
  const line = layer.kind === "path" && layer.shape === "circle";
  return (!line && SHAPE_SIGNS[layer.shape]) || GLYPHS[layer.kind];
}
