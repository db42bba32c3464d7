// A heat map over the whole panel: smooth, in bands with contours, or in squares.

/**
 * The painted fields: by their values, then by size and colours.
 *
 * @type {WeakMap<TypedArray, Map<string, OffscreenCanvas>>}
 */
const fieldImages = new WeakMap();

/**
 * Field values between grid points, by bilinear interpolation.
 *
 * @param {TypedArray} values
 * @param {number} rows
 * @param {number} columns
 * @returns {(u: number, v: number) => number}
 */
function fieldSampler(values, rows, columns) {
  return (u, v) => {
    const [c, r] = [u * (columns - 1), v * (rows - 1)];
    const [c0, r0] = [Math.min(columns - 2, Math.floor(c)), Math.min(rows - 2, Math.floor(r))];
    const [fc, fr] = [c - c0, r - r0];
    const at = r0 * columns + c0;
    const below = values[at] * (1 - fc) + values[at + 1] * fc;
    const above = values[at + columns] * (1 - fc) + values[at + columns + 1] * fc;
    return below * (1 - fr) + above * fr;
  };
}

/**
 * @param {Spec.Field} layer
 * @param {ArrayData} array
 * @param {Frame} frame
 * @param {LayerView} view
 * @param {number} width in pixels
 * @param {number} height
 */
function paintField(layer, array, frame, view, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const g = contextOf(canvas);
  const image = g.createImageData(width, height);
  const [low, high] = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const sample = fieldSampler(array.values, array.shape[0], array.shape[1]);
  const levels = layer.bands || 256;
  const table = Array.from({ length: levels }, (_, i) =>
    colourAt(view.cividis, levels === 1 ? 0 : i / (levels - 1)),
  );
  /** @type {(i: number, j: number) => number} */
  const height01 = (i, j) => {
    const [u, v] = [i / (width - 1), 1 - j / (height - 1)];
    const part = (sample(Math.min(1, u), Math.max(0, v)) - low) / (high - low);
    return layer.root ? Math.sqrt(Math.max(0, part)) : part;
  };
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const f = Math.max(0, Math.min(0.9999, height01(i, j))) * levels;
      let [r, gr, b] = table[Math.floor(f)];
      if (layer.bands) {
        // The distance to the nearest contour in pixels tells how much of the line lies here.
        const slope = Math.hypot(
          height01(i + 1, j) - height01(i, j),
          height01(i, j + 1) - height01(i, j),
        );
        const off = Math.abs(f - Math.round(f)) / Math.max(1e-9, slope * levels);
        const line = Math.round(f) > 0 ? 0.35 * Math.max(0, 1.2 - off) : 0;
        [r, gr, b] = [r, gr, b].map((c) => c + (255 - c) * Math.min(0.35, line));
      }
      image.data.set([r, gr, b, 255], 4 * (j * width + i));
    }
  }
  g.putImageData(image, 0, 0);
  return canvas;
}

/**
 * The field itself, or its slice of the present time.
 *
 * @param {{ values: string }} layer
 * @param {Frame} frame
 * @param {DrawingState} view
 * @returns {ArrayData}
 */
function presentField(layer, frame, view) {
  const { values, shape } = frame.arrays[layer.values];
  if (shape.length === 2) return { values, shape };
  const size = shape[1] * shape[2];
  const row = Math.round(view.time * (shape[0] - 1));
  return { values: values.subarray(row * size, (row + 1) * size), shape: shape.slice(1) };
}

/**
 * One square of one colour for each value.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {Spec.Field} layer
 * @param {ArrayData} array
 * @param {Frame} frame
 * @param {LayerView} view
 */
function drawSquares(g, layer, { values, shape }, frame, view) {
  const [rows, columns] = shape;
  const [low, high] = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const canvas = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  const table = Array.from({ length: 256 }, (_, i) => colourAt(view.cividis, i / 255));
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const t = (values[(rows - 1 - j) * columns + i] - low) / (high - low);
      const [r, gr, b] = table[Math.round(255 * Math.max(0, Math.min(1, t || 0)))];
      const at = 4 * (j * columns + i);
      image.data[at] = r;
      image.data[at + 1] = gr;
      image.data[at + 2] = b;
      image.data[at + 3] = 255;
    }
  }
  contextOf(canvas).putImageData(image, 0, 0);
  const { box } = view;
  g.imageSmoothingEnabled = false;
  g.drawImage(canvas, box.left, box.top, box.right - box.left, box.bottom - box.top);
  g.imageSmoothingEnabled = true;
}

/** @type {DrawLayer<Spec.Field>} */
function drawField(g, layer, frame, view) {
  const array = presentField(layer, frame, view);
  if (!layer.smooth) {
    drawSquares(g, layer, array, frame, view);
    return;
  }
  const { box } = view;
  const [width, height] = [box.right - box.left, box.bottom - box.top].map((n) =>
    Math.round(n * view.pixelRatio),
  );
  const ends = [axisEnd(layer.low, frame), axisEnd(layer.high, frame)];
  const key = [width, height, layer.bands, ...ends].join();
  const images = fieldImages.get(array.values) ?? new Map();
  fieldImages.set(array.values, images);
  const image = images.get(key) ?? paintField(layer, array, frame, view, width, height);
  images.set(key, image);
  g.drawImage(image, box.left, box.top, box.right - box.left, box.bottom - box.top);
}
