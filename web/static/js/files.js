// Under a file field: what was chosen and how large it is, before it is sent.
const words = (size) => size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`;

for (const line of document.querySelectorAll("[data-file-preview]")) {
  const input = document.getElementById(line.dataset.filePreview);
  const limit = Number(input.dataset.limit) || Infinity;
  input.addEventListener("change", () => {
    const said = [...input.files].map((file) => {
      const size = `${file.name} ${words(file.size)}`;
      return file.size > limit ? `${size} ${line.dataset.limitWords}` : size;
    });
    line.textContent = said.join("\n");
  });
}
