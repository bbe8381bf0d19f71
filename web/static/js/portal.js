// The one script a page names. It fetches the modules the page asks for by its attributes;
// each makes a page that already works a little better.
const modules = [
  ["form[method=post]", "./submit.js"],
  ["form[data-guard]", "./unsaved.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["[data-field-sheet]", "./fieldsheet.js"],
  ["[data-file-preview]", "./files.js"],
  ["[data-propose]", "./propose.js"],
  ["[data-review]", "./review.js"],
  ["[data-countdown]", "./countdown.js"],
  [".errors", "./errors.js"],
];

const wanted = modules.filter(([selector]) => document.querySelector(selector));
await Promise.all(wanted.map(([, path]) => import(path)));
document.documentElement.dataset.ready = "yes";
