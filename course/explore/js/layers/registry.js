// The kinds of layers. To add one, write its function in this folder, put it in LAYERS under its
// name, and declare it in base/picture.py.

/**
 * What draws each kind of layer.
 *
 * @type {{ [Kind in Spec.Layer["kind"]]: DrawLayer<Extract<Spec.Layer, { kind: Kind }>> }}
 */
const LAYERS = {
  field: drawField,
  surface: drawSurface,
  path: drawPath,
  curve: drawCurve,
  points: drawPoints,
  marker: drawMarker,
  rule: drawRule,
  bars: drawBars,
  region: drawRegion,
  mesh: drawMesh,
  nodes: drawNodes,
  band: drawBand,
  intervals: drawIntervals,
  numbers: drawNumbers,
  images: drawImages,
  cells: drawCells,
  pad: drawPad,
};

/** @type {DrawLayer<Spec.Layer>} */
function drawLayer(g, layer, frame, view) {
  const drawers = view.space ? SPACE_LAYERS : LAYERS;
  /** @type {DrawLayer<any>} */ (drawers[layer.kind])(g, layer, frame, view);
}

/**
 * Let a press or a key act on a layer, where its kind has that.
 *
 * @type {ListenOnLayer<Spec.Layer>}
 */
function listenOnLayer(panel, layer, drag) {
  if (layer.kind === "cells") listenOnCells(panel, layer, drag);
  else if (layer.kind === "numbers") listenOnNumbers(panel, layer, drag);
  else if (layer.kind === "pad") listenOnPad(panel, layer, drag);
}

/**
 * Whether a layer is a handle: a marker or a rule that can be dragged.
 *
 * @param {Spec.Layer} layer
 * @returns {layer is Spec.Marker | Spec.Rule}
 */
function isHandle(layer) {
  return (layer.kind === "marker" || layer.kind === "rule") && layer.sets.length > 0;
}

/** @param {Spec.Layer} layer */
function hasGhost(layer) {
  return "ghost" in layer && layer.ghost;
}

/**
 * How a layer appears in the legend.
 *
 * @type {Partial<Record<Spec.Layer["kind"], string>>}
 */
const GLYPHS = {
  path: "━",
  curve: "━",
  points: "●",
  marker: "✕",
  rule: "┄",
  bars: "▮",
  region: "━",
  mesh: "─",
  band: "▆",
  intervals: "┃",
};

/**
 * A layer's sign in the legend: its shape, but a plain line for a path with the usual head.
 *
 * @param {Spec.Layer} layer
 */
function signOf(layer) {
  if ("dash" in layer && layer.dash) return "┅";
  const line = layer.kind === "path" && layer.shape === "circle";
  const shape = "shape" in layer && !line ? SHAPE_SIGNS[layer.shape] : undefined;
  return shape ?? GLYPHS[layer.kind] ?? "";
}

/**
 * A layer's entries in the legend: sign, colour, text.
 *
 * @param {Spec.Layer} layer
 * @param {Record<string, string>} colours
 * @param {Wire.Values} values
 * @returns {[string, string, string][]}
 */
function legendOf(layer, colours, values) {
  /** @type {[string, string, string][]} */
  const entries = [];
  if ("label" in layer && layer.label) {
    const isOwn = layer.kind === "points" && layer.sets.length && values[layer.sets[0]];
    entries.push([signOf(layer), colours[layer.colour], isOwn ? "your points" : layer.label]);
  }
  const labels = layer.kind === "points" ? layer.class_labels : [];
  labels.forEach((text, k) => {
    entries.push([CLASS_SIGNS[k], colours[`class${k}`], text]);
  });
  return entries;
}
