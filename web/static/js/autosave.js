// form[data-autosave=url] posts itself as a draft while one writes, and says when it was saved.
// Nothing is ever taken out of the page, so an error loses no word; it is tried again. The answer may be JSON
// with the new `revision`, which the form then carries: so the next save is not taken for a stale one.
import { changed } from "./changed.js";

const PAUSE = 1500;
const RETRY = 15000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
  let timer;
  let saving;
  let version = 0;

  const say = (words) => { if (status && words) status.textContent = words; };

  const save = async () => {
    const sending = version;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    say(status?.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { revision } = await answer.json().catch(() => ({}));
      if (revision !== undefined && form.elements.revision) form.elements.revision.value = revision;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      say(status?.dataset.saved.replace("{time}", time));
      if (sending === version) form.dispatchEvent(new Event("saved"));
    } catch {
      say(status?.dataset.failed);
      timer = setTimeout(begin, RETRY);
    }
  };

  // One save after the other: each carries the revision that the one before it brought.
  const begin = () => {
    const own = (saving ?? Promise.resolve()).then(save);
    saving = own;
    own.finally(() => { if (saving === own) saving = undefined; });
  };

  const later = () => {
    version += 1;
    clearTimeout(timer);
    timer = setTimeout(begin, PAUSE);
  };

  form.addEventListener("input", later);
  if (changed(form)) later();
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault(); // the save on its way brings the revision that this form must carry
    saving.finally(() => { clearTimeout(timer); form.requestSubmit(event.submitter ?? undefined); });
  });
}
