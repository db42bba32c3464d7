// A prediction on a page of its own: nothing is kept.

new PredictionView(
  /** @type {HTMLElement} */ (document.getElementById("explorable")),
  JSON.parse(document.getElementById("spec")?.textContent ?? ""),
  {},
  () => {},
);
