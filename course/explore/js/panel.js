// A panel: one canvas with a title and a legend; sharp on any screen.

const NARROWEST = 264; // px; panels narrower than this go below each other
const GUTTER = 8;

class PanelView {
  /**
   * @param {Spec.Panel} spec
   * @param {Drag} drag
   * @param {Turn} turn
   * @param {(at: Picked) => void} onPick
   */
  constructor(spec, drag, turn, onPick) {
    this.spec = spec;
    this.turn = turn;
    /** @type {unknown[]} */
    this.drawnFrom = [];
    this.writtenLegend = "";
    /** @type {LayerView | undefined} */
    this.view = undefined;
    /** @type {Frame | undefined} */
    this.frame = undefined;
    /** @type {Pen | undefined} Of a sheet to draw on. */
    this.pen = undefined;
    this.canvas = element("canvas", { role: "img" });
    this.legend = element("p", { class: "descent-legend", "aria-hidden": "true" });
    const title = element("p", { class: "descent-panel-title", text: spec.title });
    const kind = { class: "descent-panel", style: `--span: ${spec.span}` };
    this.element = element("div", kind, title, this.legend, this.canvas);
    this.isSheet = spec.layers.every((layer) => layer.kind === "pad");
    this.handles = new Handles(this, drag);
    for (const layer of spec.layers) listenOnLayer(this, layer, drag);
    /** @type {PointEditor | undefined} Of points that the reader may take in hand. */
    this.editor = undefined;
    this.turnBack = spec.z ? listenForTurns(this, turn) : undefined;
    this.reader = new Reader(this, onPick);
  }

  /** Whether a pointer that is pressed goes on reading, as it moves nothing. */
  get isRead() {
    return !this.handles.held && !this.spec.z && !this.isSheet && !this.isEdited;
  }

  /** Whether presses and keys put points into the panel. */
  get isEdited() {
    return Boolean(this.editor?.isActive);
  }

  /**
   * @param {DrawingState} state
   * @param {boolean} withGhost
   */
  writeLegend(state, withGhost) {
    const entries = this.legendEntries(state, withGhost);
    const legend = entries.flat().join();
    if (legend === this.writtenLegend) return;
    this.writtenLegend = legend;
    this.legend.replaceChildren(
      ...entries.map(([glyph, colour, text]) => {
        const sign = element("span", { text: `${glyph} `, style: `color: ${colour}` });
        return element("span", {}, sign, text);
      }),
    );
  }

  /**
   * Whether the panel was last drawn from something else than just this; notes that it is now.
   *
   * @param {Wire.Values} values
   * @param {...unknown} parts
   */
  hasChanged(values, ...parts) {
    const { layers } = this.spec;
    const held = layers.flatMap((layer) =>
      ("sets" in layer ? layer.sets : []).map((key) => values[key]),
    );
    const from = [...parts, ...held, ...Object.values(this.pen ?? {})];
    const { drawnFrom } = this;
    const same = drawnFrom.length === from.length && from.every((part, i) => part === drawnFrom[i]);
    this.drawnFrom = from;
    return !same;
  }

  /**
   * @param {Frame} frame
   * @param {Frame | undefined} before the frame to leave as a ghost
   * @param {DrawingState} state
   * @param {string} words what is said of it
   */
  draw(frame, before, state, words) {
    const ghost = this.ghostOf(frame, before);
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (!width || !height) return;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    this.frame = frame;
    const { turn, turnBack } = this;
    const side = turnBack ? ` ${turn.words(this.spec)}` : "";
    this.canvas.setAttribute("aria-label", `${this.spec.title}. ${words}${side}`);
    turnBack?.setAttribute("aria-disabled", String(turn.isStart));
    // A panel that stays as it is costs nothing; no frame changes what was drawn by hand.
    const seen = this.isSheet ? [] : [frame, ghost, state.time, state.seen, state.ended];
    if (turnBack) seen.push(turn.azimuth, turn.elevation);
    if (!this.hasChanged(state.values, state.colours, ratio, wide, high, ...seen)) return;
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      Object.assign(this.canvas, { width: wide, height: high });
    }
    const g = contextOf(this.canvas);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    this.view = this.paint(g, [width, height], ratio, frame, ghost, state);
    this.writeLegend(state, Boolean(ghost));
    this.handles.showCue();
    this.reader.refresh();
  }

  /**
   * Paint the panel on any canvas, or what stands for one; return what it was drawn with.
   *
   * @param {CanvasRenderingContext2D} g
   * @param {Point} size in pixels
   * @param {number} ratio pixels of the display to one
   * @param {Frame} frame
   * @param {Frame | undefined} ghost
   * @param {DrawingState} state
   */
  paint(g, [width, height], ratio, frame, ghost, state) {
    /** @type {LayerView} */
    const view = {
      ...layOut(this.spec, frame, width, height),
      ...state,
      width,
      height,
      pen: this.pen,
      pixelRatio: ratio,
      ghost: false,
      ghostsInColour: false,
    };
    if (this.spec.z) this.drawInSpace(g, this.spec.z, view, frame, ghost);
    else this.drawOn(g, view, frame, ghost);
    return view;
  }

  /**
   * Whether the ghost would stand on the very ground it was drawn on, where that can change.
   *
   * @param {Frame} frame
   * @param {Frame} before
   */
  sharesGround(frame, before) {
    return this.spec.ground.every((name) => {
      const [now, then] = [frame, before].map((shown) => shown.arrays[name].values);
      return now === then || (now.length === then.length && now.every((v, i) => v === then[i]));
    });
  }

  /**
   * The frame that is left as a ghost, if it may be.
   *
   * @param {Frame} frame
   * @param {Frame | undefined} before
   */
  ghostOf(frame, before) {
    return before && this.sharesGround(frame, before) ? before : undefined;
  }

  /**
   * The entries of the legend: sign, colour, text.
   *
   * @param {DrawingState} state
   * @param {boolean} withGhost
   */
  legendEntries({ colours, values }, withGhost) {
    const entries = this.spec.layers.flatMap((layer) => legendOf(layer, colours, values));
    if (withGhost && this.spec.layers.some(hasGhost)) {
      entries.push(["┅", colours.ghost, "before"]);
    }
    return entries;
  }

  /**
   * @param {CanvasRenderingContext2D} g
   * @param {LayerView} view
   * @param {Frame} frame
   * @param {Frame | undefined} ghost
   */
  drawOn(g, view, frame, ghost) {
    const { box } = view;
    const layers = this.spec.layers.filter((layer) => view.ended || !layer.outcome);
    drawAxes(g, this.spec, view);
    g.save();
    g.beginPath();
    g.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    g.clip();
    /** @param {Spec.Layer} layer */
    const isGround = ({ kind }) => kind === "field" || kind === "region";
    for (const layer of layers.filter(isGround)) drawLayer(g, layer, frame, view);
    if (ghost) {
      const ghosts = layers.filter(hasGhost);
      // Of several, each keeps its own colour: in one grey nobody could tell whose ghost is whose.
      const before = { ...view, ghost: true, ghostsInColour: ghosts.length > 1 };
      for (const layer of ghosts) drawLayer(g, layer, ghost, before);
    }
    for (const layer of layers) if (!isGround(layer)) drawLayer(g, layer, frame, view);
    g.restore();
    if (!this.spec.bare) drawFrame(g, view);
    for (const layer of layers) {
      if (layer.kind === "path" && layer.head) drawHead(g, layer, frame, view);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} g
   * @param {Spec.Axis} upright
   * @param {LayerView} view
   * @param {Frame} frame
   * @param {Frame | undefined} ghost
   */
  drawInSpace(g, upright, view, frame, ghost) {
    const layers = this.spec.layers.filter((layer) => view.ended || !layer.outcome);
    const space = new Space(this.spec, upright, frame, view.box, this.turn);
    view.space = space;
    drawSpaceAxes(g, this.spec, upright, space, view);
    const ground = layers.find((layer) => layer.kind === "surface");
    if (ground) {
      view.relief = new Relief(presentField(ground, frame, view), space);
      drawLayer(g, ground, frame, view);
    }
    const ghosts = ghost ? layers.filter(hasGhost) : [];
    const before = { ...view, ghost: true, ghostsInColour: ghosts.length > 1 };
    for (const layer of ghosts) if (ghost) drawLayer(g, layer, ghost, before);
    for (const layer of layers) if (layer !== ground) drawLayer(g, layer, frame, view);
  }
}

/** The panels side by side, as many columns as fit. */
class PanelRow {
  /**
   * @param {Spec.Panel[]} specs
   * @param {Drag} drag
   * @param {() => void} redraw
   * @param {(panel: number, at: Picked) => void} onPick
   */
  constructor(specs, drag, redraw, onPick) {
    const solid = specs.find((spec) => spec.z) ?? specs[0];
    /** From where all panels in space are seen. */
    this.turn = new Turn(solid.seen_from, redraw);
    /** @type {Drag} */
    const dragged = (...move) => {
      for (const { handles } of this.panels) handles.isKnown = true;
      drag(...move);
    };
    this.panels = specs.map(
      (spec, i) => new PanelView(spec, dragged, this.turn, (at) => onPick(i, at)),
    );
    this.element = element(
      "div",
      { class: "descent-panels" },
      ...this.panels.map((p) => p.element),
    );
    this.panelWidth = "";
  }

  /**
   * @param {Frame} frame
   * @param {Frame | undefined} ghost
   * @param {DrawingState} state
   * @param {string} words
   */
  draw(frame, ghost, state, words) {
    this.layOut();
    for (const panel of this.panels) panel.draw(frame, ghost, state, words);
  }

  /**
   * Let points of a panel be taken in hand.
   *
   * @param {PointHand} hand
   * @param {Drag} drag
   */
  edit(hand, drag) {
    for (const panel of this.panels) {
      for (const layer of panel.spec.layers) {
        if (layer.kind !== "points" || layer.sets[0] !== hand.control.key) continue;
        panel.editor = new PointEditor(panel, layer, hand, drag);
      }
    }
  }

  /** Give the panels whole-pixel widths: text on a canvas blurs between pixels. */
  layOut() {
    const room = this.element.clientWidth;
    const wanted = this.panels.reduce((sum, panel) => sum + panel.spec.span, 0);
    const columns = Math.max(1, Math.min(wanted, Math.floor(room / NARROWEST)));
    const width = `${Math.floor((room - GUTTER * (columns - 1)) / columns)}px`;
    if (this.panelWidth === width) return;
    this.panelWidth = width;
    this.element.style.setProperty("--panel-width", width);
  }
}
