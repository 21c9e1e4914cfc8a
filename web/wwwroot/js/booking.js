// Keeps an open booking page true: times that are taken or freed elsewhere change where they stand, a chosen time is shown
// without a new page, and a time is held while its form is filled in. Without this script every step is a link or a form.
(() => {
  const live = document.querySelector("[data-live]");
  if (!live) return;

  const said = document.getElementById("said");
  const format = (text, value) => text.replace("{0}", value);

  // Screen readers hear changes in one sentence, and not more often than they can be listened to.
  let waiting = null;
  let lastSaid = 0;
  const say = (sentence) => {
    if (!said) return;
    const wait = Math.max(0, lastSaid + 3000 - Date.now());
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      lastSaid = Date.now();
      said.textContent = sentence;
    }, wait);
  };

  // --- Listening -----------------------------------------------------------------------------------------------------------

  // Tells `hear` every set of free starts, in seconds, that differs from the one before. A missed number is asked for anew.
  const listen = (hear) => {
    if (!window.signalR || !window.WebSocket) return;
    const number = (text) => (text ? Number(text) : null);
    const wanted = {
      account: live.dataset.account,
      schedule: live.dataset.schedule,
      from: live.dataset.from,
      to: live.dataset.to,
      resource: number(live.dataset.resource),
      length: number(live.dataset.length),
    };
    let free = null;
    let feed = null;
    let last = 0;
    let stream = null;
    const ask = () => {
      stream?.dispose();
      stream = connection.stream("Watch", wanted).subscribe({
        next: (change) => {
          if (change.free) {
            const before = free;
            free = new Set(change.free);
            feed = change.feed;
            last = change.number;
            hear(free, before);
            return;
          }
          if (change.feed !== feed || change.number !== last + 1) {
            ask();
            return;
          }
          last = change.number;
          const before = new Set(free);
          change.taken?.forEach((start) => free.delete(start));
          change.freed?.forEach((start) => free.add(start));
          hear(free, before);
        },
        error: () => {},
        complete: () => {},
      });
    };
    const connection = listening("/live", ask);
  };

  // --- The week ------------------------------------------------------------------------------------------------------------

  const week = () => {
    const strip = live.querySelector("ol.week");
    const times = [...live.querySelectorAll("a.time[data-t]")];
    const dayFrom = Number(live.dataset.dayFrom);
    const dayTo = Number(live.dataset.dayTo);
    const summary = document.getElementById("summary");
    const isShown = (start) => start >= dayFrom && start < dayTo;
    const labelOf = (time) => time.firstChild.textContent.trim();
    const chosen = () => times.find((time) => time.getAttribute("aria-current") === "true");

    // The chosen time comes with the form that holds it; without an answer the page itself is fetched, as it would be without scripts.
    let asked = 0;
    const choose = async (time) => {
      const mine = ++asked;
      chosen()?.removeAttribute("aria-current");
      time.setAttribute("aria-current", "true");
      try {
        const answer = await fetch(`${time.href}&handler=Chosen`, { redirect: "error" });
        const html = answer.ok ? await answer.text() : "";
        const aside = new DOMParser().parseFromString(html, "text/html").getElementById("summary");
        if (!aside) throw new Error(answer.status);
        if (mine !== asked) return;
        summary.replaceChildren(...aside.childNodes);
        summary.classList.toggle("stays", aside.classList.contains("stays"));
        history.replaceState(null, "", time.href);
        say(format(live.dataset.chose, time.dataset.when));
      } catch {
        if (mine === asked) location.href = time.href;
      }
    };

    const lose = (time) => {
      asked++;
      time.removeAttribute("aria-current");
      const near = times
        .filter((other) => !other.classList.contains("gone"))
        .sort((one, other) => Math.abs(one.dataset.t - time.dataset.t) - Math.abs(other.dataset.t - time.dataset.t))
        .slice(0, 3)
        .sort((one, other) => one.dataset.t - other.dataset.t);
      const sentence = document.createElement("strong");
      sentence.textContent = summary.dataset.lost;
      const told = document.createElement("p");
      told.id = "told";
      told.append(sentence);
      if (near.length > 0) told.append(" ", summary.dataset.nearest);
      const list = document.createElement("p");
      list.className = "near";
      for (const other of near) {
        const link = document.createElement("a");
        link.className = "time";
        link.href = other.href;
        link.textContent = labelOf(other);
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          choose(other);
          other.focus();
        });
        list.append(link);
      }
      const card = document.createElement("div");
      card.className = "card";
      card.append(told, list);
      summary.replaceChildren(card);
      summary.classList.add("stays");
      say(summary.dataset.lost);
    };

    live.addEventListener("click", (event) => {
      const time = event.target.closest("a.time[data-t]");
      if (!time) return;
      if (time.classList.contains("gone")) {
        event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      choose(time);
    });

    const strike = (time, gone) => {
      time.classList.toggle("gone", gone);
      if (gone) time.setAttribute("aria-disabled", "true");
      else time.removeAttribute("aria-disabled");
    };

    const count = (free) => {
      for (const day of strip.querySelectorAll("a.day")) {
        const from = Number(day.dataset.from);
        const to = Number(day.dataset.to);
        let sum = 0;
        for (const start of free) if (start >= from && start < to) sum++;
        // What this visitor holds is free for nobody else.
        for (const time of times) if (time.classList.contains("held") && time.dataset.t >= from && time.dataset.t < to && !free.has(Number(time.dataset.t))) sum++;
        const long = day.querySelector(".count");
        const words = sum === 0 ? strip.dataset.longNone : format(sum === 1 ? strip.dataset.longOne : strip.dataset.longMany, sum);
        if (long.textContent === words) continue;
        long.textContent = words;
        day.classList.toggle("none", sum === 0);
        const short = day.querySelector("i");
        if (sum === 0) short.textContent = strip.dataset.none;
        else {
          const word = document.createElement("span");
          word.className = "word";
          word.textContent = ` ${sum === 1 ? strip.dataset.one : strip.dataset.many}`;
          short.replaceChildren(String(sum), word);
        }
        short.classList.remove("changed");
        void short.offsetWidth;
        short.classList.add("changed");
      }
    };

    listen((free) => {
      const taken = [];
      const freed = [];
      for (const time of times) {
        if (time.classList.contains("held")) continue;
        const gone = !free.has(Number(time.dataset.t));
        if (gone === time.classList.contains("gone")) continue;
        strike(time, gone);
        (gone ? taken : freed).push(time);
      }
      count(free);
      const known = new Set(times.map((time) => Number(time.dataset.t)));
      const more = document.getElementById("more");
      if (more) more.hidden = ![...free].some((start) => isShown(start) && !known.has(start));
      const lost = taken.find((time) => time.getAttribute("aria-current") === "true");
      if (lost) lose(lost);
      else if (taken.length === 1) say(format(live.dataset.taken, labelOf(taken[0])));
      else if (taken.length > 1) say(format(live.dataset.takenMany, taken.length));
      else if (freed.length === 1) say(format(live.dataset.freed, labelOf(freed[0])));
      else if (freed.length > 1) say(format(live.dataset.freedMany, freed.length));
      live.dataset.heard = String(Number(live.dataset.heard ?? 0) + 1);
    });
  };

  // --- The form ------------------------------------------------------------------------------------------------------------

  const form = () => {
    const start = Number(live.dataset.t);
    const standing = document.getElementById("standing");
    const path = live.getAttribute("action");
    let leaving = false;
    let ending = null;

    const show = (html) => {
      const parsed = new DOMParser().parseFromString(html, "text/html");
      const wasHeld = standing.querySelector("[data-until]") !== null;
      const isHeld = parsed.querySelector("[data-until]") !== null;
      const isLost = parsed.querySelector("[data-lost]") !== null;
      // Held as before: nobody has to hear it again.
      const isSame = isHeld && untilOf(parsed) === untilOf(standing);
      if (!isLost && !isHeld && wasHeld) {
        const line = document.createElement("p");
        line.className = "held-line";
        line.textContent = live.dataset.released;
        standing.replaceChildren(line);
      } else if (!isSame) {
        standing.replaceChildren(...parsed.body.childNodes);
      }
      bar(isLost, parsed.querySelector("[data-booked]") !== null);
      follow();
    };

    const untilOf = (page) => page.querySelector("[data-until]")?.dataset.until;

    // On a phone the summary is all that is seen while typing: there too the time is struck through and cannot be pressed.
    const summary = document.querySelector("aside.summary");
    const bar = (isLost, isOwn) => {
      summary.classList.toggle("lost", isLost);
      summary.querySelector("button").disabled = isLost;
      summary.querySelector(".lost-line").hidden = !isLost || isOwn;
    };

    // Two answers may cross: only the newest question's counts.
    let asked = 0;
    const ask = async (handler, post) => {
      const mine = ++asked;
      const query = new URLSearchParams({ handler, At: live.elements.At.value, Resource: live.elements.Resource.value, Length: live.elements.Length.value });
      try {
        const answer = post
          ? await fetch(`${path}?handler=${handler}`, { method: "POST", body: fields(), redirect: "error" })
          : await fetch(`${path}?${query}`, { redirect: "error" });
        if (answer.ok && mine === asked && !leaving) {
          show(await answer.text());
          return;
        }
      } catch {
        // Nothing was learnt: the form is judged when it is sent.
      }
      if (mine === asked) follow();
    };

    const fields = () => {
      const body = new FormData();
      for (const name of ["At", "Resource", "Length", "form-token"]) body.append(name, live.elements[name].value);
      return body;
    };

    // The hold ends by the clock, or by staff who put something over it. That changes no free time of others, so it is not heard
    // but asked: every few seconds, and then whether the time is still free.
    const follow = () => {
      clearTimeout(ending);
      const until = untilOf(standing);
      if (!until) return;
      const left = Number(until) * 1000 + 1000 - Date.now();
      ending = setTimeout(() => ask("Standing"), left > 0 ? Math.min(10_000, left) : 10_000);
    };

    const isLost = () => standing.querySelector("[data-lost]") !== null;
    if (isLost()) bar(true, standing.querySelector("[data-booked]") !== null);
    listen((free, before) => {
      const isFree = free.has(start);
      const isHeld = standing.querySelector("[data-until]") !== null;
      if ((before && before.has(start) !== isFree) || (!isHeld && isFree === isLost())) ask("Standing");
    });

    // What came back with faults stands under the address of its time: going back or reloading asks for that, and sends nothing again.
    if (!new URLSearchParams(location.search).has("at")) {
      const chosen = [["at", "At"], ["resource", "Resource"], ["length", "Length"]].map(([key, name]) => [key, live.elements[name].value]);
      history.replaceState(null, "", `${path}?${new URLSearchParams(chosen.filter(([, value]) => value))}`);
    }

    // And it is read from its summary on.
    document.getElementById("wrong")?.focus();

    // Told before the page is gone, so that the time is free for others at once.
    document.addEventListener("submit", () => (leaving = true));
    addEventListener("pagehide", () => {
      if (!leaving && standing.querySelector("[data-until]")) navigator.sendBeacon(`${path}?handler=Leave`, fields());
    });
    addEventListener("pageshow", (event) => {
      leaving = false;
      if (event.persisted) ask("Keep", true);
    });

    if (!isLost() && standing.querySelector("[data-until]") === null) ask("Keep", true);
    else follow();
  };

  if (live.dataset.live === "week") week();
  else form();
})();
