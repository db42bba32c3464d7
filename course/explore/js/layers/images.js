// Layers of pictures: small images in a grid, a table of counts to press on, a sheet to draw on, a
// plane of numbers to move in.

let imageCanvas = null;

/** 256 greys as 32-bit words, from ink to paper: 0 is paper. */
const GREYS = Uint32Array.from({ length: 256 }, (_, i) => (0xff000000 | (0x010101 * (255 - i))) >>> 0);

/** Paint image `k` of an array (images, rows, columns) on a canvas of its own size. */
function paintImage(array, k, layer, view) {
  const [, rows, columns] = array.shape;
  if (imageCanvas?.width !== columns || imageCanvas.height !== rows) {
    imageCanvas = new OffscreenCanvas(columns, rows);
  }
  const inner = imageCanvas.getContext("2d");
  const image = inner.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const words = layer.signed ? wordsOf(view.cividis) : GREYS;
  const scale = 255 / (layer.high - layer.low);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.round((array.values[k * pixels.length + i] - layer.low) * scale);
    pixels[i] = words[Math.max(0, Math.min(255, value))];
  }
  inner.putImageData(image, 0, 0);
  return imageCanvas;
}

function drawImages(g, layer, frame, view) {
  const array = frame.arrays[layer.values];
  const { box, colours } = view;
  const count = layer.count ? frame.scalars[layer.count] : array.shape[0];
  const down = Math.max(1, Math.ceil(array.shape[0] / layer.across));
  const side = Math.floor(Math.min((box.right - box.left) / layer.across, (box.bottom - box.top) / down));
  g.imageSmoothingEnabled = false;
  for (let k = 0; k < Math.min(count, array.shape[0]); k++) {
    const x = Math.round(box.left + (k % layer.across) * side);
    const y = Math.round(box.top + Math.floor(k / layer.across) * side);
    g.drawImage(paintImage(array, k, layer, view), x + 2, y + 2, side - 4, side - 4);
    g.strokeStyle = colours.frame;
    g.lineWidth = 1;
    g.strokeRect(x + 1.5, y + 1.5, side - 3, side - 3);
  }
}

function drawCells(g, layer, frame, view) {
  const { values, shape } = frame.arrays[layer.counts];
  const [n] = shape;
  const { colours, cividis } = view;
  const top = Math.log1p(values.reduce((a, b) => Math.max(a, b), 1));
  const [wide, high] = [Math.abs(view.x(1) - view.x(0)), Math.abs(view.y(1) - view.y(0))];
  g.font = FONT;
  g.textAlign = "center";
  g.textBaseline = "middle";
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const count = values[row * n + column];
      const [x, y] = [view.x(column), view.y(row)];
      const part = Math.log1p(count) / top;
      g.fillStyle = `rgb(${colourAt(cividis, part)})`;
      g.fillRect(x - wide / 2 + 0.5, y - high / 2 + 0.5, wide - 1, high - 1);
      g.fillStyle = part > 0.55 ? "#000" : "#fff";
      if (count && wide > 18) g.fillText(count > 999 ? "≥1k" : String(count), x, y);
    }
  }
  const [row, column] = layer.sets.map((key) => view.values[key]);
  for (const [style, width] of [[colours.halo, 6], [colours.path, 3]]) {
    g.strokeStyle = style;
    g.lineWidth = width;
    // Within its square, so that the plot's edge cuts nothing off.
    g.strokeRect(view.x(column) - wide / 2 + 3, view.y(row) - high / 2 + 3, wide - 6, high - 6);
  }
}

function pressCells(panel, layer, drag) {
  const { canvas } = panel;
  canvas.style.cursor = "pointer";
  canvas.addEventListener("pointerdown", (event) => {
    const [n] = panel.frame.arrays[layer.counts].shape;
    const at = [panel.view.y.back(event.offsetY), panel.view.x.back(event.offsetX)];
    const [row, column] = at.map((value) => Math.max(0, Math.min(n - 1, Math.round(value))));
    drag({ [layer.sets[0]]: row, [layer.sets[1]]: column }, true);
  });
}

// ---- a sheet to draw on: strokes are "x,y x,y;x,y", in tenths of a cell from the upper left ----

function readStrokes(text) {
  const strokes = text.split(";").filter(Boolean);
  return strokes.map((stroke) => stroke.trim().split(" ").map((point) => point.split(",").map(Number)));
}

function writeStrokes(strokes) {
  return strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";");
}

// A move as soon as it is made; "pointermove" waits for the next frame of the display.
const MOVED = "onpointerrawupdate" in globalThis ? "pointerrawupdate" : "pointermove";

const PEN_STEP = 10; // tenths of a cell that an arrow key moves the pen

function drawPad(g, layer, frame, view) {
  const { colours } = view;
  const cell = Math.abs(view.x(1) - view.x(0));
  const place = ([x, y]) => [view.x(x / 10), view.y(y / 10)];
  drawFrame(g, view);
  g.lineJoin = g.lineCap = "round";
  g.strokeStyle = g.fillStyle = colours.text;
  g.lineWidth = layer.width * cell;
  for (const stroke of readStrokes(view.values[layer.sets[0]])) {
    g.beginPath();
    stroke.forEach((point, i) => (i ? g.lineTo(...place(point)) : g.moveTo(...place(point))));
    if (stroke.length === 1) g.lineTo(...place(stroke[0]));
    g.stroke();
  }
  g.lineCap = "butt";
  const pen = layer.pen;
  if (!pen?.shown) return;
  const [x, y] = place(pen.at);
  mark(g, pen.down ? "circle" : "cross", x, y, 6, colours.path, colours.halo);
}

/** Let the pen be moved by hand and by keys; every move tells the new strokes. */
function pressPad(panel, layer, drag) {
  const { canvas } = panel;
  const pen = { at: [140, 140], down: false, shown: false };
  layer.pen = pen;
  const [key] = layer.sets;
  const strokes = () => readStrokes(panel.view.values[key]);
  const inside = ([x, y]) => {
    const [wide, high] = [10 * panel.view.x.high, 10 * Math.max(panel.view.y.low, panel.view.y.high)];
    return [Math.max(0, Math.min(wide, Math.round(x))), Math.max(0, Math.min(high, Math.round(y)))];
  };
  const tell = (drawn, ended) => drag({ [key]: writeStrokes(drawn) }, ended);
  const begin = () => tell([...strokes(), [pen.at]], false);
  const goOn = (ended) => {
    const drawn = strokes();
    if (!drawn.length) drawn.push([]);
    const last = drawn.at(-1).at(-1);
    if (!last || Math.hypot(last[0] - pen.at[0], last[1] - pen.at[1]) >= 3) drawn.at(-1).push(pen.at);
    tell(drawn, ended);
  };
  const placeOf = (event) =>
    inside([10 * panel.view.x.back(event.offsetX), 10 * panel.view.y.back(event.offsetY)]);
  let held = false;
  canvas.style.touchAction = "none";
  canvas.style.cursor = "crosshair";
  canvas.addEventListener("pointerdown", (event) => {
    held = true;
    pen.shown = pen.down = false;
    canvas.setPointerCapture(event.pointerId);
    pen.at = placeOf(event);
    begin();
  });
  canvas.addEventListener(MOVED, (event) => {
    if (!held) return;
    pen.at = placeOf(event);
    goOn(false);
  });
  const end = () => {
    if (held) tell(strokes(), true);
    held = false;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.setAttribute("tabindex", "0");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "sheet to draw on");
  canvas.setAttribute("data-lm-suppress-shortcuts", "true");
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    pen.shown = true;
    if (event.key in steps) {
      pen.at = inside(pen.at.map((value, i) => value + PEN_STEP * steps[event.key][i]));
      if (pen.down) goOn(true);
      else tell(strokes(), true);
    } else if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) begin();
      else tell(strokes(), true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      pen.down = false;
      tell([], true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Without a kernel only the drawings that a page carries are answered: say so, and show no other. */
function refusesDrawing(view, control, text) {
  if (view.ask) return false;
  const carried = control.values.includes(text);
  if (!carried) view.summary.textContent = "This page answers its own drawings only; draw in a notebook.";
  return !carried || text === view.values[control.key];
}

// ---- numbers written in a plane; a press anywhere moves the ring ----

function drawNumbers(g, layer, frame, view) {
  const [xs, ys, numbers] = [layer.x, layer.y, layer.numbers].map((name) => frame.arrays[name].values);
  g.font = FONT;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillStyle = view.colours[layer.colour];
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [view.x(xs[i]), view.y(ys[i])];
    if (Number.isFinite(px + py)) g.fillText(String(numbers[i]), px, py);
  }
  const [x, y] = layer.sets.map((key) => view.values[key]);
  mark(g, "ring", view.x(x), view.y(y), 8, view.colours.path, view.colours.halo);
}

function pressNumbers(panel, layer, drag) {
  const { canvas } = panel;
  let held = false;
  const move = (event, ended) => {
    const { x, y } = panel.view;
    drag({ [layer.sets[0]]: x.back(event.offsetX), [layer.sets[1]]: y.back(event.offsetY) }, ended, true);
  };
  canvas.style.cursor = "crosshair";
  canvas.style.touchAction = "none";
  canvas.addEventListener("pointerdown", (event) => {
    held = true;
    canvas.setPointerCapture(event.pointerId);
    move(event, false);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (held) move(event, false);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (held) move(event, true);
    held = false;
  });
  canvas.addEventListener("pointercancel", () => {
    held = false;
  });
}

/** Layers that a press or a key acts on: called as (panel, layer, drag). */
const PRESSED = { cells: pressCells, numbers: pressNumbers, pad: pressPad };
