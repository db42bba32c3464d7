// Data by hand: points that are painted, dragged and erased in a panel, by mouse, finger and keys.

const POINT_REACH = 13; // pixels within which a point is taken hold of
const SPRAY = 15; // pixels between two points that a moving hand paints
const PAINT_STEPS = 50; // arrow keys that lead across the panel

/** How presses act on the points, and what the points were before. */
class PointHand {
  /**
   * @param {Spec.PointList} control
   * @param {(text: string) => void} onChange
   */
  constructor(control, onChange) {
    this.control = control;
    this.onChange = onChange;
    this.mode = "read";
    this.text = "";
    /** @type {string[]} */
    this.history = [];
    /** @type {(() => void)[]} Called when the mode changes. */
    this.onMode = [];
  }

  /** @param {string} mode "read", "erase", or the class that is painted */
  take(mode) {
    this.mode = mode;
    for (const tell of this.onMode) tell();
  }

  /** Keep what the points are now, to come back to. */
  remember() {
    if (this.history.at(-1) !== this.text) this.history.push(this.text);
  }

  /** @param {string} text */
  change(text) {
    if (text === this.text) return;
    this.remember();
    this.onChange(text);
  }

  undo() {
    const before = this.history.pop();
    if (before === undefined) return;
    if (before === this.text) this.undo();
    else this.onChange(before);
  }

  /**
   * Who chooses other data of the course's wants to see them: the reader's own make way.
   *
   * @param {Wire.Values} changes
   */
  giveWay(changes) {
    const { key, replaces } = this.control;
    if (!this.text || key in changes || !replaces.some((other) => other in changes)) return;
    this.remember();
    changes[key] = "";
  }
}

class PointEditor {
  /**
   * @param {PanelView} panel
   * @param {Spec.Points} layer
   * @param {PointHand} hand
   * @param {Drag} drag
   */
  constructor(panel, layer, hand, drag) {
    this.panel = panel;
    this.layer = layer;
    this.hand = hand;
    this.drag = drag;
    /** @type {number | null} Place of the point in the hand. */
    this.held = null;
    /** @type {Point | null} Where the hand painted last, in pixels. */
    this.sprayed = null;
    this.touched = false; // whether the press has changed anything
    /** @type {Point} Where the keyboard's cursor is, in pixels. */
    this.cursor = [0, 0];
    this.listen();
  }

  get isActive() {
    return this.hand.mode !== "read";
  }

  /** The class that is painted. */
  get kind() {
    return Number(this.hand.mode) || 0;
  }

  /** The points as they are: the reader's own, or those of the course's, as a copy to begin with. */
  get points() {
    const { frame, view } = this.panel;
    if (!frame || !view) return [];
    const { xs, ys, classes } = pointsOf(this.layer, frame, view);
    return Array.from(xs, (x, i) => /** @type {ClassPoint} */ ([x, ys[i], classes?.[i] ?? 0]));
  }

  listen() {
    const { hand, panel } = this;
    const { canvas } = panel;
    const reading = canvas.style.touchAction;
    hand.onMode.push(() => {
      canvas.style.touchAction = this.isActive ? "none" : reading;
      canvas.style.cursor = this.isActive ? "crosshair" : "";
      this.held = null;
      panel.reader.hide();
    });
    canvas.addEventListener("pointerdown", (event) => {
      if (!this.isActive) return;
      canvas.setPointerCapture(event.pointerId);
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      this.press(event.offsetX, event.offsetY);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.isActive && event.buttons) this.move(event.offsetX, event.offsetY);
    });
    const end = () => {
      if (this.isActive) this.letGo();
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  /**
   * @param {ClassPoint[]} points
   * @param {boolean} ended
   */
  send(points, ended) {
    const { classes, key, most } = this.hand.control;
    if (points.length > most) return;
    this.touched = true;
    this.drag({ [key]: writePoints(points, classes.length > 0) }, ended);
  }

  /**
   * The point nearest to a place of the canvas, if one is within reach.
   *
   * @param {number} px
   * @param {number} py
   */
  near(px, py) {
    const { view } = this.panel;
    if (!view) return null;
    let [best, least] = [/** @type {number | null} */ (null), POINT_REACH];
    this.points.forEach(([x, y], i) => {
      const far = Math.hypot(view.x(x) - px, view.y(y) - py);
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }

  /**
   * A place of the canvas in units of the axes, within them.
   *
   * @param {number} px
   * @param {number} py
   * @returns {Point}
   */
  placeAt(px, py) {
    const view = /** @type {LayerView} */ (this.panel.view);
    const { x, y } = this.hand.control;
    /** @type {(value: number, ends: [number, number]) => number} */
    const within = (value, [low, high]) => {
      const inside = Math.max(low, Math.min(high, Number(value.toPrecision(4))));
      return inside;
    };
    return [within(view.x.back(px), x), within(view.y.back(py), y)];
  }

  /**
   * @param {number} px
   * @param {number} py
   */
  press(px, py) {
    this.hand.remember();
    this.held = this.near(px, py);
    if (this.hand.mode === "erase") this.erase(px, py);
    else if (this.held === null) this.add(px, py);
  }

  /**
   * @param {number} px
   * @param {number} py
   */
  add(px, py) {
    this.sprayed = [px, py];
    this.send([...this.points, [...this.placeAt(px, py), this.kind]], false);
  }

  /**
   * @param {number} px
   * @param {number} py
   */
  erase(px, py) {
    const gone = this.near(px, py);
    this.held = null;
    if (gone !== null) this.send(this.points.toSpliced(gone, 1), false);
  }

  /**
   * @param {number} px
   * @param {number} py
   */
  move(px, py) {
    if (this.hand.mode === "erase") this.erase(px, py);
    else if (this.held !== null) this.carry(px, py);
    else if (this.sprayed && Math.hypot(px - this.sprayed[0], py - this.sprayed[1]) >= SPRAY) {
      if (this.hand.control.classes.length) this.add(px, py);
    }
  }

  /**
   * Carry the point in the hand to a place.
   *
   * @param {number} px
   * @param {number} py
   */
  carry(px, py) {
    const { points } = this;
    const held = this.held ?? 0;
    this.send(points.with(held, [...this.placeAt(px, py), points[held][2]]), false);
  }

  letGo() {
    this.held = null;
    this.sprayed = null;
    if (this.touched) this.send(this.points, true);
    this.touched = false;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "z") this.hand.undo();
    else if (!this.isActive || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key in READING_STEPS) this.step(event.key, event.shiftKey ? 5 : 1);
    else if (event.key === "Enter" || event.key === " ") this.act();
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.hand.remember();
      this.erase(...this.cursor);
      this.letGo();
    } else if (event.key === "Escape") this.held = null;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.tell();
  }

  /**
   * Move the cursor by keys, and what it holds.
   *
   * @param {string} key
   * @param {number} times
   */
  step(key, times) {
    const box = /** @type {LayerView} */ (this.panel.view).box;
    if (!this.cursor[0]) this.cursor = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const [dx, dy] = READING_STEPS[key];
    const [wide, high] = [
      (box.right - box.left) / PAINT_STEPS,
      (box.bottom - box.top) / PAINT_STEPS,
    ];
    this.cursor = [
      Math.max(box.left, Math.min(box.right, this.cursor[0] + times * dx * wide)),
      Math.max(box.top, Math.min(box.bottom, this.cursor[1] - times * dy * high)),
    ];
    if (this.held !== null) this.carry(...this.cursor);
  }

  /** Put a point down, take hold of the one that is here, or let go of it. */
  act() {
    if (!this.cursor[0]) this.step("ArrowUp", 0);
    if (this.held !== null) {
      this.letGo();
      return;
    }
    this.press(...this.cursor);
    if (this.held === null) this.letGo();
  }

  /** Say where the cursor is and what is here. */
  tell() {
    const { panel } = this;
    const { reader, spec } = panel;
    const [x, y] = this.placeAt(...this.cursor);
    const here = this.near(...this.cursor);
    const { classes } = this.hand.control;
    const name = here === null ? "" : (classes[this.points[here][2]] ?? "a point");
    const state = this.held !== null ? ` is carried` : here !== null ? ` is here` : "";
    const words = `${readPlace(spec, "", x, y)}${name ? `: ${name}${state}` : ""}; ${this.points.length} points`;
    reader.point(...this.cursor, words);
    reader.heard.textContent = words;
  }
}
