// [data-field-sheet] holds a form for the field. What is filled in stays in this browser until the portal has it,
// also when the connection, the page or the sign-in is lost; and it is sent once: every try carries a key of its
// own, and the keys of tries whose answer never came. A page without this script is a plain form.
for (const frame of document.querySelectorAll("[data-field-sheet]")) {
  const form = frame.querySelector("form");
  const status = form.querySelector("[data-field-status]");
  const name = `sheet:${frame.dataset.fieldSheet}`;
  const inputs = [...form.elements].filter((each) => each.name && each.type !== "hidden" && each.type !== "submit");
  const { revision, key, after } = form.elements;
  let sending = false;
  let waiting = false;

  const say = (words) => { if (words) status.textContent = words; };
  const values = () => Object.fromEntries(inputs.map((each) => [each.name, each.value]));
  const kept = () => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const keep = (tried) => {
    const held = { values: values(), revision: revision.value, key: key.value, tried };
    try { localStorage.setItem(name, JSON.stringify(held)); return true; } catch { return false; }
  };
  const fresh = () => {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
    return bytes.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const found = kept();
  let tried = found?.tried ?? [];
  const differs = (each) => each.name in found.values && each.value !== found.values[each.name];
  if (found && (inputs.some(differs) || tried.length)) {
    for (const each of inputs) if (each.name in found.values) each.value = found.values[each.name];
    revision.value = found.revision;
    key.value = found.key;
    say(frame.dataset.restored);
  }

  form.addEventListener("input", () => {
    if (tried.includes(key.value)) key.value = fresh(); // what was tried before is another sheet now
    if (keep(tried)) say(frame.dataset.kept);
  });

  const send = async () => {
    if (sending) return;
    sending = true;
    waiting = false;
    after.value = tried.join(" ");
    if (!tried.includes(key.value)) tried = [...tried, key.value];
    keep(tried);
    say(frame.dataset.sending);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (answer.ok && told.next) {
        localStorage.removeItem(name);
        location.assign(told.next);
      } else if (told.errors) {
        HTMLFormElement.prototype.submit.call(form); // refused: the page says beside each field what is wrong
      } else {
        say(frame.dataset.signedOut);
      }
    } catch {
      waiting = true;
      say(frame.dataset.offline);
    }
    sending = false;
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  window.addEventListener("online", () => { if (waiting) send(); });
}
