// In a notebook: questions go to the kernel, answers come back as blocks of frames.

/** A buffer of a message, as an ArrayBuffer of its own that typed arrays may start in. */
function ownBytes(view) {
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

function render({ model, el }) {
  const id = Math.random().toString(36).slice(2);
  const ask = (question) => model.send({ ...question, view: id });
  const view = mountExplorable(el, model.get("spec"), model.get("state").values, ask);
  view.store.add(structuredClone(model.get("header")), ownBytes(model.get("buffer")));
  view.show();
  view.settle();
  const heard = (message, buffers) => {
    if (message.view === id || message.kind === "push") view.answer(message, buffers?.[0] && ownBytes(buffers[0]));
  };
  const stateChanged = () => {
    const { values, by } = model.get("state");
    // Two views that answer each other's answers would never come to rest.
    const moved = Object.keys(values).some((key) => !sameValue(values[key], view.values[key]));
    if (by !== id && moved) view.jump(values);
  };
  model.on("msg:custom", heard);
  model.on("change:state", stateChanged);
  return () => {
    model.off("msg:custom", heard);
    model.off("change:state", stateChanged);
    unmountExplorable(view);
  };
}

export default { render };
