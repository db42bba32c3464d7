// Arithmetic of one: the numbers behind what was picked, worked out by the kernel, read term by term.

const ASK_DELAY = 150; // ms after which the numbers are asked for again where the picture has changed

/**
 * A term as it follows others in a sum: "+ 2", "− 2".
 *
 * @param {number | null} value
 */
function withSign(value) {
  const text = formatNumber(value, 4);
  return text.startsWith("−") ? `− ${text.slice(1)}` : `+ ${text}`;
}

class ArithmeticView {
  /** @param {ExplorableView} view */
  constructor(view) {
    this.view = view;
    /** @type {{ panel: number, at: Picked, place: Point } | null} */
    this.picked = null;
    /** @type {Wire.Arithmetic | null} */
    this.shown = null;
    this.sum = 0; // place of the sum that is shown
    this.row = 0; // place of the line that is read: a term, the total, what follows
    this.asked = 0; // number of the latest question
    this.answered = 0; // and of the latest answer
    this.seen = ""; // what the picture was when it was asked, as JSON
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.title = element("p", { class: "descent-arithmetic-title" });
    this.count = element("span", { class: "descent-arithmetic-count" });
    this.rows = element("tbody");
    this.name = element("caption");
    this.heard = element("p", { class: "descent-heard", "aria-live": "polite" });
    const table = element("table", {}, this.name, this.rows);
    this.body = element("div", {
      class: "descent-terms",
      tabindex: 0,
      role: "group",
      "aria-label": "arithmetic; down and up go through the terms, right and left through the sums",
      "data-lm-suppress-shortcuts": "true",
    });
    this.body.append(table);
    const press = (
      /** @type {string} */ text,
      /** @type {string} */ name,
      /** @type {string} */ key,
    ) => makeButton(text, name, () => this.onKey(key));
    /** Of more than one sum. */
    this.turns = element(
      "span",
      {},
      press("◀", "previous sum", "ArrowLeft"),
      this.count,
      press("▶", "next sum", "ArrowRight"),
    );
    const head = element(
      "div",
      { class: "descent-arithmetic-head" },
      this.title,
      this.turns,
      press("▲", "previous term", "ArrowUp"),
      press("▼", "next term", "ArrowDown"),
      press("✕", "close the arithmetic", "Escape"),
    );
    this.element = element(
      "section",
      { class: "descent-arithmetic", "aria-label": "the numbers behind it", hidden: "" },
      head,
      this.body,
      this.heard,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.onKey(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /**
   * Open the numbers behind something of a panel.
   *
   * @param {number} panel
   * @param {Picked} at
   */
  open(panel, at) {
    const place = this.view.panels[panel].reader.placeOf(at);
    if (!place.every(Number.isFinite)) return;
    this.picked = { panel, at, place };
    [this.sum, this.row, this.shown] = [0, 0, null];
    this.element.hidden = false;
    if (this.view.kernel.available) {
      this.say("…");
      this.ask();
    } else this.say("A page has no kernel to work this out: open it in a notebook.");
    this.body.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  close() {
    const { picked } = this;
    if (!picked) return;
    const hadFocus = this.element.contains(document.activeElement);
    [this.picked, this.shown] = [null, null];
    clearTimeout(this.timer);
    this.element.hidden = true;
    if (hadFocus) this.view.panels[picked.panel].canvas.focus({ preventScroll: true });
  }

  /** Whether numbers have been asked for and have not come. */
  get isWaiting() {
    return Boolean(this.picked) && this.answered !== this.asked;
  }

  /** What the numbers depend on. */
  get situation() {
    const { frame, playback, values } = this.view;
    return JSON.stringify([values, playback.time, frame?.scalars.start]);
  }

  ask() {
    const { picked, view } = this;
    if (!picked) return;
    this.seen = this.situation;
    this.asked += 1;
    const { panel, at, place } = picked;
    view.kernel.ask(this.asked, {
      panel,
      layer: at.layer,
      item: at.item,
      x: place[0],
      y: place[1],
      time: view.playback.time,
      start: Number(view.frame?.scalars.start ?? 0),
    });
  }

  /** The picture has been drawn anew: what is open is worked out for it, once it rests. */
  refresh() {
    if (!this.picked || !this.view.kernel.available || this.seen === this.situation) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), ASK_DELAY);
  }

  /** @param {Wire.ArithmeticMessage} message */
  receive(message) {
    this.answered = message.number;
    if (message.number !== this.asked || !this.picked) return;
    if (!message.arithmetic) {
      this.say(message.text.replace(/^(ValueError|StudentMistakeError): /, ""));
      return;
    }
    this.shown = message.arithmetic;
    this.show();
  }

  /** @param {string} text in place of numbers */
  say(text) {
    this.shown = null;
    this.title.textContent = text;
    this.rows.replaceChildren();
    this.name.textContent = "";
    this.turns.hidden = true;
  }

  /** Write the sum that is open. */
  show() {
    const { shown } = this;
    if (!shown) return;
    this.sum = Math.min(this.sum, shown.sums.length - 1);
    const { name, formula, terms, result, total, then } = shown.sums[this.sum];
    this.title.textContent = shown.title;
    this.turns.hidden = shown.sums.length < 2;
    this.count.textContent = `${this.sum + 1} of ${shown.sums.length}`;
    this.name.textContent = formula ? `${name} = ${formula}` : name;
    let soFar = 0;
    const rows = terms.map(({ text, value }, i) => {
      soFar += value ?? Number.NaN;
      const sum = terms.length > 1 && i ? `so far ${formatNumber(soFar, 4)}` : "";
      return [text, i ? withSign(value) : formatNumber(value, 4), sum];
    });
    if (result) rows.push([result, `= ${formatNumber(total, 4)}`, ""]);
    rows.push(...then.map((text) => [text, "", ""]));
    const lines = rows.map((cells) =>
      element("tr", {}, ...cells.map((text) => element("td", { text }))),
    );
    if (result) lines[terms.length].className = "descent-total";
    this.rows.replaceChildren(...lines);
    this.markRow();
  }

  /** Point at the line that is read. */
  markRow() {
    const lines = [...this.rows.children];
    this.row = Math.max(0, Math.min(lines.length - 1, this.row));
    lines.forEach((line, i) => {
      if (i === this.row) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    const line = lines[this.row];
    if (!line || !this.shown) return;
    const { body } = this;
    const { offsetHeight, offsetTop } = /** @type {HTMLElement} */ (line);
    const [low, high] = [body.scrollTop, body.scrollTop + body.clientHeight];
    if (offsetTop < low) body.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > high) {
      body.scrollTop = offsetTop + offsetHeight - body.clientHeight;
    }
    const said = [...line.children].map((cell) => cell.textContent).filter(Boolean);
    this.heard.textContent = said.join(", ");
  }

  /**
   * Do what a key asks; tell whether it is one that is known here.
   *
   * @param {string} key
   */
  onKey(key) {
    const last = this.rows.children.length - 1;
    /** @type {Record<string, number>} */
    const rows = { ArrowDown: this.row + 1, ArrowUp: this.row - 1, Home: 0, End: last };
    if (key === "Escape") this.close();
    else if (key in rows) {
      this.row = rows[key];
      this.markRow();
    } else if (key === "ArrowRight" || key === "ArrowLeft") {
      const sums = this.shown?.sums.length ?? 1;
      const to = Math.max(0, Math.min(sums - 1, this.sum + (key === "ArrowRight" ? 1 : -1)));
      if (to !== this.sum) [this.sum, this.row] = [to, 0];
      this.show();
      if (this.shown)
        this.heard.textContent = `${this.name.textContent}. ${this.heard.textContent}`;
    } else return false;
    return true;
  }
}
