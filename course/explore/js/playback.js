// Time inside a frame: scrubbed, stepped, played, and streamed past its end. No kernel is asked
// before that end. A run opens at its start, and what is to come shows only once it has been seen,
// so that a reader can predict it.

class Playback {
  /** @param {ExplorableView} view */
  constructor(view) {
    const { timeline } = view.spec;
    this.view = view;
    this.timeline = timeline;
    /** The control that is the time here. */
    this.driven = timeline?.drives ? view.store.controls[timeline.drives] : undefined;
    this.length = this.driven ? this.driven.values.length - 1 : (timeline?.length ?? 0);
    this.now = 0;
    this.furthest = 0; // the latest moment that has been seen of what is shown
    this.ended = !timeline || Boolean(this.driven); // whether a run has been seen to its end
    /** @type {number | null} */
    this.playing = null; // the request of the next animation frame
    this.streaming = false; // whether what follows in time has been requested
    this.once = false; // whether to stop at the end of the timeline, whatever streams
    this.playButton = makeButton("▶ play", "play", () => this.toggle());
    this.playButton.classList.add("descent-play");
    this.stepButton = makeButton("step", `one ${timeline?.name} on`, () => this.step(1));
    this.slider =
      timeline && !this.driven ? makeTimeline(timeline, (now) => this.scrub(now)) : null;
  }

  /** From 0 to 1. */
  get time() {
    return this.timeline ? this.now / this.length : 1;
  }

  /** The latest moment seen, from 0 to 1. */
  get seen() {
    return this.timeline && !this.driven ? this.furthest / this.length : 1;
  }

  /** Whether nothing of the run has been seen yet. */
  get untouched() {
    return !this.ended && this.furthest === 0;
  }

  /** Take the time from the control that is the time here, and show it. */
  show() {
    const { driven, view } = this;
    if (driven) this.now = nearestIndex(driven, driven.values, view.values[driven.key]);
    this.slider?.show(this.now, Number(view.frame?.scalars.start ?? 0));
    this.stepButton.setAttribute("aria-disabled", String(this.now >= this.length));
  }

  /** @param {number} now */
  moveTo(now) {
    this.now = Math.max(0, Math.min(this.length, now));
    this.furthest = Math.max(this.furthest, this.now);
    if (this.now >= this.length) this.ended = true;
  }

  /** @param {number} now */
  scrub(now) {
    if (!this.timeline) return;
    this.moveTo(now);
    if (this.driven) this.view.move({ [this.driven.key]: this.driven.values[this.now] }, "time");
    else this.view.draw();
  }

  /** @param {number} by */
  step(by) {
    this.pause();
    this.scrub(this.now + by);
  }

  toggle() {
    if (this.playing || this.streaming) this.pause();
    else this.play();
  }

  /** Go back to the start, as if nothing had been seen. */
  reset() {
    this.pause();
    if (!this.timeline || this.driven) return;
    this.now = 0;
    this.furthest = 0;
    this.ended = false;
  }

  /** Show the whole run: the end of the timeline. */
  finish() {
    if (this.timeline && !this.driven) this.moveTo(this.length);
  }

  /** Play a new run from its start, up to the end of the timeline: what a link asks for. */
  playOnce() {
    this.reset();
    this.play(true);
  }

  /** @param {boolean} once */
  play(once = false) {
    const { timeline, length } = this;
    if (!timeline) return;
    this.once = once;
    if (globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.scrub(length); // no animation: the whole run at once
      return;
    }
    this.showPlaying(true);
    if (this.now >= length && this.goesOn) {
      this.stream();
      return;
    }
    if (this.now >= length) this.now = 0;
    const from = this.now;
    const started = performance.now();
    /** @param {number} time */
    const tick = (time) => {
      const passed = Math.max(0, time - started) / 1000;
      const now = from + Math.floor((passed * length) / timeline.seconds);
      if (now !== this.now) this.scrub(now);
      if (this.now < length) this.playing = requestAnimationFrame(tick);
      else if (this.goesOn) this.stream();
      else this.pause();
    };
    this.playing = requestAnimationFrame(tick);
    this.view.draw();
  }

  /** Whether more follows at the end of the timeline. */
  get goesOn() {
    const { kernel, spec } = this.view;
    return spec.streams && !this.once && kernel.available;
  }

  /** Request what follows in time. */
  stream() {
    this.playing = null;
    this.streaming = true;
    this.view.kernel.request("next_frame");
  }

  /** Play on where a frame that was waited for has come. */
  resume() {
    if (!this.streaming) return;
    this.streaming = false;
    this.now = 0;
    this.furthest = 0;
    this.play();
  }

  pause() {
    const { kernel } = this.view;
    if (this.playing) cancelAnimationFrame(this.playing);
    this.streaming = false;
    this.playing = null;
    if (kernel.pending === "next_frame") kernel.cancel();
    this.showPlaying(false);
  }

  /** @param {boolean} playing */
  showPlaying(playing) {
    this.playButton.textContent = playing ? "❚❚ pause" : "▶ play";
    this.playButton.setAttribute("aria-label", playing ? "pause" : "play");
  }
}
