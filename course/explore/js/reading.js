// Reading values off a panel: by pointer, finger or arrow keys, in words; and picking what is read,
// where the panel has something to explain.

const READING_REACH = 24; // pixels within which an item is read
const CLICK_REACH = 5; // pixels that a press may wander and still be a click

/**
 * Items that an arrow key moves on by, along a line: [along, to another layer]; in a grid [columns,
 * rows].
 *
 * @type {Record<string, Point>}
 */
const READING_STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

class Reader {
  /**
   * @param {PanelView} panel
   * @param {(at: Picked) => void} onPick
   */
  constructor(panel, onPick) {
    this.panel = panel;
    this.onPick = onPick;
    /** @type {Picked | null} What is read now. */
    this.at = null;
    this.byKeys = false;
    this.ring = element("span", { class: "descent-read-ring", hidden: "" });
    this.note = element("span", { class: "descent-reading", "aria-hidden": "true", hidden: "" });
    this.heard = element("p", { class: "descent-heard descent-read-aloud", "aria-live": "polite" });
    /** What a panel in space is turned by; there Shift makes them read. */
    this.needsShift = Boolean(panel.spec.z);
    this.isSheet = panel.isSheet;
    if (!this.isSheet) this.listen();
  }

  listen() {
    const { panel } = this;
    const { canvas } = panel;
    panel.element.append(this.ring, this.note, this.heard);
    /** @type {Point | undefined} */
    let pressed;
    canvas.addEventListener("pointerdown", (event) => {
      pressed = panel.handles.held ? undefined : [event.offsetX, event.offsetY];
      this.hover(event);
    });
    canvas.addEventListener("pointermove", (event) => this.hover(event));
    canvas.addEventListener("pointerup", (event) => {
      const from = pressed;
      pressed = undefined;
      if (!from || panel.isEdited) return;
      const wandered = Math.hypot(from[0] - event.offsetX, from[1] - event.offsetY);
      if (wandered <= CLICK_REACH) this.pick(event);
    });
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.byKeys) this.hide();
    });
    canvas.addEventListener("blur", () => this.hide());
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    if (canvas.hasAttribute("tabindex")) return; // it has keys of its own besides
    canvas.setAttribute("tabindex", "0");
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "picture to read with the arrow keys");
    canvas.setAttribute("data-lm-suppress-shortcuts", "true");
  }

  /** What can be read now. */
  get readables() {
    const { frame, spec, view } = this.panel;
    return frame && view ? readablesOf(spec, frame, view) : [];
  }

  /**
   * What lies nearest to a place of the canvas: an item of a line before a place of a ground.
   *
   * @param {number} px
   * @param {number} py
   * @returns {Picked | null}
   */
  nearest(px, py) {
    /** @type {{ far: number, picked: Picked, reading: Reading }[]} */
    const near = [];
    /** @type {Picked | null} */
    let ground = null;
    for (const { layer, readable } of this.readables) {
      if (readable.find) {
        ground = { layer, item: readable.find(px, py) };
        continue;
      }
      const reach = readable.reach ?? READING_REACH;
      for (let item = 0; item < readable.count; item++) {
        const reading = readable.at(item);
        const far = Math.hypot(reading.px - px, reading.py - py);
        if (far < reach) near.push({ far, picked: { layer, item }, reading });
      }
    }
    near.sort((a, b) => a.far - b.far || b.picked.layer - a.picked.layer);
    return near.find(({ reading }) => !reading.isHidden?.())?.picked ?? ground;
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (event.buttons && !this.panel.isRead) {
      this.hide(); // the hand moves something else
      return;
    }
    const at = this.isInside(event) ? this.nearest(event.offsetX, event.offsetY) : null;
    this.byKeys = false;
    if (at) this.show(at);
    else this.hide();
  }

  /** @param {PointerEvent} event */
  isInside({ offsetX, offsetY }) {
    const box = this.panel.view?.box;
    const [left, right] = [(box?.left ?? 0) - 4, (box?.right ?? 0) + 4];
    const [top, bottom] = [(box?.top ?? 0) - 4, (box?.bottom ?? 0) + 4];
    return offsetX >= left && offsetX <= right && offsetY >= top && offsetY <= bottom;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.panel.isEdited) return;
    if (event.key === "Escape" && this.at) this.hide();
    else if (event.key === "Enter" && this.at && this.panel.spec.explained) this.onPick(this.at);
    else if (this.needsShift && !event.shiftKey) return;
    else if (!this.move(event.key, event.shiftKey && !this.needsShift ? 10 : 1)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /**
   * Read what a key leads to; tell whether it leads anywhere.
   *
   * @param {string} key
   * @param {number} times
   */
  move(key, times) {
    const { readables } = this;
    const step = READING_STEPS[key];
    const isKnown = step || ["Home", "End", "PageUp", "PageDown"].includes(key);
    if (!isKnown || !readables.length) return false;
    const place = readables.findIndex(({ layer }) => layer === this.at?.layer);
    const first = readables.findIndex(({ readable }) => !readable.columns);
    const now = readables[Math.max(0, place < 0 ? first : place)];
    const { count, columns, down, start } = now.readable;
    if (place < 0 || !this.at) {
      this.tell({ layer: now.layer, item: Math.min(start, count - 1) });
      return true;
    }
    let item = Math.min(this.at.item, count - 1);
    if (key === "Home") item = 0;
    else if (key === "End") item = count - 1;
    else if (step?.[0]) item += times * step[0];
    else if (step && columns) item += times * step[1] * (down ? -columns : columns);
    else {
      const by = key === "PageUp" || key === "ArrowUp" ? 1 : -1;
      this.change(now, readables[(place + by + readables.length) % readables.length], item);
      return true;
    }
    if (item < 0 || item >= count)
      item = columns ? this.at.item : Math.max(0, Math.min(count - 1, item));
    this.tell({ layer: now.layer, item });
    return true;
  }

  /**
   * Go to another layer, to what lies nearest there.
   *
   * @param {{ layer: number, readable: Readable }} from
   * @param {{ layer: number, readable: Readable }} to
   * @param {number} item
   */
  change(from, to, item) {
    const here = from.readable.at(item);
    let [best, least] = [to.readable.start, Infinity];
    for (let i = 0; i < to.readable.count; i++) {
      const there = to.readable.at(i);
      const far = Math.hypot(there.px - here.px, there.py - here.py);
      if (far < least) [best, least] = [i, far];
    }
    this.tell({ layer: to.layer, item: best });
  }

  /** @param {Picked} at */
  tell(at) {
    this.byKeys = true;
    this.show(at);
    this.heard.textContent = this.note.textContent;
  }

  /** @param {Picked} at */
  reading(at) {
    const found = this.readables.find(({ layer }) => layer === at.layer)?.readable;
    return found && at.item < found.count ? found.at(at.item) : null;
  }

  /** @param {Picked} at */
  show(at) {
    const reading = this.reading(at);
    const { box } = this.panel.view ?? {};
    if (!reading || !box) {
      this.hide();
      return;
    }
    this.at = at;
    const { explained } = this.panel.spec;
    const hint = this.byKeys ? "Enter" : "click";
    const more =
      explained && !this.panel.isEdited ? ` · ${hint}: the numbers behind this ${explained}` : "";
    const px = Math.max(box.left, Math.min(box.right, reading.px || box.left));
    const py = Math.max(box.top, Math.min(box.bottom, reading.py || box.top));
    this.point(px, py, reading.words() + more);
  }

  /**
   * Put the ring at a place of the canvas, and the words beside it.
   *
   * @param {number} px
   * @param {number} py
   * @param {string} words
   */
  point(px, py, words) {
    const { canvas } = this.panel;
    if (this.note.textContent !== words) this.note.textContent = words;
    const [left, top] = [canvas.offsetLeft + px, canvas.offsetTop + py];
    this.ring.style.translate = `${left}px ${top}px`;
    this.ring.hidden = false;
    this.note.hidden = false;
    const half = this.note.offsetWidth / 2;
    const middle = Math.max(half, Math.min(canvas.clientWidth - half, left));
    const above = py > this.note.offsetHeight + 18;
    const edge = above ? top - 14 - this.note.offsetHeight : top + 14;
    this.note.style.translate = `${middle - half}px ${edge}px`;
  }

  hide() {
    this.at = null;
    this.ring.hidden = true;
    this.note.hidden = true;
  }

  /** The picture has changed under what is read. */
  refresh() {
    if (this.at) this.show(this.at);
  }

  /** @param {PointerEvent} event */
  pick(event) {
    if (!this.panel.spec.explained || !this.isInside(event)) return;
    this.onPick(this.nearest(event.offsetX, event.offsetY) ?? { layer: -1, item: -1, event });
  }

  /**
   * Where something that was picked lies, in units of the axes.
   *
   * @param {Picked} at
   * @returns {Point}
   */
  placeOf(at) {
    const reading = this.reading(at);
    if (reading) return [reading.x, reading.y];
    const { view } = this.panel;
    if (!at.event || !view) return [Number.NaN, Number.NaN];
    return [view.x.back(at.event.offsetX), view.y.back(at.event.offsetY)];
  }
}
