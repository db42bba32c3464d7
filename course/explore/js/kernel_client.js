// The view's side of the messages: what it requests of the kernel, and what it does with the
// responses. Of a view's requests only the latest counts.

const PREFETCH_DELAY = 150; // ms without a move after which the frames around are requested

class KernelClient {
  /**
   * @param {ExplorableView} view
   * @param {SendRequest | null} send null on a page without a kernel
   */
  constructor(view, send) {
    this.view = view;
    this.send = send;
    this.number = 0; // of the latest request; responses to older ones are dropped
    /** @type {Wire.Request["kind"] | null} */
    this.pending = null;
    /** The values around which frames were requested last, as JSON. */
    this.prefetched = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.presence = new KernelPresence(view);
  }

  get available() {
    return this.send !== null;
  }

  close() {
    this.cancelPrefetch();
    this.presence.stop();
    this.send = null;
  }

  /** Whether a request is under way or about to be sent. */
  showPending() {
    this.view.root.dataset.pending = String(Boolean(this.pending || this.timer));
  }

  schedulePrefetch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.prefetch(), PREFETCH_DELAY);
    this.showPending();
  }

  cancelPrefetch() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.showPending();
  }

  /** Request the frames around the present values, unless that was done. */
  prefetch() {
    this.cancelPrefetch();
    const here = JSON.stringify(this.view.values);
    if (!this.available || this.prefetched === here) return;
    this.prefetched = here;
    this.view.root.dataset.sweeps = "0";
    this.request("prefetch");
  }

  /** @param {Wire.Request["kind"]} kind */
  request(kind) {
    const { view } = this;
    this.pending = kind; // one frame is waited for; a prefetch takes long, and makes way for a frame
    if (kind === "frame") this.prefetched = "";
    this.number += 1;
    this.showPending();
    const known = [...view.store.backgrounds.keys()];
    const values = { ...view.values };
    const request = { kind, number: this.number, values, priority: view.heldKey ?? "", known };
    try {
      this.send?.(request);
    } catch {
      this.presence.onLost();
      return;
    }
    this.presence.expect();
  }

  /**
   * Ask for the numbers behind what was picked; frames neither wait for that nor are superseded.
   *
   * @param {number} number of the question
   * @param {Wire.Pick} pick
   */
  ask(number, pick) {
    const question = { kind: "arithmetic", number, values: { ...this.view.values }, pick };
    try {
      this.send?.(/** @type {Omit<Wire.ArithmeticQuestion, "view">} */ (question));
    } catch {
      this.presence.onLost();
      return;
    }
    this.presence.expect();
  }

  /** Drop the pending request: its response is not waited for any more. */
  cancel() {
    this.number += 1;
    this.pending = null;
    this.showPending();
  }

  /**
   * Take a message of the kernel: a block of frames, the end of them, or an error.
   *
   * @param {Wire.Response} message
   * @param {ArrayBuffer | undefined} bytes
   */
  receive(message, bytes) {
    // What the kernel sends by itself, such as a network that trains, responds to nothing.
    if (message.kind !== "update" || this.presence.state !== "here") this.presence.onResponse();
    this.take(message, bytes);
    if (this.pending || this.view.arithmetic.isWaiting) this.presence.expect();
  }

  /**
   * @param {Wire.Response} message
   * @param {ArrayBuffer | undefined} bytes
   */
  take(message, bytes) {
    const { view } = this;
    if (message.kind === "arithmetic") {
      view.arithmetic.receive(message);
      return;
    }
    if (message.kind === "update") {
      view.store.add(message.header, /** @type {ArrayBuffer} */ (bytes));
      view.refresh();
      return;
    }
    if (message.number !== this.number) return; // superseded
    if (message.kind === "block") {
      this.receiveBlock(message.header, /** @type {ArrayBuffer} */ (bytes));
      return;
    }
    this.pending = null;
    this.showPending();
    if (message.kind === "error") {
      view.summary.textContent = `This could not be computed. ${message.text}`;
      this.prefetched = "";
    } else if (!view.exact) {
      view.show();
    }
  }

  /**
   * @param {Wire.Header} header
   * @param {ArrayBuffer} bytes
   */
  receiveBlock(header, bytes) {
    const { view } = this;
    view.store.add(header, bytes).streamed = this.pending === "next_frame";
    const isSweep = header.axes.length > 0;
    const { dataset } = view.root;
    if (isSweep) dataset.sweeps = String(Number(dataset.sweeps) + 1);
    if (!view.exact || !isSweep) view.refresh();
    view.playback.resume();
  }
}
