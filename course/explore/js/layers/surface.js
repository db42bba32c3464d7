// A surface over a floor: its cells are painted from the back to the front. What lies on it, or
// stands over it, follows; where the surface is in front of that, it is dotted and pale.

const SHADES = 24;
const HUES = 96;
const MESH = 4; // cells between two lines of the mesh

/**
 * The colours in use last: every shade of every height, as the canvas takes them.
 *
 * @type {[string[], string[]] | null}
 */
let surfaceTable = null;

/** @param {string[]} stations */
function shadedColours(stations) {
  if (surfaceTable?.[0] !== stations) {
    const table = Array.from({ length: HUES * SHADES }, (_, i) => {
      const light = 0.66 + (0.5 * (i % SHADES)) / (SHADES - 1);
      const rgb = colourAt(stations, Math.floor(i / SHADES) / (HUES - 1));
      return `rgb(${rgb.map((c) => Math.min(255, Math.round(c * light)))})`;
    });
    surfaceTable = [stations, table];
  }
  return surfaceTable[1];
}

/** The heights of a surface in its box, and what they hide from the eye. */
class Relief {
  /**
   * @param {ArrayData} field
   * @param {Space} space
   */
  constructor({ values, shape }, space) {
    this.space = space;
    this.rows = shape[0];
    this.columns = shape[1];
    this.heights = Float32Array.from(values, space.z);
    this.sample = fieldSampler(this.heights, this.rows, this.columns);
    this.top = TALL + 1e-6;
  }

  /**
   * The height at a place of the floor; not a number off the surface.
   *
   * @param {number} u
   * @param {number} v
   */
  heightAt(u, v) {
    const reach = 1 + 1e-9;
    if (!(Math.abs(u) <= reach && Math.abs(v) <= reach)) return Number.NaN;
    const height = this.sample((u + 1) / 2, (v + 1) / 2);
    return height > this.top ? Number.NaN : height;
  }

  /**
   * Whether the surface stands between a point and the eye.
   *
   * @param {number} u
   * @param {number} v
   * @param {number} w
   */
  hides(u, v, w) {
    const { sin, cos, flat, rise } = this.space;
    const step = 2 / this.columns;
    const climb = (step * rise) / Math.max(flat, 1e-6);
    for (let k = 1; ; k++) {
      const height = w + k * climb;
      const [x, y] = [u + k * step * sin, v - k * step * cos];
      if (height > TALL || Math.abs(x) > 1 || Math.abs(y) > 1) return false;
      if (this.heightAt(x, y) > height + 0.012) return true;
    }
  }
}

/**
 * What is left of a cell below the top of the box.
 *
 * @param {number[][]} corners [u, v, w] each
 */
function cutAtTop(corners) {
  /** @type {number[][]} */
  const kept = [];
  for (let i = 0; i < corners.length; i++) {
    const [a, b] = [corners[i], corners[(i + 1) % corners.length]];
    if (a[2] <= TALL) kept.push(a);
    if (a[2] > TALL !== b[2] > TALL) {
      const part = (TALL - a[2]) / (b[2] - a[2]);
      kept.push(a.map((from, k) => from + part * (b[k] - from)));
    }
  }
  return kept;
}

/** Paints the cells of a surface, one after the other. */
class CellPainter {
  /**
   * @param {CanvasRenderingContext2D} g
   * @param {Relief} relief
   * @param {LayerView} view
   */
  constructor(g, relief, view) {
    const { space, heights, rows, columns } = relief;
    const { sin, cos } = space;
    this.g = g;
    this.relief = relief;
    this.du = 2 / (columns - 1);
    this.dv = 2 / (rows - 1);
    this.table = shadedColours(view.cividis);
    this.light = [-0.45 * cos + 0.35 * sin, -0.45 * sin - 0.35 * cos, 0.82];
    /** @type {Point[]} */
    this.points = Array.from(heights, (w, at) =>
      space.at((at % columns) * this.du - 1, Math.floor(at / columns) * this.dv - 1, w),
    );
    g.lineJoin = "round";
    g.lineWidth = 0.8;
    g.strokeStyle = view.colours.contour;
  }

  /**
   * Set the colour of a cell by its height and its slope. From below one sees through it, as
   * through glass: what lies inside a bowl stays in sight. Tells whether it is seen from above.
   *
   * @param {number} height
   * @param {number} slopeX
   * @param {number} slopeY
   */
  dip(height, slopeX, slopeY) {
    const { g, light, table } = this;
    const { sin, cos, flat, rise } = this.relief.space;
    const steep = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
    const lit = 0.25 + (0.75 * (light[2] - slopeX * light[0] - slopeY * light[1])) / steep;
    const shade = Math.round(Math.max(0, Math.min(1, lit)) * (SHADES - 1));
    const part = Math.max(0, Math.min(1, (height + TALL) / (2 * TALL)));
    g.fillStyle = table[Math.round(part * (HUES - 1)) * SHADES + shade];
    const fromAbove = flat * (slopeY * cos - slopeX * sin) + rise > 0;
    g.globalAlpha = fromAbove ? 1 : 0.4;
    return fromAbove;
  }

  /**
   * @param {number} r
   * @param {number} c
   */
  paint(r, c) {
    const { columns, heights } = this.relief;
    const at = r * columns + c;
    const over = at + columns;
    const [p, q, s, t] = [heights[at], heights[at + 1], heights[over + 1], heights[over]];
    const highest = Math.max(p, q, s, t);
    if (!(Math.min(p, q, s, t) <= TALL) || Number.isNaN(highest)) return;
    const slopeX = (q + s - p - t) / (2 * this.du);
    const slopeY = (s + t - p - q) / (2 * this.dv);
    const fromAbove = this.dip((p + q + s + t) / 4, slopeX, slopeY);
    const wider = fromAbove ? 0.6 : 0;
    if (highest > TALL) this.paintCut(r, c, [p, q, s, t], wider);
    else this.paintWhole(r, c, wider);
  }

  /**
   * Fill a polygon, `wider` pixels wider than it is: between cells that only just meet, what lies
   * behind would shine through. Later ones cover what is too much.
   *
   * @param {Point[]} points
   * @param {number} wider
   */
  fill(points, wider) {
    const { g } = this;
    let [x, y] = [0, 0];
    for (const point of points) {
      x += point[0] / points.length;
      y += point[1] / points.length;
    }
    g.beginPath();
    for (const point of points) {
      const [dx, dy] = [point[0] - x, point[1] - y];
      const grown = 1 + wider / Math.max(1, Math.sqrt(dx * dx + dy * dy));
      g.lineTo(x + dx * grown, y + dy * grown);
    }
    g.fill();
  }

  /**
   * Paint a cell and what of the mesh runs along it.
   *
   * @param {number} r
   * @param {number} c
   * @param {number} wider
   */
  paintWhole(r, c, wider) {
    const { g } = this;
    const { columns, rows } = this.relief;
    const at = r * columns + c;
    const points = [at, at + 1, at + columns + 1, at + columns].map((k) => this.points[k]);
    this.fill(points, wider);
    const edges = [r, c + 1, r + 1, c];
    const onMesh = edges.map((on, k) => on % MESH === 0 || on === (k % 2 ? columns : rows) - 1);
    if (!onMesh.includes(true)) return;
    g.beginPath();
    onMesh.forEach((drawn, k) => {
      if (!drawn) return;
      g.moveTo(...points[k]);
      g.lineTo(...points[(k + 1) % 4]);
    });
    g.stroke();
  }

  /**
   * Fill what is left of a cell below the top of the box, and draw the rim.
   *
   * @param {number} r
   * @param {number} c
   * @param {number[]} heights of its corners
   * @param {number} wider
   */
  paintCut(r, c, [p, q, s, t], wider) {
    const { g, du, dv } = this;
    const [u, v] = [c * du - 1, r * dv - 1];
    const corners = cutAtTop([
      [u, v, p],
      [u + du, v, q],
      [u + du, v + dv, s],
      [u, v + dv, t],
    ]);
    const points = corners.map((at) => this.relief.space.at(at[0], at[1], at[2]));
    this.fill(points, wider);
    g.beginPath();
    points.forEach((point, k) => {
      const next = (k + 1) % points.length;
      if (Math.min(corners[k][2], corners[next][2]) < TALL - 1e-6) return;
      g.moveTo(...point);
      g.lineTo(...points[next]);
    });
    g.stroke();
  }
}

/** @type {DrawLayer<Spec.Surface>} */
function drawSurface(g, _layer, _frame, view) {
  const { space, relief } = view;
  if (!space || !relief) return;
  const { rows, columns } = relief;
  const painter = new CellPainter(g, relief, view);
  for (let j = 0; j < rows - 1; j++) {
    const r = space.nearY > 0 ? j : rows - 2 - j;
    for (let i = 0; i < columns - 1; i++) painter.paint(r, space.nearX > 0 ? i : columns - 2 - i);
  }
  g.globalAlpha = 1;
}

// ---- what lies on a surface ----

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
