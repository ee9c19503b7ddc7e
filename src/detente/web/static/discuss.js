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
}
