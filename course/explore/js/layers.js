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
const GLYPHS = { path: "━", curve: "━", points: "●", marker: "✕", rule: "┄", bars: "▮", region: "━", mesh: "─" };

/** A layer's sign in the legend: its shape, but a plain line for a path with the usual head. */
function signOf(layer) {
  const line = layer.kind === "path" && layer.shape === "circle";
  return (!line && SHAPE_SIGNS[layer.shape]) || GLYPHS[layer.kind];
}
