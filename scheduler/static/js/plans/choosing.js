// The map of the sites ticks the list beside it, and shows what is ticked there. Without it the list does all.

const form = document.getElementById("plan-form");
const boxes = [...form.querySelectorAll("[data-ticks]")];

function boxesAt(site) {
  return boxes.filter((box) => box.closest("[data-site]")?.dataset.site === site && !box.disabled);
}

function show() {
  const chosen = boxes.filter((box) => box.checked);
  for (const count of form.querySelectorAll("[data-chosen]")) count.textContent = chosen.length;
  for (const mark of form.querySelectorAll(".site-mark")) {
    mark.classList.toggle("is-chosen", boxesAt(mark.dataset.site).some((box) => box.checked));
  }
}

// A click ticks the first tour of the site, or lets go of all that are ticked there; either way the line is seen.
function tick(mark) {
  const there = boxesAt(mark.dataset.site);
  if (!there.length) return;
  const isLeft = there.some((box) => box.checked);
  for (const box of isLeft ? there : there.slice(0, 1)) box.checked = !isLeft;
  const line = there[0].closest("[data-site]");
  line.scrollIntoView({ block: "nearest" });
  line.classList.add("is-pointed-at");
  setTimeout(() => line.classList.remove("is-pointed-at"), 1200);
  show();
}

for (const mark of form.querySelectorAll(".site-mark")) {
  mark.addEventListener("click", () => tick(mark));
}
form.addEventListener("change", show);
// Whoever comes back by the browser's own button finds the map as the list is.
addEventListener("pageshow", show);
show();
