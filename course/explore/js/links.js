// Links in prose set the sliders: [try 0.9](#descent?learning_rate=0.9), and also
// #descent?preset=diverges and #descent?learning_rate=0.9&play=true.

/**
 * The state as one line; see base/permalink.py.
 *
 * @param {string} name
 * @param {Wire.Values} values
 */
function permalinkOf(name, values) {
  const entries = Object.entries(values).map(([key, value]) => {
    const text = encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3B", ";");
    return `${key}=${text}`;
  });
  return `${name}?${entries.join("&")}`;
}

/**
 * A link to the present state and moment: of a page with its address, else what follows that.
 *
 * @param {ExplorableView} view
 */
function linkTo(view) {
  const { kernel, playback, spec, values } = view;
  const moment = playback.slider ? `&now=${playback.now}` : "";
  const page = kernel.available ? "" : location.href.split("#")[0];
  return `${page}#${permalinkOf(spec.name, values)}${moment}`;
}

/** One set for the whole page: every notebook output loads this module anew. */
globalThis.descentExplorables ??= new Set();
const shownExplorables = globalThis.descentExplorables;

/**
 * What a link's entries change in a view; entries that it does not have are left out.
 *
 * @param {ExplorableView} view
 * @param {URLSearchParams} entries
 */
function readLink(view, entries) {
  /** @type {Wire.Values} */
  const changes = {};
  for (const [key, text] of entries) {
    if (key === "preset") Object.assign(changes, view.spec.presets[text]);
    const control = view.store.controls[key];
    if (!control) continue;
    if (control.kind === "slider") {
      const value = Number(text);
      if (text === "" || Number.isNaN(value)) continue;
      const inside = Math.max(control.low, Math.min(control.high, value));
      const near = control.values[nearestIndex(control, control.values, inside)];
      changes[key] = view.kernel.available ? inside : near;
    } else if (control.kind === "toggle") changes[key] = text === "true";
    else if (control.values.includes(text)) changes[key] = text;
    else if (isDrawn(control) && view.kernel.available) changes[key] = text;
  }
  return changes;
}

/** @type {(one: Node, other: Node) => boolean} */
const isBefore = (one, other) =>
  Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/**
 * Whether a new section begins between two places; the explorables' own headings do not count.
 *
 * @param {Node} from
 * @param {Node} to
 */
function sectionBetween(from, to) {
  return [...document.querySelectorAll("h1, h2")].some(
    (heading) =>
      !heading.closest(".descent-explorable") && isBefore(from, heading) && isBefore(heading, to),
  );
}

/**
 * The explorable a link means: the last of its name above the link in the same section, which the
 * reader has just seen; else the first below; else the last above.
 *
 * @param {Element} link
 * @param {string} name
 */
function explorableFor(link, name) {
  const named = [...shownExplorables].filter((v) => v.spec.name === name && v.root.isConnected);
  named.sort((a, b) => (isBefore(a.root, b.root) ? -1 : 1));
  const above = named.findLast((v) => isBefore(v.root, link));
  if (above && !sectionBetween(above.root, link)) return above;
  return named.find((v) => isBefore(link, v.root)) || above;
}

/**
 * Scroll to a view that is out of sight: a link that moves it would seem to do nothing.
 *
 * @param {ExplorableView} view
 */
function bringIntoSight(view) {
  const { top, bottom } = view.root.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) view.root.scrollIntoView({ block: "center" });
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = /** @type {Partial<Element>} */ (event.target).closest?.("a[href*='#']");
  if (!link) return;
  const hash = String(
    decodeURI(String(link.getAttribute("href")))
      .split("#")
      .pop(),
  );
  const [name, query] = hash.split("?");
  const view = query === undefined ? null : explorableFor(link, name);
  if (!view) return;
  bringIntoSight(view);
  event.preventDefault();
  event.stopPropagation();
  openState(view, query);
}

/**
 * Go to the state that an address or a link holds after its "#".
 *
 * @param {ExplorableView} view
 * @param {string} query
 */
function openState(view, query) {
  const entries = new URLSearchParams(query);
  view.jump(readLink(view, entries));
  if (entries.has("now") && !view.store.controls.now)
    view.playback.scrub(Number(entries.get("now")));
  if (entries.get("play") === "true") view.playback.playOnce();
}

function listenForLinks() {
  if (globalThis.descentListens) return;
  globalThis.descentListens = true;
  document.addEventListener("click", followLink, true);
}

/**
 * @param {HTMLElement} root
 * @param {Spec.Explorable} spec
 * @param {Wire.Values} values
 * @param {Host | null} host null on a page without a kernel
 */
function mountExplorable(root, spec, values, host) {
  const view = new ExplorableView(root, spec, values, host);
  shownExplorables.add(view);
  listenForLinks();
  return view;
}

/** @param {ExplorableView} view */
function unmountExplorable(view) {
  shownExplorables.delete(view);
  view.close();
}
