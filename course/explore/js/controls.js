// Controls: native inputs, so that keyboard and screen reader work as everywhere. Each maker is
// called as (control, onMove, onRelease) and returns {element, show(values, frame)}.

let controlCount = 0;

/**
 * @param {Spec.Slider} control
 * @param {number} value
 */
function readableValue(control, value) {
  if (control.labels.length) return control.labels[nearestIndex(control, control.values, value)];
  const unit = control.unit ? ` ${control.unit}` : "";
  return `${formatNumber(value)}${unit}`;
}

/**
 * @param {Spec.Slider} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 * @returns {ControlView}
 */
function makeSlider(control, onMove, onRelease) {
  const id = `descent-control-${controlCount++}`;
  const words = control.symbol ? `${control.name} ${control.symbol}` : control.name;
  const label = element("label", { for: id });
  const input = element("input", {
    id,
    type: "range",
    min: 0,
    max: control.values.length - 1,
    step: 1,
    "data-key": control.key,
    "aria-label": words,
  });
  const sign = element("span", { class: "descent-mark", "aria-hidden": "true" });
  input.addEventListener("input", () => onMove(control.key, control.values[input.valueAsNumber]));
  input.addEventListener("change", onRelease);
  const track = element("div", { class: "descent-track" }, input, ...(control.mark ? [sign] : []));
  /** @type {ControlView["show"]} */
  const show = (values, frame) => {
    const value = Number(values[control.key]);
    const at = String(nearestIndex(control, control.values, value));
    if (input.value !== at) input.value = at;
    const text = readableValue(control, value);
    label.textContent = `${words} = ${text}`;
    input.setAttribute("aria-valuetext", text);
    if (control.mark) showMark(control, sign, frame);
  };
  // Room for the longest value, so that nothing shifts while it changes.
  const room = `--room: ${words.length + 6}ch`;
  return { element: element("div", { class: "descent-control", style: room }, label, track), show };
}

/**
 * A tick on the slider at a number the frame names, such as the largest safe learning rate.
 *
 * @param {Spec.Slider} control
 * @param {HTMLElement} sign
 * @param {Frame} frame
 */
function showMark(control, sign, frame) {
  const value = frame.scalars[control.mark];
  sign.hidden = value === null || value === undefined;
  if (value === null || value === undefined) return;
  const part = Math.max(0, Math.min(1, fraction(control, value)));
  sign.style.setProperty("--part", String(part));
  sign.textContent = `▲ ${control.markLabel} = ${formatNumber(value)}`;
  sign.classList.toggle("descent-mark-left", part > 0.5);
}

/**
 * @param {Spec.Choice} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 * @returns {ControlView}
 */
function makeChoice(control, onMove, onRelease) {
  const id = `descent-control-${controlCount++}`;
  const label = element("label", { for: id, text: control.name });
  const options = control.values.map((value) => element("option", { value, text: value }));
  const select = element("select", { id, "data-key": control.key }, ...options);
  select.addEventListener("change", () => {
    onMove(control.key, select.value);
    onRelease();
  });
  /** @param {Wire.Values} values */
  const show = (values) => {
    select.value = String(values[control.key]);
  };
  return { element: element("div", { class: "descent-control" }, label, select), show };
}

/**
 * @param {Spec.Toggle} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 * @returns {ControlView}
 */
function makeToggle(control, onMove, onRelease) {
  const input = element("input", { type: "checkbox", "data-key": control.key });
  input.addEventListener("change", () => {
    onMove(control.key, input.checked);
    onRelease();
  });
  /** @param {Wire.Values} values */
  const show = (values) => {
    input.checked = Boolean(values[control.key]);
  };
  const label = element("label", {}, input, ` ${control.name}`);
  return { element: element("div", { class: "descent-control" }, label), show };
}

/**
 * What is drawn on a pad; here it can only be wiped off.
 *
 * @param {Spec.Strokes} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 * @returns {ControlView}
 */
function makeStrokes(control, onMove, onRelease) {
  const wipe = () => {
    onMove(control.key, "");
    onRelease();
  };
  const button = makeButton(`clear the ${control.name}`, `clear the ${control.name}`, wipe);
  button.dataset.key = control.key;
  return { element: element("div", { class: "descent-control" }, button), show: () => {} };
}

/**
 * The points that the reader takes in hand: how presses on the panel act, undo, the course's own,
 * and a table to paste.
 *
 * @param {Spec.PointList} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 * @returns {ControlView}
 */
function makePointList(control, onMove, onRelease) {
  const id = `descent-control-${controlCount++}`;
  const hand = new PointHand(control, (text) => {
    onMove(control.key, text);
    onRelease();
  });
  const modes = [
    ["read", "read off"],
    ...pointKinds(control).map((kind, i) => [String(i), kind]),
    ["erase", "erase"],
  ];
  const options = modes.map(([value, text]) => element("option", { value, text }));
  const select = element("select", { id, "data-key": control.key }, ...options);
  select.addEventListener("change", () => hand.take(select.value));
  const undo = makeButton("↶", "undo", () => hand.undo());
  const back = makeButton("⟲", "the course's points", () => hand.change(""));
  const none = makeButton("∅", "wipe all points off", () => hand.change(NO_POINTS));
  const paste = makePaste(control, hand);
  const row = element("div", { class: "descent-hand" }, select, undo, back, none, paste.button);
  const label = element("label", { for: id, text: control.name });
  /** @param {Wire.Values} values */
  const show = (values) => {
    hand.text = String(values[control.key]);
    undo.setAttribute("aria-disabled", String(!hand.history.length));
    back.setAttribute("aria-disabled", String(!hand.text));
  };
  row.prepend(label);
  const whole = element("div", { class: "descent-control" }, row, paste.element);
  return { element: whole, show, hand };
}

const CONTROLS = {
  pointlist: makePointList,
  strokes: makeStrokes,
  slider: makeSlider,
  choice: makeChoice,
  toggle: makeToggle,
};

/**
 * @param {Spec.Control} control
 * @param {OnMove} onMove
 * @param {() => void} onRelease
 */
function makeControl(control, onMove, onRelease) {
  /** @type {(control: any, onMove: OnMove, onRelease: () => void) => ControlView} */
  const make = CONTROLS[control.kind];
  return { key: control.key, ...make(control, onMove, onRelease) };
}

/**
 * The slider that scrubs time inside one frame; no kernel is asked.
 *
 * @param {Spec.Timeline} timeline
 * @param {(now: number) => void} onScrub
 */
function makeTimeline(timeline, onScrub) {
  const id = `descent-control-${controlCount++}`;
  const label = element("label", { for: id });
  const input = element("input", {
    id,
    type: "range",
    min: 0,
    max: timeline.length,
    step: 1,
    "data-key": timeline.name,
    "aria-label": timeline.name,
  });
  input.addEventListener("input", () => onScrub(input.valueAsNumber));
  /**
   * @param {number} now
   * @param {number} start what lay before, where play has gone on past the end
   */
  const show = (now, start) => {
    if (input.valueAsNumber !== now) input.value = String(now);
    const [at, end] = [start + now, start + timeline.length].map((n) => n.toLocaleString("en"));
    label.textContent = `${timeline.name} ${at} of ${end}`;
    label.dataset.longest = `${timeline.name} ${end} of ${end}`; // its room, so that nothing shifts
    input.setAttribute("aria-valuetext", `${at} of ${end}`);
  };
  return { element: element("div", { class: "descent-time" }, label, input), show };
}
