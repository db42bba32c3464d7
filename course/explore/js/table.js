// A table that is pasted becomes points: rows from a spreadsheet, a file, a page.

/**
 * The numbers of a row; a comma is a point where another sign parts the cells.
 *
 * @param {string} row
 * @param {RegExp} parting
 */
function cellsOf(row, parting) {
  const isComma = parting.test(",");
  return row
    .split(parting)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .replace("−", "-"),
    )
    .filter((cell, _, all) => cell !== "" || all.length < 3)
    .map((cell) => (isComma ? cell : cell.replace(",", ".")));
}

/**
 * The class that a cell names: by its name, its place, or a sign.
 *
 * @param {string | undefined} cell
 * @param {string[]} classes
 */
function classOf(cell, classes) {
  if (!classes.length) return 0;
  const named = classes.findIndex((name) => name.replace("−", "-") === cell);
  if (named >= 0) return named;
  const value = Number(cell);
  return cell === undefined || Number.isNaN(value)
    ? -1
    : value > 0
      ? Math.min(value, classes.length - 1)
      : 0;
}

/**
 * What parts the cells of a table: tabs or semicolons if there are any; commas, unless blanks do and
 * a comma is a decimal point.
 *
 * @param {string} text
 */
function partingOf(text) {
  if (text.includes("\t")) return /\t/;
  if (text.includes(";")) return /;/;
  const byBlanks = /\d[ ]+[-+−.\d]/.test(text);
  return text.includes(",") && !byBlanks ? /,/ : /[ ,]*[ ][ ,]*/;
}

/**
 * Points from a table, and what is said of it.
 *
 * @param {string} text
 * @param {Spec.PointList} control
 * @returns {{ points: ClassPoint[], words: string }}
 */
function readTable(text, control) {
  const { classes, most, x, y } = control;
  const rows = text.split(/\r?\n/).filter((row) => row.trim());
  const parting = partingOf(text);
  /** @type {ClassPoint[]} */
  const points = [];
  let [unread, beyond] = [0, 0];
  for (const row of rows) {
    const cells = cellsOf(row.trim(), parting);
    const [px, py] = cells.slice(0, 2).map((cell) => (cell === "" ? Number.NaN : Number(cell)));
    const kind = classOf(cells[2], classes);
    if (!Number.isFinite(px) || !Number.isFinite(py) || kind < 0) unread += 1;
    else if (px < x[0] || px > x[1] || py < y[0] || py > y[1]) beyond += 1;
    else points.push([px, py, Math.round(kind)]);
  }
  const columns = classes.length ? "x, y and class" : "x and y";
  const said = [`${Math.min(points.length, most)} of ${rows.length} rows are points`];
  if (unread) said.push(`${unread} without numbers for ${columns} left out`);
  if (beyond) {
    const ends = [x, y].map(([low, high]) => `${formatNumber(low)} to ${formatNumber(high)}`);
    said.push(`${beyond} beyond the axes (x from ${ends[0]}, y from ${ends[1]}) left out`);
  }
  if (points.length > most) said.push(`more than ${most} are not taken`);
  return { points: points.slice(0, most), words: `${said.join("; ")}.` };
}

/**
 * A button that opens a field to paste a table into.
 *
 * @param {Spec.PointList} control
 * @param {PointHand} hand
 */
function makePaste(control, hand) {
  const columns = control.classes.length ? "x, y and class" : "x and y";
  const field = element("textarea", {
    rows: 4,
    "aria-label": `a table with columns ${columns}`,
    placeholder: `paste rows of ${columns} here`,
    "data-lm-suppress-shortcuts": "true",
  });
  const said = element("p", { role: "status" });
  const take = makeButton("take these points", "take these points", () => {
    const { points, words } = readTable(field.value, control);
    said.textContent = words;
    if (points.length) hand.change(writePoints(points, control.classes.length > 0));
  });
  field.addEventListener("keydown", (event) => event.stopPropagation());
  const box = element("div", { class: "descent-paste", hidden: "" }, field, take, said);
  const button = makeButton("▤", "paste a table", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) field.focus();
  });
  button.setAttribute("aria-expanded", "false");
  return { button, element: box };
}
