// Marks in an article: pointing at one, reaching it by keyboard or tapping it shows the rows behind it on a card.
// Without this script a mark is a link to its row's note further down.
"use strict";
(() => {
  const card = document.getElementById("card");
  const text = document.querySelector(".text");
  if (!card || !text) return;
  let mark = null; // the mark whose rows the card shows
  let pinned = false; // whether it stays until it is closed
  let timer = 0;

  const ids = (from) => from.dataset.notes.trim().split(" ");
  const notes = (from) => ids(from).map((id) => document.getElementById(id)).filter(Boolean);

  function fill(from) {
    card.replaceChildren();
    if (pinned) {
      const close = document.createElement("button");
      close.type = "button";
      close.className = "close";
      close.textContent = "close";
      close.addEventListener("click", () => hide(true));
      card.append(close);
    }
    for (const note of new Set(notes(from))) {
      const part = document.createElement("div");
      for (const child of note.children) part.append(child.cloneNode(true));
      const meaning = document.getElementById(`rule-${note.dataset.rule}`)?.nextElementSibling;
      if (meaning?.textContent) {
        const told = document.createElement("p");
        told.className = "meaning";
        told.textContent = meaning.textContent;
        part.append(told);
      }
      card.append(part);
    }
  }

  function light(on) {
    if (!mark) return;
    const shown = new Set(notes(mark).map((note) => note.id));
    for (const other of text.querySelectorAll("a.mk")) {
      other.classList.toggle("lit", on && shown.has(ids(other).at(-1)));
    }
  }

  function place() {
    card.style.top = card.style.left = "";
    if (getComputedStyle(card).position === "fixed") return;
    const box = [...mark.getClientRects()].at(-1);
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    const below = box.bottom + card.offsetHeight + 8 < window.innerHeight || box.top < card.offsetHeight + 8;
    const top = below ? box.bottom + 6 : box.top - card.offsetHeight - 6;
    card.style.left = `${Math.max(16, Math.min(box.left, room)) + window.scrollX}px`;
    card.style.top = `${top + window.scrollY}px`;
  }

  function show(from, pin) {
    clearTimeout(timer);
    light(false);
    mark?.removeAttribute("aria-describedby");
    mark = from;
    pinned = pin;
    fill(from);
    card.hidden = false;
    mark.setAttribute("aria-describedby", "card");
    light(true);
    place();
    if (pin) card.focus({ preventScroll: true });
  }

  function hide(back) {
    clearTimeout(timer);
    if (card.hidden) return;
    light(false);
    card.hidden = true;
    pinned = false;
    const from = mark;
    mark?.removeAttribute("aria-describedby");
    mark = null;
    if (back) {
      from.dataset.quiet = "yes";
      from.focus({ preventScroll: true });
      delete from.dataset.quiet;
    }
  }

  const marked = (event) => (event.target instanceof Element ? event.target.closest("a.mk") : null);
  const soon = (what, wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };

  text.addEventListener("pointerover", (event) => {
    const over = marked(event);
    if (event.pointerType === "mouse" && over && !pinned) soon(() => show(over, false), 90);
  });
  text.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && !pinned) soon(() => hide(false), 250);
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !pinned) soon(() => hide(false), 250);
  });
  text.addEventListener("focusin", (event) => {
    const on = marked(event);
    if (on && !on.dataset.quiet && on.matches(":focus-visible")) show(on, false);
  });
  text.addEventListener("focusout", (event) => {
    if (!pinned && !card.contains(event.relatedTarget)) soon(() => hide(false), 0);
  });
  text.addEventListener("click", (event) => {
    const on = marked(event);
    if (!on || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(on, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !card.hidden) hide(pinned);
  });
  card.addEventListener("focusout", (event) => {
    if (pinned && !card.contains(event.relatedTarget) && event.relatedTarget) hide(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (pinned && !card.contains(event.target) && !marked(event)) hide(false);
  });
})();
