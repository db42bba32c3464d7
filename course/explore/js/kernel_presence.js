// Whether the kernel answers. While a cell runs, or a picture takes long, the reader is told what is
// waited for, and what is at hand can be moved. One that was restarted or shut down knows nothing of
// this explorable: the controls rest until an answer comes or the cell is run again.

const WAIT_TOLD = 800; // ms without a response after which the picture says what it waits for
const LOOK_AGAIN = 500; // ms between looks at what the kernel does
const RESPONSE_TIMEOUT = 10_000; // ms without a response of an idle kernel: something is wrong
const RETRY_DELAY = 3_000; // ms between attempts to reach a kernel that is gone

const NOTICES = {
  here: "",
  silent:
    "The kernel has not answered for a while: it is busy, or it has been restarted. " +
    "If it has been restarted, run this cell again.",
  gone:
    "The kernel that computes this has been restarted or shut down, so the controls rest. " +
    "Run this cell again to bring them back.",
};

const WAITING = {
  cell: "waits for the running cell",
  picture: "is being computed …",
};

class KernelPresence {
  /** @param {ExplorableView} view */
  constructor(view) {
    this.view = view;
    /** @type {keyof typeof NOTICES} */
    this.state = "here";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.since = 0; // when the response was first waited for
    this.busyUntil = 0; // when the kernel was last seen running a cell
  }

  /** A request is on its way. */
  expect() {
    if (this.state === "gone") this.retryLater();
    else if (this.timer === undefined) {
      this.since = performance.now();
      this.timer = setTimeout(() => this.look(), WAIT_TOLD);
    }
  }

  /** No response has come yet: say why, as far as can be known. */
  look() {
    const now = performance.now();
    const isBusy = this.view.host?.kernelStatus() === "busy";
    if (isBusy) this.busyUntil = now;
    const isSilent = now - Math.max(this.since, this.busyUntil) > RESPONSE_TIMEOUT;
    if (isSilent && this.state === "here") this.setState("silent");
    const words = isSilent ? "" : WAITING[isBusy ? "cell" : "picture"];
    this.view.showWaiting(this.isWaitedFor ? words : "");
    this.timer = setTimeout(() => this.look(), LOOK_AGAIN);
  }

  /** Whether the reader misses what has not come: frames around an exact picture are not missed. */
  get isWaitedFor() {
    const { arithmetic, exact, playback } = this.view;
    return !exact || playback.streaming || arithmetic.isWaiting;
  }

  /** A response has come, to whatever request. */
  onResponse() {
    this.stop();
    if (this.state === "here") return;
    this.setState("here");
    this.view.kernel.prefetch();
  }

  /** A request cannot be sent, or the notebook has taken the kernel away. */
  onLost() {
    this.stop();
    if (this.state === "gone") this.retryLater();
    else this.setState("gone");
  }

  /** Wait for nothing any more. */
  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.view.showWaiting("");
  }

  /** @param {keyof typeof NOTICES} state */
  setState(state) {
    this.stop();
    this.state = state;
    this.view.showPresence(NOTICES[state], state === "gone");
    // One that is only busy is not asked again: it would begin anew.
    if (state === "gone") this.retryLater();
  }

  retryLater() {
    this.stop();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.view.kernel.request("frame");
    }, RETRY_DELAY);
  }
}
