// The slider of the map: shows other months without a new page; the address follows, so that any view can be kept.
const slide = document.getElementById("slide");
const form = document.getElementById("map-form");
let waiting = 0, asked = 0;

function month(at) {
  const [year, first] = slide.dataset.first.split("-").map(Number);
  const number = year * 12 + first - 1 + Number(at);
  return `${Math.floor(number / 12)}-${String(number % 12 + 1).padStart(2, "0")}`;
}

async function show() {
  const own = ++asked;
  const there = new URL(location.href);
  there.searchParams.set("month", month(slide.value));
  const answer = await fetch(there, { headers: { accept: "text/html" } });
  if (!answer.ok || own !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["map-shown"]) document.getElementById(id).replaceWith(page.getElementById(id));
  document.querySelector("h1").textContent = page.querySelector("h1").textContent;
  document.title = page.title;
  form.elements.month.value = month(slide.value);
  const steps = [document.querySelector("#map-form .pages"), page.querySelector("#map-form .pages")];
  if (steps[0] && steps[1]) steps[0].replaceWith(steps[1]);
  history.replaceState(null, "", there);
}

slide?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
