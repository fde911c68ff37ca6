// The conversation: takes questions, sends them to POST /v1/chat, shows the answers.
"use strict";

(() => {
  const LIMIT = 2000; // code points, as the service counts them
  const NEAR = 1800;
  const LONGEST_ADDRESS = 2000;
  const { make, drawAnswer, spoken } = Parley;
  const [form, field, submit, cancel, thread, problem, counter, announce, intro, anew] =
    ["composer", "question", "ask", "cancel", "thread", "error", "counter", "announce", "intro", "anew"]
      .map((id) => document.getElementById(id));
  let conversation = null; // its id, once there is one
  let flight = null; // the AbortController of the question being asked

  const length = (text) => [...text].length;

  function count() {
    const long = length(field.value.trim());
    counter.textContent = long < NEAR ? "" : `${long.toLocaleString("en")} of ${LIMIT.toLocaleString("en")} characters`;
    counter.classList.toggle("over", long > LIMIT);
    submit.disabled = flight !== null || long > LIMIT;
  }

  function busy(controller) {
    flight = controller;
    cancel.hidden = controller === null;
    form.setAttribute("aria-busy", String(controller !== null));
    for (const example of document.querySelectorAll(".example")) example.disabled = controller !== null;
    count();
  }

  function showProblem(detail, remedy, link) {
    problem.replaceChildren(make("p", {}, detail), ...(remedy ? [make("p", {}, remedy)] : []),
      ...(link ? [make("p", {}, link)] : []));
    problem.hidden = false;
  }

  async function post(question, signal) {
    const body = { question };
    if (conversation !== null) body.conversation_id = conversation;
    return fetch("/v1/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  }

  async function explain(response) {
    const found = await response.json().catch(() => null);
    const detail = found?.detail ?? found?.title ?? `The service refused the question (status ${response.status}) and did not say why.`;
    const wait = response.headers.get("Retry-After");
    const later = /^\d+$/.test(wait ?? "") ? `Try again in ${wait} s.` : "";
    const here = encodeURIComponent(location.pathname + location.search);
    const link = response.status === 401 ? make("a", { href: `/sign-in?next=${here}` }, "Sign in") : null;
    showProblem(detail, [found?.remedy, later].filter(Boolean).join(" "), link);
  }

  function explainFault(fault) {
    if (fault.name === "AbortError") announce.textContent = "Cancelled.";
    else if (fault instanceof SyntaxError) showProblem("The answer arrived damaged.", "Ask again.");
    else {
      showProblem("The service could not be reached.",
        "Check that it is running and that you are connected, then ask again.");
    }
  }

  // The answer; or null, and the page says what went wrong.
  async function fetchAnswer(question, signal) {
    try {
      const response = await post(question, signal);
      if (response.ok) return await response.json();
      await explain(response);
    } catch (fault) {
      explainFault(fault);
    }
    return null;
  }

  // A first question is at the top already.
  function bringUp(turn) {
    if (turn.previousElementSibling !== null) turn.scrollIntoView({ block: "start" });
  }

  function openTurn(question) {
    const turn = make("article", { class: "turn" },
      make("h2", { class: "asked", dir: "auto" }, make("span", { class: "unseen" }, "You asked: "), question),
      make("p", { class: "waiting" }, "Reading the articles"));
    thread.append(turn);
    intro.hidden = true;
    anew.hidden = false;
    bringUp(turn);
    return turn;
  }

  function closeTurn(turn, question) {
    turn.remove();
    intro.hidden = thread.childElementCount > 0;
    anew.hidden = thread.childElementCount === 0;
    if (field.value.trim() === "") field.value = question;
  }

  function share(question) {
    const address = `?q=${encodeURIComponent(question)}`;
    if (address.length <= LONGEST_ADDRESS) history.replaceState(null, "", address);
  }

  async function ask(text) {
    const question = text.trim();
    if (question === "" || flight !== null || length(question) > LIMIT) return;
    problem.hidden = true;
    field.value = "";
    const controller = new AbortController();
    const turn = openTurn(question);
    if (conversation === null) share(question);
    busy(controller);
    announce.textContent = "Reading the articles.";
    try {
      const answer = await fetchAnswer(question, controller.signal);
      if (answer !== null) {
        turn.querySelector(".waiting").replaceWith(drawAnswer(answer));
        bringUp(turn);
        conversation = answer.conversation_id;
        announce.textContent = spoken(answer);
      }
    } catch (fault) { // an answer of another shape than this page knows
      showProblem("The answer could not be shown.", "Load this page anew, then ask again.");
      throw fault;
    } finally {
      if (turn.querySelector(".waiting") !== null) closeTurn(turn, question);
      busy(null);
      if (!thread.contains(document.activeElement)) field.focus({ preventScroll: true });
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(field.value);
  });
  field.addEventListener("input", count);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(field.value);
  });
  cancel.addEventListener("click", () => flight?.abort());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") flight?.abort();
  });
  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", () => ask(example.dataset.question));
  }
  busy(null);
  const shared = new URLSearchParams(location.search).get("q");
  if (shared) ask(shared);
})();
