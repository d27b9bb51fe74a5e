// Whoever clicks on "Save" while Wagtail saves by itself would be told of a newer version, saved in another window.
// So from that click on nothing more is saved by itself, and what is on its way arrives before the form is sent.
const LONGEST_WAIT = 10_000;
// So long Wagtail keeps a button that was clicked to itself; who is still here afterwards goes on writing.
const STILL_HERE = 30_000;
const ACTIVE = "data-w-autosave-active-value";
const waiting = new Map();
const sending = new WeakSet();

function onItsWay(form) {
  return window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-autosave")?.submitPromise;
}

function stop(form) {
  if (form.getAttribute(ACTIVE) === "false") return;
  form.setAttribute(ACTIVE, "false");
  const resume = () => form.setAttribute(ACTIVE, "true");
  setTimeout(resume, STILL_HERE);
  window.addEventListener("pageshow", (event) => event.persisted && resume(), { once: true });
}

// Wagtail disables a button that was clicked, and a disabled button is not sent: "Publish" would only save.
function send(form, submitter) {
  const isDisabled = submitter?.disabled;
  if (isDisabled) submitter.disabled = false;
  sending.add(form);
  try {
    form.requestSubmit(submitter);
  } finally {
    sending.delete(form);
    if (isDisabled) submitter.disabled = true;
  }
}

async function sendAfter(form, autosave) {
  await Promise.race([autosave.catch(() => null), new Promise((come) => setTimeout(come, LONGEST_WAIT))]);
  const submitter = waiting.get(form);
  waiting.delete(form);
  if (form.isConnected) send(form, submitter?.isConnected ? submitter : null);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches('[data-edit-form][data-controller~="w-autosave"]') || sending.has(form)) return;
    stop(form);
    const autosave = onItsWay(form);
    if (!autosave && !waiting.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isFirst = !waiting.has(form);
    // Whoever clicks on "Save" and then on "Publish" wants to publish.
    waiting.set(form, event.submitter);
    if (isFirst) sendAfter(form, autosave);
  },
  true,
);
