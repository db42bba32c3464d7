// What a reader takes along: the picture as PNG or SVG, and a link that brings this state back.

const PICTURE_SCALE = 2; // pixels of a saved PNG to one of the screen
const PICTURE_MARGIN = 12;

/**
 * Break a text into lines that fit a width.
 *
 * @param {CanvasRenderingContext2D} g
 * @param {string} text
 * @param {number} width
 */
function linesOf(g, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && g.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The state in words: every control and its value, and the moment. */
function stateInWords(/** @type {ExplorableView} */ view) {
  const said = view.spec.controls.flatMap((control) => {
    const value = view.values[control.key];
    if (control.kind === "slider") {
      const name = control.symbol ? `${control.name} ${control.symbol}` : control.name;
      return [`${name} = ${readableValue(control, Number(value))}`];
    }
    if (isDrawn(control)) return value ? [`own ${control.name}`] : [];
    if (control.kind === "toggle") return value ? [control.name] : [];
    return [`${control.name}: ${value}`];
  });
  const { playback, spec } = view;
  if (spec.timeline && playback.slider) said.push(`${spec.timeline.name} ${playback.now}`);
  return said.join(", ");
}

/**
 * Draw the whole picture: title, state, panels as they stand, what is said of them. Return how high
 * it is.
 *
 * @param {ExplorableView} view
 * @param {CanvasRenderingContext2D} g
 * @param {number} width
 * @param {number} ratio
 */
function drawWhole(view, g, width, ratio) {
  const { colours } = view.drawingState();
  const inner = width - 2 * PICTURE_MARGIN;
  let y = PICTURE_MARGIN;
  g.textAlign = "left";
  g.textBaseline = "top";
  /** @type {(text: string, font: string, colour: string, high: number) => void} */
  const write = (text, font, colour, high) => {
    g.font = FONT.replace("14px", font);
    g.fillStyle = colour;
    for (const line of linesOf(g, text, inner)) {
      g.fillText(line, PICTURE_MARGIN, y);
      y += high;
    }
  };
  write(view.spec.title, "600 17px", colours.text, 23);
  write(stateInWords(view), "14px", colours.quiet, 19);
  y += 5;
  const row = view.panelRow.element.getBoundingClientRect();
  for (const panel of view.panels) {
    g.save();
    const box = panel.element.getBoundingClientRect();
    g.translate(PICTURE_MARGIN + box.left - row.left, y + box.top - row.top);
    drawPanelWhole(panel, view, g, ratio);
    g.restore();
  }
  y += row.height + 6;
  g.textAlign = "left";
  g.textBaseline = "top";
  write(view.summary.textContent ?? "", "15px", colours.text, 21);
  write(view.readout.textContent ?? "", "14px", colours.quiet, 19);
  return y + PICTURE_MARGIN;
}

/**
 * @param {PanelView} panel
 * @param {ExplorableView} view
 * @param {CanvasRenderingContext2D} g at the upper left of the panel
 * @param {number} ratio
 */
function drawPanelWhole(panel, view, g, ratio) {
  const state = view.drawingState();
  const frame = /** @type {Frame} */ (view.frame);
  const ghost = panel.ghostOf(frame, view.ghost);
  g.textAlign = "left";
  g.textBaseline = "top";
  g.font = FONT.replace("14px", "600 15px");
  g.fillStyle = state.colours.text;
  g.fillText(panel.spec.title, 0, 2);
  g.font = FONT;
  let [x, y] = [0, 22];
  for (const [sign, colour, text] of panel.legendEntries(state, Boolean(ghost))) {
    const wide = g.measureText(`${sign} ${text}`).width;
    if (x && x + wide > panel.canvas.clientWidth) [x, y] = [0, y + 18];
    g.fillStyle = colour;
    g.fillText(sign, x, y);
    g.fillStyle = state.colours.text;
    g.fillText(text, x + g.measureText(`${sign} `).width, y);
    x += wide + 12;
  }
  g.translate(0, panel.canvas.offsetTop);
  panel.paint(g, [panel.canvas.clientWidth, panel.canvas.clientHeight], ratio, frame, ghost, state);
}

/** @param {ExplorableView} view */
function pictureWidth(view) {
  return Math.ceil(view.panelRow.element.clientWidth) + 2 * PICTURE_MARGIN;
}

/**
 * The picture as an SVG document.
 *
 * @param {ExplorableView} view
 */
function pictureAsSvg(view) {
  const width = pictureWidth(view);
  const g = new SvgContext();
  const height = Math.ceil(drawWhole(view, /** @type {any} */ (g), width, PICTURE_SCALE));
  const { colours } = view.drawingState();
  g.parts.unshift(`<rect width="${width}" height="${height}" fill="${colours.halo}"/>`);
  return g.toText(width, height, view.spec.title, view.summary.textContent ?? "");
}

/**
 * The picture as a PNG.
 *
 * @param {ExplorableView} view
 * @returns {Promise<Blob>}
 */
function pictureAsPng(view) {
  const width = pictureWidth(view);
  const measured = Math.ceil(drawWhole(view, /** @type {any} */ (new SvgContext()), width, 1));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: PICTURE_SCALE * width, height: PICTURE_SCALE * measured });
  const g = contextOf(canvas);
  g.scale(PICTURE_SCALE, PICTURE_SCALE);
  g.fillStyle = view.drawingState().colours.halo;
  g.fillRect(0, 0, width, measured);
  drawWhole(view, g, width, PICTURE_SCALE);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/**
 * Let the browser save a file.
 *
 * @param {Blob} blob
 * @param {string} name
 */
function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * A button that opens what can be taken along.
 *
 * @param {ExplorableView} view
 */
function makeShare(view) {
  const { name } = view.spec;
  const said = element("p", { role: "status" });
  const field = element("input", {
    class: "descent-link",
    readonly: "",
    "aria-label": "link",
    hidden: "",
  });
  field.addEventListener("keydown", (event) => event.stopPropagation());
  const png = makeButton("save as PNG", "save the picture as PNG", async () => {
    saveFile(await pictureAsPng(view), `${name}.png`);
    said.textContent = `Saved as ${name}.png.`;
  });
  const svg = makeButton("save as SVG", "save the picture as SVG", () => {
    saveFile(new Blob([pictureAsSvg(view)], { type: "image/svg+xml" }), `${name}.svg`);
    said.textContent = `Saved as ${name}.svg.`;
  });
  const link = makeButton("copy a link", "copy a link to this state", async () => {
    field.value = linkTo(view);
    field.hidden = false;
    const where = view.kernel.available
      ? "It belongs behind the address of this explorable's own page, or into a text cell: [like this](…)."
      : "It opens this page in this state.";
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = `Copied. ${where}`;
    } catch {
      field.focus();
      field.select();
      said.textContent = `Copy it from here. ${where}`;
    }
  });
  const box = element(
    "div",
    { class: "descent-share", hidden: "" },
    element("div", {}, png, svg, link),
    field,
    said,
  );
  const button = makeButton("⤓", "save or share", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
  });
  button.setAttribute("aria-expanded", "false");
  return { button, element: box };
}
