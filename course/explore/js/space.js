// Space: three axes in a box, turned by hand and drawn without perspective.

const [LOWEST, TALLEST] = [0.62, 0.95]; // half the height of a box; half its width is 1
const DEGREE = Math.PI / 180;
const STEEPEST = 90;
const FLATTEST = 5; // degrees; from below there would be nothing to see but the underside

/** From where the boxes of an explorable are seen, all from the same side. */
class Turn {
  /**
   * @param {[number, number]} start degrees to the right and above
   * @param {() => void} onTurn
   */
  constructor(start, onTurn) {
    this.start = start;
    this.onTurn = onTurn;
    [this.azimuth, this.elevation] = start;
  }

  get isStart() {
    return this.azimuth === this.start[0] && this.elevation === this.start[1];
  }

  /**
   * @param {number} right degrees that the eye moves
   * @param {number} up
   */
  by(right, up) {
    this.azimuth = ((((this.azimuth + right + 180) % 360) + 360) % 360) - 180;
    this.elevation = Math.max(FLATTEST, Math.min(STEEPEST, this.elevation + up));
    this.onTurn();
  }

  reset() {
    if (this.isStart) return;
    [this.azimuth, this.elevation] = this.start;
    this.onTurn();
  }

  /**
   * Where it is seen from, in words.
   *
   * @param {Spec.Panel} panel
   */
  words(panel) {
    const turned = `Turned by ${Math.round(this.azimuth)}°, seen from`.replace("-", "−");
    if (this.elevation > 84) return `${turned} above, as a map.`;
    const [toX, toY] = [Math.sin(this.azimuth * DEGREE), -Math.cos(this.azimuth * DEGREE)];
    /** @type {(part: number, axis: Spec.Axis) => string[]} */
    const side = (part, axis) =>
      Math.abs(part) > 0.38 ? [`${part > 0 ? "large" : "small"} ${axis.label}`] : [];
    const sides = [...side(toX, panel.x), ...side(toY, panel.y)].join(" and ");
    return `${turned} ${sides}, ${Math.round(this.elevation)}° above the floor.`;
  }
}

/** A turned box: x and y run from −1 to 1 in it, z from −tall to tall. */
class Space {
  /**
   * @param {Spec.Panel} panel
   * @param {Spec.Axis} upright the third axis
   * @param {Frame} frame
   * @param {Box} box on the canvas
   * @param {Turn} turn
   */
  constructor(panel, upright, frame, box, turn) {
    const [wide, high] = [box.right - box.left, box.bottom - box.top];
    this.tall = Math.max(LOWEST, Math.min(TALLEST, (0.75 * high) / wide));
    /** @type {(axis: Spec.Axis, reach: number) => Scale} */
    const scaled = (axis, reach) =>
      makeScale(axisEnd(axis.low, frame), axisEnd(axis.high, frame), axis.log, -reach, reach);
    this.x = scaled(panel.x, 1);
    this.y = scaled(panel.y, 1);
    this.z = scaled(upright, this.tall);
    const [azimuth, elevation] = [turn.azimuth * DEGREE, turn.elevation * DEGREE];
    this.sin = Math.sin(azimuth);
    this.cos = Math.cos(azimuth);
    this.rise = Math.sin(elevation);
    this.flat = Math.cos(elevation);
    /** The sides that are nearest to the eye. */
    this.nearX = this.sin >= 0 ? 1 : -1;
    this.nearY = this.cos >= 0 ? -1 : 1;
    // As large as any turn about the upright axis leaves room for, so that none changes the size.
    const deep = 2 * Math.SQRT2;
    this.size = Math.min(wide / deep, high / (deep * this.rise + 2 * this.tall * this.flat));
    this.middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  }

  /**
   * Where a point of the box lies on the canvas.
   *
   * @param {number} u
   * @param {number} v
   * @param {number} w
   * @returns {Point}
   */
  at(u, v, w) {
    const away = v * this.cos - u * this.sin;
    return [
      this.middle[0] + this.size * (u * this.cos + v * this.sin),
      this.middle[1] - this.size * (w * this.flat + away * this.rise),
    ];
  }

  /**
   * The direction on the canvas in which labels of an edge of the floor leave the box.
   *
   * @param {number} u
   * @param {number} v
   */
  outward(u, v) {
    const [fromX, fromY] = this.at(0, 0, 0);
    const [toX, toY] = this.at(u, v, 0);
    const [x, y] = [(toX - fromX) / this.size, (toY - fromY) / this.size + 0.5 * this.flat];
    const length = Math.hypot(x, y);
    return [x / length, y / length];
  }
}

/**
 * Write the ticks and the name of an axis along an edge of the floor.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {string} name
 * @param {Tick[]} ticks
 * @param {(at: number) => Point} place where on the canvas a number of the axis lies
 * @param {number[]} outward
 * @param {LayerView} view
 */
function writeFloorAxis(g, name, ticks, place, [outX, outY], view) {
  const { colours } = view;
  const side = outX > 0.4 ? "left" : outX < -0.4 ? "right" : "center";
  g.textAlign = side;
  g.textBaseline = "middle";
  g.fillStyle = colours.quiet;
  let widest = 0;
  for (const { at, text } of ticks) {
    const [px, py] = place(at);
    g.fillText(text, px + 8 * outX, py + 12 * outY);
    widest = Math.max(widest, g.measureText(text).width);
  }
  const [px, py] = place(Number.NaN);
  const gone = 14 + Math.abs(outX) * widest;
  const length = g.measureText(name).width;
  const before = side === "left" ? 0 : side === "right" ? length : length / 2;
  const end = view.width - 2;
  const left = Math.max(2, Math.min(end - length, px + gone * outX - before));
  g.textAlign = "left";
  g.fillStyle = colours.text;
  g.fillText(name, left, Math.min(view.height - 9, py + (gone + 18) * outY));
}

/**
 * The floor, the two walls behind, their grid, and the numbers and names of the axes.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {Spec.Panel} panel
 * @param {Spec.Axis} upright
 * @param {Space} space
 * @param {LayerView} view
 */
function drawSpaceAxes(g, panel, upright, space, view) {
  const { nearX, nearY, tall } = space;
  const most = space.size > 85 ? 5 : 4;
  const [xTicks, yTicks, zTicks] = [space.x, space.y, space.z].map((scale) => ticksOf(scale, most));
  /** @type {(...points: [number, number, number][]) => void} */
  const line = (...points) => {
    points.forEach((point, i) => {
      if (i) g.lineTo(...space.at(...point));
      else g.moveTo(...space.at(...point));
    });
  };
  g.font = FONT;
  g.lineWidth = 1;
  g.strokeStyle = view.colours.grid;
  g.beginPath();
  for (const u of xTicks.map((tick) => space.x(tick.at))) {
    line([u, nearY, -tall], [u, -nearY, -tall], [u, -nearY, tall]);
  }
  for (const v of yTicks.map((tick) => space.y(tick.at))) {
    line([nearX, v, -tall], [-nearX, v, -tall], [-nearX, v, tall]);
  }
  for (const w of zTicks.map((tick) => space.z(tick.at))) {
    line([nearX, -nearY, w], [-nearX, -nearY, w], [-nearX, nearY, w]);
  }
  g.stroke();
  g.strokeStyle = view.colours.frame;
  g.beginPath();
  line([1, 1, -tall], [-1, 1, -tall], [-1, -1, -tall], [1, -1, -tall], [1, 1, -tall]);
  line([nearX, -nearY, -tall], [nearX, -nearY, tall], [-nearX, -nearY, tall]);
  line([-nearX, -nearY, tall], [-nearX, nearY, tall], [-nearX, nearY, -tall]);
  line([-nearX, -nearY, -tall], [-nearX, -nearY, tall]);
  g.stroke();
  // At a corner the numbers of two axes would meet.
  /** @type {(scale: Scale, ticks: Tick[]) => Tick[]} */
  const inner = (scale, ticks) => ticks.filter((tick) => Math.abs(scale(tick.at)) < 0.94);
  /** @type {(at: number) => Point} */
  const alongX = (at) => space.at(Number.isNaN(at) ? 0 : space.x(at), nearY, -tall);
  /** @type {(at: number) => Point} */
  const alongY = (at) => space.at(nearX, Number.isNaN(at) ? 0 : space.y(at), -tall);
  writeFloorAxis(g, panel.x.label, inner(space.x, xTicks), alongX, space.outward(0, nearY), view);
  writeFloorAxis(g, panel.y.label, inner(space.y, yTicks), alongY, space.outward(nearX, 0), view);
  g.textAlign = "left";
  g.textBaseline = "alphabetic";
  g.fillText(upright.label, 4, 14);
  if (space.flat < 0.3) return; // from above all heights lie on one another
  const [one, other] = [space.at(nearX, -nearY, 0)[0], space.at(-nearX, nearY, 0)[0]];
  const edge = one < other ? [nearX, -nearY] : [-nearX, nearY];
  g.fillStyle = view.colours.quiet;
  g.textAlign = "right";
  g.textBaseline = "middle";
  for (const { at, text } of zTicks) {
    const [px, py] = space.at(edge[0], edge[1], space.z(at));
    g.fillText(text, px - 7, py);
  }
}

/**
 * Let a panel be turned by mouse, touch and keys.
 *
 * @param {PanelView} panel
 * @param {Turn} turn
 */
function listenForTurns(panel, turn) {
  const { canvas, spec } = panel;
  const heard = element("p", { class: "descent-heard", "aria-live": "polite" });
  const reset = makeButton("⟲", "bring back the first view", () => {
    turn.reset();
    heard.textContent = turn.words(spec);
  });
  reset.classList.add("descent-turn-back");
  panel.element.append(reset, heard);
  /** @type {[number, number] | undefined} */
  let held;
  canvas.style.cursor = "grab";
  // A finger that moves up or down scrolls the page; one that sets out sideways turns.
  canvas.style.touchAction = "pan-y";
  canvas.addEventListener("pointerdown", (event) => {
    held = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
    canvas.style.cursor = "grabbing";
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    turn.by((held[0] - event.clientX) / 2, (event.clientY - held[1]) / 2);
    held = [event.clientX, event.clientY];
  });
  const letGo = () => {
    held = undefined;
    canvas.style.cursor = "grab";
  };
  canvas.addEventListener("pointerup", letGo);
  canvas.addEventListener("pointercancel", letGo);
  canvas.setAttribute("tabindex", "0");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "surface to turn");
  canvas.setAttribute("data-lm-suppress-shortcuts", "true");
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key in TURNS) turn.by(...TURNS[event.key]);
    else if (event.key === "Home") turn.reset();
    else return;
    heard.textContent = turn.words(spec);
    event.preventDefault();
    event.stopPropagation();
  });
  return reset;
}

/**
 * Degrees for each arrow key: the surface follows the arrow, as it follows the hand.
 *
 * @type {Record<string, [number, number]>}
 */
const TURNS = {
  ArrowLeft: [10, 0],
  ArrowRight: [-10, 0],
  ArrowUp: [0, -10],
  ArrowDown: [0, 10],
};
