// Charts that can be zoomed: once the page is there, Vega is fetched, and takes the place of the picture that the server drew.
const NARROW = matchMedia("(max-width: 640px)"); // as in site.css
const css = () => getComputedStyle(document.documentElement);
const coloured = (text) => text.replace(/var\(--([\w-]+)\)/g, (_, name) => css().getPropertyValue(`--${name}`).trim());

function script(address) {
  return new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.src = address; tag.onload = done; tag.onerror = failed;
    document.head.append(tag);
  });
}

function tooltip(figure) {
  const tip = figure.querySelector(".tip") ?? figure.appendChild(document.createElement("div"));
  tip.className = "tip"; tip.hidden = true; tip.setAttribute("role", "status");
  return (_, event, item, value) => {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    tip.textContent = item.datum?.datum?.words ?? item.datum?.words ?? value; // the nearest month lies one deeper
    const outer = figure.getBoundingClientRect(), x = event.clientX - outer.left, y = event.clientY - outer.top;
    const beside = x + 14 + tip.offsetWidth > outer.width ? x - 14 - tip.offsetWidth : x + 14;
    tip.style.transform = `translate(${Math.max(0, beside)}px, ${Math.max(0, y - tip.offsetHeight - 8)}px)`;
  };
}

// With the keyboard: month after month.
function read(figure, box, points) {
  const tip = figure.querySelector(".tip"), step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -1e6, End: 1e6 };
  const tell = (n) => {
    const at = figure.liveAt = Math.max(0, Math.min(points.length - 1, n));
    tip.textContent = points[at].words; tip.hidden = false;
    tip.style.transform = "translate(0px, 0px)";
  };
  figure.liveAt ??= points.length - 1;
  box.tabIndex = 0;
  box.addEventListener("focus", () => { if (box.matches(":focus-visible") && points.length) tell(figure.liveAt); });
  box.addEventListener("blur", () => { tip.hidden = true; });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
    if (!(event.key in step) || !points.length) return;
    event.preventDefault();
    tell(figure.liveAt + step[event.key]);
  });
}

async function draw(figure) {
  const text = figure.liveSpec ??= await (await fetch(figure.dataset.live)).text();
  const spec = JSON.parse(coloured(text));
  const still = figure.querySelector(`:scope > .only-${NARROW.matches ? "narrow" : "wide"}`);
  const box = figure.querySelector(":scope > .live"), held = box?.contains(document.activeElement);
  const picture = still.querySelector("svg").viewBox.baseVal;
  const tall = Math.round(figure.clientWidth * picture.height / picture.width);
  const { beside, beneath } = spec.usermeta;
  const [{ vconcat: [level, ...strip] }, overview] = spec.vconcat;
  const shown = figure.liveView?.view.signal("span")?.d;
  if (shown) overview.params[0].value = { x: shown };
  for (const view of [level, ...strip, overview]) view.width = figure.clientWidth - spec.padding.left - spec.padding.right - beside;
  level.height = Math.max(180, tall - beneath);
  if (figure.clientWidth < 500) level.layer = level.layer.filter((layer) => !layer.name?.startsWith("words-"));
  const fresh = document.createElement("div");
  fresh.className = "live"; fresh.hidden = true; fresh.style.minHeight = `${tall}px`;
  (box ?? still).before(fresh);
  const made = await window.detenteEmbed(fresh, spec, {
    actions: false, defaultStyle: false, renderer: "svg", logLevel: 1, tooltip: tooltip(figure), loader: { target: "_self" },
  });
  box?.remove(); figure.liveView?.finalize();
  figure.liveView = made;
  fresh.hidden = false;
  read(figure, fresh, level.data.values);
  const drawn = fresh.querySelector("svg");
  fresh.setAttribute("role", "img");
  fresh.setAttribute("aria-label", `${spec.description}. Arrow keys read it month by month.`);
  drawn.setAttribute("aria-hidden", "true");
  figure.dataset.alive = "1";
  if (held) fresh.focus({ preventScroll: true });
}

const figures = [...document.querySelectorAll("figure[data-live]")];
function again() {
  for (const figure of figures) if (figure.dataset.alive) draw(figure).catch(() => {}); // it stays as it was
}
async function start() {
  try {
    await script(figures[0].dataset.bundle);
    for (const figure of figures) await draw(figure);
  } catch { return; /* the picture stays */ }
  let waiting, width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting); waiting = setTimeout(again, 200);
  });
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
if (figures.length && !navigator.connection?.saveData) {
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 300));
  if (document.readyState === "complete") idle(start);
  else addEventListener("load", () => idle(start));
}
