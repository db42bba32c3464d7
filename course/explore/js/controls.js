// Controls: native inputs, so that keyboard and screen reader work as everywhere. Each maker
// returns {element, show(values, frame)}; `moved(key, value)` is called while it moves.

let controlCount = 0;

function readableValue(control, value) {
  const unit = control.unit ? ` ${control.unit}` : "";
  return `${formatNumber(value)}${unit}`;
}

function makeSlider(control, moved, released) {
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
  input.addEventListener("input", () => moved(control.key, control.values[input.valueAsNumber]));
  input.addEventListener("change", released);
  const track = element("div", { class: "descent-track" }, input, ...(control.mark ? [sign] : []));
  const show = (values, frame) => {
    const value = values[control.key];
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

/** A tick on the slider at a number the frame names, such as the largest safe learning rate. */
function showMark(control, sign, frame) {
  const value = frame.scalars[control.mark];
  const known = value !== null && value !== undefined;
  sign.hidden = !known;
  if (!known) return;
  const part = Math.max(0, Math.min(1, fraction(control, value)));
  sign.style.setProperty("--part", part);
  sign.textContent = `▲ ${control.markLabel} = ${formatNumber(value)}`;
  sign.classList.toggle("descent-mark-left", part > 0.5);
}

function makeChoice(control, moved, released) {
  const id = `descent-control-${controlCount++}`;
  const label = element("label", { for: id, text: control.name });
  const options = control.values.map((value) => element("option", { value, text: value }));
  const select = element("select", { id, "data-key": control.key }, ...options);
  select.addEventListener("change", () => {
    moved(control.key, select.value);
    released();
  });
  const show = (values) => {
    select.value = values[control.key];
  };
  return { element: element("div", { class: "descent-control" }, label, select), show };
}

function makeToggle(control, moved, released) {
  const input = element("input", { type: "checkbox", "data-key": control.key });
  input.addEventListener("change", () => {
    moved(control.key, input.checked);
    released();
  });
  const show = (values) => {
    input.checked = values[control.key];
  };
  const label = element("label", {}, input, ` ${control.name}`);
  return { element: element("div", { class: "descent-control" }, label), show };
}

/** What is drawn on a pad; here it can only be wiped off. */
function makeStrokes(control, moved, released) {
  const wipe = () => {
    moved(control.key, "");
    released();
  };
  const button = makeButton(`clear the ${control.name}`, `clear the ${control.name}`, wipe);
  button.dataset.key = control.key;
  return { element: element("div", { class: "descent-control" }, button), show: () => {} };
}

const CONTROLS = { strokes: makeStrokes, slider: makeSlider, choice: makeChoice, toggle: makeToggle };

function makeButton(text, name, pressed) {
  const button = element("button", { type: "button", text, "aria-label": name, title: name });
  button.addEventListener("click", pressed);
  return button;
}

/** The slider that scrubs time inside one frame; no kernel is asked. */
function makeTimeline(timeline, scrubbed) {
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
  input.addEventListener("input", () => scrubbed(input.valueAsNumber));
  const show = (now) => {
    if (input.valueAsNumber !== now) input.value = now;
    label.textContent = `${timeline.name} ${now} of ${timeline.length}`;
    input.setAttribute("aria-valuetext", `${now} of ${timeline.length}`);
  };
  return { element: element("div", { class: "descent-time" }, label, input), show };
}

const KEYS = [
  ["Tab", "next control"],
  ["← →", "move a slider by one; Page Up and Page Down by more; Home and End to its ends"],
  ["Space", "play or pause, while the figure or a slider has the focus"],
  [". and ,", "one step on, one step back"],
  ["0", "reset"],
  ["?", "show or hide this help"],
];

function makeHelp(spec) {
  const keys = element("dl");
  for (const [key, does] of KEYS) {
    keys.append(element("dt", {}, element("kbd", { text: key })), element("dd", { text: does }));
  }
  const card = element("code", { class: "descent-card" });
  const help = element(
    "div",
    { class: "descent-help", hidden: "" },
    element("p", { text: spec.about }),
    keys,
    element("p", {}, "Card of this state, to paste or to put after # in a link: ", card),
  );
  const show = (values) => {
    const entries = Object.entries(values).map(([key, v]) => `${key}=${encodeURIComponent(v)}`);
    card.textContent = `${spec.name}?${entries.join("&")}`;
  };
  return { element: help, show };
}
