// Layers of the present time: a region that grows, a mesh that bends. Their arrays have one row a
// moment; drawn anew on every frame of the display, so they are kept cheap.

/**
 * The row of the present time of an array whose first axis is time.
 *
 * @param {ArrayData} array
 * @param {LayerView} view
 * @returns {Moment}
 */
function rowOfNow(array, view) {
  const [moments, ...shape] = array.shape;
  const size = shape.reduce((a, b) => a * b, 1);
  const row = Math.round(view.time * (moments - 1));
  return { values: array.values, start: row * size, shape };
}

/**
 * The colours in use last, and 256 between them as 32-bit words.
 *
 * @type {[string[], Uint32Array] | null}
 */
let regionTable = null;

/** @param {string[]} stations */
function wordsOf(stations) {
  if (regionTable?.[0] !== stations) {
    const words = Uint32Array.from({ length: 256 }, (_, i) => {
      const [r, g, b] = colourAt(stations, i / 255);
      return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    });
    regionTable = [stations, words];
  }
  return regionTable[1];
}

/**
 * The log-odds that each byte of a region stands for.
 *
 * @param {Spec.Region} layer
 */
function logOdds({ soft, most }) {
  const reach = Math.asinh(most / soft);
  return Float64Array.from({ length: 256 }, (_, i) => soft * Math.sinh((i / 127.5 - 1) * reach));
}

/** @type {OffscreenCanvas | null} */
let regionCanvas = null;

/**
 * @param {CanvasRenderingContext2D} g
 * @param {Spec.Region} layer
 * @param {Moment} now
 * @param {LayerView} view
 */
function paintRegion(g, layer, now, view) {
  const [rows, columns] = now.shape;
  regionCanvas ??= new OffscreenCanvas(columns, rows);
  Object.assign(regionCanvas, { width: columns, height: rows });
  const inner = contextOf(regionCanvas);
  const image = inner.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const words = wordsOf(view.cividis);
  const levels = logOdds(layer).map((z) => 255.999 / (1 + Math.exp(-z)));
  for (let r = 0; r < rows; r++) {
    const into = (rows - 1 - r) * columns;
    for (let c = 0; c < columns; c++) {
      pixels[into + c] = words[Math.floor(levels[now.values[now.start + r * columns + c]])];
    }
  }
  inner.putImageData(image, 0, 0);
  const { left, top, right, bottom } = view.box;
  g.imageSmoothingEnabled = true;
  // Grid points lie in the middle of the image's pixels: the outermost half of each is cut off.
  g.drawImage(regionCanvas, 0.5, 0.5, columns - 1, rows - 1, left, top, right - left, bottom - top);
}

/**
 * Trace where the log-odds on a grid cross 0: straight pieces through its cells (marching squares).
 *
 * @param {CanvasRenderingContext2D} g
 * @param {Moment} now
 * @param {Float64Array} odds the log-odds of each byte
 * @param {Box} box
 */
function traceBoundary(g, now, odds, box) {
  const [rows, columns] = now.shape;
  const { values, start } = now;
  const [dx, dy] = [(box.right - box.left) / (columns - 1), (box.bottom - box.top) / (rows - 1)];
  g.beginPath();
  for (let r = 0; r < rows - 1; r++) {
    for (let c = 0; c < columns - 1; c++) {
      const at = start + r * columns + c;
      const [p, q] = [odds[values[at]], odds[values[at + 1]]];
      const [s, t] = [odds[values[at + columns]], odds[values[at + columns + 1]]];
      const above = Number(p > 0) + Number(q > 0) + Number(s > 0) + Number(t > 0);
      if (above === 0 || above === 4) continue;
      const [x, y] = [box.left + c * dx, box.bottom - r * dy];
      /** @type {Point[]} */
      const crossings = [];
      if (p > 0 !== q > 0) crossings.push([x + (dx * p) / (p - q), y]);
      if (q > 0 !== t > 0) crossings.push([x + dx, y - (dy * q) / (q - t)]);
      if (t > 0 !== s > 0) crossings.push([x + (dx * s) / (s - t), y - dy]);
      if (s > 0 !== p > 0) crossings.push([x, y - (dy * p) / (p - s)]);
      // Of four crossings (a saddle) the two pairs that share a corner are joined.
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        g.moveTo(...crossings[k]);
        g.lineTo(...crossings[k + 1]);
      }
    }
  }
}

/** @type {DrawLayer<Spec.Region>} */
function drawRegion(g, layer, frame, view) {
  const now = rowOfNow(frame.arrays[layer.values], view);
  if (!view.ghost) paintRegion(g, layer, now, view);
  traceBoundary(g, now, logOdds(layer), view.box);
  g.setLineDash(view.ghost ? [5, 4] : []);
  strokeWithHalo(g, colourOf(layer.colour, view), view.ghost ? 2 : 2.5, view);
  g.setLineDash([]);
}

/** @type {DrawLayer<Spec.Mesh>} */
function drawMesh(g, layer, frame, view) {
  const [xs, ys] = [layer.x, layer.y].map((name) => rowOfNow(frame.arrays[name], view));
  const [lines, points] = xs.shape;
  g.beginPath();
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < points; i++) {
      const at = line * points + i;
      const px = clampPixel(view.x(xs.values[xs.start + at]));
      const py = clampPixel(view.y(ys.values[ys.start + at]));
      if (i && Number.isFinite(px + py)) g.lineTo(px, py);
      else g.moveTo(px, py);
    }
  }
  g.strokeStyle = view.colours[layer.colour];
  g.globalAlpha = 0.8;
  g.lineWidth = 1;
  g.stroke();
  g.globalAlpha = 1;
}
