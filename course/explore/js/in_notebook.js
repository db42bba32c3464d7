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
 * The controls' values are the model's traits, which all views, linked widgets and the kernel share.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} output
 */
function render({ model, el }) {
  const id = Math.random().toString(36).slice(2);
  const spec = model.get("_spec");
  const keys = spec.controls.map(({ key }) => key);
  const shared = () => Object.fromEntries(keys.map((key) => [key, model.get(key)]));
  const view = mountExplorable(el, spec, shared(), {
    kernelStatus: () => model.widget_manager?.kernel?.status,
    send: (request) => model.send({ ...request, view: id }),
    share: (values) => {
      const moved = Object.keys(values).filter((key) => !sameValue(values[key], model.get(key)));
      for (const key of moved) model.set(key, values[key]);
      if (moved.length) model.save_changes();
    },
  });
  view.store.add(model.get("_header"), ownBytes(model.get("_buffer")));
  view.show();
  view.kernel.prefetch();
  /** @type {(message: Wire.Response, buffers: DataView[] | undefined) => void} */
  const onMessage = (message, buffers) => {
    if (message.kind === "error" && !message.view) console.error(message.text);
    if (message.kind !== "update" && message.view !== id) return;
    view.kernel.receive(message, buffers?.[0] && ownBytes(buffers[0]));
  };
  const onShared = () => view.follow(shared());
  const onLost = () => view.kernel.presence.onLost();
  model.on("msg:custom", onMessage);
  for (const key of keys) model.on(`change:${key}`, onShared);
  model.on("comm_live_update", onLost); // ipywidgets: a restart has closed the line
  return () => {
    model.off("msg:custom", onMessage);
    for (const key of keys) model.off(`change:${key}`, onShared);
    model.off("comm_live_update", onLost);
    unmountExplorable(view);
  };
}

export default { render };
