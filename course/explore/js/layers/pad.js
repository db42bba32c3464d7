// A sheet to draw on. Strokes are written "x,y x,y;x,y", in tenths of a cell from the upper left.

/**
 * @param {Wire.Value} text
 * @returns {Point[][]}
 */
function readStrokes(text) {
  const strokes = String(text).split(";").filter(Boolean);
  /** @param {string} point */
  const readPoint = (point) => /** @type {Point} */ (point.split(",").map(Number));
  return strokes.map((stroke) => stroke.trim().split(" ").map(readPoint));
}

/** @param {Point[][]} strokes */
function writeStrokes(strokes) {
  return strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";");
}

/**
 * A move as soon as it is made; "pointermove" waits for the next frame of the display.
 *
 * @type {"pointermove"}
 */
const MOVE_EVENT =
  "onpointerrawupdate" in globalThis ? /** @type {any} */ ("pointerrawupdate") : "pointermove";

const PEN_STEP = 10; // tenths of a cell that an arrow key moves the pen

/** @type {Record<string, Point>} */
const PEN_STEPS = {
  ArrowLeft: [-PEN_STEP, 0],
  ArrowRight: [PEN_STEP, 0],
  ArrowUp: [0, -PEN_STEP],
  ArrowDown: [0, PEN_STEP],
};

/** @type {DrawLayer<Spec.Pad>} */
function drawPad(g, layer, _, view) {
  const { colours } = view;
  const cell = Math.abs(view.x(1) - view.x(0));
  /** @type {(point: Point) => Point} */
  const place = ([x, y]) => [view.x(x / 10), view.y(y / 10)];
  drawFrame(g, view);
  g.lineJoin = "round";
  g.lineCap = "round";
  g.strokeStyle = colours.text;
  g.fillStyle = colours.text;
  g.lineWidth = layer.width * cell;
  for (const stroke of readStrokes(view.values[layer.sets[0]])) {
    g.beginPath();
    g.moveTo(...place(stroke[0]));
    for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) g.lineTo(...place(point));
    g.stroke();
  }
  g.lineCap = "butt";
  const { pen } = view;
  if (!pen?.shown) return;
  const [x, y] = place(pen.at);
  mark(g, pen.down ? "circle" : "cross", x, y, 6, colours.path, colours.halo);
}

/** The pen of a sheet, moved by hand and by keys; every move sends the new strokes. */
class Pen {
  /**
   * @param {PanelView} panel
   * @param {Spec.Pad} layer
   * @param {Drag} drag
   */
  constructor(panel, layer, drag) {
    this.panel = panel;
    this.key = layer.sets[0];
    this.drag = drag;
    /** @type {Point} */
    this.at = [140, 140];
    this.down = false;
    this.shown = false; // by hand, the hand shows where it is
  }

  get strokes() {
    const { view } = this.panel;
    return view ? readStrokes(view.values[this.key]) : [];
  }

  /**
   * @param {Point[][]} strokes
   * @param {boolean} ended whether the stroke is over
   */
  send(strokes, ended) {
    this.drag({ [this.key]: writeStrokes(strokes) }, ended);
  }

  /**
   * Move to a place on the sheet, or to the nearest one.
   *
   * @param {Point} place
   */
  moveTo([x, y]) {
    const { view } = this.panel;
    if (!view) return;
    const [wide, high] = [10 * view.x.high, 10 * Math.max(view.y.low, view.y.high)];
    this.at = [
      Math.max(0, Math.min(wide, Math.round(x))),
      Math.max(0, Math.min(high, Math.round(y))),
    ];
  }

  /** @param {PointerEvent} event */
  moveToEvent(event) {
    const { view } = this.panel;
    if (view) this.moveTo([10 * view.x.back(event.offsetX), 10 * view.y.back(event.offsetY)]);
  }

  /** Begin a stroke. */
  begin() {
    this.send([...this.strokes, [this.at]], false);
  }

  /**
   * Draw the last stroke on to where the pen is.
   *
   * @param {boolean} ended
   */
  extend(ended) {
    const { at, strokes } = this;
    const stroke = strokes.pop() ?? [];
    const last = stroke.at(-1);
    if (!last || Math.hypot(last[0] - at[0], last[1] - at[1]) >= 3) stroke.push(at);
    this.send([...strokes, stroke], ended);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.shown = true;
    if (event.key in PEN_STEPS) {
      const [dx, dy] = PEN_STEPS[event.key];
      this.moveTo([this.at[0] + dx, this.at[1] + dy]);
      if (this.down) this.extend(true);
      else this.send(this.strokes, true);
    } else if (event.key === " ") {
      this.down = !this.down;
      if (this.down) this.begin();
      else this.send(this.strokes, true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.down = false;
      this.send([], true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @type {ListenOnLayer<Spec.Pad>} */
function listenOnPad(panel, layer, drag) {
  const { canvas } = panel;
  const pen = new Pen(panel, layer, drag);
  panel.pen = pen;
  let held = false;
  canvas.style.touchAction = "none";
  canvas.style.cursor = "crosshair";
  canvas.addEventListener("pointerdown", (event) => {
    held = true;
    pen.shown = false;
    pen.down = false;
    canvas.setPointerCapture(event.pointerId);
    pen.moveToEvent(event);
    pen.begin();
  });
  canvas.addEventListener(MOVE_EVENT, (event) => {
    if (!held) return;
    pen.moveToEvent(event);
    pen.extend(false);
  });
  const end = () => {
    if (held) pen.send(pen.strokes, true);
    held = false;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.setAttribute("tabindex", "0");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "sheet to draw on");
  canvas.setAttribute("data-lm-suppress-shortcuts", "true");
  canvas.addEventListener("keydown", (event) => pen.onKey(event));
}

/**
 * Whether a drawing is not taken: without a kernel there are frames only for those that a page
 * carries. The summary says so, and no other frame is shown.
 *
 * @param {ExplorableView} view
 * @param {Spec.Control} control
 * @param {string} text
 */
function rejectDrawing(view, control, text) {
  if (view.kernel.available) return false;
  const carried = /** @type {Wire.Value[]} */ (control.values).includes(text);
  if (!carried) {
    view.summary.textContent = "This page answers its own drawings only; draw in a notebook.";
  }
  return !carried || text === view.values[control.key];
}
