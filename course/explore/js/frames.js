// Frames: decodes the blocks that Python packs, and finds the frame for a state.
// A block is a lattice of frames over some controls ("axes"), the others held at its "base".

const GAP = 65535; // the 16-bit code of "not a number"

const TYPED = { f4: Float32Array, u1: Uint8Array, i4: Int32Array, u2: Uint16Array };

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function sameValue(a, b) {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/**
 * Where a value lies on its control, from 0 to 1; the measure of "near".
 *
 * @param {Spec.Control} control
 * @param {Wire.Value} value
 */
function fraction(control, value) {
  if (control.kind !== "slider") return Math.max(0, control.values.indexOf(value));
  const scale = control.log ? Math.log : Number;
  const [low, high] = [scale(control.low), scale(control.high)];
  return (scale(Number(value)) - low) / (high - low);
}

/**
 * @param {Spec.Control} control
 * @param {Wire.Value[]} values
 * @param {Wire.Value} value
 */
function nearestIndex(control, values, value) {
  if (control.kind !== "slider") return Math.max(0, values.indexOf(value));
  const wanted = fraction(control, value);
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    const [now, then] = [fraction(control, values[i]), fraction(control, values[best])];
    if (Math.abs(now - wanted) < Math.abs(then - wanted)) best = i;
  }
  return best;
}

/**
 * Whether a control holds what was drawn, which has no positions.
 *
 * @param {Spec.Control} control
 */
function isDrawn(control) {
  return control.kind === "strokes" || control.kind === "pointlist";
}

/**
 * The value that a control can have which is nearest to one that it is given; undefined if none is.
 *
 * @param {Spec.Control} control
 * @param {unknown} given
 */
function nearestAllowed(control, given) {
  if (control.kind === "slider") {
    if (typeof given !== "number" || Number.isNaN(given)) return undefined;
    const inside = Math.max(control.low, Math.min(control.high, given));
    return control.whole ? Math.round(inside) : inside;
  }
  if (isDrawn(control)) return typeof given === "string" ? given : undefined;
  return control.values.find((value) => value === given);
}

/**
 * @param {TypedArray} codes
 * @param {Wire.CodedArrays} encoding
 */
function decodeCodes(codes, encoding) {
  const step = (encoding.high - encoding.low) / (GAP - 1);
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const value = codes[i] === GAP ? Number.NaN : encoding.low + step * codes[i];
    values[i] = encoding.log ? Math.exp(value) : value;
  }
  return values;
}

/** The different arrays of one name in a block. */
class ArrayPool {
  /**
   * @param {Wire.Arrays} entry
   * @param {ArrayBuffer} bytes of the block
   * @param {Map<string, TypedArray>} backgrounds by key; those of this block are added
   */
  constructor(entry, bytes, backgrounds) {
    this.entry = entry;
    this.bytes = bytes;
    this.backgrounds = backgrounds;
    this.width = entry.shape.reduce((a, b) => a * b, 1);
    /** How many rows lie before each array, where their numbers differ. */
    this.before = [0];
    if (Array.isArray(entry.rows)) {
      for (const n of entry.rows) this.before.push(/** @type {number} */ (this.before.at(-1)) + n);
    }
    if (!("keys" in entry)) return;
    entry.keys.forEach((key, i) => {
      const start = entry.starts[i];
      if (start === null) return;
      const size = this.rowsOf(i) * this.width;
      backgrounds.set(key, new TYPED[entry.dtype](bytes, start, size));
    });
  }

  /** @param {number} i */
  rowsOf(i) {
    const { rows } = this.entry;
    return Array.isArray(rows) ? rows[i] : rows;
  }

  /**
   * The array of one frame.
   *
   * @param {number} place
   * @returns {ArrayData}
   */
  at(place) {
    const { entry } = this;
    const i = entry.index ? entry.index[place] : place;
    const shape = [this.rowsOf(i), ...entry.shape];
    if ("keys" in entry) {
      return { values: /** @type {TypedArray} */ (this.backgrounds.get(entry.keys[i])), shape };
    }
    const Type = TYPED[entry.dtype];
    const first = (Array.isArray(entry.rows) ? this.before[i] : i * entry.rows) * this.width;
    const start = entry.start + first * Type.BYTES_PER_ELEMENT;
    const stored = new Type(this.bytes, start, this.rowsOf(i) * this.width);
    return { values: entry.dtype === "u2" ? decodeCodes(stored, entry) : stored, shape };
  }
}

class Block {
  /**
   * @param {Wire.Header} header
   * @param {ArrayBuffer} bytes of the block alone
   * @param {Map<string, TypedArray>} backgrounds
   */
  constructor(header, bytes, backgrounds) {
    this.header = header;
    /** Whether it streamed in past the end of the timeline. */
    this.streamed = false;
    this.pools = Object.entries(header.arrays).map(
      ([name, entry]) => /** @type {const} */ ([name, new ArrayPool(entry, bytes, backgrounds)]),
    );
    /** @type {Map<number, Frame>} */
    this.decoded = new Map();
  }

  /**
   * @param {number} place
   * @returns {Frame}
   */
  frame(place) {
    const known = this.decoded.get(place);
    if (known) return known;
    const { scalars, summaries, summary, openings, opening } = this.header;
    /** @type {Frame} */
    const frame = {
      arrays: {},
      scalars: {},
      summary: summaries[summary[place]],
      opening: openings[opening[place]],
    };
    for (const [name, pool] of this.pools) frame.arrays[name] = pool.at(place);
    for (const [name, numbers] of Object.entries(scalars)) {
      frame.scalars[name] = Array.isArray(numbers) ? numbers[place] : numbers;
    }
    this.decoded.set(place, frame);
    return frame;
  }

  /**
   * The nearest frame of this block and how far it is from the wanted values.
   *
   * @param {Wire.Values} values
   * @param {Record<string, Spec.Control>} controls
   */
  nearest(values, controls) {
    let [place, distance] = [0, 0];
    /** @type {(key: string, held: Wire.Value) => number} */
    const miss = (key, held) => {
      if (sameValue(held, values[key])) return 0;
      const control = controls[key];
      if (control.kind !== "slider") return 10; // another choice is another picture
      return 1e-6 + Math.abs(fraction(control, held) - fraction(control, values[key]));
    };
    for (const axis of this.header.axes) {
      const i = nearestIndex(controls[axis.key], axis.values, values[axis.key]);
      place = place * axis.values.length + i;
      distance += miss(axis.key, axis.values[i]);
    }
    for (const [key, held] of Object.entries(this.header.base)) distance += miss(key, held);
    return { place, distance };
  }
}

/** All blocks at hand; keeps the newest, since a prefetch is soon replaced by the next. */
class FrameStore {
  /**
   * @param {Spec.Control[]} controls
   * @param {number} capacity in blocks
   */
  constructor(controls, capacity = 24) {
    /** @type {Record<string, Spec.Control>} */
    this.controls = Object.fromEntries(controls.map((control) => [control.key, control]));
    this.capacity = capacity;
    /** @type {Block[]} */
    this.blocks = [];
    /** @type {Map<string, TypedArray>} */
    this.backgrounds = new Map();
  }

  /**
   * @param {Wire.Header} header
   * @param {ArrayBuffer} bytes
   */
  add(header, bytes) {
    const block = new Block(header, bytes, this.backgrounds);
    this.blocks.unshift(block);
    this.blocks.length = Math.min(this.blocks.length, this.capacity);
    return block;
  }

  /**
   * Drop what streamed past the end of the timeline: a new move begins a new run. Tell whether
   * there was any.
   */
  dropStreamed() {
    const before = this.blocks.length;
    this.blocks = this.blocks.filter((block) => !block.streamed);
    return this.blocks.length < before;
  }

  /**
   * The frame at these values or the nearest to them; null where there is none yet.
   *
   * @param {Wire.Values} values
   */
  find(values) {
    let best = null;
    for (const block of this.blocks) {
      const found = block.nearest(values, this.controls);
      if (!best || found.distance < best.distance) best = { ...found, block };
      if (best.distance === 0) break;
    }
    return best && { frame: best.block.frame(best.place), exact: best.distance === 0 };
  }
}
