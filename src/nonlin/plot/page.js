// Reads values off the curves: the pointer, or the arrow keys, choose x; the table says f, f' and f'' there.
"use strict";
(() => {
  const figure = JSON.parse(document.getElementById("figure").textContent);
  const svg = document.querySelector("svg.nonlin");
  const panels = [...svg.querySelectorAll(".panel")];
  const [low, high] = figure.x;
  const NS = "http://www.w3.org/2000/svg";
  const element = (name, attributes) => {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const hairs = panels.map((panel) => {
    const hit = element("rect", { width: figure.width, height: figure.height, fill: "transparent" });
    const hair = element("path", { class: "hair", d: `M0 0V${figure.height}`, visibility: "hidden" });
    panel.append(hair, hit);
    hit.addEventListener("pointermove", (event) => {
      const local = new DOMPoint(event.clientX, event.clientY).matrixTransform(panel.getScreenCTM().inverse());
      read(low + (Math.min(Math.max(local.x, 0), figure.width) / figure.width) * (high - low));
    });
    return hair;
  });

  // The value at x of a line in pieces, straight between its points; beyond a jump the piece that begins there.
  const at = (pieces, x) => {
    let piece = pieces[0];
    for (const other of pieces) if (other[0][0] <= x) piece = other;
    if (!piece) return NaN;
    const [xs, ys] = piece;
    let k = xs.findIndex((place) => place >= x);
    if (k < 0) k = xs.length - 1;
    if (k === 0) return ys[0];
    return ys[k - 1] + ((ys[k] - ys[k - 1]) * (x - xs[k - 1])) / (xs[k] - xs[k - 1]);
  };
  const shown = (value) =>
    Number.isFinite(value) ? (Math.abs(value) < 5e-4 ? "0.000" : value.toFixed(3)).replace("-", "\u2212") : "";

  let here = 0;
  const read = (x) => {
    here = x;
    document.getElementById("x").textContent = shown(x);
    for (const cell of document.querySelectorAll("td[data-line]"))
      cell.textContent = shown(at(figure.lines[cell.dataset.panel][cell.dataset.line], x));
    for (const hair of hairs) {
      hair.setAttribute("transform", `translate(${((x - low) / (high - low)) * figure.width} 0)`);
      hair.setAttribute("visibility", "visible");
    }
  };
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.matches("input")) return;
    event.preventDefault();
    read(Math.min(Math.max(here + (step * (high - low)) / (event.shiftKey ? 20 : 200), low), high));
  });
  for (const box of document.querySelectorAll("input[data-line]"))
    box.addEventListener("change", () => {
      for (const part of svg.querySelectorAll(`[data-line="${box.dataset.line}"]`))
        part.style.display = box.checked ? "" : "none";
    });
  read(Math.min(Math.max(1, low), high));
})();
