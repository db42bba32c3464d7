// A prediction in a notebook: what is given is the model's trait, which the kernel keeps.

/**
 * Show the prediction in a cell's output; return what takes it off again.
 *
 * @param {{ model: PredictionModel, el: HTMLElement }} output
 */
function render({ model, el }) {
  const view = new PredictionView(el, model.get("_spec"), model.get("given"), (given) => {
    model.set("given", given);
    model.save_changes();
  });
  const onGiven = () => view.follow(model.get("given"));
  const onNotice = () => view.showNotice(model.get("notice"));
  onNotice();
  model.on("change:given", onGiven);
  model.on("change:notice", onNotice);
  return () => {
    model.off("change:given", onGiven);
    model.off("change:notice", onNotice);
    view.close();
  };
}

export default { render };
