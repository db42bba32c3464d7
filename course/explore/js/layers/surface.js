// A surface over a floor: its cells are painted from the back to the front.

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
    this.top = space.tall + 1e-6;
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
    const { sin, cos, flat, rise, tall } = this.space;
    const step = 2 / this.columns;
    const climb = (step * rise) / Math.max(flat, 1e-6);
    for (let k = 1; ; k++) {
      const height = w + k * climb;
      const [x, y] = [u + k * step * sin, v - k * step * cos];
      if (height > tall || Math.abs(x) > 1 || Math.abs(y) > 1) return false;
      if (this.heightAt(x, y) > height + 0.012) return true;
    }
  }
}

/**
 * What is left of a cell below the top of the box.
 *
 * @param {number[][]} corners [u, v, w] each
 * @param {number} top
 */
function cutAtTop(corners, top) {
  /** @type {number[][]} */
  const kept = [];
  for (let i = 0; i < corners.length; i++) {
    const [a, b] = [corners[i], corners[(i + 1) % corners.length]];
    if (a[2] <= top) kept.push(a);
    if (a[2] > top !== b[2] > top) {
      const part = (top - a[2]) / (b[2] - a[2]);
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
    const { sin, cos, flat, rise, tall } = this.relief.space;
    const steep = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
    const lit = 0.25 + (0.75 * (light[2] - slopeX * light[0] - slopeY * light[1])) / steep;
    const shade = Math.round(Math.max(0, Math.min(1, lit)) * (SHADES - 1));
    const part = Math.max(0, Math.min(1, (height + tall) / (2 * tall)));
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
    const { columns, heights, space } = this.relief;
    const at = r * columns + c;
    const over = at + columns;
    const [p, q, s, t] = [heights[at], heights[at + 1], heights[over + 1], heights[over]];
    const highest = Math.max(p, q, s, t);
    if (!(Math.min(p, q, s, t) <= space.tall) || Number.isNaN(highest)) return;
    const slopeX = (q + s - p - t) / (2 * this.du);
    const slopeY = (s + t - p - q) / (2 * this.dv);
    // Of a cell that is cut, what is left is coloured.
    const height = [p, q, s, t].reduce((sum, w) => sum + Math.min(w, space.tall), 0) / 4;
    const fromAbove = this.dip(height, slopeX, slopeY);
    const wider = fromAbove ? 0.6 : 0;
    if (highest > space.tall) this.paintCut(r, c, [p, q, s, t], wider);
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
    const { space } = this.relief;
    const [u, v] = [c * du - 1, r * dv - 1];
    const whole = [
      [u, v, p],
      [u + du, v, q],
      [u + du, v + dv, s],
      [u, v + dv, t],
    ];
    const corners = cutAtTop(whole, space.tall);
    const points = corners.map((at) => space.at(at[0], at[1], at[2]));
    this.fill(points, wider);
    g.beginPath();
    points.forEach((point, k) => {
      const next = (k + 1) % points.length;
      if (Math.min(corners[k][2], corners[next][2]) < space.tall - 1e-6) return;
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
