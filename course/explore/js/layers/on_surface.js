// What lies on a surface or stands over it: a path, a marker, points. Where the surface is in front of
// it, it is dotted and pale.

/**
 * A place on the surface: where on the canvas, and whether it is hidden.
 *
 * @param {number} u
 * @param {number} v
 * @param {Space} space
 * @param {Relief} relief
 * @returns {Spot | null} null off the surface
 */
function spotOn(u, v, space, relief) {
  const w = relief.heightAt(u, v);
  if (Number.isNaN(w)) return null;
  const [x, y] = space.at(u, v, w);
  return { x, y, hidden: relief.hides(u, v, w) };
}

/**
 * Which part of a straight line lies over the floor: from where to where, of 0 to 1.
 *
 * @param {number} u0
 * @param {number} v0
 * @param {number} u1
 * @param {number} v1
 */
function overFloor(u0, v0, u1, v1) {
  let [from, to] = [0, 1];
  for (const [a, b] of [
    [u0, u1],
    [v0, v1],
  ]) {
    if (a === b && Math.abs(a) > 1) return [1, 0];
    if (a === b) continue;
    const [one, other] = [(-1 - a) / (b - a), (1 - a) / (b - a)];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return [from, to];
}

/**
 * Points [0, count) of a path and, between them, places every few pixels along the surface.
 *
 * @param {TypedArray} xs
 * @param {TypedArray} ys
 * @param {number} count
 * @param {Space} space
 * @param {Relief} relief
 */
function layOnSurface(xs, ys, count, space, relief) {
  /** @type {(Spot | null)[]} */
  const spots = [];
  for (let i = 0; i < count; i++) {
    const [u, v] = [space.x(xs[i]), space.y(ys[i])];
    if (!i || !Number.isFinite(u + v)) {
      spots.push(spotOn(u, v, space, relief));
      continue;
    }
    const [u0, v0] = [space.x(xs[i - 1]), space.y(ys[i - 1])];
    const [from, to] = overFloor(u0, v0, u, v);
    if (!(from < to)) {
      spots.push(null);
      continue;
    }
    const length = (to - from) * Math.hypot(u - u0, v - v0) * space.size;
    const pieces = Math.max(1, Math.ceil(length / 5));
    if (from > 0) spots.push(null);
    for (let k = from > 0 ? 0 : 1; k <= pieces; k++) {
      const part = from + (k / pieces) * (to - from);
      spots.push(spotOn(u0 + part * (u - u0), v0 + part * (v - v0), space, relief));
    }
    if (to < 1) spots.push(null);
  }
  return spots;
}

/**
 * Stroke a line of places, its hidden stretches dotted and pale.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {(Spot | null)[]} spots
 * @param {boolean} hidden which of the two to stroke
 * @param {() => void} stroke
 */
function strokeStretches(g, spots, hidden, stroke) {
  g.beginPath();
  for (let i = 1; i < spots.length; i++) {
    const [from, to] = [spots[i - 1], spots[i]];
    if (!from || !to || to.hidden !== hidden) continue;
    const before = i > 1 ? spots[i - 2] : null;
    if (!before || from.hidden !== hidden) g.moveTo(from.x, from.y);
    g.lineTo(to.x, to.y);
  }
  stroke();
}

/** @type {DrawLayer<Spec.Path>} */
function drawPathOnSurface(g, layer, frame, view) {
  const { space, relief } = view;
  if (!space || !relief) return;
  const [xs, ys] = [frame.arrays[layer.x].values, frame.arrays[layer.y].values];
  const all = Math.min(xs.length, ys.length);
  const colour = colourOf(layer.colour, view);
  const [now, seen] = view.ghost
    ? [all - 1, 0]
    : [view.time, view.seen].map((time) => Math.round(time * (all - 1)));
  /** @type {(count: number, dash: number[], strength: number, stroke: () => void) => (Spot | null)[]} */
  const draw = (count, dash, strength, stroke) => {
    const spots = layOnSurface(xs, ys, count, space, relief);
    g.globalAlpha = 0.55 * strength;
    g.setLineDash([1.5, 3.5]);
    strokeStretches(g, spots, true, () => {
      g.strokeStyle = colour;
      g.lineWidth = 1.8;
      g.stroke();
    });
    g.globalAlpha = strength;
    g.setLineDash(dash);
    strokeStretches(g, spots, false, stroke);
    g.setLineDash([]);
    g.globalAlpha = 1;
    return spots;
  };
  const plain = () => {
    g.strokeStyle = colour;
    g.lineWidth = 1.5;
    g.stroke();
  };
  if (now < seen) draw(seen + 1, [], 0.3, plain);
  const bold = () => strokeWithHalo(g, colour, layer.dots ? 1.4 : 2, view);
  const spots = draw(now + 1, view.ghost ? [5, 4] : [], 1, bold);
  if (view.ghost) return;
  if (layer.dots && all < 150) {
    for (let i = 0; i <= now; i++) {
      const spot = spotOn(space.x(xs[i]), space.y(ys[i]), space, relief);
      if (spot) markSpot(g, "circle", spot, 2.8, colour, view);
    }
  }
  if (layer.head) drawHeadOnSurface(g, layer, spots, colour, view);
}

/**
 * The head of a path; where it has left the surface, an arrow at the last place on it.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {Spec.Path} layer
 * @param {(Spot | null)[]} spots
 * @param {string} colour
 * @param {LayerView} view
 */
function drawHeadOnSurface(g, layer, spots, colour, view) {
  const last = spots.at(-1);
  if (last) {
    markSpot(g, layer.shape, last, 6, colour, view);
    return;
  }
  const on = spots.findLastIndex((spot) => spot);
  const [end, before] = [spots[on], spots[on - 1]];
  if (!end || !before) return;
  g.save();
  g.translate(end.x, end.y);
  g.rotate(Math.atan2(end.y - before.y, end.x - before.x) + Math.PI / 2);
  mark(g, "triangle", 0, 0, 6, colour, view.colours.halo);
  g.restore();
}

/**
 * @param {CanvasRenderingContext2D} g
 * @param {string} shape
 * @param {Spot} spot
 * @param {number} radius
 * @param {string} colour
 * @param {LayerView} view
 */
function markSpot(g, shape, spot, radius, colour, view) {
  g.globalAlpha = spot.hidden ? 0.45 : 1;
  mark(g, shape, spot.x, spot.y, radius, colour, view.colours.halo);
  g.globalAlpha = 1;
}

/** @type {DrawLayer<Spec.Marker>} */
function drawMarkerOnSurface(g, layer, frame, view) {
  const { space, relief } = view;
  if (!space || !relief) return;
  const at = markerAt(layer, frame, view);
  const spot = spotOn(space.x(at[0]), space.y(at[1]), space, relief);
  const radius = layer.shape === "cross" ? 6 : 8;
  if (spot) markSpot(g, layer.shape, spot, radius, view.colours[layer.colour], view);
}

/** @type {DrawLayer<Spec.Points>} */
function drawPointsInSpace(g, layer, frame, view) {
  const { space, relief } = view;
  if (!space || !relief) return;
  const [xs, ys, zs] = [layer.x, layer.y, layer.z].map((name) => frame.arrays[name].values);
  const classes = layer.classes ? frame.arrays[layer.classes].values : null;
  for (let i = 0; i < xs.length; i++) {
    const [u, v, w] = [space.x(xs[i]), space.y(ys[i]), space.z(zs[i])];
    const [x, y] = space.at(u, v, w);
    const role = classes ? `class${classes[i]}` : layer.colour;
    const shape = classes ? CLASS_SHAPES[classes[i] % CLASS_SHAPES.length] : "circle";
    const spot = { x, y, hidden: relief.hides(u, v, w) };
    const foot = relief.heightAt(u, v);
    g.globalAlpha = spot.hidden ? 0.25 : 0.7;
    g.strokeStyle = view.colours[role];
    g.lineWidth = 1.2;
    g.beginPath();
    g.moveTo(x, y);
    if (!Number.isNaN(foot)) g.lineTo(...space.at(u, v, foot));
    g.stroke();
    markSpot(g, shape, spot, layer.size, view.colours[role], view);
  }
}

/**
 * What draws the layers of a panel in space.
 *
 * @type {Record<string, DrawLayer<any>>}
 */
const SPACE_LAYERS = {
  surface: drawSurface,
  path: drawPathOnSurface,
  marker: drawMarkerOnSurface,
  points: drawPointsInSpace,
};
