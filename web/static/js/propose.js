// A text box with data-propose=url and data-propose-into=id of a region with aria-live: while one writes,
// the form is posted there and the region shows the HTML that comes back. In that HTML a button with
// data-name and data-value ticks the box or picks the option of that name and value, and puts a mark on itself.
// Boxes in the region keep what was ticked while the answer was on its way.
const PAUSE = 700;

for (const box of document.querySelectorAll("[data-propose]")) {
  const region = document.getElementById(box.dataset.proposeInto);
  let timer;
  let running;

  const boxes = () => [...region.querySelectorAll("input[type=checkbox]")];

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const body = new FormData(box.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(box.dataset.propose, { method: "POST", body, signal: running.signal });
      if (!answer.ok) return;
      const html = await answer.text();
      const before = new Map(boxes().map((tick) => [tick.name + tick.value, tick.checked]));
      region.innerHTML = html;
      for (const tick of boxes()) tick.checked = before.get(tick.name + tick.value) ?? tick.checked;
    } catch (error) {
      if (error.name !== "AbortError") region.replaceChildren();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  if (box.value && !region.childElementCount) ask();

  region.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-name]");
    if (!button) return;
    event.preventDefault();
    const { name, value } = button.dataset;
    for (const control of box.form.elements) {
      if (control.name !== name) continue;
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.value === value) control.checked = true;
      } else control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    button.setAttribute("aria-pressed", "true");
  });
}
