// Opening hours: another row without a round trip, the day's picture follows what is typed, and hours can be painted on it with a
// pointer. The fields are the truth and the keyboard's way; without this script the buttons ask the server.
const DAY = 1440;
const STEP = 30;

const minutes = (text) => {
  const match = /^(\d{1,2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
};
const clock = (value) => {
  const within = value % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
};

class Day {
  constructor(fieldset) {
    this.fieldset = fieldset;
    this.strip = fieldset.querySelector(".strip");
    this.rows = fieldset.querySelector(".rows");
    this.rows.addEventListener("input", () => this.draw());
    fieldset.querySelector("[data-add]").addEventListener("click", (event) => {
      event.preventDefault();
      const row = this.add();
      if (row) row.querySelector("input").focus();
    });
    this.strip.addEventListener("pointerdown", (event) => this.start(event));
    this.draw();
  }

  spans() {
    return [...this.rows.children].map((row) => {
      const [from, to] = [...row.querySelectorAll("input")].map((input) => minutes(input.value));
      return from === null || to === null ? null : [from, to <= from ? DAY : to];
    });
  }

  draw(ghost) {
    for (const old of this.strip.querySelectorAll(".open")) old.remove();
    const hours = this.strip.querySelector(".hour");
    for (const [from, to] of [...this.spans().filter(Boolean), ...(ghost ? [ghost] : [])]) {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("class", "open");
      for (const [name, value] of [["x", from], ["y", 0], ["width", to - from], ["height", 40]]) rect.setAttribute(name, value);
      this.strip.insertBefore(rect, hours);
    }
    const closed = this.fieldset.querySelector(".closed");
    if (closed) closed.hidden = this.spans().some(Boolean);
  }

  add() {
    const last = this.rows.lastElementChild;
    const empty = [...this.rows.children].find((row) => [...row.querySelectorAll("input")].every((input) => !input.value));
    if (empty) return empty;
    if (this.rows.children.length >= 12) return null;
    const row = last.cloneNode(true);
    const number = this.rows.children.length;
    row.classList.remove("wrong");
    row.querySelector(".error")?.remove();
    for (const input of row.querySelectorAll("input")) {
      const label = row.querySelector(`label[for="${input.id}"]`);
      input.value = "";
      input.id = `${input.name}-${number}`;
      input.removeAttribute("aria-describedby");
      input.removeAttribute("aria-invalid");
      label.htmlFor = input.id;
    }
    this.rows.append(row);
    return row;
  }

  // Press on closed time and drag: a new span. Press on open time: that span goes.
  start(event) {
    const at = this.minute(event);
    const hit = this.spans().findIndex((span) => span && span[0] <= at && at < span[1]);
    event.preventDefault();
    if (hit >= 0) {
      const row = this.rows.children[hit];
      if (this.rows.children.length > 1) row.remove();
      else for (const input of row.querySelectorAll("input")) input.value = "";
      this.draw();
      return;
    }
    const first = Math.floor(at / STEP) * STEP;
    let ghost = [first, first + STEP];
    const move = (next) => {
      const now = this.minute(next);
      const edge = now >= first ? Math.min(DAY, Math.ceil((now + 1) / STEP) * STEP) : Math.floor(now / STEP) * STEP;
      ghost = edge > first ? [first, edge] : [edge, first + STEP];
      this.draw(ghost);
    };
    const end = () => {
      this.strip.removeEventListener("pointermove", move);
      this.strip.removeEventListener("pointerup", end);
      this.strip.removeEventListener("pointercancel", end);
      this.put(ghost);
    };
    this.strip.setPointerCapture(event.pointerId);
    this.strip.addEventListener("pointermove", move);
    this.strip.addEventListener("pointerup", end);
    this.strip.addEventListener("pointercancel", end);
    this.draw(ghost);
  }

  put([from, to]) {
    const row = this.add();
    if (row) {
      const [first, last] = row.querySelectorAll("input");
      first.value = clock(from);
      last.value = clock(to);
    }
    this.draw();
  }

  minute(event) {
    const box = this.strip.getBoundingClientRect();
    return Math.max(0, Math.min(DAY - 1, Math.floor(((event.clientX - box.left) / box.width) * DAY)));
  }
}

for (const fieldset of document.querySelectorAll(".hours-day")) new Day(fieldset);
