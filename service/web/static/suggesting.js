// What may be asked next, below the last answer: more of it, and what the articles at hand answer.
"use strict";

Parley.suggesting = (() => {
  const { make, stream, narrowing } = Parley;
  const MORE = "Tell me more.";
  let known = null; // a promise of the questions that the service suggests

  async function questions() {
    const response = await fetch("/v1/about");
    if (!response.ok) throw await stream.refusal(response);
    return (await response.json()).questions;
  }

  // Of all articles: where some were chosen they may not be answered.
  function ofTheArticles() {
    if (Object.keys(narrowing.filters()).length) return [];
    known ??= questions().catch(() => []); // suggestions are no more than that
    return known;
  }

  // In the place of those below the answer before. `ask` takes a question.
  async function after(turn, answer, ask) {
    const asked = new Set([...document.querySelectorAll(".turn")].map((one) => one.dataset.question));
    const more = ["answered", "partial"].includes(answer.status) && answer.question !== MORE ? [MORE] : [];
    const next = [...more, ...await ofTheArticles()].filter((question) => !asked.has(question));
    document.querySelector(".next")?.remove();
    if (next.length === 0 || document.getElementById("composer").hidden || turn.nextElementSibling !== null) return;
    const list = make("ul");
    for (const question of next) {
      const button = make("button", { type: "button", class: "example" }, question);
      button.addEventListener("click", () => ask(question));
      list.append(make("li", {}, button));
    }
    turn.append(make("section", { class: "next" }, make("h3", {}, "Ask next"), list));
  }

  return { after };
})();
