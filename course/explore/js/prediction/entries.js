// What a prediction is entered by: a slider, a few choices, or a sheet to draw a curve on, each with
// the marks that stay once it is committed. All work by native inputs; a curve is drawn as well.

/**
 * A number on a slider. It counts once the slider has been moved: where it opens is no prediction.
 *
 * @param {Spec.NumberPrediction} spec
 * @param {OnPrediction} onChange
 * @returns {PredictionEntry}
 */
function makeNumberEntry(spec, onChange) {
  const { slider, answer, words } = spec;
  const values = slider.values;
  const untouched = values[Math.floor(values.length / 2)];
  const control = makeSlider(
    slider,
    (_, value) => onChange(Number(value)),
    () => {},
  );
  const input = /** @type {HTMLInputElement} */ (control.element.querySelector("input"));
  // Who means the place where it opens says so by a key or a press there.
  const touch = () => onChange(values[input.valueAsNumber]);
  input.addEventListener("pointerup", touch);
  input.addEventListener("keyup", (event) => {
    if (/^(Arrow|Page|Home|End)/.test(event.key)) touch();
  });
  const track = /** @type {HTMLElement} */ (control.element.querySelector(".descent-track"));
  const marks = ["yours", "the answer"].map((name) => makeMark(name));
  const label = /** @type {HTMLElement} */ (control.element.querySelector("label"));
  return {
    element: control.element,
    show: ({ value, committed }) => {
      const at = value === undefined ? untouched : Number(value);
      control.show({ value: at }, NO_FRAME);
      if (value === undefined) label.textContent = `${label.textContent?.split(" = ")[0]}: move it`;
      input.disabled = committed;
      if (!committed) return;
      track.append(...marks.map((mark) => mark.element));
      marks[0].place(slider, at);
      marks[1].place(slider, answer);
    },
    wordsOn: (value) => words[nearestIndex(slider, values, Number(value))],
  };
}

/** @type {Frame} */
const NO_FRAME = { arrays: {}, scalars: {}, summary: "", opening: "" };

/**
 * A mark below a slider's track, with its name and value.
 *
 * @param {string} name
 */
function makeMark(name) {
  const element_ = element("span", { class: `descent-mark descent-${name.split(" ").pop()}` });
  /**
   * @param {Spec.Slider} slider
   * @param {number} value
   */
  const place = (slider, value) => {
    const part = Math.max(0, Math.min(1, fraction(slider, value)));
    element_.style.setProperty("--part", String(part));
    const words = `${name} = ${readableValue({ ...slider, labels: [] }, value)}`;
    const isRight = part > 0.5; // the words then stand on the other side of the sign
    element_.textContent = isRight ? `${words} ▲` : `▲ ${words}`;
    element_.classList.toggle("descent-mark-before", isRight);
  };
  return { element: element_, place };
}

/**
 * One of a few choices; which are yours and the answer is said beside them.
 *
 * @param {Spec.ChoicePrediction} spec
 * @param {OnPrediction} onChange
 * @returns {PredictionEntry}
 */
function makeChoiceEntry(spec, onChange) {
  const group = `descent-choice-${controlCount++}`;
  const choices = spec.options.map((option) => {
    const input = element("input", { type: "radio", name: group, value: option });
    input.addEventListener("change", () => onChange(option));
    const verdict = element("strong");
    return { option, input, verdict, row: element("label", {}, input, ` ${option} `, verdict) };
  });
  const list = { class: "descent-choices", role: "radiogroup", "aria-label": spec.text };
  return {
    element: element("div", list, ...choices.map(({ row }) => row)),
    show: ({ value, committed }) => {
      for (const { option, input, verdict } of choices) {
        const signs = [option === spec.answer && "✓ the answer", option === value && "◆ yours"];
        input.checked = option === value;
        input.disabled = committed;
        verdict.textContent = committed ? signs.filter(Boolean).join(", ") : "";
      }
    },
    wordsOn: (value) => spec.words[spec.options.indexOf(String(value))],
  };
}

/**
 * A curve: a height at each of a few places. It is drawn on the sheet, or set place by place.
 *
 * @param {Spec.CurvePrediction} spec
 * @param {OnPrediction} onChange
 * @returns {PredictionEntry}
 */
function makeCurveEntry(spec, onChange) {
  const { places, panel } = spec;
  const [low, high] = [Number(panel.y.low), Number(panel.y.high)];
  const scale = makeScale(low, high, panel.y.log, 0, 1);
  let heights = places.map(() => scale.back(0.5));
  let committed = false;
  let words = "";
  /** @param {number} place @param {number} height */
  const set = (place, height) => {
    heights = heights.with(place, Math.max(low, Math.min(high, Number(height.toPrecision(4)))));
  };
  const row = new PanelRow(
    [panel],
    () => {},
    () => draw(),
    () => {},
  );
  const [view] = row.panels;
  const keys = makePlaceSliders(spec, scale, (place, height) => {
    set(place, height);
    onChange(heights);
  });
  const draw = () => {
    const { colours, cividis } = spec;
    const state = { colours: colours[pageTheme()], cividis, time: 0, seen: 0, values: {} };
    const frame = { ...NO_FRAME, arrays: curveArrays(spec, heights) };
    row.draw(frame, undefined, { ...state, ended: committed }, words);
  };
  listenForStrokes(
    view,
    places,
    () => !committed,
    set,
    () => onChange(heights),
  );
  return {
    element: element("div", {}, row.element, keys.element),
    show: (now) => {
      if (Array.isArray(now.value)) heights = now.value;
      committed = now.committed;
      words = now.words;
      view.canvas.style.touchAction = committed ? "" : "none"; // a finger draws, until it is done
      keys.element.hidden = committed;
      keys.show(heights);
      draw();
    },
    wordsOn: (value) => curveWords(spec, scale, /** @type {number[]} */ (value)),
  };
}

/**
 * @param {Spec.CurvePrediction} spec
 * @param {number[]} heights
 */
function curveArrays(spec, heights) {
  const { places, line, truth } = spec;
  return Object.fromEntries(
    Object.entries({ places, heights, line, truth }).map(([name, numbers]) => [
      name,
      { values: Float32Array.from(numbers), shape: [numbers.length] },
    ]),
  );
}

/**
 * Two sentences: the mean distance in per cent of the sheet's height, and where it is largest. One,
 * if there is none.
 *
 * @param {Spec.CurvePrediction} spec
 * @param {Scale} scale from the sheet's ends to 0 and 1
 * @param {number[]} heights
 */
function curveWords(spec, scale, heights) {
  const inside = (/** @type {number} */ height) =>
    scale(Math.max(scale.low, Math.min(scale.high, height)));
  const away = heights.map((height, i) => inside(height) - inside(spec.answer[i]));
  const sizes = away.map(Math.abs);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const percent = Math.floor(100 * mean + 0.5);
  if (percent === 0) return spec.means[0];
  const farthest = sizes.indexOf(Math.max(...sizes));
  const side = away[farthest] > 0 ? 1 : 0;
  return `${spec.means[percent]} ${spec.farthest[farthest][side]}`;
}

/**
 * Two sliders that set a curve place by place, for who does not draw.
 *
 * @param {Spec.CurvePrediction} spec
 * @param {Scale} scale from the sheet's ends to 0 and 1
 * @param {(place: number, height: number) => void} onMove
 */
function makePlaceSliders({ places, panel }, scale, onMove) {
  const STEPS = 40;
  /** @type {Omit<Spec.Slider, "key" | "name" | "low" | "high" | "values" | "log">} */
  const plain = {
    kind: "slider",
    swept: false,
    symbol: "",
    unit: "",
    mark: "",
    markLabel: "",
    whole: false,
    labels: [],
  };
  const heights = Array.from({ length: STEPS + 1 }, (_, i) => scale.back(i / STEPS));
  const [x, y] = [panel.x, panel.y].map(({ label }) => label);
  /** @type {Spec.Slider} */
  const along = {
    ...plain,
    key: "place",
    name: `set it at ${x}`,
    values: places,
    low: places[0],
    high: places[places.length - 1],
    log: false,
  };
  /** @type {Spec.Slider} */
  const up = {
    ...plain,
    key: "height",
    name: y,
    values: heights,
    low: scale.low,
    high: scale.high,
    log: panel.y.log,
  };
  let place = 0;
  /** @type {number[]} */
  let shown = places.map(() => scale.back(0.5));
  const show = (/** @type {number[]} */ now) => {
    shown = now;
    one.show({ place: places[place] }, NO_FRAME);
    other.show({ height: shown[place] }, NO_FRAME);
  };
  const one = makeSlider(
    along,
    (_, value) => {
      place = places.indexOf(Number(value));
      show(shown);
    },
    () => {},
  );
  const other = makeSlider(
    up,
    (_, value) => onMove(place, Number(value)),
    () => {},
  );
  return {
    element: element("div", { class: "descent-controls" }, one.element, other.element),
    show,
  };
}

/**
 * Which of the places is nearest.
 *
 * @param {number[]} places
 * @param {number} x
 */
function nearestOf(places, x) {
  const away = places.map((place) => Math.abs(place - x));
  return away.indexOf(Math.min(...away));
}

/**
 * Let a pointer draw: each place that it passes gets its height.
 *
 * @param {PanelView} panel
 * @param {number[]} places
 * @param {() => boolean} isOpen
 * @param {(place: number, height: number) => void} set
 * @param {() => void} onChange
 */
function listenForStrokes(panel, places, isOpen, set, onChange) {
  const { canvas } = panel;
  /** @type {Point | undefined} */
  let last;
  /** @param {PointerEvent} event */
  const draw = (event) => {
    const { view } = panel;
    if (!view) return;
    /** @type {Point} */
    const now = [view.x.back(event.offsetX), view.y.back(event.offsetY)];
    const [from, to] = [last ?? now, now].toSorted((a, b) => a[0] - b[0]);
    for (const [i, x] of places.entries()) {
      if (x < from[0] || x > to[0] || from[0] === to[0]) continue;
      set(i, from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]));
    }
    // A press, and a move up or down, mean the place that is nearest.
    const isUpright = Math.abs(event.movementY) > 3 * Math.abs(event.movementX);
    if (!last || isUpright) set(nearestOf(places, now[0]), now[1]);
    last = now;
    onChange();
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!isOpen()) return;
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    last = undefined;
    draw(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (last && isOpen()) draw(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      last = undefined;
    });
  }
}
