// Search over quotes and actors: every word of the question must begin a word of what is found. Case, accents, and spellings of
// Arabic, Persian and Kurdish names do not matter. Nothing is loaded and nothing is sent.
"use strict";
(() => {
  const { articles, actors, quotes, spellings } = window.iraqtalksIndex;
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const hits = document.getElementById("hits");
  const results = document.getElementById("results");
  const MOST = 50; // results at a time
  const LEAST = 4; // letters that are taken for the beginning of a spelling

  // What newspapers write for the same sound; then each word by the first spelling of its group.
  const SOUNDS = [["ou", "u"], ["oo", "u"], ["ee", "i"], ["ch", "sh"], ["dj", "j"], ["ph", "f"], ["w", "u"], ["y", "i"], ["q", "k"], ["c", "k"]];
  const ARABIC = { "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي" };
  const sounded = new Map();
  function sound(word) {
    let folded = sounded.get(word);
    if (folded === undefined) {
      folded = word;
      for (const [from, to] of SOUNDS) folded = folded.replaceAll(from, to);
      folded = folded.replace(/([^\d])\1+/g, "$1");
      sounded.set(word, folded);
    }
    return folded;
  }
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
    .replace(/[أإآىةکی]/g, (letter) => ARABIC[letter]).replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/['’ʼ‘ʻʿʾ`´]/g, "'");
  // An apostrophe parts an elided word (l'Irak) and is nothing inside a name (Ja'far).
  const pieces = (text) => plain(text).replace(/(?<![\p{L}])(\p{L}{1,2}|qu|jusqu|lorsqu|puisqu)'/gu, "$1 ").replaceAll("'", "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const groups = new Map();
  for (const group of spellings) {
    const first = sound(pieces(group[0]).join(""));
    for (const word of group) groups.set(sound(pieces(word).join("")), first);
  }
  const fold = (text) => pieces(text).map((piece) => {
    const heard = sound(piece);
    return groups.get(heard) ?? heard;
  });
  // Each word of a question with what it may be the beginning of: of a spelling, the one that the index has for all.
  const asked = (text) => pieces(text).map((piece) => {
    const heard = sound(piece);
    const others = [...groups].filter(([spelling]) => heard.length >= LEAST && spelling.startsWith(heard));
    return [...new Set([groups.get(heard) ?? heard, ...others.map(([, first]) => first)])];
  });

  let index = null;
  function ready() {
    index ??= {
      actors: actors.map(([name, , also]) => ` ${fold([name, ...also].join(" ")).join(" ")}`),
      quotes: quotes.map(([words, speaker]) => ` ${fold(words + (speaker < 0 ? "" : ` ${actors[speaker][0]}`)).join(" ")}`),
    };
    return index;
  }
  const found = (texts, words) => {
    const numbers = [];
    for (let i = 0; i < texts.length; i++) if (words.every((word) => word.some((form) => texts[i].includes(` ${form}`)))) numbers.push(i);
    return numbers;
  };

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  // The words that answer, marked in the text as it stands.
  function marked(text, words, attributes) {
    const made = element("q", "", attributes);
    let last = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const heard = fold(match[0]).join("");
      if (!heard || !words.flat().some((form) => heard.startsWith(form))) continue;
      made.append(text.slice(last, match.index), element("mark", match[0]));
      last = match.index + match[0].length;
    }
    made.append(text.slice(last));
    return made;
  }
  const bdi = (text) => element("bdi", text);

  function actorItem(i) {
    const [name, page, also, mentions, said] = actors[i];
    const item = element("li");
    const link = element("a", "", { href: `actor/${page}.html` });
    link.append(bdi(name));
    item.append(link, element("span", ` ${said ? `${said} quotes, ` : ""}named ${mentions} times`, { class: "source" }));
    if (also.length) item.append(element("div", also.slice(0, 4).join(" · "), { class: "source" }));
    return item;
  }
  function quoteItem(i, words) {
    const [text, speaker, article, row] = quotes[i];
    const item = element("li");
    const source = element("div", "", { class: "source" });
    if (speaker >= 0) {
      const link = element("a", "", { href: `actor/${actors[speaker][1]}.html` });
      link.append(bdi(actors[speaker][0]));
      source.append(link, " · ");
    }
    const cite = element("a", "", { href: `article/${articles[article][1]}.html#${row}` });
    cite.append(bdi(articles[article][0]));
    source.append(cite);
    item.append(marked(text, words, { lang: "fr" }), source);
    return item;
  }
  function list(title, numbers, item, words) {
    if (!numbers.length) return;
    const all = element("ol");
    let next = 0;
    const more = element("button", "", { type: "button" });
    const add = () => {
      for (const end = Math.min(next + MOST, numbers.length); next < end; next++) all.append(item(numbers[next], words));
      more.hidden = next >= numbers.length;
      more.textContent = `${numbers.length - next} more`;
    };
    more.addEventListener("click", add);
    add();
    results.append(element("h2", title), all, more);
  }

  function search() {
    const words = asked(box.value.slice(0, 200));
    results.replaceChildren();
    if (!words.length) {
      hits.textContent = "";
      return;
    }
    const { actors: names, quotes: said } = ready();
    const who = found(names, words).sort((a, b) => actors[b][3] - actors[a][3]);
    const what = found(said, words);
    hits.textContent = `${who.length} ${who.length === 1 ? "actor" : "actors"}, ${what.length} ${what.length === 1 ? "quote" : "quotes"}`;
    list("Actors", who, actorItem, words);
    list("Quotes", what, quoteItem, words);
  }

  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  const question = new URLSearchParams(window.location.search).get("q");
  if (question) {
    box.value = question;
    search();
  }
})();
