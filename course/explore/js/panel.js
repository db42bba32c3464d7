// A panel: one canvas with a title and a legend; sharp on any screen; its markers can be dragged.

const REACH = 26; // pixels within which a finger or a mouse takes hold of a marker

const FOCUSABLE = ["input", "select", "button"];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  // JupyterLab takes arrow keys, digits and space for commands of the notebook, whatever has the
  // focus, unless that very element asks it not to.
  if (FOCUSABLE.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

class PanelView {
  /** @param drag called as drag(changes, ended) while a marker is moved. */
  constructor(spec, drag) {
    this.spec = spec;
    this.canvas = element("canvas", { role: "img" });
    this.legend = element("p", { class: "descent-legend", "aria-hidden": "true" });
    const title = element("p", { class: "descent-panel-title", text: spec.title });
    const kind = { class: "descent-panel", style: `--span: ${spec.span}` };
    this.element = element("div", kind, title, this.legend, this.canvas);
    this.handles = spec.layers.filter((layer) => (layer.sets || []).length && !(layer.kind in PRESSED));
    this.isSheet = spec.layers.every((layer) => layer.kind === "pad");
    if (this.handles.length) this.letDrag(drag);
    for (const layer of spec.layers) PRESSED[layer.kind]?.(this, layer, drag);
  }

  writeLegend(colours, withGhost) {
    const entries = this.spec.layers.flatMap((layer) => {
      const classes = (layer.class_labels || []).map((text, k) => [CLASS_SIGNS[k], colours[`class${k}`], text]);
      const sign = layer.dash ? "┅" : signOf(layer);
      return layer.label ? [[sign, colours[layer.colour], layer.label], ...classes] : classes;
    });
    if (withGhost && this.spec.layers.some((layer) => layer.ghost)) {
      entries.push(["┅", colours.ghost, "before"]);
    }
    const written = entries.flat().join();
    if (written === this.written) return;
    this.written = written;
    this.legend.replaceChildren(
      ...entries.map(([glyph, colour, text]) => {
        const sign = element("span", { text: `${glyph} `, style: `color: ${colour}` });
        return element("span", {}, sign, text);
      }),
    );
  }

  /** Whether this is the first time that a panel is drawn from just this; notes that it is. */
  isNews(...parts) {
    const layers = this.spec.layers;
    const held = layers.flatMap((layer) => (layer.sets || []).map((key) => this.state.values[key]));
    const pens = layers.flatMap((layer) => Object.values(layer.pen || {}));
    const seen = [...parts, ...held, ...pens];
    const same = this.seen?.length === seen.length && seen.every((part, i) => part === this.seen[i]);
    this.seen = seen;
    return !same;
  }

  draw(frame, ghost, state) {
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (!width || !height) return;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    [this.frame, this.state] = [frame, state];
    this.canvas.setAttribute("aria-label", `${this.spec.title}. ${frame.summary}`);
    // A panel that stays as it is costs nothing; no answer changes what was drawn by hand.
    const answer = this.isSheet ? [] : [frame, ghost, state.time];
    if (!this.isNews(state.colours, ratio, wide, high, ...answer)) return;
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      Object.assign(this.canvas, { width: wide, height: high });
    }
    const g = this.canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    this.view = { ...layOut(this.spec, frame, width, height), ...state, pixelRatio: ratio };
    const { box } = this.view;
    drawAxes(g, this.spec, this.view);
    g.save();
    g.beginPath();
    g.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    g.clip();
    const draw = (layer, what, isGhost) =>
      LAYERS[layer.kind](g, layer, what, { ...this.view, ghost: isGhost });
    const isGround = (layer) => layer.kind === "field" || layer.kind === "region";
    for (const layer of this.spec.layers.filter(isGround)) draw(layer, frame, false);
    for (const layer of this.spec.layers) if (ghost && layer.ghost) draw(layer, ghost, true);
    for (const layer of this.spec.layers) if (!isGround(layer)) draw(layer, frame, false);
    g.restore();
    if (!this.spec.bare) drawFrame(g, this.view);
    for (const layer of this.spec.layers) if (layer.head) drawHead(g, layer, frame, this.view);
    this.writeLegend(state.colours, Boolean(ghost));
  }

  handleNear(event) {
    if (!this.view) return null;
    return this.handles.find((layer) => {
      if (layer.kind === "rule") return ruleDistance(layer, event, this.view) < REACH;
      const at = markerAt(layer, this.frame, this.view);
      const [dx, dy] = [this.view.x(at[0]) - event.offsetX, this.view.y(at[1]) - event.offsetY];
      return Math.hypot(dx, dy) < REACH;
    });
  }

  letDrag(drag) {
    let held = null;
    const { canvas } = this;
    const move = (event, ended) => {
      const { box, x, y } = this.view;
      const px = Math.max(box.left, Math.min(box.right, event.offsetX));
      const py = Math.max(box.top, Math.min(box.bottom, event.offsetY));
      if (held.kind === "rule") {
        drag({ [held.sets[0]]: held.cuts === "x" ? x.back(px) : y.back(py) }, ended, true);
      } else drag({ [held.sets[0]]: x.back(px), [held.sets[1]]: y.back(py) }, ended);
    };
    canvas.addEventListener("pointerdown", (event) => {
      held = this.handleNear(event);
      if (!held) return;
      canvas.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (held) move(event, false);
      else canvas.style.cursor = this.handleNear(event) ? "grab" : "";
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held) move(event, true);
      held = null;
    });
    canvas.addEventListener("pointercancel", () => {
      held = null;
    });
    canvas.style.touchAction = "pan-y";
  }
}
