// On a page of its own: all frames are carried in the page, packed; no kernel, no network.

async function unpackFrames(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  const start = Math.ceil((8 + length) / 8) * 8;
  return { header, bytes: bytes.slice(start) };
}

async function showPage() {
  const spec = JSON.parse(document.getElementById("spec").textContent);
  const { header, bytes } = await unpackFrames(document.getElementById("frames").textContent);
  const carried = Object.fromEntries(header.axes.map((axis) => [axis.key, axis.values]));
  for (const control of spec.controls) control.values = carried[control.key];
  const view = mountExplorable(document.getElementById("explorable"), spec, spec.state, null);
  // A control of which the page carries one position only cannot move: it is not shown.
  for (const { element, key } of view.controls) element.hidden = carried[key].length < 2;
  view.store.add(header, bytes);
  view.show();
}

showPage();
