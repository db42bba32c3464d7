// Lines: a path that grows with time, a curve, a straight rule across the panel.

/** @type {DrawLayer<Spec.Path>} */
function drawPath(g, layer, frame, view) {
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const all = Math.min(xs.length, ys.length);
  const colour = colourOf(layer.colour, view);
  if (view.ghost) {
    g.setLineDash([5, 4]);
    g.globalAlpha = view.ghostsInColour ? 0.7 : 1;
    trace(g, xs, ys, view, all);
    strokeWithHalo(g, colour, 2, view);
    g.globalAlpha = 1;
    g.setLineDash([]);
    return;
  }
  const [last, seen] = [view.time, view.seen].map((time) => Math.round(time * (all - 1)));
  if (last < seen) {
    g.globalAlpha = 0.3;
    trace(g, xs, ys, view, seen + 1);
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

/**
 * The head of a path, drawn whole where it stands on the edge of the box; where the path has left
 * the box, for good or for now, an arrow.
 *
 * @type {DrawLayer<Spec.Path>}
 */
function drawHead(g, layer, frame, view) {
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const { box, colours } = view;
  const colour = colours[layer.colour];
  const now = Math.round(view.time * (Math.min(xs.length, ys.length) - 1));
  let last = now;
  while (last > 0 && !Number.isFinite(view.x(xs[last]) + view.y(ys[last]))) last--;
  const [px, py] = [view.x(xs[last]), view.y(ys[last])];
  if (!Number.isFinite(px + py)) return;
  const inside = px > box.left - 1 && px < box.right + 1 && py > box.top - 1 && py < box.bottom + 1;
  if (!inside) drawArrowOut(g, px, py, colour, view);
  else if (last === now) mark(g, layer.shape, px, py, 6, colour, colours.halo);
}

/**
 * Where all of a curve lies above or below the box, an arrow in the middle of that edge.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {TypedArray} ys
 * @param {string} colour
 * @param {LayerView} view
 */
function pointAtCurve(g, ys, colour, view) {
  const { box } = view;
  const heights = [...ys].map(view.y).filter(Number.isFinite);
  if (!heights.length) return;
  const middle = (box.left + box.right) / 2;
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  if (top > box.bottom && bottom < Infinity) drawArrowOut(g, middle, top, colour, view);
  else if (bottom < box.top && top > -Infinity) drawArrowOut(g, middle, bottom, colour, view);
}

/** @type {DrawLayer<Spec.Curve>} */
function drawCurve(g, layer, frame, view) {
  const [xs, ys] = [layer.x, layer.y].map((name) => nowOf(frame.arrays[name], view));
  const colour = colourOf(layer.colour, view);
  trace(g, xs, ys, view);
  g.setLineDash(layer.dash || view.ghost ? [7, 5] : []);
  strokeWithHalo(g, colour, view.ghost ? 2 : 3, view);
  g.setLineDash([]);
  if (!view.ghost) pointAtCurve(g, ys, colour, view);
}

/**
 * How far, in pixels, an event inside the panel is from a rule that can be dragged.
 *
 * @param {Spec.Rule} layer
 * @param {PointerEvent} event
 * @param {LayerView} view
 */
function ruleDistance(layer, event, view) {
  const value = Number(view.values[layer.sets[0]]);
  const { box } = view;
  const [px, py] = [event.offsetX, event.offsetY];
  const inside = px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  if (!inside) return Infinity;
  return layer.cuts === "x" ? Math.abs(view.x(value) - px) : Math.abs(view.y(value) - py);
}

/**
 * Where a rule that can be dragged has its grip, in pixels.
 *
 * @param {Spec.Rule} layer
 * @param {LayerView} view
 * @returns {Point}
 */
function ruleGrip(layer, { box, values, x, y }) {
  const value = Number(values[layer.sets[0]]);
  return layer.cuts === "x" ? [x(value), box.top + 14] : [box.right - 14, y(value)];
}

/** @type {DrawLayer<Spec.Rule>} */
function drawRule(g, layer, frame, view) {
  const value = layer.sets.length ? Number(view.values[layer.sets[0]]) : frame.scalars[layer.at];
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
  const [px, py] = ruleGrip(layer, view);
  mark(g, "square", px, py, 7, colours[layer.colour], colours.halo);
}
