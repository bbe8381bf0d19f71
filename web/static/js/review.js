// [data-review] holds [data-review-item]s: j and k go to the next and the previous one; other keys press the
// item's button or open its disclosure with that data-key (a accept, s shortlist, r reject). Nothing happens
// while one is writing.
const items = () => [...document.querySelectorAll("[data-review] [data-review-item]")];

for (const item of items()) item.tabIndex = -1;

// After a decision the page comes back at its item: go on from there.
items().find((item) => item.id === location.hash.slice(1))?.focus();

const current = () => document.activeElement.closest("[data-review-item]");

const move = (step) => {
  const all = items();
  const index = all.indexOf(current());
  const next = all[Math.min(Math.max(index + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else {
    const key = CSS.escape(event.key);
    const target = current()?.querySelector(`[data-key="${key}"]`);
    if (!target) return;
    target.click();
    // A disclosure opens on its reasons: go to the first of them.
    if (target.parentElement.open) target.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
  event.preventDefault();
});
