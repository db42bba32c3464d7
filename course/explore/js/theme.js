// Light or dark, as JupyterLab or the system has it.

/** @returns {Spec.Theme} */
function pageTheme() {
  const light = document.body.dataset.jpThemeLight;
  if (light) return light === "true" ? "light" : "dark";
  return globalThis.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Set the colours of a theme on an element, unless it has them.
 *
 * @param {HTMLElement} root
 * @param {Spec.Theme} theme
 * @param {Record<string, string>} colours
 */
function applyTheme(root, theme, colours) {
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  for (const role in colours) root.style.setProperty(`--descent-${role}`, colours[role]);
}

/**
 * Call `redraw` whenever the theme or the size of `root` changes; return what ends that.
 *
 * @param {HTMLElement} root
 * @param {() => void} redraw
 */
function watchAppearance(root, redraw) {
  const resized = new ResizeObserver(redraw);
  resized.observe(root);
  const themed = new MutationObserver(redraw);
  themed.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const scheme = globalThis.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", redraw);
  return () => {
    resized.disconnect();
    themed.disconnect();
    scheme.removeEventListener("change", redraw);
  };
}
