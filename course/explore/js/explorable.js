// The explorable: keeps the state, shows the frame for it as fast as a hand moves, and has the
// kernel asked for what is missing.

const RELEASE_DELAY = 900; // ms without a key after which the next move starts a new run and ghost

class ExplorableView {
  /**
   * @param {HTMLElement} root
   * @param {Spec.Explorable} spec
   * @param {Wire.Values} values
   * @param {Host | null} host null on a page without a kernel
   */
  constructor(root, spec, values, host = null) {
    this.root = root;
    this.spec = spec;
    this.host = host;
    this.values = { ...values };
    this.initial = { ...values };
    this.store = new FrameStore(spec.controls);
    this.kernel = new KernelClient(this, host?.send ?? null);
    this.playback = new Playback(this);
    /** @type {Frame | undefined} */
    this.frame = undefined;
    this.exact = false; // whether the frame is that of the very values
    this.shown = { ...values }; // those of the last frame that was exact
    this.resting = false; // whether nothing can be moved, as no kernel would answer
    /** @type {Frame | undefined} */
    this.ghost = undefined; // the frame before the present run of moves
    /** @type {string | null} */
    this.heldKey = null; // of the control in the reader's hand
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.releasing = undefined;
    /** @type {(key: string, value: Wire.Value) => void} */
    const onMove = (key, value) => this.move({ [key]: value }, key);
    this.controls = spec.controls.map((control) =>
      makeControl(control, onMove, () => this.release()),
    );
    this.panelRow = new PanelRow(
      spec.panels,
      (...drag) => this.drag(...drag),
      () => this.draw(),
      (panel, at) => this.arithmetic.open(panel, at),
    );
    this.panels = this.panelRow.panels;
    for (const { hand } of this.controls)
      if (hand) this.panelRow.edit(hand, (...d) => this.drag(...d));
    this.arithmetic = new ArithmeticView(this);
    this.summary = element("p", {
      class: "descent-summary",
      role: "status",
      "aria-live": "polite",
    });
    /** The words that are not said now keep their room: play moves nothing that follows. */
    this.unsaid = element("p", { class: "descent-unsaid", "aria-hidden": "true" });
    this.readout = element("p", { class: "descent-readout" });
    this.notice = element("p", { class: "descent-notice", role: "alert", hidden: "" });
    this.help = makeHelp(spec);
    this.share = makeShare(this);
    this.waiting = element("p", { class: "descent-waiting", role: "status", hidden: "" });
    /** What moves something. */
    this.movers = [
      element("div", { class: "descent-controls" }, ...this.controls.map((c) => c.element)),
      makeActions(this),
      this.panelRow.element,
    ];
    this.build();
    this.unwatch = watchAppearance(root, () => this.draw());
  }

  build() {
    const { root, spec } = this;
    Object.assign(root.dataset, { name: spec.name, revision: 0, pending: "false", sweeps: 0 });
    root.classList.add("descent-explorable");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", spec.title);
    root.setAttribute("tabindex", "0");
    root.setAttribute("data-lm-suppress-shortcuts", "true");
    const [controls, actions, panels] = this.movers;
    this.panelRow.element.append(this.waiting);
    root.replaceChildren(
      this.notice,
      controls,
      actions,
      this.help.element,
      this.share.element,
      panels,
      element(
        "div",
        { class: "descent-seen" },
        element("div", { class: "descent-words" }, this.summary, this.unsaid),
        this.readout,
      ),
      this.arithmetic.element,
    );
    root.addEventListener("keydown", (event) => handleKey(this, event));
    root.addEventListener("focusin", (event) => {
      // Taking hold of another control: the frames around here should be on their way by then.
      const { key } = /** @type {HTMLElement} */ (event.target).dataset;
      if (key && key !== this.heldKey) this.kernel.prefetch();
    });
  }

  close() {
    this.playback.pause();
    this.kernel.close();
    this.unwatch();
  }

  // ---- moving --------------------------------------------------------------------------------

  /**
   * Move controls by hand; the first move of a run leaves what was seen as its ghost.
   *
   * @param {Wire.Values} wanted
   * @param {string} key what is moved: a control's key, or what moves several
   */
  move(wanted, key) {
    if (this.resting) return;
    const changes = { ...wanted };
    if (this.heldKey !== key) {
      this.ghost = this.playback.untouched ? undefined : this.frame;
      this.heldKey = key;
    }
    for (const { hand } of this.controls) hand?.giveWay(changes);
    // Who moves a control before the run has begun wants to see what that does to all of it.
    if (this.playback.untouched) this.playback.finish();
    Object.assign(this.values, changes);
    this.host?.share(changes);
    if (this.store.dropStreamed()) this.kernel.prefetched = ""; // the kernel is far ahead
    this.show();
    clearTimeout(this.releasing);
    this.kernel.schedulePrefetch();
  }

  release() {
    clearTimeout(this.releasing);
    this.releasing = setTimeout(() => {
      this.heldKey = null;
    }, RELEASE_DELAY);
  }

  /**
   * Follow what a cell, another view or a linked widget has set, as if it were moved by hand. What
   * the controls cannot have is put right for all who share it.
   *
   * @param {Wire.Values} values
   */
  follow(values) {
    const { controls } = this.store;
    /** @type {Wire.Values} */
    const changes = {};
    for (const [key, value] of Object.entries(values)) {
      const allowed = this.resting ? this.values[key] : nearestAllowed(controls[key], value);
      if (allowed !== value) this.host?.share({ [key]: allowed ?? this.values[key] });
      if (allowed !== undefined && !sameValue(allowed, this.values[key])) changes[key] = allowed;
    }
    if (!Object.keys(changes).length) return;
    this.move(changes, "link");
    this.release();
  }

  /**
   * Presets, links: go there at once, and show the whole run unless it is being played.
   *
   * @param {Wire.Values} changes
   */
  jump(changes) {
    if (this.resting) return;
    this.heldKey = null;
    this.move(changes, "jump");
    this.heldKey = null;
    if (!this.playback.playing) {
      this.playback.finish();
      this.draw();
    }
    this.kernel.prefetch();
  }

  /**
   * Move controls to where a marker or a rule is held.
   *
   * @param {Wire.Values} changes
   * @param {boolean} ended whether the hand has let go
   * @param {boolean} snaps whether the values stay on the controls' positions
   */
  drag(changes, ended, snaps = false) {
    /** @type {Wire.Values} */
    const inRange = {};
    for (const [key, value] of Object.entries(changes)) {
      const control = this.store.controls[key];
      if (typeof value === "string") {
        if (rejectDrawing(this, control, value)) return;
        inRange[key] = value;
      } else inRange[key] = this.inRange(control, Number(value), snaps);
    }
    this.move(inRange, "drag");
    // What snaps moves over frames at hand: the next prefetch waits until it is let go.
    if (snaps && !ended) this.kernel.cancelPrefetch();
    if (ended) this.release();
  }

  /**
   * @param {Spec.Control} control
   * @param {number} value
   * @param {boolean} snaps
   */
  inRange(control, value, snaps) {
    if (control.kind !== "slider" || snaps || !this.kernel.available) {
      return control.values[nearestIndex(control, control.values, value)];
    }
    return Math.max(control.low, Math.min(control.high, Number(value.toPrecision(4))));
  }

  /** Go back to how it opened. */
  reset() {
    if (this.resting) return;
    this.playback.pause();
    this.jump(this.initial);
    this.playback.reset();
    this.panelRow.turn.reset();
    this.ghost = undefined;
    this.draw();
  }

  // ---- showing -------------------------------------------------------------------------------

  /** Show the frame for the present values, or the nearest at hand, and request what is missing. */
  show() {
    const found = this.store.find(this.values);
    if (!found) return;
    this.frame = found.frame;
    this.takeExact(found.exact);
    this.draw();
    const { kernel } = this;
    if (!found.exact && kernel.available && kernel.pending !== "frame") kernel.request("frame");
  }

  /** Show a better frame for the present values, if one has come. */
  refresh() {
    const found = this.store.find(this.values);
    if (!found || found.frame === this.frame) return;
    this.frame = found.frame;
    this.takeExact(found.exact);
    this.draw();
  }

  /** @param {boolean} exact whether the frame is that of the very values */
  takeExact(exact) {
    this.exact = exact;
    if (exact) this.shown = { ...this.values };
  }

  /**
   * Say in the picture that it is not yet the one that is wanted, and what it waits for.
   *
   * @param {string} words empty if it waits for nothing
   */
  showWaiting(words) {
    this.waiting.textContent = words;
    this.waiting.hidden = !words;
  }

  /**
   * Say in words what is wrong with the kernel, and let the controls rest where the picture is.
   *
   * @param {string} notice empty if nothing is wrong
   * @param {boolean} resting
   */
  showPresence(notice, resting) {
    this.notice.textContent = notice;
    this.notice.hidden = !notice;
    this.root.dataset.resting = String(resting);
    for (const mover of this.movers) mover.inert = resting;
    if (resting) {
      this.playback.pause();
      Object.assign(this.values, this.shown);
      this.host?.share(this.shown);
    }
    this.resting = resting;
    this.refresh();
    this.draw();
  }

  draw() {
    const { frame, spec, root, playback } = this;
    if (!frame) return;
    const theme = pageTheme();
    applyTheme(root, theme, spec.colours[theme]);
    playback.show();
    const { ended, time } = playback;
    const words = [frame.summary, frame.opening || frame.summary];
    if (!ended) words.reverse();
    this.panelRow.draw(frame, this.ghost, this.drawingState(), words[0]);
    for (const control of this.controls) control.show(this.values, frame);
    if (this.summary.textContent !== words[0]) this.summary.textContent = words[0];
    this.unsaid.textContent = words[1];
    this.readout.textContent = this.fillReadout(frame, time);
    this.help.show(this.values);
    this.arithmetic.refresh();
    root.dataset.exact = String(this.exact);
    root.dataset.revision = String(Number(root.dataset.revision) + 1);
  }

  /** What all panels are drawn with. */
  drawingState() {
    const { ended, seen, time } = this.playback;
    const { cividis, colours } = this.spec;
    return { colours: colours[pageTheme()], cividis, time, seen, ended, values: this.values };
  }

  /**
   * @param {Frame} frame
   * @param {number} time
   */
  fillReadout(frame, time) {
    return this.spec.readout.replace(/\{(\w+)\}/g, (_, name) => {
      if (name === "now") return String(this.playback.now);
      const array = frame.arrays[name];
      if (!array) return formatNumber(frame.scalars[name]);
      return formatNumber(array.values[Math.round(time * (array.values.length - 1))], 4);
    });
  }
}

/**
 * The row of buttons: play, step, reset, time, presets, help.
 *
 * @param {ExplorableView} view
 */
function makeActions(view) {
  const { help, playback, spec } = view;
  const row = element("div", { class: "descent-actions" });
  if (spec.timeline) row.append(playback.playButton, playback.stepButton);
  row.append(makeButton("reset", "reset", () => view.reset()));
  if (playback.slider) row.append(playback.slider.element);
  const presets = Object.entries(spec.presets).map(([name, values]) => {
    const button = makeButton(name, `preset: ${name}`, () => view.jump(values));
    button.dataset.preset = name;
    return button;
  });
  if (presets.length) {
    const label = { class: "descent-presets", role: "group", "aria-label": "presets" };
    row.append(element("div", label, ...presets));
  }
  row.append(element("div", { class: "descent-tools" }, view.share.button, help.button));
  return row;
}
