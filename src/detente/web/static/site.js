// What a reader's hand adds to a page that is whole without it: the switch of light and dark, and values under the pointer.
const root = document.documentElement;

const toggle = document.querySelector("[data-theme-toggle]");
const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const label = () => { toggle.textContent = dark() ? "Light" : "Dark"; };
if (toggle) {
  label();
  toggle.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("detente-theme", root.dataset.theme); } catch { /* not remembered then */ }
    label();
  });
}

for (const field of document.querySelectorAll("[data-submits]"))
  field.addEventListener("change", () => field.form.requestSubmit());

const SVG = "http://www.w3.org/2000/svg";
function wake(chart) {
  const points = JSON.parse(chart.dataset.points || "[]");
  if (!points.length || chart.dataset.awake) return;
  chart.dataset.awake = "1";
  const figure = chart.closest("figure");
  const tip = document.createElement("div");
  tip.className = "tip"; tip.hidden = true; tip.setAttribute("role", "status");
  figure.append(tip);
  const cross = chart.appendChild(document.createElementNS(SVG, "line"));
  const dot = chart.appendChild(document.createElementNS(SVG, "circle"));
  cross.setAttribute("class", "m-cross"); dot.setAttribute("class", "m-dot"); dot.setAttribute("r", 4);
  for (const mark of [cross, dot]) mark.setAttribute("visibility", "hidden");
  let at = points.length - 1;
  const box = chart.viewBox.baseVal;
  function show(n) {
    at = Math.max(0, Math.min(points.length - 1, n));
    const [x, y, words] = points[at];
    cross.setAttribute("x1", x); cross.setAttribute("x2", x);
    cross.setAttribute("y1", 20); cross.setAttribute("y2", chart.dataset.bottom);
    cross.setAttribute("visibility", "visible");
    dot.setAttribute("cx", x); dot.setAttribute("cy", y ?? 0);
    dot.setAttribute("visibility", y === null ? "hidden" : "visible");
    tip.textContent = words; tip.hidden = false;
    const frame = chart.getBoundingClientRect(), outer = figure.getBoundingClientRect();
    const left = frame.left - outer.left + x / box.width * frame.width;
    const room = Math.max(0, outer.width - tip.offsetWidth);
    const beside = left + 12 + tip.offsetWidth > outer.width ? left - 12 - tip.offsetWidth : left + 12;
    tip.style.transform = `translate(${Math.max(0, Math.min(room, beside))}px, ${frame.top - outer.top + 8}px)`;
  }
  function hide() {
    tip.hidden = true;
    for (const mark of [cross, dot]) mark.setAttribute("visibility", "hidden");
  }
  chart.addEventListener("pointermove", (event) => {
    const frame = chart.getBoundingClientRect();
    const x = (event.clientX - frame.left) / frame.width * box.width;
    let best = 0;
    for (let n = 1; n < points.length; n++) if (Math.abs(points[n][0] - x) < Math.abs(points[best][0] - x)) best = n;
    show(best);
  });
  chart.addEventListener("pointerleave", hide);
  chart.addEventListener("blur", hide);
  chart.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -1e6, End: 1e6 }[event.key];
    if (event.key === "Escape") hide();
    if (step === undefined) return;
    event.preventDefault();
    show(at + step);
  });
  if (document.activeElement === chart) show(at);
}
for (const chart of document.querySelectorAll("svg[data-points]")) {
  chart.setAttribute("tabindex", "0");
  chart.addEventListener("pointerenter", () => wake(chart));
  chart.addEventListener("focus", () => { if (chart.matches(":focus-visible")) wake(chart); });
}
