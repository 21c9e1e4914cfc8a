// Listens for changes that others make while a page of the back office is open, and tells the part of the page that shows them:
// an element with data-live (the account) and data-schedules (ids) hears the event "changed". Without a connection nothing is lost
// but the speed: the page shows what it knew, and all of it again once the connection is back.
(() => {
  const shown = document.querySelector("[data-live]");
  if (!shown || !window.signalR) return;

  const tell = () => shown.dispatchEvent(new CustomEvent("changed"));
  const connection = listening(
    "/live/staff",
    (again) => {
      for (const schedule of shown.dataset.schedules.split(" ").filter(Boolean)) {
        connection.stream("Watch", shown.dataset.live, Number(schedule)).subscribe({ next: tell, error: () => {}, complete: () => {} });
      }
      shown.dataset.listening = "";
      if (again) tell();
    },
    () => delete shown.dataset.listening,
  );
})();
