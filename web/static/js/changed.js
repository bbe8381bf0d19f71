// Whether a form holds something else than what the server sent, also from before the scripts arrived.
export const changed = (form) => [...form.elements].some((control) => {
  if (control.type === "hidden" || control.type === "submit" || control.tagName === "FIELDSET") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.tagName === "SELECT") {
    const preset = [...control.options].some((option) => option.defaultSelected);
    return preset && [...control.options].some((option) => option.selected !== option.defaultSelected);
  }
  return control.value !== control.defaultValue;
});
