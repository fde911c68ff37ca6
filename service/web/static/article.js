// Brings the marked quotation into view where the address has no "#quote" of its own.
"use strict";

(() => {
  const quote = document.getElementById("quote");
  if (quote === null || location.hash) return;
  quote.scrollIntoView({ block: "center" });
  quote.focus({ preventScroll: true });
})();
