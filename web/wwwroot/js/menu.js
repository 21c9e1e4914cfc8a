// Brings the entry of this page into view where the menu scrolls sideways.
(() => {
  const [list, here] = [document.querySelector(".menu ul"), document.querySelector(".menu [aria-current]")];
  if (!list || !here) return;
  const [frame, entry] = [list.getBoundingClientRect(), here.getBoundingClientRect()];
  list.scrollLeft += entry.left + entry.width / 2 - (frame.left + frame.width / 2);
})();
