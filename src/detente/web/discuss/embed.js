// Comments of a Détente site under any page:
//   <div id="detente-comments"></div>
//   <script src="https://YOUR.SITE/comments/embed.js" async></script>
// data-key (default: the page's address) and data-title may stand on the div. Nothing is loaded until it comes near the screen.
(() => {
  const own = document.currentScript?.src ?? "";
  const base = own.slice(0, own.indexOf("/comments/embed.js"));
  function load(place) {
    if (place.dataset.loaded) return;
    place.dataset.loaded = "1";
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const key = place.dataset.key || canonical || location.href.split("#")[0];
    const title = place.dataset.title || document.title;
    const frame = document.createElement("iframe");
    frame.src = `${base}/comments/embed?key=${encodeURIComponent(key)}&title=${encodeURIComponent(title)}`;
    frame.title = "Comments";
    frame.loading = "lazy";
    frame.style.cssText = "width:100%;border:0;min-height:320px";
    window.addEventListener("message", (event) => {
      if (event.origin === new URL(base).origin && event.source === frame.contentWindow && event.data?.detente === "height") {
        frame.style.height = `${Math.min(Math.max(Number(event.data.height) || 320, 200), 20000)}px`;
      }
    });
    place.append(frame);
  }
  function start() {
    for (const place of document.querySelectorAll("#detente-comments, [data-detente-comments]")) {
      if (!("IntersectionObserver" in window)) { load(place); continue; }
      const watch = new IntersectionObserver((seen) => {
        if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); load(place); }
      }, { rootMargin: "400px" });
      watch.observe(place);
    }
    const counted = [...document.querySelectorAll("[data-detente-count]")];
    if (!counted.length) return;
    const keys = counted.map((one) => `page:${one.dataset.detenteCount || one.href || location.href}`);
    fetch(`${base}/comments/counts?of=${encodeURIComponent([...new Set(keys)].slice(0, 200).join("\n"))}`)
      .then((answer) => answer.json())
      .then((numbers) => counted.forEach((one, n) => { one.textContent = numbers[keys[n]] ?? 0; }))
      .catch(() => {});
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
