// Points as a text, "x,y,c;x,y,c": part of the state, as all that a reader moves. See base/drawn.py.

const NO_POINTS = ";";

/**
 * A point: its place in units of the axes, and its class.
 *
 * @typedef {[number, number, number]} ClassPoint
 */

/**
 * @param {string} text
 * @returns {ClassPoint[]}
 */
function readPoints(text) {
  return text
    .split(";")
    .filter(Boolean)
    .map((point) => {
      const [x, y, c] = point.split(",").map(Number);
      return [x, y, c ?? 0];
    });
}

/**
 * @param {ClassPoint[]} points
 * @param {boolean} withClasses
 */
function writePoints(points, withClasses) {
  const short = (/** @type {number} */ value) => String(Number(value.toPrecision(4)));
  const written = points.map(([x, y, c]) => `${short(x)},${short(y)}${withClasses ? `,${c}` : ""}`);
  return written.join(";") || NO_POINTS;
}

/**
 * The points read last, as layers draw them.
 *
 * @type {{ text: string, xs: Float32Array, ys: Float32Array, classes: Uint8Array }}
 */
let pointsReadLast = {
  text: "",
  xs: new Float32Array(),
  ys: new Float32Array(),
  classes: new Uint8Array(),
};

/** @param {string} text */
function pointArrays(text) {
  if (pointsReadLast.text !== text) {
    const points = readPoints(text);
    const [xs, ys] = [0, 1].map((axis) => Float32Array.from(points, (point) => point[axis]));
    pointsReadLast = { text, xs, ys, classes: Uint8Array.from(points, (point) => point[2]) };
  }
  return pointsReadLast;
}

/**
 * What a press on the panel does, for each class; where there are none, for all points.
 *
 * @param {Spec.PointList} control
 */
function pointKinds({ classes }) {
  if (!classes.length) return ["add and drag"];
  return classes.map((name, i) => `paint ${CLASS_SIGNS[i]} ${name}`);
}
