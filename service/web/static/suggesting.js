// What may be asked next, below the last answer: more of it, and what goes on from it.
"use strict";

Parley.suggesting = (() => {
  const { make, stream, narrowing } = Parley;
  const MORE = "Tell me more.";

  async function questions(answer) {
    const response = await fetch(`/v1/answers/${encodeURIComponent(answer.id)}/next`);
    if (!response.ok) throw await stream.refusal(response);
    return (await response.json()).questions;
  }

  // Of all articles: where some were chosen they may not be answered.
  function goingOn(answer) {
    if (Object.keys(narrowing.filters()).length) return [];
    return questions(answer).catch(() => []); // suggestions are no more than that
  }

  // In the place of those below the answer before. `ask` takes a question.
  async function after(turn, answer, ask) {
    const asked = new Set([...document.querySelectorAll(".turn")].map((one) => one.dataset.question));
    const more = ["answered", "partial"].includes(answer.status) && answer.question !== MORE ? [MORE] : [];
    document.querySelector(".next")?.remove();
    const next = [...more, ...await goingOn(answer)].filter((question) => !asked.has(question));
    // What comes late, when another was asked or a new conversation begun, leaves theirs alone.
    if (!turn.isConnected || turn.nextElementSibling !== null) return;
    if (next.length === 0 || document.getElementById("composer").hidden) return;
    document.querySelector(".next")?.remove();
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
