// Credit and rights are said before the first file is sent, and the name of a file never leaves the browser.
const form = document.querySelector("[data-together]");
const zone = form.querySelector(".drop-zone");

function isSaid() {
  return [...form.elements].every((field) => field.type === "file" || field.checkValidity());
}

function askFirst(event) {
  if (isSaid()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  [...form.elements].find((field) => field.type !== "file" && !field.reportValidity());
}

form.querySelector("#fileupload").addEventListener("click", askFirst, true);
document.addEventListener("drop", (event) => zone.contains(event.target) && askFirst(event), true);
// Wagtail would send the name of the file as its title; cancelled, it sends the form only.
form.addEventListener("wagtail:images-upload", (event) => event.preventDefault());
