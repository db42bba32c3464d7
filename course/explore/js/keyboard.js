// Keys of the whole explorable, and the help that lists them.

const TURNING = [
  "← → ↑ ↓",
  "turn a surface that has the focus, with Shift read it; Home brings back its first view",
];

const KEYS = [
  ["Tab", "next control"],
  ["← →", "move a slider by one; Page Up and Page Down by more; Home and End to its ends"],
  [
    "← → ↑ ↓",
    "on a picture: read off what is drawn, Shift in tens; Page Up and Down: other layers",
  ],
  ["Enter", "on what is read: the numbers behind it, where there are; Esc closes them"],
  ["Space", "play or pause, while the figure or a slider has the focus"],
  [". and ,", "one step on, one step back"],
  ["0", "reset"],
  ["?", "show or hide this help"],
];

/** @type {Record<string, (view: ExplorableView) => void>} */
const KEY_ACTIONS = {
  " ": (view) => view.playback.toggle(),
  ".": (view) => view.playback.step(1),
  ",": (view) => view.playback.step(-1),
  0: (view) => view.reset(),
  "?": (view) => view.help.toggle(),
};

/**
 * @param {ExplorableView} view
 * @param {KeyboardEvent} event
 */
function handleKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEY_ACTIONS)) return;
  const target = /** @type {Element} */ (event.target);
  if (event.key === " " && target.closest("button, select, input[type=checkbox]")) return;
  event.preventDefault();
  KEY_ACTIONS[event.key](view);
}

/** @param {Spec.Explorable} spec */
function makeHelp(spec) {
  const keys = element("dl");
  for (const [key, does] of spec.panels.some((panel) => panel.z) ? [...KEYS, TURNING] : KEYS) {
    keys.append(element("dt", {}, element("kbd", { text: key })), element("dd", { text: does }));
  }
  const permalink = element("code", { class: "descent-permalink" });
  const help = element(
    "div",
    { class: "descent-help", hidden: "" },
    element("p", { text: spec.about }),
    keys,
    element("p", {}, "Permalink of this state, to put after # in a link: ", permalink),
  );
  const toggle = () => {
    help.hidden = !help.hidden;
    button.setAttribute("aria-expanded", String(!help.hidden));
  };
  const button = makeButton("?", "help and keys", toggle);
  button.setAttribute("aria-expanded", "false");
  /** @param {Wire.Values} values */
  const show = (values) => {
    permalink.textContent = permalinkOf(spec.name, values);
  };
  return { element: help, button, toggle, show };
}
