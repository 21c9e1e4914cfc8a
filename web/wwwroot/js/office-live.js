// Listens for changes that others make while a page of the back office is open, and tells the part of the page that shows them:
// an element with data-live (the account) and data-schedules (ids) hears the event "changed". Without a connection nothing is lost
// but the speed: the page shows what it knew, and all of it again once the connection is back.
(() => {
  const shown = document.querySelector("[data-live]");
  if (!shown || !window.signalR) return;

  const connection = new signalR.HubConnectionBuilder()
    .withUrl("/live/staff", { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => Math.min(30000, 500 * 2 ** previousRetryCount) })
    .configureLogging(signalR.LogLevel.None)
    .build();
  const tell = () => shown.dispatchEvent(new CustomEvent("changed"));
  const listen = () => {
    for (const schedule of shown.dataset.schedules.split(" ").filter(Boolean)) {
      connection.stream("Watch", shown.dataset.live, Number(schedule)).subscribe({ next: tell, error: () => {}, complete: () => {} });
    }
    shown.dataset.listening = "";
  };

  connection.onreconnecting(() => delete shown.dataset.listening);
  connection.onreconnected(() => {
    listen();
    tell();
  });
  let tries = 0;
  let leaving = false;
  const begin = () =>
    connection.start().then(listen, () => {
      if (!leaving) setTimeout(begin, Math.min(30000, 500 * 2 ** tries++));
    });
  begin();
  addEventListener("pagehide", () => {
    leaving = true;
    connection.stop();
  });
})();
