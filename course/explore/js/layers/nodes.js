// Nodes: a computation graph. Boxes hold a name, a value and a derivative; the arrow at work is
// thick, forward or backward, and a caption below says what it does.

const CAPTION = 26; // px kept free below the boxes
const LINE = 17;

/**
 * A row of a (T + 1, k) array at the present time.
 *
 * @param {ArrayData} array
 * @param {number} time
 */
function rowAt(array, time) {
  const [rows, width] = array.shape;
  const row = Math.round(time * (rows - 1));
  return array.values.subarray(row * width, (row + 1) * width);
}

/**
 * How large the boxes are, how many lines they hold, and where their places are in pixels.
 *
 * @param {Spec.Nodes} layer
 * @param {Box} box
 */
function nodeGeometry(layer, box) {
  const [columns, rows] = layer.size;
  const width = Math.min(150, (box.right - box.left) / columns - (columns > 5 ? 18 : 28));
  const room = (box.bottom - box.top - CAPTION) / rows - 10;
  return {
    width,
    height: Math.min(3 * LINE + 10, room),
    lines: room >= 3 * LINE + 4 ? 3 : 2,
    /** @type {(place: Point) => Point} */
    at: ([u, v]) => [
      box.left + width / 2 + 2 + u * (box.right - box.left - width - 4),
      box.top + 2 + (1 - v) * (box.bottom - box.top - CAPTION - 4),
    ],
  };
}

/**
 * Text no wider than `width`: smaller where it must be, never below 11 px.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} weight
 */
function fitText(g, text, x, y, width, weight) {
  let size = 14;
  const set = () => {
    g.font = FONT.replace("14px", `${weight} ${size}px`);
  };
  set();
  while (g.measureText(text).width > width && size > 11) {
    size -= 1;
    set();
  }
  g.fillText(text, x, y, width);
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {Point[]} points
 * @param {string} colour
 * @param {number} width
 * @param {boolean} backward
 */
function drawArrow(g, points, colour, width, backward) {
  const way = backward ? [...points].reverse() : points;
  g.strokeStyle = g.fillStyle = colour;
  g.lineWidth = width;
  g.beginPath();
  g.moveTo(...way[0]);
  for (const point of way.slice(1)) g.lineTo(...point);
  g.stroke();
  const [[x0, y0], [x1, y1]] = way.slice(-2);
  const turn = Math.atan2(y1 - y0, x1 - x0);
  const size = 5 + 1.5 * width;
  g.beginPath();
  g.moveTo(x1, y1);
  for (const side of [-0.4, 0.4]) {
    g.lineTo(x1 - size * Math.cos(turn + side), y1 - size * Math.sin(turn + side));
  }
  g.closePath();
  g.fill();
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {Point} at
 * @param {NodeGeometry} geometry
 * @param {number} stage
 * @param {boolean} isActive
 * @param {Record<string, string>} colours
 */
function drawBox(g, [x, y], geometry, stage, isActive, colours) {
  const { width, height } = geometry;
  g.beginPath();
  g.roundRect(x - width / 2, y - height / 2, width, height, 7);
  g.fillStyle = stage ? colours.halo : colours.grid;
  g.fill();
  g.setLineDash(stage === 2 ? [5, 3] : []); // still waiting for a part of its derivative
  g.lineWidth = isActive ? 4 : stage === 3 ? 2.5 : 1.5;
  g.strokeStyle = stage >= 2 ? colours.path : stage === 1 ? colours.data : colours.frame;
  g.stroke();
  g.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {Point} at
 * @param {NodeGeometry} geometry
 * @param {{ name: string, stage: number, value: number, derivative: number }} node
 * @param {Record<string, string>} colours
 */
function writeBox(g, [x, y], geometry, node, colours) {
  const { name, stage, value, derivative } = node;
  const { height, lines, width } = geometry;
  const inner = width - 8;
  const top = y - height / 2 + (height - lines * LINE) / 2 + LINE / 2;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillStyle = colours.text;
  const known = stage ? formatNumber(value) : "";
  const first = lines === 3 || !stage ? name : `${name.split(" ")[0]} = ${known}`;
  fitText(g, first, x, top, inner, 600);
  if (lines === 3 && stage) {
    g.fillStyle = colours.data;
    fitText(g, known, x, top + LINE, inner, 500);
  }
  if (stage < 2) return;
  g.fillStyle = colours.path;
  const more = stage === 2 ? " + …" : "";
  fitText(g, `∂ ${formatNumber(derivative)}${more}`, x, top + (lines - 1) * LINE, inner, 600);
}

/** @type {DrawLayer<Spec.Nodes>} */
function writeCaption(g, layer, frame, view) {
  const { box, colours } = view;
  const array = frame.arrays[layer.caption_values];
  const [a, b, c] = rowAt(array, view.time);
  const row = Math.round(view.time * (layer.captions.length - 1));
  /** @param {number} n */
  const number = (n) => (n < 0 ? `(${formatNumber(n)})` : formatNumber(n));
  const product = Number.isFinite(a) ? ` = ${number(a)} × ${number(b)}` : "";
  const result = Number.isFinite(c) ? ` = ${formatNumber(c)}` : "";
  g.fillStyle = colours.text;
  g.textAlign = "center";
  g.textBaseline = "alphabetic";
  const text = layer.captions[row] + product + result;
  fitText(g, text, (box.left + box.right) / 2, box.bottom - 6, box.right - box.left - 8, 500);
}

/** @type {DrawLayer<Spec.Nodes>} */
function drawNodes(g, layer, frame, view) {
  const { colours } = view;
  const geometry = nodeGeometry(layer, view.box);
  const stages = rowAt(frame.arrays[layer.stages], view.time);
  const derivatives = rowAt(frame.arrays[layer.derivatives], view.time);
  const [active, arrow] = rowAt(frame.arrays[layer.active], view.time);
  const sweepsBack = stages.some((stage) => stage >= 2);
  layer.routes.forEach((route, i) => {
    const points = route.map(geometry.at);
    points[0] = [points[0][0] + geometry.width / 2 + 1, points[0][1]];
    const last = points.length - 1;
    points[last] = [points[last][0] - geometry.width / 2 - 1, points[last][1]];
    const works = sweepsBack && i === arrow;
    drawArrow(g, points, works ? colours.path : colours.quiet, works ? 4 : 1.5, works);
  });
  layer.places.forEach((place, i) => {
    const at = geometry.at(place);
    drawBox(g, at, geometry, stages[i], i === active, colours);
    const value = frame.arrays[layer.values].values[i];
    const node = { name: layer.names[i], stage: stages[i], value, derivative: derivatives[i] };
    writeBox(g, at, geometry, node, colours);
  });
  writeCaption(g, layer, frame, view);
}
