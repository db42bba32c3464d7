// Layers of pictures: small images in a grid, a table of counts to press on, a plane of numbers to
// move in.

/** @type {OffscreenCanvas | null} */
let imageCanvas = null;

/** 256 greys as 32-bit words, from ink to paper: 0 is paper. */
const GREYS = Uint32Array.from(
  { length: 256 },
  (_, i) => (0xff000000 | (0x010101 * (255 - i))) >>> 0,
);

/**
 * Paint image `k` of an array (images, rows, columns) on a canvas of its own size.
 *
 * @param {ArrayData} array
 * @param {number} k
 * @param {Spec.Images} layer
 * @param {LayerView} view
 */
function paintImage(array, k, layer, view) {
  const [, rows, columns] = array.shape;
  if (imageCanvas?.width !== columns || imageCanvas.height !== rows) {
    imageCanvas = new OffscreenCanvas(columns, rows);
  }
  const inner = contextOf(imageCanvas);
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

/** @type {DrawLayer<Spec.Images>} */
function drawImages(g, layer, frame, view) {
  const array = frame.arrays[layer.values];
  const { box, colours } = view;
  const count = layer.count ? Number(frame.scalars[layer.count]) : array.shape[0];
  const down = Math.max(1, Math.ceil(array.shape[0] / layer.across));
  const side = Math.floor(
    Math.min((box.right - box.left) / layer.across, (box.bottom - box.top) / down),
  );
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

/** @type {DrawLayer<Spec.Cells>} */
function drawCells(g, layer, frame, view) {
  const { values, shape } = frame.arrays[layer.counts];
  const [n] = shape;
  const { colours, cividis } = view;
  let largest = 1;
  for (const count of values) largest = Math.max(largest, count);
  const top = Math.log1p(largest);
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
  const [row, column] = layer.sets.map((key) => Number(view.values[key]));
  // Within its square, so that the plot's edge cuts nothing off.
  g.beginPath();
  g.rect(view.x(column) - wide / 2 + 3, view.y(row) - high / 2 + 3, wide - 6, high - 6);
  g.strokeStyle = colours.halo;
  g.lineWidth = 6;
  g.stroke();
  g.strokeStyle = colours.path;
  g.lineWidth = 3;
  g.stroke();
}

/** @type {ListenOnLayer<Spec.Cells>} */
function listenOnCells(panel, layer, drag) {
  const { canvas } = panel;
  canvas.style.cursor = "pointer";
  canvas.addEventListener("pointerdown", (event) => {
    const { frame, view } = panel;
    if (!frame || !view) return;
    const [n] = frame.arrays[layer.counts].shape;
    const at = [view.y.back(event.offsetY), view.x.back(event.offsetX)];
    const [row, column] = at.map((value) => Math.max(0, Math.min(n - 1, Math.round(value))));
    drag({ [layer.sets[0]]: row, [layer.sets[1]]: column }, true);
  });
}

// ---- numbers written in a plane; a press anywhere moves the ring ----

/** @type {DrawLayer<Spec.Numbers>} */
function drawNumbers(g, layer, frame, view) {
  const [xs, ys, numbers] = [layer.x, layer.y, layer.numbers].map(
    (name) => frame.arrays[name].values,
  );
  g.font = FONT;
  g.textAlign = "center";
  g.textBaseline = "middle";
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [view.x(xs[i]), view.y(ys[i])];
    g.fillStyle = view.colours[`digit${numbers[i]}`];
    if (Number.isFinite(px + py)) g.fillText(String(numbers[i]), px, py);
  }
  const [x, y] = layer.sets.map((key) => Number(view.values[key]));
  mark(g, "ring", view.x(x), view.y(y), 8, view.colours.path, view.colours.halo);
}

/** @type {ListenOnLayer<Spec.Numbers>} */
function listenOnNumbers(panel, layer, drag) {
  const { canvas } = panel;
  let held = false;
  /** @type {(event: PointerEvent, ended: boolean) => void} */
  const move = (event, ended) => {
    if (!panel.view) return;
    const { x, y } = panel.view;
    drag(
      { [layer.sets[0]]: x.back(event.offsetX), [layer.sets[1]]: y.back(event.offsetY) },
      ended,
      true,
    );
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
