// Moves the numbers of a reseller's page while it is open: an element #board with data-live (the account) and where its numbers stand in the
// feed. What does not follow on what the page shows makes it ask for itself again, so that a lost message costs a moment and never a wrong number.
(() => {
  const board = document.getElementById("board");
  if (!board || !window.signalR) return;

  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const said = (number) => number.toLocaleString(language);
  const happens = () => document.getElementById("happens");
  const beat = document.getElementById("beat");
  const status = document.getElementById("said");
  let stands = { feed: board.dataset.feed, number: Number(board.dataset.number) };
  let asking = null;
  let held = [];
  let quiet = 0;
  let compared = -Infinity;
  let wait = 300;

  const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, at) => values[at]);
  const put = (element, text) => {
    if (!element || element.textContent === text) return;
    element.textContent = text;
    element.classList.remove("moved");
    void element.offsetWidth;
    element.classList.add("moved");
  };

  const time = (at, short) => {
    const zone = { timeZone: board.dataset.zone };
    const date = new Date(at);
    const day = (when) => when.toLocaleDateString("en-CA", zone);
    const clock = date.toLocaleTimeString("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });
    return short && day(date) === day(new Date()) ? clock : `${date.toLocaleDateString(language, { ...zone, weekday: "short", day: "numeric", month: "short" })}, ${clock}`;
  };

  // As the server draws them.
  const line = (numbers) => {
    const most = Math.max(1, ...numbers);
    return numbers.map((number, at) => `${(1 + (at * 76) / Math.max(1, numbers.length - 1)).toFixed(1)},${(20 - (number * 18) / most).toFixed(1)}`).join(" ");
  };
  const draw = (chart, numbers) => {
    if (!chart) return;
    const most = Math.max(1, ...numbers);
    chart.querySelectorAll("rect").forEach((bar, at) => {
      const height = numbers[at] === 0 ? 0 : Math.max(2, Math.round((numbers[at] * 78) / most));
      bar.setAttribute("height", height);
      bar.setAttribute("y", 80 - height);
    });
    chart.querySelectorAll("tbody td").forEach((cell, at) => (cell.textContent = said(numbers[at])));
  };

  const show = (client) => {
    const row = document.getElementById(`client-${client.id}`);
    if (!row || Number(row.dataset.version) > client.version) return;
    const figure = (name) => row.querySelector(`[data-figure="${name}"]`);
    const limited = typeof client.allowed === "number";
    put(figure("used"), limited ? fill(board.dataset.of, said(client.used), said(client.allowed)) : fill(board.dataset.noLimit, said(client.used)));
    put(figure("today"), said(client.today));
    put(figure("week"), said(client.week));
    row.dataset.version = client.version;
    row.dataset.level = !limited ? "none" : client.used >= client.allowed ? "full" : client.used * 5 >= client.allowed * 4 ? "near" : "free";
    row.querySelector(".share rect").setAttribute("width", limited ? Math.min(100, Math.floor((client.used * 100) / Math.max(1, client.allowed))) : 0);
    row.querySelector(".trend polyline").setAttribute("points", line(client.trend));
  };

  const isNew = (id, booked) => {
    const figure = document.querySelector(`#client-${id} [data-figure="new"]`);
    if (figure) put(figure, said(Number(figure.textContent.replace(/\D/g, "")) + booked));
  };

  const happened = (one) => {
    const list = happens();
    const kind = document.querySelector(`template[data-kind="${one.kind}"]`);
    if (!list || !kind || (list.dataset.client && Number(list.dataset.client) !== one.client) || (one.id && list.querySelector(`[data-event="${one.id}"]`))) return;
    const item = kind.content.firstElementChild.cloneNode(true);
    item.dataset.event = one.id;
    const text = item.querySelector(".text");
    text.textContent = fill(text.textContent, one.starts ? time(one.starts) : "");
    item.querySelector("b").textContent = one.name;
    item.querySelector("time").textContent = time(one.at, true);
    if (!one.byCustomer) item.querySelector(".by").remove();
    item.classList.add("moved");
    list.prepend(item);
    while (list.children.length > Number(list.dataset.most)) list.lastElementChild.remove();
  };

  // Said to those who listen to the page, now and then and in one sentence.
  const tally = { Booked: 0, Moved: 0, Cancelled: 0 };
  setInterval(() => {
    if (status && tally.Booked + tally.Moved + tally.Cancelled > 0) {
      status.textContent = fill(status.dataset.said, said(tally.Booked), said(tally.Moved), said(tally.Cancelled));
      tally.Booked = tally.Moved = tally.Cancelled = 0;
    }
  }, 20000);

  const numbers = (root) => [...root.querySelectorAll("[data-figure], [data-total]")].map((element) => element.textContent).join("|");

  // The whole picture, as this page's own address has it now. Where one stands in the page is kept. While it is not answered, each time is twice as late.
  const again = (isCheck = false) => {
    asking ??= (async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * wait));
      wait = Math.min(30000, 2 * wait);
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
        if (fresh) wait = 300;
        if (!fresh || !board.querySelector("[id^=part-]")) {
          if (fresh || answer.status === 404 || answer.redirected) location.reload();
          return;
        }
        if (isCheck === true && fresh.dataset.feed === stands.feed && Number(fresh.dataset.number) === stands.number) {
          board.dataset.compared = numbers(board) === numbers(fresh) ? "equal" : "healed";
        }
        const active = document.activeElement;
        const inside = board.contains(active) && { row: active.closest("[id]")?.id, place: [...(active.closest("[id]") ?? board).querySelectorAll("a, button, summary")].indexOf(active) };
        const open = [...board.querySelectorAll("details[open]")].map((details) => details.closest("[id]").id);
        for (const part of board.querySelectorAll("[id^=part-]")) part.replaceChildren(...(fresh.querySelector(`#${part.id}`)?.childNodes ?? []));
        stands = { feed: fresh.dataset.feed, number: Number(fresh.dataset.number) };
        for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
        if (shown().join() !== asked && connection.state === signalR.HubConnectionState.Connected) listen();
        if (inside) (document.getElementById(inside.row) ?? board).querySelectorAll("a, button, summary")[inside.place]?.focus({ preventScroll: true });
      } catch {
        // Without an answer the page shows what it knew; the connection's return asks again.
      }
    })().finally(() => {
      // What came meanwhile may go beyond what was answered.
      const since = held;
      [asking, held] = [null, []];
      since.forEach(hear);
    });
    return asking;
  };

  const hear = (news) => {
    if (asking) return void held.push(news);
    if (news.feed !== stands.feed || news.from > stands.number || news.rewritten) return void again();
    if (news.number <= stands.number) return;
    stands.number = news.number;
    for (const id of news.gone ?? []) document.getElementById(`client-${id}`)?.remove();
    (news.clients ?? []).forEach(show);
    for (const [id, booked] of Object.entries(news.booked ?? {})) isNew(id, booked);
    for (const name of ["clients", "today", "week", "nearLimit"]) if (news.totals) put(board.querySelector(`[data-total="${name}"]`), said(news.totals[name]));
    if (news.totals) {
      draw(document.getElementById("hours"), news.totals.hours);
      const days = document.getElementById("days");
      if (days) draw(days, [...[...days.querySelectorAll("tbody td")].slice(0, -1).map((cell) => Number(cell.textContent.replace(/\D/g, ""))), news.totals.today]);
    }
    for (const one of news.events ?? []) {
      if (one.kind in tally) tally[one.kind]++;
      happened(one);
    }

    // Once it is quiet after a burst, now and then, what is shown is held against what is.
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      if (performance.now() - compared < 300000) return;
      compared = performance.now();
      again(true);
    }, 3000);
  };

  // Whoever has the page before their eyes has seen it: the next visit counts what is new from there.
  const look = () => {
    const seen = document.getElementById("seen");
    if (!seen || document.hidden) return;
    fetch(seen.action.replace("handler=Seen", "handler=Look"), { method: "POST", body: new FormData(seen), keepalive: true }).catch(() => {});
  };
  look();
  setInterval(look, 300000);

  // Only the clients that the page shows are told of: when it shows others, not when it shows them in another order, it asks for those.
  const shown = () => [...board.querySelectorAll("[data-client]")].filter((row) => row.tagName === "TR").map((row) => Number(row.dataset.client)).sort((one, other) => one - other);
  let stream = null;
  let asked = "";
  const listen = () => {
    const now = shown();
    asked = now.join();
    stream?.dispose();
    stream = connection.stream("Watch", board.dataset.live, now);
    stream = stream.subscribe({
      next: (news) => {
        board.dataset.listening = "";
        if (beat) beat.hidden = false;
        hear(news);
      },
      error: again,
      complete: () => {},
    });
  };
  const connection = listening(
    "/live/reseller",
    (isAgain) => {
      listen();
      if (isAgain) again();
    },
    () => {
      delete board.dataset.listening;
      if (beat) beat.hidden = true;
    },
  );
})();
