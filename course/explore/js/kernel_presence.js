// Whether the kernel answers. One that was restarted or shut down knows nothing of this explorable:
// the reader is told, and the controls rest until an answer comes or the cell is run again.

const RESPONSE_TIMEOUT = 10_000; // ms without a response after which the reader is told
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

class KernelPresence {
  /** @param {ExplorableView} view */
  constructor(view) {
    this.view = view;
    /** @type {keyof typeof NOTICES} */
    this.state = "here";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** A request is on its way. */
  expect() {
    if (this.state === "gone") this.retryLater();
    else if (this.state === "here" && this.timer === undefined) {
      this.timer = setTimeout(() => this.setState("silent"), RESPONSE_TIMEOUT);
    }
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
