// Draws the answer that the page holds.
"use strict";

(() => {
  const place = document.getElementById("shared");
  const answer = JSON.parse(place.dataset.answer);
  const told = Parley.make("p", { class: "told hint", role: "status" });
  const copying = Parley.copying(answer, (words) => { told.textContent = words; });
  place.replaceChildren(Parley.drawAnswer(answer), Parley.make("div", { class: "acting" }, copying, told));
  Parley.since(answer.citations, JSON.parse(place.dataset.articles));
})();
