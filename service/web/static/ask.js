// The conversation: takes questions, shows the answers as they come, opens and deletes what was held before.
"use strict";

(() => {
  const LIMIT = 2000; // code points, as the service counts them
  const NEAR = 1800;
  const LONGEST_ADDRESS = 2000;
  const TOUCH = matchMedia("(hover: none) and (pointer: coarse)"); // a keyboard would come up over the answer
  const STAGES = { condense: "Reading your question", search: "Searching the articles", answer: "Reading the articles" };
  const { make, growing, drawAnswer, acting, spoken, stream, held, narrowing, suggesting } = Parley;
  const [form, field, submit, cancel, thread, problem, counter, announce, intro, anew] =
    ["composer", "question", "ask", "cancel", "thread", "error", "counter", "announce", "intro", "anew"]
      .map((id) => document.getElementById(id));
  let conversation = null; // its id, once there is one
  let flight = null; // the AbortController of the question being asked
  let edited = null; // the answer and its turn whose question is being edited

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

  function explain(refused) {
    const later = refused.wait && !refused.remedy.includes("ry again in") ? `Try again in ${refused.wait} s.` : "";
    const here = encodeURIComponent(location.pathname + location.search);
    const link = refused.status === 401 ? make("a", { href: `/sign-in?next=${here}` }, "Sign in") : null;
    showProblem(refused.told, [refused.remedy, later].filter(Boolean).join(" "), link);
  }

  function explainFault(fault) {
    if (fault.name === "AbortError") announce.textContent = "Cancelled.";
    else if (fault instanceof stream.Refused) explain(fault);
    else if (fault instanceof SyntaxError) showProblem("The answer arrived damaged.", "Ask again.");
    else {
      showProblem("The service could not be reached.",
        "Check that it is running and that you are connected, then ask again.");
    }
  }

  // The answer, drawn into the turn as it comes; or null, and the page says what went wrong.
  async function fetchAnswer(question, turn, replaced, signal) {
    const body = { question, ...narrowing.filters() };
    if (conversation !== null) body.conversation_id = conversation;
    if (replaced !== null) body.in_place_of = replaced.answer.id;
    const waiting = turn.querySelector(".waiting");
    const grown = growing();
    try {
      const answer = await stream.follow(body, {
        status: (told) => { waiting.textContent = STAGES[told.stage] ?? STAGES.search; },
        statement: (told) => {
          if (!grown.node.isConnected) waiting.before(grown.node);
          grown.add(told.statement, told.citations);
        },
      }, signal);
      return { answer, grown };
    } catch (fault) {
      explainFault(fault);
    }
    return null;
  }

  // A first question is at the top already.
  function bringUp(turn) {
    if (turn.previousElementSibling !== null) turn.scrollIntoView({ block: "start" });
  }

  function showThread() {
    intro.hidden = thread.childElementCount > 0;
    document.getElementById("top").classList.toggle("unseen", intro.hidden);
    anew.hidden = thread.childElementCount === 0;
  }

  // `replaced` waits, hidden, until its place is taken.
  function openTurn(question, replaced = null) {
    const turn = make("article", { class: "turn", "data-question": question },
      make("h2", { class: "asked", dir: "auto" }, make("span", { class: "unseen" }, "You asked: "), question),
      make("p", { class: "waiting" }, STAGES.condense));
    if (replaced === null) thread.append(turn);
    else {
      replaced.turn.after(turn);
      replaced.turn.hidden = true;
    }
    document.title = `${question}: Parley`;
    showThread();
    bringUp(turn);
    return turn;
  }

  function closeTurn(turn, question, replaced) {
    turn.remove();
    if (replaced !== null) replaced.turn.hidden = false;
    showThread();
    if (field.value.trim() === "") field.value = question;
  }

  function share(question) {
    const address = narrowing.address({ q: question });
    if (address.length <= LONGEST_ADDRESS) history.replaceState(null, "", address);
  }

  // The address opens the conversation again.
  function keep(id) {
    conversation = id;
    history.replaceState(null, "", narrowing.address({ c: id }));
    held.show(id);
    showThread();
  }

  function interrupted(turn) {
    const text = turn.state === "in_progress" ? "This question is still being answered. Load the page again in a moment."
      : "The service stopped while it answered this question. Ask it again.";
    return make("p", { class: "note" }, text);
  }

  // Each turn that was asked in place of another there.
  function inPlaces(turns) {
    const placed = [];
    for (const turn of turns) {
      const of = turn.answer?.in_place_of;
      const at = of ? placed.findIndex((one) => one.answer?.id === of) : -1;
      if (at < 0) placed.push(turn);
      else placed[at] = turn;
    }
    return placed;
  }

  // A conversation as it was held; nothing is computed anew.
  async function reopen(id) {
    try {
      const response = await fetch(`/v1/conversations/${encodeURIComponent(id)}`);
      if (response.status === 404) {
        showProblem("This conversation is not here.", "It may have been deleted, or its address was cut off.");
        held.show(null);
        return;
      }
      if (!response.ok) throw await stream.refusal(response);
      const told = await response.json();
      const shown = inPlaces(told.turns);
      for (const turn of shown) {
        openTurn(turn.question).querySelector(".waiting").replaceWith(
          ...(turn.answer === null ? [interrupted(turn)] : [drawAnswer(turn.answer), acting(turn.answer)]));
      }
      const last = [...thread.children].at(-1);
      if (shown.at(-1).answer !== null) suggesting.after(last, shown.at(-1).answer, ask);
      Parley.since(shown.flatMap((turn) => turn.answer?.citations ?? []));
      keep(id);
      announce.textContent = "The conversation is open again.";
    } catch (fault) {
      explainFault(fault);
      held.show(null);
    }
  }

  async function ask(text, replaced = null) {
    const question = text.trim();
    if (question === "" || flight !== null || length(question) > LIMIT) return;
    problem.hidden = true;
    field.value = "";
    edit(null);
    const controller = new AbortController();
    const turn = openTurn(question, replaced);
    if (conversation === null) share(question);
    busy(controller);
    announce.textContent = "Reading the articles.";
    try {
      const got = await fetchAnswer(question, turn, replaced, controller.signal);
      if (got !== null) {
        if (!got.grown.node.isConnected) turn.append(got.grown.node);
        turn.querySelector(".waiting").remove();
        got.grown.finish(got.answer);
        turn.append(acting(got.answer));
        replaced?.turn.remove();
        suggesting.after(turn, got.answer, ask);
        bringUp(turn);
        keep(got.answer.conversation_id);
        announce.textContent = spoken(got.answer);
      }
    } catch (fault) { // an answer of another shape than this page knows
      showProblem("The answer could not be shown.", "Load this page anew, then ask again.");
      throw fault;
    } finally {
      if (turn.querySelector(".waiting") !== null) closeTurn(turn, question, replaced);
      busy(null);
      if (!TOUCH.matches && !thread.contains(document.activeElement)) field.focus({ preventScroll: true });
    }
  }

  // Until it is asked, or left alone with Escape or an empty field.
  function edit(replaced) {
    edited?.turn.classList.remove("edited");
    edited = replaced;
    edited?.turn.classList.add("edited");
    document.getElementById("editing-told").hidden = edited === null;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(field.value, edited);
  });
  field.addEventListener("input", () => {
    count();
    if (field.value === "") edit(null);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(field.value, edited);
  });
  cancel.addEventListener("click", () => flight?.abort());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    flight?.abort();
    edit(null);
  });
  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", () => ask(example.dataset.question));
  }
  busy(null);
  const replacing = (event) => ({ answer: event.detail, turn: event.target.closest(".turn") });
  thread.addEventListener("again", (event) => ask(event.detail.question, replacing(event)));
  thread.addEventListener("edit", (event) => {
    field.value = event.detail.question;
    edit(replacing(event));
    count();
    field.focus();
  });
  const address = new URLSearchParams(location.search);
  if (address.get("c")) reopen(address.get("c"));
  else held.show(null);
  if (address.get("q") && !address.get("c")) { // asked by whoever opened it, not by the address
    field.value = address.get("q");
    count();
  }
})();
