// A prediction: the question, what it is entered by, and the words on it once it is committed.

const PREDICTION_ENTRIES = {
  number: makeNumberEntry,
  choice: makeChoiceEntry,
  curve: makeCurveEntry,
};

class PredictionView {
  /**
   * @param {HTMLElement} root
   * @param {Spec.Prediction} spec
   * @param {Spec.Given} given
   * @param {(given: Spec.Given) => void} share tells all who share it what is given now
   */
  constructor(root, spec, given, share) {
    this.root = root;
    this.spec = spec;
    this.share = share;
    this.given = given;
    /** @type {Spec.Given["value"]} what is set but not committed yet */
    this.draft = undefined;
    /** @type {(spec: any, onChange: OnPrediction) => PredictionEntry} */
    const make = PREDICTION_ENTRIES[spec.kind];
    this.entry = make(spec, (value) => this.set(value));
    this.commitButton = makeButton("commit", "commit to this prediction", () => this.commit());
    this.skipButton = makeButton("skip", "skip this prediction", () => this.skip());
    this.backButton = makeButton("predict after all", "predict after all", () => this.give({}));
    this.hint = element("span", { class: "descent-hint" });
    this.words = element("p", { class: "descent-summary", role: "status", "aria-live": "polite" });
    this.notice = element("p", { class: "descent-notice", role: "alert", hidden: "" });
    this.build();
    this.unwatch = watchAppearance(root, () => this.draw());
    this.draw();
  }

  build() {
    const { root, spec } = this;
    root.dataset.name = spec.name;
    root.classList.add("descent-explorable", "descent-prediction");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `Prediction. ${spec.text}`);
    root.setAttribute("tabindex", "0");
    root.setAttribute("data-lm-suppress-shortcuts", "true");
    const buttons = [this.commitButton, this.skipButton, this.backButton, this.hint];
    root.replaceChildren(
      this.notice,
      element("p", { class: "descent-question", text: spec.text }),
      this.entry.element,
      element("div", { class: "descent-actions" }, ...buttons),
      this.words,
    );
    root.addEventListener("keydown", (event) => this.handleKey(event));
  }

  close() {
    this.unwatch();
  }

  get isOpen() {
    return this.given.value === undefined && !this.given.skipped;
  }

  /** @param {Spec.Given["value"]} value */
  set(value) {
    if (!this.isOpen) return;
    this.draft = value;
    this.draw();
  }

  commit() {
    if (this.isOpen && this.draft !== undefined) this.give({ value: this.draft });
  }

  skip() {
    if (this.isOpen) this.give({ skipped: true });
  }

  /** @param {Spec.Given} given */
  give(given) {
    const held = this.root.contains(document.activeElement);
    this.follow(given);
    this.share(given);
    if (held) this.root.focus(); // the button that was pressed is gone
  }

  /** @param {Spec.Given} given what another view, or the kernel, has it at */
  follow(given) {
    this.given = given;
    this.draw();
  }

  /** @param {string} notice why it is not kept; empty if nothing is wrong */
  showNotice(notice) {
    this.notice.textContent = notice;
    this.notice.hidden = !notice;
  }

  /** @param {KeyboardEvent} event */
  handleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const onButton = /** @type {Element} */ (event.target).closest("button");
    if (event.key === "Escape" && this.isOpen) this.skip();
    else if (event.key === "Enter" && this.isOpen && !onButton) this.commit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  draw() {
    const { root, spec, entry, given, draft, isOpen } = this;
    const theme = pageTheme();
    applyTheme(root, theme, spec.colours[theme]);
    const committed = given.value !== undefined;
    root.dataset.stage = committed ? "committed" : isOpen ? "open" : "skipped";
    const words = committed ? entry.wordsOn(given.value) : "";
    entry.element.hidden = Boolean(given.skipped);
    entry.show({ value: given.value ?? draft, committed, words: words || spec.text });
    this.commitButton.setAttribute("aria-disabled", String(draft === undefined));
    for (const button of [this.commitButton, this.skipButton]) button.hidden = !isOpen;
    this.backButton.hidden = !given.skipped;
    this.hint.textContent = isOpen ? "Enter commits, Esc skips; nothing is graded." : "";
    const said = given.skipped ? "Skipped." : words;
    if (this.words.textContent !== said) this.words.textContent = said;
  }
}
