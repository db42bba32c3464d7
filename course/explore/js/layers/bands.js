// Filled bands, error bars and bars: uncertainty, histograms, counts.

/** @type {DrawLayer<Spec.Band>} */
function drawBand(g, layer, frame, view) {
  const [xs, lows, highs] = [layer.x, layer.low, layer.high].map((name) =>
    nowOf(frame.arrays[name], view),
  );
  const colour = colourOf(layer.colour, view);
  g.beginPath();
  for (let i = 0; i < xs.length; i++) g.lineTo(view.x(xs[i]), clampPixel(view.y(highs[i])));
  for (let i = xs.length - 1; i >= 0; i--) g.lineTo(view.x(xs[i]), clampPixel(view.y(lows[i])));
  g.closePath();
  g.fillStyle = colour;
  g.globalAlpha = 0.3;
  g.fill();
  g.globalAlpha = 1;
  if (!layer.outline) return;
  trace(g, xs, highs, view);
  g.setLineDash(layer.dash ? [5, 3] : []);
  g.lineJoin = "miter";
  g.strokeStyle = colour;
  g.lineWidth = 2;
  g.stroke();
  g.setLineDash([]);
}

/** @type {DrawLayer<Spec.Intervals>} */
function drawIntervals(g, layer, frame, view) {
  const [values, lows, highs] = [layer.values, layer.low, layer.high].map((name) =>
    nowOf(frame.arrays[name], view),
  );
  const chosen = layer.chosen ? Number(frame.scalars[layer.chosen]) : -1;
  const colour = view.colours[layer.colour];
  for (let i = 0; i < values.length; i++) {
    const [px, low, high] = [view.x(i), view.y(lows[i]), view.y(highs[i])].map(clampPixel);
    if (!Number.isFinite(px + low + high)) continue;
    g.globalAlpha = chosen < 0 || i === chosen ? 1 : 0.75;
    g.beginPath();
    g.moveTo(px, low);
    g.lineTo(px, high);
    for (const end of [low, high]) {
      g.moveTo(px - 7, end);
      g.lineTo(px + 7, end);
    }
    g.strokeStyle = colour;
    g.lineWidth = i === chosen ? 3.5 : 2.5;
    g.stroke();
    mark(
      g,
      i === chosen ? "diamond" : "circle",
      px,
      view.y(values[i]),
      5.5,
      colour,
      view.colours.halo,
    );
    g.globalAlpha = 1;
  }
}

/** @type {DrawLayer<Spec.Bars>} */
function drawBars(g, layer, frame, view) {
  const heights = nowOf(frame.arrays[layer.heights], view);
  const floor = view.box.bottom;
  const width = 0.7 * Math.abs(view.x(1) - view.x(0));
  const chosen = layer.chosen ? Number(frame.scalars[layer.chosen]) : -1;
  heights.forEach((height, i) => {
    const top = view.y(height);
    if (!Number.isFinite(top)) return;
    const left = view.x(i) - width / 2;
    if (view.ghost) {
      g.strokeStyle = colourOf(layer.colour, view);
      g.lineWidth = 2;
      g.setLineDash([5, 4]);
      g.strokeRect(left, clampPixel(top), width, floor - clampPixel(top));
      g.setLineDash([]);
      return;
    }
    g.fillStyle = view.colours[layer.colour];
    g.globalAlpha = chosen < 0 || i === chosen ? 1 : 0.4;
    g.fillRect(left, clampPixel(top), width, floor - clampPixel(top));
    g.globalAlpha = 1;
    if (top < view.box.top) drawArrowOut(g, view.x(i), top, view.colours.text, view);
  });
}
