// The explorable: keeps the state, scrubs frames as fast as a hand moves, and asks for what it
// lacks. `ask(question)` is null on a page without a kernel.

const SETTLE = 150; // ms without a move after which a new star of sweeps is asked for
const LETGO = 900; // ms without a key after which the next move starts a new run, with a new ghost

const NARROWEST = 264; // px; panels narrower than this go below each other
const GUTTER = 8;

function pageTheme() {
  const light = document.body.dataset.jpThemeLight;
  if (light) return light === "true" ? "light" : "dark";
  return globalThis.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

class ExplorableView {
  constructor(root, spec, values, ask = null) {
    this.root = root;
    this.spec = spec;
    this.ask = ask;
    this.values = { ...values };
    this.initial = { ...values };
    this.store = new FrameStore(spec.controls);
    this.driven = this.store.controls[spec.timeline?.drives]; // the control that is the time here
    if (this.driven) spec.timeline.length = this.driven.values.length - 1;
    this.now = spec.timeline ? spec.timeline.length : 0;
    this.number = 0; // of the latest question; older answers are dropped
    this.busy = null; // the kind of question that is open
    this.grabbed = null; // the control in the reader's hand
    this.build();
    this.watch();
  }

  // ---- building ------------------------------------------------------------------------------

  build() {
    const { spec } = this;
    const moved = (key, value) => this.move({ [key]: value }, key);
    const released = () => this.letGo();
    this.controls = spec.controls.map((c) => ({ key: c.key, ...CONTROLS[c.kind](c, moved, released) }));
    const drag = (changes, ended, snaps) => this.drag(changes, ended, snaps);
    this.panels = spec.panels.map((panel) => new PanelView(panel, drag));
    this.summary = element("p", { class: "descent-summary", role: "status", "aria-live": "polite" });
    this.readout = element("p", { class: "descent-readout" });
    this.help = makeHelp(spec);
    this.panelRow = element("div", { class: "descent-panels" }, ...this.panels.map((p) => p.element));
    const top = this.controls.map((control) => control.element);
    Object.assign(this.root.dataset, { name: spec.name, revision: 0, pending: "false", sweeps: 0 });
    this.root.classList.add("descent-explorable");
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", spec.title);
    this.root.setAttribute("tabindex", "0");
    this.root.setAttribute("data-lm-suppress-shortcuts", "true");
    this.root.replaceChildren(
      element("div", { class: "descent-controls" }, ...top),
      this.buildActions(),
      this.help.element,
      this.panelRow,
      this.summary,
      this.readout,
    );
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusin", (event) => {
      // Taking hold of another control: the star around here should be on its way by then.
      if (event.target.dataset.key && event.target.dataset.key !== this.grabbed) this.settle();
    });
  }

  buildActions() {
    const { spec } = this;
    const row = element("div", { class: "descent-actions" });
    if (spec.timeline) {
      this.playButton = makeButton("▶ play", "play", () => this.toggle());
      const { name } = spec.timeline;
      this.timeline = makeTimeline(spec.timeline, (now) => this.scrub(now));
      const step = makeButton("step", `one ${name} on`, () => this.step(1));
      row.append(this.playButton, step);
    }
    row.append(makeButton("reset", "reset", () => this.reset()));
    if (spec.timeline && !this.driven) row.append(this.timeline.element);
    const presets = Object.entries(spec.presets).map(([name, values]) => {
      const button = makeButton(name, `preset: ${name}`, () => this.jump(values));
      button.dataset.preset = name;
      return button;
    });
    if (presets.length) {
      const label = { class: "descent-presets", role: "group", "aria-label": "presets" };
      row.append(element("div", label, ...presets));
    }
    this.helpButton = makeButton("?", "help and keys", () => this.toggleHelp());
    this.helpButton.setAttribute("aria-expanded", "false");
    row.append(this.helpButton);
    return row;
  }

  watch() {
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.root);
    this.themed = new MutationObserver(() => this.draw());
    this.themed.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    this.scheme = globalThis.matchMedia("(prefers-color-scheme: dark)");
    this.repaint = () => this.draw();
    this.scheme.addEventListener("change", this.repaint);
  }

  close() {
    this.pause();
    this.settleLater(null);
    this.resized.disconnect();
    this.themed.disconnect();
    this.scheme.removeEventListener("change", this.repaint);
  }

  // ---- moving --------------------------------------------------------------------------------

  /** Move controls by hand; the first move of a run leaves what was seen as its ghost. */
  move(changes, key) {
    if (this.grabbed !== key) {
      this.ghost = this.frame;
      this.grabbed = key;
    }
    Object.assign(this.values, changes);
    this.store.forgetStreamed();
    this.show();
    clearTimeout(this.releasing);
    this.settleLater(SETTLE);
  }

  letGo() {
    clearTimeout(this.releasing);
    this.releasing = setTimeout(() => {
      this.grabbed = null;
    }, LETGO);
  }

  /** Presets, links, cells: go there at once. */
  jump(changes) {
    this.grabbed = null;
    this.move(changes, "jump");
    this.grabbed = null;
    this.settle();
  }

  /** Move controls to where a marker or a rule is held; what snaps stays on their positions. */
  drag(changes, ended, snaps = false) {
    const inRange = {};
    for (const [key, value] of Object.entries(changes)) {
      const control = this.store.controls[key];
      if (typeof value === "string") {
        if (refusesDrawing(this, control, value)) return;
        inRange[key] = value;
        continue;
      }
      const near = control.values[nearestIndex(control, control.values, value)];
      const free = Math.max(control.low, Math.min(control.high, Number(value.toPrecision(4))));
      inRange[key] = this.ask && !snaps ? free : near;
    }
    this.move(inRange, "drag");
    // What snaps moves over frames at hand: the kernel is asked for the next star once it is let go.
    if (snaps && !ended) this.settleLater(null);
    if (ended) this.letGo();
  }

  reset() {
    this.pause();
    this.now = this.spec.timeline ? this.spec.timeline.length : 0;
    this.jump(this.initial);
  }

  /** Show the frame for the present values, or the nearest at hand, and ask for what is missing. */
  show() {
    const found = this.store.find(this.values);
    if (!found) return;
    this.frame = found.frame;
    this.exact = found.exact;
    this.draw();
    if (!found.exact && this.ask && this.busy !== "frame") this.question("frame");
  }

  // ---- asking --------------------------------------------------------------------------------

  /** Whether the kernel has been told where the controls stand, and has answered. */
  tellPending() {
    this.root.dataset.pending = String(Boolean(this.busy || this.settling));
  }

  /** Settle so many milliseconds from now, or not at all. */
  settleLater(milliseconds) {
    clearTimeout(this.settling);
    this.settling = milliseconds && setTimeout(() => this.settle(), milliseconds);
    this.tellPending();
  }

  settle() {
    this.settleLater(null);
    const here = JSON.stringify(this.values);
    if (!this.ask || this.centre === here) return;
    this.centre = here;
    this.root.dataset.sweeps = 0;
    this.question("star");
  }

  question(kind) {
    this.busy = kind; // one frame is waited for; a star is dear, and makes way for a frame
    if (kind === "frame") this.centre = null;
    this.number += 1;
    this.tellPending();
    const have = [...this.store.backgrounds.keys()];
    const first = this.grabbed || "";
    this.ask({ kind, number: this.number, values: { ...this.values }, first, have });
  }

  /** Take an answer of the kernel: a block of frames, the end of them, or trouble. */
  answer(message, bytes) {
    if (message.kind === "push") {
      this.store.add(message.header, bytes);
      this.showAgain();
      return;
    }
    if (message.number !== this.number) return; // overtaken
    if (message.kind === "block") {
      const block = this.store.add(message.header, bytes);
      block.streamed = this.busy === "more";
      const axes = message.header.axes.length;
      if (axes) this.root.dataset.sweeps = Number(this.root.dataset.sweeps) + 1;
      if (!this.exact || !axes) this.showAgain();
      if (this.streaming) this.goOn();
      return;
    }
    this.busy = null;
    this.tellPending();
    if (message.kind === "trouble") {
      this.summary.textContent = `This could not be computed. ${message.text}`;
      this.centre = null;
    } else if (!this.exact) {
      this.show();
    }
  }

  goOn() {
    this.streaming = false;
    this.now = 0;
    this.play();
  }

  showAgain() {
    const found = this.store.find(this.values);
    if (!found || found.frame === this.frame) return;
    this.frame = found.frame;
    this.exact = found.exact;
    this.draw();
  }

  // ---- time ----------------------------------------------------------------------------------

  scrub(now) {
    if (!this.spec.timeline) return;
    this.now = Math.max(0, Math.min(this.spec.timeline.length, now));
    if (this.driven) this.move({ [this.driven.key]: this.driven.values[this.now] }, "time");
    else this.draw();
  }

  step(by) {
    this.pause();
    // After the end, the first step starts the run again.
    const again = by > 0 && this.spec.timeline && this.now >= this.spec.timeline.length;
    this.scrub(again ? 0 : this.now + by);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    const { timeline } = this.spec;
    if (!timeline) return;
    if (globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.scrub(timeline.length); // no animation: the whole run at once
      return;
    }
    if (this.now >= timeline.length) this.now = 0;
    const from = this.now;
    const started = performance.now();
    const tick = (time) => {
      const passed = Math.max(0, time - started) / 1000;
      const now = from + Math.floor((passed * timeline.length) / timeline.seconds);
      if (now !== this.now) this.scrub(now);
      if (this.now >= timeline.length) this.stream();
      else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
    this.showPlaying(true);
    this.draw();
  }

  /** At the end of the timeline: over, or on with what follows where the explorable streams. */
  stream() {
    if (!this.spec.streams || !this.ask) {
      this.pause();
      return;
    }
    this.streaming = true;
    this.question("more");
  }

  pause() {
    cancelAnimationFrame(this.playing);
    this.streaming = false;
    this.playing = null;
    if (this.busy === "more") {
      this.number += 1; // what was to follow is not waited for any more
      this.busy = null;
      this.tellPending();
    }
    this.showPlaying(false);
  }

  showPlaying(playing) {
    if (!this.playButton) return;
    this.playButton.textContent = playing ? "❚❚ pause" : "▶ play";
    this.playButton.setAttribute("aria-label", playing ? "pause" : "play");
  }

  // ---- keys and help -------------------------------------------------------------------------

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest("button, select, input[type=checkbox]");
    const actions = {
      " ": () => this.toggle(),
      ".": () => this.step(1),
      ",": () => this.step(-1),
      0: () => this.reset(),
      "?": () => this.toggleHelp(),
    };
    if (!(event.key in actions) || (onButton && event.key === " ")) return;
    event.preventDefault();
    actions[event.key]();
  }

  toggleHelp() {
    const help = this.help.element;
    help.hidden = !help.hidden;
    this.helpButton.setAttribute("aria-expanded", String(!help.hidden));
  }

  // ---- drawing -------------------------------------------------------------------------------

  draw() {
    const { frame, spec } = this;
    if (!frame) return;
    const theme = pageTheme();
    const colours = spec.colours[theme];
    if (theme !== this.theme) {
      this.theme = theme;
      this.root.dataset.theme = theme;
      for (const role in colours) this.root.style.setProperty(`--descent-${role}`, colours[role]);
    }
    if (this.driven) {
      this.now = nearestIndex(this.driven, this.driven.values, this.values[this.driven.key]);
    }
    const length = spec.timeline ? spec.timeline.length : 1;
    const time = spec.timeline ? this.now / length : 1;
    this.layOutPanels();
    const state = { colours, cividis: spec.cividis, time, values: this.values };
    for (const panel of this.panels) panel.draw(frame, this.ghost, state);
    for (const control of this.controls) control.show(this.values, frame);
    if (this.timeline) this.timeline.show(this.now);
    if (this.summary.textContent !== frame.summary) this.summary.textContent = frame.summary;
    this.readout.textContent = this.fillReadout(time);
    this.help.show(this.values);
    this.root.dataset.exact = String(this.exact);
    this.root.dataset.revision = Number(this.root.dataset.revision) + 1;
  }

  /** Whole-pixel widths, as many columns as fit: text on a canvas blurs between pixels. */
  layOutPanels() {
    const room = this.panelRow.clientWidth;
    const wanted = this.spec.panels.reduce((sum, panel) => sum + panel.span, 0);
    const columns = Math.max(1, Math.min(wanted, Math.floor(room / NARROWEST)));
    const width = `${Math.floor((room - GUTTER * (columns - 1)) / columns)}px`;
    if (this.panelWidth === width) return;
    this.panelWidth = width;
    this.panelRow.style.setProperty("--panel-width", width);
  }

  fillReadout(time) {
    return this.spec.readout.replace(/\{(\w+)\}/g, (_, name) => {
      if (name === "now") return this.now;
      const array = this.frame.arrays[name];
      if (!array) return formatNumber(this.frame.scalars[name]);
      return formatNumber(array.values[Math.round(time * (array.values.length - 1))], 4);
    });
  }
}
