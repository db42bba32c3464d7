// What can be dragged in a panel: markers and rules that stand for controls, and the word that says
// so until somebody has dragged one.

const REACH = 26; // pixels within which a finger or a mouse takes hold of one
const CUE_ROOM = 64; // px that the word needs beside its handle

class Handles {
  /**
   * @param {PanelView} panel
   * @param {Drag} drag
   */
  constructor(panel, drag) {
    this.panel = panel;
    this.layers = panel.spec.layers.filter(isHandle);
    /** @type {Spec.Marker | Spec.Rule | undefined} In the reader's hand. */
    this.held = undefined;
    this.cue = element("span", { class: "descent-cue", "aria-hidden": "true", text: "drag" });
    this.isKnown = this.layers.length === 0; // whether nobody needs to be told
    if (this.layers.length) this.listen(drag);
  }

  /** @param {Drag} drag */
  listen(drag) {
    const { panel } = this;
    const { canvas } = panel;
    panel.element.append(this.cue);
    canvas.addEventListener("pointerdown", (event) => {
      this.held = panel.isEdited ? undefined : this.near(event);
      if (!this.held) return;
      canvas.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.held) this.move(drag, event, false);
      else if (!panel.isEdited) canvas.style.cursor = this.near(event) ? "grab" : "";
    });
    canvas.addEventListener("pointerup", (event) => {
      if (this.held) this.move(drag, event, true);
      this.held = undefined;
    });
    canvas.addEventListener("pointercancel", () => {
      this.held = undefined;
    });
    canvas.style.touchAction = "pan-y";
  }

  /**
   * The layer that can be dragged from where the event is.
   *
   * @param {PointerEvent} event
   */
  near(event) {
    return this.layers.find((layer) => {
      const at = this.placeOf(layer);
      if (!at || !this.panel.view) return false;
      if (layer.kind === "rule") return ruleDistance(layer, event, this.panel.view) < REACH;
      return Math.hypot(at[0] - event.offsetX, at[1] - event.offsetY) < REACH;
    });
  }

  /**
   * Where a handle is, in pixels; a rule is where it is drawn thick.
   *
   * @param {Spec.Marker | Spec.Rule} layer
   * @returns {Point | undefined}
   */
  placeOf(layer) {
    const { view, frame } = this.panel;
    if (!view || !frame) return undefined;
    if (layer.kind === "rule") return ruleGrip(layer, view);
    const [x, y] = markerAt(layer, frame, view);
    return [view.x(x), view.y(y)];
  }

  /**
   * @param {Drag} drag
   * @param {PointerEvent} event
   * @param {boolean} ended
   */
  move(drag, event, ended) {
    const { held } = this;
    const { view } = this.panel;
    if (!held || !view) return;
    const { box, x, y } = view;
    const px = Math.max(box.left, Math.min(box.right, event.offsetX));
    const py = Math.max(box.top, Math.min(box.bottom, event.offsetY));
    if (held.kind === "rule") {
      drag({ [held.sets[0]]: held.cuts === "x" ? x.back(px) : y.back(py) }, ended, true);
    } else drag({ [held.sets[0]]: x.back(px), [held.sets[1]]: y.back(py) }, ended);
  }

  /** Put the word beside the first handle, on the side where there is room. */
  showCue() {
    const { canvas, view } = this.panel;
    this.cue.hidden = this.isKnown;
    const at = this.isKnown ? undefined : this.placeOf(this.layers[0]);
    if (!at || !view) return;
    const isLeft = at[0] + CUE_ROOM > view.box.right;
    const [left, top] = [at[0] + canvas.offsetLeft + (isLeft ? -12 : 12), at[1] + canvas.offsetTop];
    this.cue.style.transform = `translate(${left}px, ${top}px) translate(${isLeft ? "-100%" : "0"}, -50%)`;
  }
}
