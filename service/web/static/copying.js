// An answer as text to take away, each statement with its sources: plain, as Markdown, and with links for a
// document or a letter.
"use strict";

Object.assign(Parley, (() => {
  const { make, day, alsoIn, ownLink } = Parley;

  const flat = (text) => text.replace(/\s+/g, " ").trim();
  const escaped = (text) => flat(text).replace(/[\\`*_[\]<>#|~]/g, "\\$&");

  function address(citation) {
    const path = ownLink(citation.article.link);
    return path === null ? null : new URL(`${path}#quote`, location.origin).href;
  }

  function from(citation) {
    if (citation.withdrawn) return "withdrawn";
    const { outlet, published, title } = citation.article;
    const carried = alsoIn(citation)?.textContent ?? null;
    return [title ?? "No title given", outlet ?? "unknown outlet", published === null ? "undated" : day(published)].join(", ")
      + (carried === null ? "" : `. ${carried}`);
  }

  // The statements, each heading before its first.
  function lines(answer) {
    return answer.statements.map((one, at) => ({ one, text: flat(one.text), numbers: one.citations,
      heading: one.heading && one.heading !== answer.statements[at - 1]?.heading ? flat(one.heading) : null }));
  }

  function plain(answer, withAddresses) {
    const said = lines(answer).flatMap(({ text, numbers, heading }) =>
      [...(heading ? [heading] : []), `${text} ${numbers.map((number) => `[${number}]`).join("")}`.trim()]);
    const sources = answer.citations.map((citation) => {
      const quote = citation.withdrawn ? "" : ` “${flat(citation.quote.text)}”`;
      const where = withAddresses && !citation.withdrawn ? ` ${address(citation) ?? ""}` : "";
      return `[${citation.id}] ${from(citation)}.${quote}${where}`;
    });
    return [answer.question, ...said, ...(sources.length ? [`Sources\n${sources.join("\n")}`] : [])].join("\n\n");
  }

  function markdown(answer) {
    const links = new Map(answer.citations.map((one) => [one.id, one.withdrawn ? null : address(one)]));
    const number = (id) => (links.get(id) ? `[\\[${id}\\]](${links.get(id)})` : `\\[${id}\\]`);
    const said = lines(answer).flatMap(({ text, numbers, heading }) =>
      [...(heading ? [`### ${escaped(heading)}`] : []), `${escaped(text)} ${numbers.map(number).join(" ")}`.trim()]);
    const sources = answer.citations.map((citation) => `- ${number(citation.id)} ${escaped(from(citation))}` +
      (citation.withdrawn ? "" : `: “${escaped(citation.quote.text)}”`));
    return [`## ${escaped(answer.question)}`, ...said, ...(sources.length ? [sources.join("\n")] : [])].join("\n\n");
  }

  function number(citation) {
    const link = citation.withdrawn ? null : address(citation);
    return link === null ? `[${citation.id}]` : make("a", { href: link }, `[${citation.id}]`);
  }

  // What a word processor takes: made of elements, so that nothing in an article becomes markup.
  function rich(answer) {
    const known = new Map(answer.citations.map((citation) => [citation.id, citation]));
    const whole = make("div", {}, make("h2", {}, answer.question));
    for (const { text, numbers, heading } of lines(answer)) {
      if (heading) whole.append(make("h3", {}, heading));
      const said = make("p", {}, text);
      for (const id of numbers) if (known.has(id)) said.append(" ", number(known.get(id)));
      whole.append(said);
    }
    for (const citation of answer.citations) {
      const quote = citation.withdrawn ? "" : ` “${flat(citation.quote.text)}”`;
      whole.append(make("p", {}, number(citation), ` ${from(citation)}.${quote}`));
    }
    return new XMLSerializer().serializeToString(whole);
  }

  const FORMS = {
    "as text": (answer) => ({ "text/plain": plain(answer, false) }),
    "as Markdown": (answer) => ({ "text/plain": markdown(answer) }),
    "with links": (answer) => ({ "text/plain": plain(answer, true), "text/html": rich(answer) }),
  };

  // Where the browser keeps the clipboard from a page without TLS, by the copy command.
  function byCommand(forms) {
    const put = (event) => {
      event.preventDefault();
      for (const [type, text] of Object.entries(forms)) event.clipboardData.setData(type, text);
    };
    document.addEventListener("copy", put);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put);
    if (!done) throw new Error("not allowed");
  }

  async function put(forms) {
    if (!navigator.clipboard?.write) return byCommand(forms);
    const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }

  // A button that opens the choice of forms. `tell` says how it went.
  function copying(answer, tell) {
    const choice = make("span", { class: "choice", role: "group", "aria-label": "Copy the answer with its sources" }, "Copy");
    for (const [name, form] of Object.entries(FORMS)) {
      const button = make("button", { type: "button", class: "quiet" }, name);
      button.addEventListener("click", async () => {
        try {
          await put(form(answer));
          tell(`Copied ${name}.`);
        } catch {
          tell("The browser did not allow copying.");
        }
      });
      choice.append(button);
    }
    return choice;
  }

  return { copying };
})());
