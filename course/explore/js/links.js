// Links in prose set the sliders: [try 0.9](#descent?learning_rate=0.9), and also
// #descent?preset=diverges and #descent?learning_rate=0.9&play=true.

// One set for the whole page: every notebook output loads this module anew.
const shownExplorables = (globalThis.descentExplorables ??= new Set());

function readLink(view, entries) {
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
      changes[key] = view.ask ? inside : near;
    } else if (control.kind === "toggle") changes[key] = text === "true";
    else if (control.values.includes(text)) changes[key] = text;
  }
  return changes;
}

/** The explorable a link means: the first of its name after the link, else the last before. */
function explorableFor(link, name) {
  const named = [...shownExplorables].filter((v) => v.spec.name === name && v.root.isConnected);
  const follows = (v) => link.compareDocumentPosition(v.root) & Node.DOCUMENT_POSITION_FOLLOWING;
  const inOrder = (a, b) =>
    a.root.compareDocumentPosition(b.root) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  named.sort(inOrder);
  return named.find(follows) || named.at(-1);
}

function followLink(event) {
  const link = event.target.closest?.("a[href*='#']");
  if (!link) return;
  const [name, query] = decodeURI(link.getAttribute("href")).split("#").pop().split("?");
  const view = query === undefined ? null : explorableFor(link, name);
  if (!view) return;
  event.preventDefault();
  event.stopPropagation();
  const entries = new URLSearchParams(query);
  view.jump(readLink(view, entries));
  if (entries.get("play") === "true") {
    view.now = 0;
    view.play();
  }
}

function listenForLinks() {
  if (globalThis.descentListens) return;
  globalThis.descentListens = true;
  document.addEventListener("click", followLink, true);
}

function mountExplorable(root, spec, values, ask) {
  const view = new ExplorableView(root, spec, values, ask);
  shownExplorables.add(view);
  listenForLinks();
  return view;
}

function unmountExplorable(view) {
  shownExplorables.delete(view);
  view.close();
}
