// On a page of its own: all frames are carried in the page, packed; no kernel, no network.

/** @param {string} text */
async function unpackFrames(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  /** @type {Wire.Header} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  const start = Math.ceil((8 + length) / 8) * 8;
  return { header, bytes: bytes.slice(start) };
}

/** @param {string} id */
function textOf(id) {
  return document.getElementById(id)?.textContent ?? "";
}

async function showPage() {
  /** @type {Spec.Explorable & { state: Wire.Values }} */
  const spec = JSON.parse(textOf("spec"));
  const { header, bytes } = await unpackFrames(textOf("frames"));
  const carried = Object.fromEntries(header.axes.map((axis) => [axis.key, axis.values]));
  for (const control of spec.controls) {
    const values = /** @type {any} */ (carried[control.key]);
    if (control.kind === "slider" && control.labels.length) {
      const { labels, values: all } = control;
      control.labels = carried[control.key].map((v) => labels[nearestIndex(control, all, v)]);
    }
    control.values = values;
  }
  const root = /** @type {HTMLElement} */ (document.getElementById("explorable"));
  const view = mountExplorable(root, spec, spec.state, null);
  // A control of which the page carries one position only cannot move: it is not shown.
  for (const { element, key } of view.controls) element.hidden = carried[key].length < 2;
  view.store.add(header, bytes);
  view.show();
  const openAddress = () => {
    const [name, query] = location.hash.slice(1).split("?");
    if (name === spec.name && query !== undefined) openState(view, query);
  };
  globalThis.addEventListener("hashchange", openAddress);
  openAddress();
}

showPage();
