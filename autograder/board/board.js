// The teacher's page of the live board: asks for what is new, and shows it.

/**
 * @typedef {object} Mistake
 * @property {string} unit
 * @property {string} exercise
 * @property {string} name
 * @property {number} count
 */

/**
 * @typedef {object} Standings
 * @property {number} version
 * @property {[string, string][]} columns unit and exercise
 * @property {{name: string, states: ([boolean, string, number] | null)[]}[]} students
 * @property {Mistake[]} mistakes
 */

/** Milliseconds between two questions; with the answer it stays well below a second. */
const PAUSE = 300;
const key = new URLSearchParams(location.search).get("key") ?? "";
let version = -1;

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function place(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [style]
 * @returns {HTMLElement}
 */
function element(tag, text, style = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = style;
  return made;
}

/** @param {Mistake} mistake */
function inWords(mistake) {
  return `${mistake.name} in ${mistake.unit} · ${mistake.exercise}: ${mistake.count}`;
}

/** @param {Standings} data */
function show(data) {
  const heads = data.columns.map(([unit, exercise]) => {
    const head = element("th", `${unit} · ${exercise}`);
    head.setAttribute("scope", "col");
    return head;
  });
  place("exercises").replaceChildren(element("th", "student"), ...heads);
  const rows = data.students.map(({ name, states }) => {
    const row = document.createElement("tr");
    const head = element("th", name);
    head.setAttribute("scope", "row");
    row.append(head, ...states.map(cell));
    return row;
  });
  place("students").replaceChildren(...rows);
  place("mistakes").replaceChildren(
    ...data.mistakes.map((mistake) => element("li", inWords(mistake))),
  );
  const [commonest] = data.mistakes;
  place("commonest").textContent = commonest ? `Commonest now: ${inWords(commonest)}` : "";
  place("summary").textContent = `${data.students.length} students`;
}

/** @param {[boolean, string, number] | null} state */
function cell(state) {
  if (!state) return element("td", "·", "state soft");
  const [right, mistake, tries] = state;
  const made = element("td", "", "state");
  made.append(element("span", `${right ? "✓" : "✗"} ${tries}`, right ? "right" : "wrong"));
  if (mistake) made.append(element("div", mistake, "soft"));
  return made;
}

async function look() {
  try {
    const answer = await fetch(`data?key=${encodeURIComponent(key)}&since=${version}`);
    if (answer.status === 200) {
      const data = /** @type {Standings} */ (await answer.json());
      version = data.version;
      show(data);
    }
  } catch {
    place("summary").textContent = "The board has ended.";
    version = -1;
  }
  setTimeout(look, PAUSE);
}

look();
