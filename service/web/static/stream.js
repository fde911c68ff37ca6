// Asks a question and follows its answer: POST /v1/chat as server-sent events. A stream that breaks off is
// taken up again where it stopped; a service that answers whole is understood too.
"use strict";

Parley.stream = (() => {
  const PAUSES = [300, 1000, 2500, 5000]; // ms before each try to take a stream up again

  // What the service said, as a sentence; a field or a file that it begins with stays as it is written.
  function sentence(said) {
    const words = /^[a-z]+ /.test(said) ? said[0].toUpperCase() + said.slice(1) : said;
    return /[.!?]$/.test(words) ? words : `${words}.`;
  }

  // The service refused, or failed: what it said, for the reader.
  class Refused extends Error {
    constructor(problem, status, wait) {
      super(problem?.detail ?? problem?.title ?? `The service refused the question (status ${status}) and did not say why.`);
      this.told = sentence(this.message);
      const remedy = problem?.remedy ?? "";
      this.remedy = remedy.includes("openapi.json") ? "" : remedy; // which is for programs
      this.status = status;
      this.wait = /^\d+$/.test(wait ?? "") ? wait : null;
    }
  }

  async function refusal(response) {
    const said = await response.json().catch(() => null);
    return new Refused(said, response.status, response.headers.get("Retry-After"));
  }

  // The events of one response, as far as it goes.
  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let left = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const frames = (left + value).split("\n\n");
      left = frames.pop();
      for (const frame of frames) {
        const event = {};
        for (const line of frame.split("\n")) {
          const at = line.indexOf(": ");
          if (at > 0) event[line.slice(0, at)] = line.slice(at + 2);
        }
        if (event.data) yield { id: Number(event.id), name: event.event, data: JSON.parse(event.data) };
      }
    }
  }

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // Tells `on.status` and `on.statement` what comes; gives the answer. Throws Refused, AbortError, TypeError.
  async function follow(body, on, signal) {
    const headers = { "Content-Type": "application/json", Accept: "text/event-stream, application/json;q=0.5" };
    let response = await fetch("/v1/chat", { method: "POST", headers, body: JSON.stringify(body), signal });
    let id = null; // of the answer
    let last = 0; // event that came
    for (let tries = 0; ; tries += 1) {
      if (!response.ok) throw await refusal(response);
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
      try {
        for await (const event of events(response)) {
          last = event.id;
          tries = 0;
          if (event.name === "done") return event.data.answer;
          if (event.name === "error") throw new Refused(event.data, event.data.status, null);
          id = event.data.answer_id ?? id;
          on[event.name]?.(event.data);
        }
      } catch (fault) {
        if (fault.name === "AbortError" || fault instanceof Refused || fault instanceof SyntaxError) throw fault;
      }
      response = await again(id, last, tries, signal);
    }
  }

  async function again(id, last, tries, signal) {
    if (id === null) throw new TypeError("the stream ended before it began");
    for (let next = tries; next < PAUSES.length; next += 1) {
      await pause(PAUSES[next]);
      signal.throwIfAborted();
      try {
        return await fetch(`/v1/answers/${id}/events`, { headers: { "Last-Event-ID": `${last}` }, signal });
      } catch (fault) {
        if (fault.name === "AbortError") throw fault;
      }
    }
    throw new TypeError("the stream broke off");
  }

  return { follow, refusal, Refused };
})();
