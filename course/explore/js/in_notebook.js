// In a notebook: requests go to the kernel, responses come back as blocks of frames.

/**
 * A buffer of a message, as an ArrayBuffer of its own that typed arrays may start in.
 *
 * @param {DataView} view
 */
function ownBytes(view) {
  return /** @type {ArrayBuffer} */ (view.buffer).slice(
    view.byteOffset,
    view.byteOffset + view.byteLength,
  );
}

/**
 * Show the widget in a cell's output; return what takes it off again.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} output
 */
function render({ model, el }) {
  const id = Math.random().toString(36).slice(2);
  /** @type {SendRequest} */
  const send = (request) => model.send({ ...request, view: id });
  const view = mountExplorable(el, model.get("spec"), model.get("state").values, send);
  view.store.add(model.get("header"), ownBytes(model.get("buffer")));
  view.show();
  view.kernel.prefetch();
  /** @type {(message: Wire.Response, buffers: DataView[] | undefined) => void} */
  const onMessage = (message, buffers) => {
    if (message.kind === "error" && !message.view) console.error(message.text);
    if (message.kind !== "update" && message.view !== id) return;
    view.kernel.receive(message, buffers?.[0] && ownBytes(buffers[0]));
  };
  const onState = () => {
    const { values, by } = model.get("state");
    // Two views that respond to each other's moves would never come to rest.
    const moved = Object.keys(values).some((key) => !sameValue(values[key], view.values[key]));
    if (by !== id && moved) view.jump(values);
  };
  const onLost = () => view.kernel.presence.onLost();
  model.on("msg:custom", onMessage);
  model.on("change:state", onState);
  model.on("comm_live_update", onLost); // ipywidgets: a restart has closed the line
  return () => {
    model.off("msg:custom", onMessage);
    model.off("change:state", onState);
    model.off("comm_live_update", onLost);
    unmountExplorable(view);
  };
}

export default { render };
