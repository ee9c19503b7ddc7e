// Comments under a page: fetched when they come near the screen; forms sent without leaving the page.
const NEAR = "400px";

async function put(place, address, options) {
  const answer = await fetch(address, options);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const part = page.querySelector("[data-thread]");
  if (!part) { place.querySelector("[data-note]")?.replaceChildren(page.querySelector("h1")?.textContent ?? "It could not be sent."); return; }
  place.replaceChildren(part);
  place.querySelector("[data-note]")?.focus();
}

function wake(place) {
  const asked = new URLSearchParams({ kind: place.dataset.kind, key: place.dataset.key, title: place.dataset.title ?? "", part: "1" });
  put(place, `/comments/thread?${asked}`).catch(() => {});
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
        if (!answer.ok) return;
        const now = await answer.json();
        form.querySelector("[data-score]").textContent = now.ups - now.downs;
      });
      return;
    }
    put(place, form.action, { method: "POST", body: sent }).catch(() => form.submit());
  });
}

// The form that changes a comment, beneath it: in a frame only the frame has the right to it.
async function change(link, address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const form = page.querySelector("main form[method=post]");
  if (!form) return;
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
    if (/^\/comments\/\d+\/edit$/.test(there.pathname)) { event.preventDefault(); change(link, there); return; }
    if (there.origin !== location.origin || there.pathname !== "/comments/thread") { link.target = "_blank"; link.rel = "noopener"; return; }
    event.preventDefault();
    there.searchParams.set("part", "1");
    put(place, there).catch(() => {});
  });
  listen(place);
}
