// Comments under a page: fetched when they come near the screen; forms sent without leaving the page.
const NEAR = "400px", OFFLINE = "there is no connection.";

async function page(address, options) {
  const answer = await fetch(address, options);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function say(place, words) {
  const note = place.querySelector("[data-note]");
  note?.replaceChildren(words);
  note?.focus();
}

function fill(place, found) {
  const part = found.querySelector("[data-thread]");
  if (part) place.replaceChildren(part);
  return part !== null;
}

async function put(place, address, options) {
  const found = await page(address, options);
  if (!fill(place, found)) { say(place, found.querySelector("h1")?.textContent ?? "It could not be sent."); return; }
  const asked = new URL(address, location.href).searchParams; // who turned a page or wants to answer goes there; who sent something hears of it
  if (asked.has("answer")) place.querySelector("#write textarea")?.focus();
  else if (options || !place.querySelector(".comments")) place.querySelector("[data-note]")?.focus();
  else { const first = place.querySelector(".comments"); first.tabIndex = -1; first.focus(); }
}

function wake(place) {
  const asked = new URLSearchParams({ kind: place.dataset.kind, key: place.dataset.key, title: place.dataset.title ?? "", part: "1" });
  page(`/comments/thread?${asked}`).then((found) => fill(place, found)).catch(() => {});
  listen(place);
}

function listen(place) {
  place.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-inline]")) return;
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    sent.set("part", "1");
    if (form.dataset.inline === "vote") {
      fetch(form.action, { method: "POST", body: sent }).then(async (answer) => {
        if (!answer.ok) { say(place, "The vote was not taken."); return; }
        const now = await answer.json();
        form.querySelector("[data-score]").textContent = now.ups - now.downs;
      }).catch(() => say(place, OFFLINE));
      return;
    }
    put(place, form.action, { method: "POST", body: sent }).catch(() => say(place, `It could not be sent: ${OFFLINE} What you wrote is still here.`));
  });
}

// The form that changes a comment, beneath it: in a frame only the frame has the right to it.
async function change(place, link, address) {
  const found = await page(address);
  const form = found.querySelector("main form[method=post]");
  if (!form) { say(place, found.querySelector("h1")?.textContent ?? "It cannot be changed any more."); return; }
  form.dataset.inline = "write";
  link.closest("li").querySelector(":scope > form[action$='/change']")?.remove();
  link.closest("li").append(form);
  form.querySelector("textarea")?.focus();
}

for (const place of document.querySelectorAll("[data-discuss]")) {
  const watch = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); wake(place); }
  }, { rootMargin: NEAR });
  watch.observe(place);
}
if (window.parent !== window && location.pathname === "/comments/embed") {
  const tell = () => window.parent.postMessage({ detente: "height", height: document.documentElement.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
  // In a page of another site only this frame may be shown: threads turn their pages in place, all else opens beside it.
  const part = document.querySelector("[data-thread]"), place = document.createElement("div");
  part.replaceWith(place);
  place.append(part);
  document.addEventListener("submit", (event) => { if (!event.target.matches("[data-inline]")) event.target.target = "_blank"; });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    const there = new URL(link.href, location.href);
    if (/^\/comments\/\d+\/edit$/.test(there.pathname)) { event.preventDefault(); change(place, link, there).catch(() => say(place, OFFLINE)); return; }
    if (there.origin !== location.origin || there.pathname !== "/comments/thread" || link.matches("[data-whole]")) { link.target = "_blank"; link.rel = "noopener"; return; }
    event.preventDefault();
    there.searchParams.set("part", "1");
    put(place, there).catch(() => say(place, OFFLINE));
  });
  listen(place);
}
