// Keeps a page's live connection: begun again and again until it stands, made anew when it is lost, ended with the page and begun once more
// when the page comes back from the browser's memory. Pages come back at different moments, so that a node that restarts is not asked by all at once.
window.listening = (path, stands, lost = () => {}) => {
  const wait = (tries) => Math.min(30000, 500 * 2 ** tries) * (0.5 + Math.random());
  const connection = new signalR.HubConnectionBuilder()
    .withUrl(path, { transport: signalR.HttpTransportType.WebSockets, skipNegotiation: true })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (context) => wait(context.previousRetryCount) })
    .configureLogging(signalR.LogLevel.None)
    .build();
  connection.onreconnecting(lost);
  connection.onclose(lost);
  connection.onreconnected(() => stands(true));

  // What reconnects a lost connection does nothing for one that never came about.
  let tries = 0;
  let leaving = false;
  const begin = (again) =>
    connection.start().then(
      () => {
        tries = 0;
        stands(again);
      },
      () => {
        if (!leaving) setTimeout(() => begin(again), wait(tries++));
      },
    );
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && connection.state === signalR.HubConnectionState.Disconnected) begin(true);
  });
  addEventListener("pagehide", () => {
    leaving = true;
    connection.stop();
  });

  // Asynchronous: whoever called has the connection in hand when it stands.
  begin(false);
  return connection;
};
