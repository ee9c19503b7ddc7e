// Before the first paint: the reader's choice of light or dark, if one was made.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("detente-theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch { /* storage may be closed to us; the system's choice stands */ }
})();
