// Frames: decodes the blocks that Python packs, and finds the frame for a state.
// A block is a lattice of frames over some controls ("axes"), the others held at its "base".

const GAP = 65535; // the 16-bit code of "not a number"

const TYPED = { f4: Float32Array, u1: Uint8Array, i4: Int32Array, u2: Uint16Array };

function sameValue(a, b) {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Where a value lies on its control, from 0 to 1; the measure of "near". */
function fraction(control, value) {
  if (control.kind !== "slider") return Math.max(0, control.values.indexOf(value));
  const scale = control.log ? Math.log : Number;
  const [low, high] = [scale(control.low), scale(control.high)];
  return (scale(value) - low) / (high - low);
}

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

function decodeCodes(codes, how) {
  const step = (how.high - how.low) / (GAP - 1);
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const value = codes[i] === GAP ? NaN : how.low + step * codes[i];
    values[i] = how.log ? Math.exp(value) : value;
  }
  return values;
}

class Block {
  /** @param bytes ArrayBuffer of the block alone; @param backgrounds Map key → typed array. */
  constructor(header, bytes, backgrounds) {
    this.header = header;
    this.bytes = bytes;
    this.backgrounds = backgrounds;
    this.decoded = new Map();
    for (const entry of Object.values(header.arrays)) this.prepare(entry);
  }

  prepare(entry) {
    const width = entry.shape.reduce((a, b) => a * b, 1);
    const rows = Array.isArray(entry.rows) ? entry.rows : null;
    entry.width = width;
    entry.rowsOf = (i) => (rows ? rows[i] : entry.rows);
    if (rows) {
      entry.before = [0];
      for (const n of rows) entry.before.push(entry.before.at(-1) + n);
    }
    (entry.keys || []).forEach((key, i) => {
      if (entry.starts[i] === null) return;
      const size = entry.rowsOf(i) * width;
      this.backgrounds.set(key, new TYPED[entry.dtype](this.bytes, entry.starts[i], size));
    });
  }

  array(entry, place) {
    const i = entry.index ? entry.index[place] : place;
    const shape = [entry.rowsOf(i), ...entry.shape];
    if (entry.keys) return { values: this.backgrounds.get(entry.keys[i]), shape };
    const Type = TYPED[entry.dtype];
    const first = (entry.before ? entry.before[i] : i * entry.rows) * entry.width;
    const start = entry.start + first * Type.BYTES_PER_ELEMENT;
    const stored = new Type(this.bytes, start, entry.rowsOf(i) * entry.width);
    return { values: entry.dtype === "u2" ? decodeCodes(stored, entry) : stored, shape };
  }

  frame(place) {
    if (this.decoded.has(place)) return this.decoded.get(place);
    const { arrays, scalars, summaries, summary } = this.header;
    const frame = { arrays: {}, scalars: {}, summary: summaries[summary[place]] };
    for (const name in arrays) frame.arrays[name] = this.array(arrays[name], place);
    for (const name in scalars) {
      frame.scalars[name] = Array.isArray(scalars[name]) ? scalars[name][place] : scalars[name];
    }
    this.decoded.set(place, frame);
    return frame;
  }

  /** The nearest frame of this block and how far it is from the wanted values. */
  nearest(values, controls) {
    let [place, distance] = [0, 0];
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
    for (const key in this.header.base) distance += miss(key, this.header.base[key]);
    return { place, distance };
  }
}

/** All blocks at hand; keeps the newest, since a star is soon replaced by the next. */
class FrameStore {
  constructor(controls, most = 24) {
    this.controls = Object.fromEntries(controls.map((control) => [control.key, control]));
    this.most = most;
    this.blocks = [];
    this.backgrounds = new Map();
  }

  add(header, bytes) {
    const block = new Block(header, bytes, this.backgrounds);
    this.blocks.unshift(block);
    this.blocks.length = Math.min(this.blocks.length, this.most);
    return block;
  }

  /** Drop what streamed past the end of the timeline: a new move begins a new run. */
  forgetStreamed() {
    this.blocks = this.blocks.filter((block) => !block.streamed);
  }

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
