// Marks: points by class, one marker that can be dragged.

const CLASS_SHAPES = ["circle", "triangle", "square", "diamond"];
const CLASS_SIGNS = ["●", "▲", "■", "◆"];
/** @type {Record<string, string>} */
const SHAPE_SIGNS = {
  circle: "●",
  triangle: "▲",
  square: "■",
  diamond: "◆",
  ring: "○",
  cross: "✕",
  down: "▼",
  star: "★",
};

/**
 * Where the points of a layer stand now, and their classes.
 *
 * @param {Spec.Points} layer
 * @param {Frame} frame
 * @param {LayerView} view
 */
function pointsOf(layer, frame, view) {
  const own = layer.sets.length ? String(view.values[layer.sets[0]]) : "";
  if (own) return pointArrays(own);
  const [xs, ys] = [layer.x, layer.y].map((name) => nowOf(frame.arrays[name], view));
  return { xs, ys, classes: layer.classes ? frame.arrays[layer.classes].values : null };
}

/** @type {DrawLayer<Spec.Points>} */
function drawPoints(g, layer, frame, view) {
  const { xs, ys, classes } = pointsOf(layer, frame, view);
  const { colours } = view;
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [view.x(xs[i]), view.y(ys[i])];
    if (!Number.isFinite(px + py)) continue;
    const colour = classes ? colours[`class${classes[i]}`] : colours[layer.colour];
    const shape = classes ? CLASS_SHAPES[classes[i] % CLASS_SHAPES.length] : "circle";
    mark(g, shape, clampPixel(px), clampPixel(py), layer.size, colour, colours.halo);
  }
}

/**
 * Where a marker stands: in the reader's hand if it can be dragged, else where the frame says.
 *
 * @param {Spec.Marker} layer
 * @param {Frame} frame
 * @param {LayerView} view
 */
function markerAt(layer, frame, view) {
  if (layer.sets.length) return layer.sets.map((key) => Number(view.values[key]));
  return nowOf(frame.arrays[layer.at], view);
}

/** @type {DrawLayer<Spec.Marker>} */
function drawMarker(g, layer, frame, view) {
  const at = markerAt(layer, frame, view);
  const [px, py] = [view.x(at[0]), view.y(at[1])];
  if (!Number.isFinite(px + py)) return;
  mark(
    g,
    layer.shape,
    px,
    py,
    layer.shape === "cross" ? 6 : 8,
    view.colours[layer.colour],
    view.colours.halo,
  );
}
