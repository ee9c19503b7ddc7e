// In the reader: a mark shows its note without leaving the place in the text; the page works without.
const notes = document.querySelector(".notes");
const beside = matchMedia("(min-width: 861px)");

function show(note, from) {
  for (const other of notes.querySelectorAll(".shown")) other.classList.remove("shown");
  if (beside.matches) {
    note.classList.add("shown");
    notes.scrollTo({ top: note.offsetTop - notes.offsetTop - 8 });
    note.focus({ preventScroll: true });
    note.addEventListener("keydown", (event) => { if (event.key === "Escape") from.focus(); }, { once: true });
    return;
  }
  const sheet = document.createElement("dialog");
  const copy = note.cloneNode(true);
  copy.removeAttribute("id");
  const form = document.createElement("form"), close = document.createElement("button");
  form.method = "dialog"; close.textContent = "Close";
  form.append(close);
  sheet.className = "sheet-note"; sheet.setAttribute("aria-label", "What was coded");
  sheet.append(copy, form);
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener("close", () => { sheet.remove(); from.focus(); });
  document.body.append(sheet);
  sheet.showModal();
}

document.querySelector(".text")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  let note = null;
  try { note = document.getElementById(decodeURIComponent(link.hash.slice(1))); } catch { /* the browser follows the link */ }
  if (!note) return;
  event.preventDefault();
  show(note, link);
});
