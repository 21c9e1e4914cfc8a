// Shows the day as it is now when somebody else changes it. A press that is under way, or a form in use, is not swept away.
(() => {
  const visits = document.getElementById("visits");
  if (!visits) return;

  let asking = false;
  let again = false;
  visits.addEventListener("changed", async () => {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("visits");
        if (!fresh) break;
        const [held, now] = [visits.querySelector(".visits, .empty"), fresh.querySelector(".visits, .empty")];
        const focused = document.activeElement?.closest?.(".visit")?.id;
        const place = focused && [...document.activeElement.closest(".visit").querySelectorAll("a, button")].indexOf(document.activeElement);
        held.replaceWith(document.adoptNode(now));
        visits.querySelector("h2").textContent = fresh.querySelector("h2").textContent;
        if (focused) document.getElementById(focused)?.querySelectorAll("a, button")[place]?.focus({ preventScroll: true });
      } catch {
        break;
      }
    }
    asking = false;
  });
})();
