// HTML elements, made in one call.

const FOCUSABLE = ["input", "select", "button"];

/**
 * Make an element with its attributes (`text` is its text) and its children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  // JupyterLab takes arrow keys, digits and space for commands of the notebook, whatever has the
  // focus, unless that very element asks it not to.
  if (FOCUSABLE.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = String(value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * @param {string} text
 * @param {string} name what a screen reader calls it
 * @param {() => void} onPress
 */
function makeButton(text, name, onPress) {
  const button = element("button", { type: "button", text, "aria-label": name, title: name });
  button.addEventListener("click", onPress);
  return button;
}

/**
 * The context to draw on a canvas.
 *
 * @template {HTMLCanvasElement | OffscreenCanvas} Canvas
 * @param {Canvas} canvas
 */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot draw on a canvas");
  return /** @type {Canvas extends HTMLCanvasElement ? CanvasRenderingContext2D : OffscreenCanvasRenderingContext2D} */ (
    context
  );
}
