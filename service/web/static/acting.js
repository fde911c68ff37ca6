// What can be done with an answer: copied, judged, shared, asked again or otherwise.
"use strict";

Object.assign(Parley, (() => {
  const { make, day, copying, stream } = Parley;
  const REASONS = {
    wrong: "It says something wrong",
    unsupported: "The quotations do not bear it out",
    outdated: "It is out of date",
    missing: "Something is missing",
  };

  async function send(answer, body, tell) {
    try {
      const response = await fetch(`/v1/answers/${answer.id}/feedback`,
        { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!response.ok) throw await stream.refusal(response);
      tell("Thank you; noted.");
      return true;
    } catch (fault) {
      tell(fault instanceof stream.Refused ? fault.told : "The service could not be reached.");
      return false;
    }
  }

  // What is wrong with an answer, and words on it: asked for once it was called no good.
  function reasons(answer, tell) {
    const form = make("form", { class: "reasons", hidden: "" });
    const choice = make("fieldset", {}, make("legend", {}, "What is wrong with it?"));
    for (const [value, words] of Object.entries(REASONS)) {
      choice.append(make("label", {}, make("input", { type: "radio", name: "reason", value }), ` ${words}`));
    }
    const comment = make("textarea", { name: "comment", rows: "2", maxlength: "2000" });
    form.append(choice, make("label", {}, "In your words, if you like", comment),
      make("div", { class: "controls" }, make("button", { type: "submit" }, "Send")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = new FormData(form);
      const body = { rating: "down" };
      if (given.get("reason")) body.reason = given.get("reason");
      if (given.get("comment").trim()) body.comment = given.get("comment");
      if (await send(answer, body, tell)) form.hidden = true;
    });
    return form;
  }

  function verdict(answer, tell) {
    const why = reasons(answer, tell);
    const choice = make("span", { class: "choice", role: "group", "aria-label": "Was this answer good?" }, "Good answer?");
    const buttons = [["yes", "up"], ["no", "down"]].map(([words, rating]) => {
      const button = make("button", { type: "button", class: "quiet", "aria-pressed": "false" }, words);
      button.addEventListener("click", async () => {
        if (!await send(answer, { rating }, tell)) return;
        for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
        why.hidden = rating === "up";
        if (rating === "down") why.querySelector("input").focus();
      });
      return button;
    });
    choice.append(...buttons);
    return { choice, why };
  }

  // The link is shown, and copied where the browser lets it be.
  async function share(answer, told) {
    try {
      const response = await fetch(`/v1/answers/${answer.id}/share`, { method: "POST" });
      if (!response.ok) throw await stream.refusal(response);
      const { link, expires } = await response.json();
      const href = new URL(link, location.origin).href;
      const until = expires === null ? "" : `, until ${day(expires)}, without a key`;
      const copied = await navigator.clipboard?.writeText(href).then(() => "Copied: ", () => "") ?? "";
      told.replaceChildren(copied, make("a", { href }, "a link to this answer"), `. Whoever has it can read the answer${until}.`);
    } catch (fault) {
      told.textContent = fault instanceof stream.Refused ? fault.told : "The service could not be reached.";
    }
  }

  function again(answer, told) {
    const choice = make("span", { class: "choice", role: "group", "aria-label": "More" });
    for (const [words, name] of [["ask again", "again"], ["edit the question", "edit"]]) {
      const button = make("button", { type: "button", class: "quiet" }, words);
      button.addEventListener("click", () => button.dispatchEvent(
        new CustomEvent(name, { bubbles: true, detail: answer })));
      choice.append(button);
    }
    const sharing = make("button", { type: "button", class: "quiet" }, "share");
    sharing.addEventListener("click", () => share(answer, told));
    choice.append(sharing);
    return choice;
  }

  // The row below an answer. The page listens for its events `again` and `edit`.
  function acting(answer) {
    const told = make("p", { class: "told hint", role: "status" });
    const tell = (words) => { told.textContent = words; };
    const judged = verdict(answer, tell);
    return make("div", { class: "acting" },
      make("div", { class: "row" }, copying(answer, tell), judged.choice, again(answer, told)), judged.why, told);
  }

  return { acting };
})());
