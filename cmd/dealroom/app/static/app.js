// Links and forms that need the key (data-keyed) are tried first, so that the modal opens over the page that is there and what was typed stays. Without
// this script the server answers with the modal as a page of its own.
"use strict";

const modal = document.getElementById("modal");

function tell(answer) {
  document.getElementById("modal-code").textContent = answer.code;
  document.getElementById("modal-back").hidden = !answer.retryable;
  document.getElementById("modal-support").hidden = answer.retryable;
  modal.showModal();
}

// tried asks the server. It is true where the modal has told why not, and else the answer.
async function tried(address, options) {
  const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
  if (answer.status === 503 && (answer.headers.get("Content-Type") || "").startsWith("application/json")) {
    tell(await answer.json());
    return null;
  }
  return answer;
}

function wire(root) {
  for (const link of root.querySelectorAll("a[data-keyed]")) link.addEventListener("click", follow);
  for (const form of root.querySelectorAll("form[data-keyed]")) form.addEventListener("submit", send);
}

async function follow(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = event.currentTarget.href;
  try {
    if (await tried(address)) location.assign(address);
  } catch {
    location.assign(address);
  }
}

async function send(event) {
  event.preventDefault();
  const { currentTarget: form, submitter: button } = event;
  const body = new URLSearchParams(new FormData(form, button));
  button.disabled = true;
  try {
    const answer = await tried(form.action, { method: "POST", body });
    if (answer && answer.redirected) location.assign(answer.url);
    else if (answer) show(await answer.text());
  } finally {
    button.disabled = false;
  }
}

// show puts the answer to a form in the place of what was there.
function show(text) {
  const main = document.getElementById("main");
  main.replaceChildren(...new DOMParser().parseFromString(text, "text/html").getElementById("main").childNodes);
  wire(main);
  main.focus();
}

wire(document);

// Where something is hidden, say when the key is back.
if (document.querySelector("[data-wait]")) {
  const timer = setInterval(async () => {
    try {
      const answer = await (await fetch("/key")).json();
      if (answer.state === "available") {
        document.getElementById("back").hidden = false;
        clearInterval(timer);
      }
    } catch {
      // asked again
    }
  }, 2000);
}
