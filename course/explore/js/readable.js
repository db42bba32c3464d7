// What can be read off a layer: its items, where each is drawn, and in words what it says. Only what
// has been seen of a run can be read.

/**
 * A value with the name and the unit of its axis: "distance 0.9 Mpc".
 *
 * @param {Spec.Axis} axis
 * @param {number} value
 */
function readAxis(axis, value) {
  if (axis.ticks.length) return axis.ticks[Math.round(value)] ?? formatNumber(value);
  const [name, unit] = axis.label.split(" / ");
  const written = `${name} ${formatNumber(value, 4)}`;
  return unit ? `${written} ${unit.replace(/^\((.*)\)$/, "$1")}` : written;
}

/**
 * A place of a panel with what its label says, unless an axis says the same.
 *
 * @param {Spec.Panel} panel
 * @param {string} label
 * @param {number} x
 * @param {number} y
 */
function readPlace(panel, label, x, y) {
  const said = label && label !== panel.y.label ? `${label}: ` : "";
  return `${said}${readAxis(panel.x, x)}, ${readAxis(panel.y, y)}`;
}

/**
 * Items along a line or strewn over the panel.
 *
 * @param {LayerView} view
 * @param {number} count
 * @param {(i: number) => Point} place in units of the axes
 * @param {(i: number) => string} words
 * @param {number} start the item that the keyboard comes to first
 * @returns {Readable}
 */
function strewn(view, count, place, words, start = 0) {
  return {
    count,
    start,
    columns: 0,
    at: (i) => {
      const [x, y] = place(i);
      return { x, y, px: view.x(x), py: view.y(y), words: () => words(i) };
    },
  };
}

/**
 * Items of a grid over the whole panel, row 0 below.
 *
 * @param {LayerView} view
 * @param {number[]} shape
 * @param {boolean} inCells whether an item is a square; else a grid point, the outer ones on the edge
 * @param {(i: number, x: number, y: number) => string} words
 * @returns {Readable}
 */
function gridded(view, [rows, columns], inCells, words) {
  const { box } = view;
  const [wide, high] = inCells ? [columns, rows] : [columns - 1, rows - 1];
  const half = inCells ? 0.5 : 0;
  /** @type {(part: number, most: number) => number} */
  const place = (part, most) => Math.max(0, Math.min(most - 1, Math.floor(part + 0.5 - half)));
  return {
    count: rows * columns,
    start: columns * Math.floor(rows / 2) + Math.floor(columns / 2),
    columns,
    at: (i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const px = box.left + ((column + half) / wide) * (box.right - box.left);
      const py = box.bottom - ((row + half) / high) * (box.bottom - box.top);
      const [x, y] = [view.x.back(px), view.y.back(py)];
      return { x, y, px, py, words: () => words(i, x, y) };
    },
    find: (px, py) => {
      const column = place(((px - box.left) / (box.right - box.left)) * wide, columns);
      const row = place(((box.bottom - py) / (box.bottom - box.top)) * high, rows);
      return row * columns + column;
    },
  };
}

const FINELY = 41; // places along a line that is drawn through few points

/**
 * A line's points; where they are few, places between them, as far as the panel goes.
 *
 * @param {TypedArray} xs
 * @param {TypedArray} ys
 * @param {LayerView} view
 * @returns {[ArrayLike<number>, ArrayLike<number>]}
 */
function finePoints(xs, ys, { box, x }) {
  const rises = xs.length > 1 && [...xs].every((value, i) => !i || value > xs[i - 1]);
  if (!rises || xs.length > FINELY) return [xs, ys];
  const [from, to] = [
    Math.max(xs[0], x.back(box.left)),
    Math.min(xs[xs.length - 1], x.back(box.right)),
  ];
  const fine = Array.from({ length: FINELY }, (_, i) => from + (i / (FINELY - 1)) * (to - from));
  const heights = fine.map((at) => {
    const k = Math.max(
      1,
      [...xs].findIndex((value) => value >= at),
    );
    const part = (at - xs[k - 1]) / (xs[k] - xs[k - 1]);
    return ys[k - 1] + part * (ys[k] - ys[k - 1]);
  });
  return [fine, heights];
}

/** @type {ReadLayer<Spec.Path>} */
function readPath(layer, panel, frame, view) {
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const last = Math.min(xs.length, ys.length) - 1;
  const words = (/** @type {number} */ i) => readPlace(panel, layer.label, xs[i], ys[i]);
  const seen = Math.round(view.seen * last);
  return strewn(view, seen + 1, (i) => [xs[i], ys[i]], words, Math.round(view.time * last));
}

/** @type {ReadLayer<Spec.Curve>} */
function readCurve(layer, panel, frame, view) {
  const now = [layer.x, layer.y].map((name) => nowOf(frame.arrays[name], view));
  const [xs, ys] = finePoints(now[0], now[1], view);
  const words = (/** @type {number} */ i) => readPlace(panel, layer.label, xs[i], ys[i]);
  return strewn(view, xs.length, (i) => [xs[i], ys[i]], words);
}

/** @type {ReadLayer<Spec.Points>} */
function readPointsLayer(layer, panel, frame, view) {
  const { xs, ys, classes } = pointsOf(layer, frame, view);
  const words = (/** @type {number} */ i) => {
    const label = (classes && layer.class_labels[classes[i]]) || layer.label || "point";
    return `${readPlace(panel, label, xs[i], ys[i])} (${i + 1} of ${xs.length})`;
  };
  return strewn(view, xs.length, (i) => [xs[i], ys[i]], words);
}

/** @type {ReadLayer<Spec.Marker>} */
function readMarker(layer, panel, frame, view) {
  const [x, y] = markerAt(layer, frame, view);
  return strewn(
    view,
    1,
    () => [x, y],
    () => readPlace(panel, layer.label || "start", x, y),
  );
}

/** @type {ReadLayer<Spec.Rule>} */
function readRule(layer, panel, frame, view) {
  const value = layer.sets.length ? Number(view.values[layer.sets[0]]) : frame.scalars[layer.at];
  const at = Number(value ?? Number.NaN);
  const alongX = layer.cuts === "x";
  const { box } = view;
  const middle = alongX
    ? view.y.back((box.top + box.bottom) / 2)
    : view.x.back((box.left + box.right) / 2);
  const said = readAxis(alongX ? panel.x : panel.y, at);
  const words = layer.label ? `${layer.label}: ${said}` : said;
  return strewn(
    view,
    1,
    () => (alongX ? [at, middle] : [middle, at]),
    () => words,
  );
}

/** @type {ReadLayer<Spec.Bars>} */
function readBars(layer, panel, frame, view) {
  const heights = nowOf(frame.arrays[layer.heights], view);
  const words = (/** @type {number} */ i) => readPlace(panel, layer.label, i, heights[i]);
  const chosen = layer.chosen ? Number(frame.scalars[layer.chosen]) : 0;
  return strewn(view, heights.length, (i) => [i, heights[i]], words, chosen);
}

/** @type {ReadLayer<Spec.Intervals>} */
function readIntervals(layer, panel, frame, view) {
  const [values, lows, highs] = [layer.values, layer.low, layer.high].map((name) =>
    nowOf(frame.arrays[name], view),
  );
  const words = (/** @type {number} */ i) =>
    `${readPlace(panel, layer.label, i, values[i])}, from ${formatNumber(lows[i])} to ${formatNumber(highs[i])}`;
  return strewn(view, values.length, (i) => [i, values[i]], words);
}

/** @type {ReadLayer<Spec.Band>} */
function readBand(layer, panel, frame, view) {
  const [xs, lows, highs] = [layer.x, layer.low, layer.high].map((name) =>
    nowOf(frame.arrays[name], view),
  );
  // A histogram has both ends of each bin, at one height.
  const isStepped = xs.length > 3 && xs[1] === xs[2] && highs[0] === highs[1];
  if (isStepped) {
    const middle = (/** @type {number} */ i) => (xs[2 * i] + xs[2 * i + 1]) / 2;
    const words = (/** @type {number} */ i) =>
      `${layer.label}: ${readAxis(panel.x, xs[2 * i])} to ${formatNumber(xs[2 * i + 1], 4)}, ` +
      readAxis(panel.y, highs[2 * i] < view.y.low ? 0 : highs[2 * i]);
    return strewn(view, xs.length / 2, (i) => [middle(i), highs[2 * i]], words);
  }
  const words = (/** @type {number} */ i) =>
    `${readPlace(panel, layer.label, xs[i], highs[i])}, down to ${formatNumber(lows[i])}`;
  return strewn(view, xs.length, (i) => [xs[i], highs[i]], words);
}

/** @type {ReadLayer<Spec.Field>} */
function readField(layer, panel, frame, view) {
  const { values, shape } = presentField(layer, frame, view);
  const said = (/** @type {number} */ value) =>
    layer.words[value] ?? (layer.reads ? `${layer.reads} ${formatNumber(value)}` : "");
  return gridded(view, shape, !layer.smooth, (i, x, y) => {
    const [row, column] = [Math.floor(i / shape[1]), i % shape[1]];
    const where = layer.smooth
      ? readPlace(panel, "", x, y)
      : `column ${column + 1}, row ${shape[0] - row}`;
    const value = said(values[i]);
    return value ? `${where}: ${value}` : where;
  });
}

/** @type {ReadLayer<Spec.Region>} */
function readRegion(layer, panel, frame, view) {
  const now = rowOfNow(frame.arrays[layer.values], view);
  const odds = logOdds(layer);
  return gridded(view, now.shape, false, (i, x, y) => {
    const p = 1 / (1 + Math.exp(-odds[now.values[now.start + i]]));
    return `${readPlace(panel, "", x, y)}: p ${formatNumber(p)}`;
  });
}

/** @type {ReadLayer<Spec.Nodes>} */
function readNodes(layer, _, frame, view) {
  const geometry = nodeGeometry(layer, view.box);
  const stages = rowAt(frame.arrays[layer.stages], view.time);
  const derivatives = rowAt(frame.arrays[layer.derivatives], view.time);
  const { values } = frame.arrays[layer.values];
  const words = (/** @type {number} */ i) => {
    const value = stages[i] ? `: ${formatNumber(values[i])}` : ": not computed yet";
    const part = stages[i] === 2 ? " so far" : "";
    const derivative = stages[i] >= 2 ? `, derivative ${formatNumber(derivatives[i])}${part}` : "";
    return `${layer.names[i]}${value}${derivative}`;
  };
  const places = layer.places.map((place) => geometry.at(place));
  /** @type {(i: number) => Point} */
  const back = (i) => [view.x.back(places[i][0]), view.y.back(places[i][1])];
  const active = rowAt(frame.arrays[layer.active], view.time)[0];
  return {
    ...strewn(view, places.length, back, words, Math.max(0, active)),
    reach: geometry.width / 2,
  };
}

/** @type {ReadLayer<Spec.Cells>} */
function readCells(layer, panel, frame, view) {
  const { values, shape } = frame.arrays[layer.counts];
  const [n] = shape;
  const [chosenRow, chosen] = layer.sets.map((key) => Number(view.values[key]));
  return {
    count: n * n,
    start: chosenRow * n + chosen,
    columns: n,
    down: true,
    at: (i) => {
      const [row, column] = [Math.floor(i / n), i % n];
      const words = () =>
        `${panel.y.label} ${row}, ${panel.x.label} ${column}: ${formatNumber(values[i], 5)}`;
      return { x: column, y: row, px: view.x(column), py: view.y(row), words };
    },
    find: (px, py) => {
      const [row, column] = [view.y.back(py), view.x.back(px)].map((at) =>
        Math.max(0, Math.min(n - 1, Math.round(at))),
      );
      return row * n + column;
    },
  };
}

/** @type {ReadLayer<Spec.Numbers>} */
function readNumbers(layer, panel, frame, view) {
  const [xs, ys, numbers] = [layer.x, layer.y, layer.numbers].map(
    (name) => frame.arrays[name].values,
  );
  const words = (/** @type {number} */ i) => readPlace(panel, `a ${numbers[i]}`, xs[i], ys[i]);
  return strewn(view, xs.length, (i) => [xs[i], ys[i]], words);
}

/** @type {ReadLayer<Spec.Surface>} */
function readSurface(layer, panel, frame, view) {
  const { space, relief } = view;
  if (!space || !relief || !panel.z) return null;
  const { values, shape } = presentField(layer, frame, view);
  const [rows, columns] = shape;
  const { z } = panel;
  return {
    count: rows * columns,
    start: columns * Math.floor(rows / 2) + Math.floor(columns / 2),
    columns,
    at: (i) => {
      const u = (2 * (i % columns)) / (columns - 1) - 1;
      const v = (2 * Math.floor(i / columns)) / (rows - 1) - 1;
      const [x, y] = [space.x.back(u), space.y.back(v)];
      const height = relief.heightAt(u, v);
      const [px, py] = space.at(u, v, height);
      const words = () => `${readPlace(panel, "", x, y)}: ${readAxis(z, values[i])}`;
      return { x, y, px, py, words, isHidden: () => relief.hides(u, v, height) };
    },
  };
}

/**
 * What reads each kind of layer; a kind that is not here says nothing by itself.
 *
 * @type {{ [Kind in Spec.Layer["kind"]]?: ReadLayer<Extract<Spec.Layer, { kind: Kind }>> }}
 */
const READERS = {
  path: readPath,
  curve: readCurve,
  points: readPointsLayer,
  marker: readMarker,
  rule: readRule,
  bars: readBars,
  intervals: readIntervals,
  band: readBand,
  field: readField,
  region: readRegion,
  nodes: readNodes,
  cells: readCells,
  numbers: readNumbers,
  surface: readSurface,
};

/**
 * What can be read off a panel as it is drawn now, layer by layer.
 *
 * @param {Spec.Panel} panel
 * @param {Frame} frame
 * @param {LayerView} view
 * @returns {{ layer: number, readable: Readable }[]}
 */
function readablesOf(panel, frame, view) {
  return panel.layers.flatMap((layer, i) => {
    if (layer.outcome && !view.ended) return [];
    if (view.space && layer.kind !== "surface") return [];
    const read = /** @type {ReadLayer<any> | undefined} */ (READERS[layer.kind]);
    const readable = read?.(layer, panel, frame, view);
    return readable?.count ? [{ layer: i, readable }] : [];
  });
}
