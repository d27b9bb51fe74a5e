// What somebody types while the session ends must not be lost: it is kept in this tab until it was sent and accepted.
const form = document.querySelector("form[data-keeps-words]");
if (form) {
  const key = form.dataset.keepsWords;
  const kept = () => [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const remember = () => {
    const words = kept().map((field) => [field.name, field.value, Boolean(field.checked)]);
    sessionStorage.setItem(key, JSON.stringify(words));
  };
  const isAnswered = document.querySelector(".editions [role=alert]") !== null;
  if (!isAnswered) {
    const words = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    for (const [name, value, isChecked] of words) {
      for (const field of kept().filter((each) => each.name === name)) {
        if (!["checkbox", "radio"].includes(field.type)) field.value = value;
        else if (field.value === value) field.checked = isChecked;
      }
    }
  }
  form.addEventListener("input", remember);
  form.addEventListener("submit", remember);
} else {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("propose-")) sessionStorage.removeItem(key);
  }
}
