// Time inside a frame: scrubbed, stepped, played, and streamed past its end. No kernel is asked
// before that end.

class Playback {
  /** @param {ExplorableView} view */
  constructor(view) {
    const { timeline } = view.spec;
    this.view = view;
    this.timeline = timeline;
    /** The control that is the time here. */
    this.driven = timeline?.drives ? view.store.controls[timeline.drives] : undefined;
    this.length = this.driven ? this.driven.values.length - 1 : (timeline?.length ?? 0);
    this.now = this.length;
    /** @type {number | null} */
    this.playing = null; // the request of the next animation frame
    this.streaming = false; // whether what follows in time has been requested
    this.playButton = makeButton("▶ play", "play", () => this.toggle());
    this.stepButton = makeButton("step", `one ${timeline?.name} on`, () => this.step(1));
    this.slider =
      timeline && !this.driven ? makeTimeline(timeline, (now) => this.scrub(now)) : null;
  }

  /** From 0 to 1. */
  get time() {
    return this.timeline ? this.now / this.length : 1;
  }

  /** Take the time from the control that is the time here, and show it. */
  show() {
    const { driven } = this;
    if (driven) this.now = nearestIndex(driven, driven.values, this.view.values[driven.key]);
    this.slider?.show(this.now);
  }

  /** @param {number} now */
  scrub(now) {
    if (!this.timeline) return;
    this.now = Math.max(0, Math.min(this.length, now));
    if (this.driven) this.view.move({ [this.driven.key]: this.driven.values[this.now] }, "time");
    else this.view.draw();
  }

  /** @param {number} by */
  step(by) {
    this.pause();
    // After the end, the first step starts the run again.
    const again = by > 0 && this.timeline && this.now >= this.length;
    this.scrub(again ? 0 : this.now + by);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Stop at the end of the timeline. */
  reset() {
    this.pause();
    this.now = this.length;
  }

  restart() {
    this.now = 0;
    this.play();
  }

  play() {
    const { timeline, length } = this;
    if (!timeline) return;
    if (globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.scrub(length); // no animation: the whole run at once
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
      if (this.now >= length) this.stream();
      else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
    this.showPlaying(true);
    this.view.draw();
  }

  /** At the end of the timeline: stop, or request what follows where the explorable streams. */
  stream() {
    const { kernel, spec } = this.view;
    if (!spec.streams || !kernel.available) {
      this.pause();
      return;
    }
    this.streaming = true;
    kernel.request("next_frame");
  }

  /** Play on where a frame that was waited for has come. */
  resume() {
    if (!this.streaming) return;
    this.streaming = false;
    this.restart();
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
