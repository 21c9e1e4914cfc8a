// Draws the back office's calendar over the list that the page brings: moves by dragging with undo, lengths by pulling, books on empty
// stretches. Times are the schedule's wall clock; the rules are the server's.
(() => {
  const frame = document.getElementById("calendar");
  if (!frame || !window.EventCalendar) return;

  // A week's seven columns are too narrow for names on a phone: whoever did not ask for one begins with a day.
  const asked = new URL(location.href);
  if (!asked.searchParams.has("view") && matchMedia("(max-width: 760px)").matches) {
    asked.searchParams.set("view", "day");
    location.replace(asked);
    return;
  }

  const { view, day, locale, offset, schedule } = frame.dataset;
  const resources = JSON.parse(frame.dataset.resources);
  const words = JSON.parse(frame.dataset.words);
  const said = document.getElementById("said");
  const dialog = document.getElementById("overlap");
  const views = { week: "timeGridWeek", day: "resourceTimeGridDay", resources: "resourceTimelineWeek" };

  let busy = 0;
  let waiting = false;
  let letGo = false;

  // The calendar hands out dates whose local fields are the wall clock that it shows, wherever the browser is.
  const two = (number) => String(number).padStart(2, "0");
  const wall = (date) =>
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

  const tell = (text, undo) => {
    said.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.className = "notice";
    line.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (undo) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: words.undo });
      button.addEventListener("click", undo, { once: true });
      line.append(button);
    }
    said.append(line);
  };

  // What is drawn low says so: there is room for one line, or for two.
  const lowness = (entry) => {
    const minutes = (Date.parse(`${entry.end}Z`) - Date.parse(`${entry.start}Z`)) / 60000;
    return minutes < 30 ? ["brief"] : minutes < 45 ? ["half"] : [];
  };

  const drawn = (entry) => ({
    id: String(entry.id),
    resourceIds: [entry.resource],
    start: entry.start,
    end: entry.end,
    title: entry.title,
    editable: entry.kind !== "cancelled",
    classNames: [entry.kind, ...(entry.attendance ? [entry.attendance] : []), ...lowness(entry)],
    extendedProps: { entry },
  });

  const closed = (span, index) => ({
    id: `closed-${index}`,
    display: "background",
    start: span.start,
    end: span.end,
    classNames: ["closed"],
    ...(span.resource ? { resourceIds: [span.resource] } : {}),
  });

  const content = ({ event }) => {
    const entry = event.extendedProps.entry;
    if (!entry) return "";
    const line = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });
    const mark = entry.kind === "cancelled" ? words.cancelled : entry.attendance ? words[entry.attendance] : entry.kind === "block" ? words.block : "";
    const link = Object.assign(document.createElement("a"), { href: entry.address, className: "entry", draggable: false });
    link.append(line("at", wall(event.start).slice(11, 16)), line("sr", ` – ${wall(event.end).slice(11, 16)} `), line("what", entry.title || words.block));
    if (mark && entry.title) link.append(" ", line("flag", mark));
    link.append(" ", line(view === "week" && resources.length > 1 ? "whose" : "sr", entry.with));
    link.addEventListener("click", (press) => {
      if (letGo) press.preventDefault();
    });
    return { domNodes: [link] };
  };

  const sheet = async () => {
    const answer = await fetch(frame.dataset.sheet, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // Whoever is on an entry with the keyboard stays on it, although all of them are drawn anew.
  const show = (found) => {
    const on = document.activeElement.closest(".entry");
    calendar.setOption("events", [...found.closed.map(closed), ...found.entries.map(drawn)]);
    requestAnimationFrame(() => {
      if (on && !on.isConnected && document.activeElement === document.body) {
        [...frame.querySelectorAll("a.entry")].find((link) => link.href === on.href)?.focus({ preventScroll: true });
      }
    });
  };

  const refresh = async () => {
    // Nothing jumps under a hand that is dragging.
    if (busy) {
      waiting = true;
      return;
    }
    waiting = false;
    try {
      show(await sheet());
    } catch {
      tell(words.stale);
    }
  };

  const send = async (entry, to, options) => {
    const form = new FormData(document.getElementById("gesture"));
    for (const [name, value] of Object.entries({ id: entry.id, revision: entry.revision, ...to, ...options })) {
      if (value !== null && value !== undefined) form.set(name, String(value));
    }
    const answer = await fetch(frame.dataset.move, { method: "POST", body: form, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // What is asked is the server's words; which field of the gesture says yes to it: see place.
  const asks = ({ says, question }) => new Promise((done) => {
    document.getElementById("overlap-question").textContent = says;
    document.getElementById("overlap-text").textContent = question;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });

  const format = (parts, date) => new Intl.DateTimeFormat(locale, parts).format(date);

  const newKey = () => crypto.getRandomValues(new Uint32Array(4)).reduce((text, part) => text + part.toString(16).padStart(8, "0"), "");

  // One gesture, from where the entry stood to where it was let go.
  const place = async (entry, to, revert, isUndo) => {
    busy++;
    tell("");
    const before = { start: entry.start, end: entry.end, offset: entry.offset, resource: entry.resource, keepsLength: false, overlap: entry.overlaps };
    try {
      const agreed = {};
      let answer = await send(entry, to, { key: newKey(), isUndo });
      while (!answer.entry && (answer.asksAnyway || answer.asksOverlap) && await asks(answer)) {
        agreed[answer.asksAnyway ? "anyway" : "overlap"] = true;
        answer = await send(entry, to, { key: newKey(), isUndo, ...agreed });
      }
      if (answer.entry) {
        tell(answer.says, isUndo ? null : () => place(answer.entry, before, () => {}, true));
      } else {
        revert();
        tell(answer.says);
      }
    } catch {
      revert();
      tell(words.failed);
    } finally {
      busy--;
      await refresh();
    }
  };

  const dropped = (info, keepsLength) => {
    const entry = info.event.extendedProps.entry;
    const start = wall(info.event.start);
    const to = {
      start,
      end: wall(info.event.end),
      offset: start === entry.start ? entry.offset : null,
      resource: info.newResource ? info.newResource.id : info.event.resourceIds[0] ?? entry.resource,
      keepsLength,
    };
    place(entry, to, info.revert, false);
  };

  const book = (start, end, resource) => {
    const only = resources.length === 1 ? resources[0].id : "";
    const address = new URL(frame.dataset.new, location.href);
    if (view === "resources") {
      address.searchParams.set("day", wall(start).slice(0, 10));
    } else {
      address.searchParams.set("at", wall(start).slice(0, 16));
      if (end) address.searchParams.set("until", wall(end).slice(0, 16));
    }
    address.searchParams.set("place", `${schedule}/${resource?.id ?? only}`);
    location.assign(address);
  };

  // The drawing calls itself a table without being one that can be read as such; the list beside it is what is read.
  const plain = () => {
    for (const part of frame.querySelectorAll("[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader], [role=rowheader]")) {
      for (const name of ["role", "aria-colindex", "aria-rowindex", "aria-colspan", "aria-rowspan", "aria-colcount", "aria-rowcount"]) part.removeAttribute(name);
    }
  };

  const hold = () => { busy++; };
  const release = () => {
    busy--;

    // The press that ends a gesture opens nothing.
    letGo = true;
    setTimeout(() => { letGo = false; });
    if (waiting) refresh();
  };

  let calendar;
  const start = (found) => {
    frame.hidden = false;
    document.getElementById("how").hidden = false;
    document.getElementById("plainly").open = false;
    const hour = (number) => `${two(number)}:00:00`;
    calendar = window.EventCalendar.create(frame, {
      view: views[view],
      date: day,
      firstDay: 1,
      locale,
      timeZone: offset,
      headerToolbar: { start: "", center: "", end: "" },
      resources,
      events: [],
      allDaySlot: false,
      nowIndicator: true,
      slotMinTime: hour(found.fromHour),
      slotMaxTime: hour(found.toHour),
      flexibleSlotTimeLimits: true,
      ...(view === "resources"
        ? { slotDuration: { days: 1 }, eventDurationEditable: false, slotWidth: 128 }
        : { slotDuration: "00:30", snapDuration: "00:15", slotHeight: 34 }),
      ...(view === "day" ? { columnWidth: "minmax(8rem, 1fr)" } : {}),
      slotEventOverlap: false,
      height: "auto",
      pointer: true,
      selectable: true,
      editable: true,
      dragScroll: true,
      dayHeaderFormat: (date) => `${format({ weekday: "short" }, date)} ${format({ day: "numeric" }, date)}`,
      slotLabelFormat: (time) => wall(time).slice(11, 16),
      eventTimeFormat: (from, to) => `${wall(from).slice(11, 16)} – ${wall(to).slice(11, 16)}`,
      eventContent: content,
      dateClick: ({ date, resource }) => book(date, null, resource),
      select: ({ start: from, end: to, resource }) => book(from, to, resource),
      eventDragStart: hold,
      eventDragStop: release,
      eventResizeStart: hold,
      eventResizeStop: release,
      eventDrop: (info) => dropped(info, true),
      eventResize: (info) => dropped(info, false),
    });
    plain();
    new MutationObserver(plain).observe(frame, { childList: true, subtree: true });
    show(found);
  };

  sheet().then(start, () => tell(words.stale));

  // Whoever hears of a change elsewhere asks for the sheet again.
  frame.addEventListener("changed", refresh);
})();
