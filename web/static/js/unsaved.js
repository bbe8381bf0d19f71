// Asks before words are lost. Autosave and submitting take the question away.
import { changed } from "./changed.js";

for (const form of document.querySelectorAll("form[data-guard]")) {
  if (changed(form)) form.dataset.dirty = "yes";
  form.addEventListener("input", () => { form.dataset.dirty = "yes"; });
  form.addEventListener("submit", () => { delete form.dataset.dirty; });
  form.addEventListener("saved", () => { delete form.dataset.dirty; });
}

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});
