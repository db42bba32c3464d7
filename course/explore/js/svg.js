// An SVG drawn with the calls of a canvas: as many of them as the layers use. Heat maps become images.

/** @param {string} text */
function escapeXml(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => names[/** @type {keyof typeof names} */ (sign)]);
}

/** @param {number} value */
function shortly(value) {
  return String(Math.round(100 * value) / 100);
}

const ANCHORS = { left: "start", center: "middle", right: "end" };

/** What a canvas keeps from call to call. */
const FRESH_PEN = {
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  globalAlpha: 1,
  font: FONT,
  textAlign: "left",
  textBaseline: "alphabetic",
  imageSmoothingEnabled: true,
  dash: /** @type {number[]} */ ([]),
  moved: "",
  clipped: "",
};

class SvgContext {
  constructor() {
    /** @type {string[]} */
    this.parts = [];
    /** @type {string[]} */
    this.clips = [];
    this.path = "";
    Object.assign(this, FRESH_PEN);
    /** @type {(typeof FRESH_PEN)[]} */
    this.saved = [];
    this.ruler = contextOf(document.createElement("canvas"));
  }

  /** What is kept from call to call, as it is now. */
  get pen() {
    return /** @type {typeof FRESH_PEN} */ (/** @type {unknown} */ (this));
  }

  /**
   * Add an element as it is placed, clipped and seen through now.
   *
   * @param {string} tag
   * @param {Record<string, unknown>} attributes
   * @param {string} inner
   */
  add(tag, attributes, inner = "") {
    const { clipped, globalAlpha, moved } = this.pen;
    const all = {
      ...attributes,
      ...(moved && { transform: moved }),
      ...(globalAlpha < 1 && { opacity: globalAlpha }),
    };
    const written = Object.entries(all).map(([k, v]) => ` ${k}="${escapeXml(String(v))}"`);
    const whole = `<${tag}${written.join("")}>${inner}</${tag}>`;
    this.parts.push(clipped ? `<g clip-path="url(#${clipped})">${whole}</g>` : whole);
  }

  get strokeAttributes() {
    const { dash, lineCap, lineJoin, lineWidth, strokeStyle } = this.pen;
    return {
      fill: "none",
      stroke: strokeStyle,
      "stroke-width": lineWidth,
      "stroke-linecap": lineCap,
      "stroke-linejoin": lineJoin,
      ...(dash.length && { "stroke-dasharray": dash.join(" ") }),
    };
  }

  save() {
    const kept = Object.keys(FRESH_PEN).map((name) => [name, /** @type {any} */ (this)[name]]);
    this.saved.push(Object.fromEntries(kept));
  }

  restore() {
    Object.assign(this, this.saved.pop());
  }

  /** @type {(x: number, y: number) => void} */
  translate(x, y) {
    this.pen.moved = `${this.pen.moved} translate(${shortly(x)} ${shortly(y)})`.trim();
  }

  /** @param {number} angle */
  rotate(angle) {
    this.pen.moved = `${this.pen.moved} rotate(${shortly((180 / Math.PI) * angle)})`.trim();
  }

  clip() {
    const { clipped, moved } = this.pen;
    const id = `clip${this.clips.length}`;
    const within = clipped ? ` clip-path="url(#${clipped})"` : "";
    const place = moved ? ` transform="${moved}"` : "";
    this.clips.push(`<clipPath id="${id}"${within}><path d="${this.path}"${place}/></clipPath>`);
    this.pen.clipped = id;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.pen.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  closePath() {
    this.path += "Z";
  }

  /** @type {(x: number, y: number) => void} */
  moveTo(x, y) {
    this.path += `M${shortly(x)} ${shortly(y)}`;
  }

  /** @type {(x: number, y: number) => void} */
  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${shortly(x)} ${shortly(y)}`;
  }

  /** A whole circle: no layer draws a part of one.
   *
   * @type {(x: number, y: number, r: number) => void}
   */
  arc(x, y, r) {
    const [left, right, at, size] = [x - r, x + r, y, r].map(shortly);
    this.path += `M${left} ${at}A${size} ${size} 0 1 0 ${right} ${at}A${size} ${size} 0 1 0 ${left} ${at}Z`;
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  rect(x, y, width, height) {
    const [a, b, w, h] = [x, y, width, height].map(shortly);
    this.path += `M${a} ${b}h${w}v${h}h${shortly(-width)}Z`;
  }

  /** @type {(x: number, y: number, width: number, height: number, radius: number) => void} */
  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const corner = (/** @type {number} */ dx, /** @type {number} */ dy) =>
      `a${shortly(r)} ${shortly(r)} 0 0 1 ${shortly(dx)} ${shortly(dy)}`;
    this.path +=
      `M${shortly(x + r)} ${shortly(y)}h${shortly(width - 2 * r)}${corner(r, r)}` +
      `v${shortly(height - 2 * r)}${corner(-r, r)}h${shortly(2 * r - width)}${corner(-r, -r)}` +
      `v${shortly(2 * r - height)}${corner(r, -r)}Z`;
  }

  fill() {
    if (this.path) this.add("path", { d: this.path, fill: this.pen.fillStyle });
  }

  stroke() {
    if (this.path) this.add("path", { d: this.path, ...this.strokeAttributes });
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  fillRect(x, y, width, height) {
    this.add("rect", { x, y, width, height, fill: this.pen.fillStyle });
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  strokeRect(x, y, width, height) {
    this.add("rect", { x, y, width, height, ...this.strokeAttributes });
  }

  /** @param {string} text */
  measureText(text) {
    this.ruler.font = this.pen.font;
    return this.ruler.measureText(text);
  }

  /** How far below its anchor a text's line stands: not every program knows other baselines. */
  get sinking() {
    const { ruler } = this;
    ruler.font = this.pen.font;
    const [line, anchor] = /** @type {const} */ (["alphabetic", this.pen.textBaseline]).map(
      (base) => {
        ruler.textBaseline = /** @type {CanvasTextBaseline} */ (base);
        return ruler.measureText("x").fontBoundingBoxAscent;
      },
    );
    return line - anchor;
  }

  /** @type {(text: string, x: number, y: number, room?: number) => void} */
  fillText(text, x, y, room) {
    const { fillStyle, font, textAlign } = this.pen;
    const squeezed = room !== undefined && this.measureText(text).width > room;
    const attributes = {
      x: shortly(x),
      y: shortly(y + this.sinking),
      fill: fillStyle,
      style: `font: ${font}; white-space: pre`,
      "text-anchor": ANCHORS[/** @type {keyof typeof ANCHORS} */ (textAlign)],
      ...(squeezed && { textLength: room, lengthAdjust: "spacingAndGlyphs" }),
    };
    this.add("text", attributes, escapeXml(text));
  }

  /**
   * Draw a canvas, or a part of it, as an image.
   *
   * @param {OffscreenCanvas} image
   * @param {...number} given x, y, width, height on it, if a part; then where it goes
   */
  drawImage(image, ...given) {
    const [x, y, width, height] = given.slice(-4);
    const part = given.length > 4 ? given.slice(0, 4) : [0, 0, image.width, image.height];
    // A part may begin between two pixels: it is drawn larger, so that little is lost.
    const finer = given.length > 4 ? 4 : 1;
    const copy = document.createElement("canvas");
    copy.width = Math.max(1, Math.round(part[2] * finer));
    copy.height = Math.max(1, Math.round(part[3] * finer));
    const [a, b, w, h] = part;
    contextOf(copy).drawImage(image, a, b, w, h, 0, 0, copy.width, copy.height);
    const style = this.pen.imageSmoothingEnabled ? "" : "image-rendering: pixelated";
    const href = copy.toDataURL("image/png");
    this.add("image", { x, y, width, height, style, preserveAspectRatio: "none", href });
  }

  /**
   * The whole document.
   *
   * @param {number} width
   * @param {number} height
   * @param {string} title
   * @param {string} words
   */
  toText(width, height, title, words) {
    // A page names no address, not even that of SVG's namespace.
    const template = element("template");
    template.innerHTML = "<svg></svg>";
    return (
      `<svg xmlns="${template.content.firstElementChild?.namespaceURI}" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img">` +
      `<title>${escapeXml(title)}</title><desc>${escapeXml(words)}</desc>` +
      `<defs>${this.clips.join("")}</defs>${this.parts.join("")}</svg>`
    );
  }
}
