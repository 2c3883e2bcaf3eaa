"use strict";
/* The gallery: draws the words that are asked for. No two slashes in a row: the page must name no address. */
(() => {
  const words = new Map(JSON.parse(document.getElementById("gallery-data").textContent));
  const search = document.getElementById("gallery-search"), points = document.getElementById("gallery-points");
  const shelf = document.getElementById("gallery-words"), status = document.getElementById("gallery-status");
  const names = [...words.keys()], mostWords = 3, side = 300, colours = 6;
  const svg = document.querySelector("svg").namespaceURI;

  function element(name, attributes, ...children) {
    const made = document.createElementNS(svg, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* The other end of `pipeline.explore.doodle.encoded`. */
  function decoded(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const strokes = [];
    for (let at = 0; at < bytes.length;) {
      const count = bytes[at], xs = bytes.subarray(at + 1, at + 1 + count);
      const ys = bytes.subarray(at + 1 + count, at + 1 + 2 * count);
      strokes.push(Array.from(xs, (x, index) => [x, ys[index]]));
      at += 1 + 2 * count;
    }
    return strokes;
  }

  function drawn(word, [key, text]) {
    const strokes = decoded(text), all = strokes.flat();
    const corner = (axis) => Math.floor((Math.max(...all.map((point) => point[axis])) - side) / 2);
    const paths = strokes.map((stroke, index) => element("g", { class: `stroke-${index % colours}` },
      element("path", { d: `M${stroke.map((point) => point.join(" ")).join("L")}${stroke.length > 1 ? "" : "h0"}` }),
      element("path", { class: "points", d: stroke.map(([x, y]) => `M${x} ${y}h0`).join("") })));
    const label = `${word}, ${key}`;
    return element("svg", {
      class: "doodle strokes", viewBox: `${corner(0)} ${corner(1)} ${side} ${side}`, role: "img", "aria-label": label,
      "data-tip": label,
    }, ...paths);
  }

  function matching(text) {
    const wanted = text.trim().toLowerCase().replaceAll(" ", "_");
    const found = names.filter((name) => name.toLowerCase().includes(wanted));
    const rank = (name) => Number(!name.toLowerCase().startsWith(wanted));
    return found.sort((a, b) => rank(a) - rank(b));
  }

  function show() {
    const found = matching(search.value);
    shelf.replaceChildren(...found.slice(0, mostWords).flatMap((word) => {
      const title = document.createElement("h4"), row = document.createElement("div");
      title.textContent = word;
      row.className = `twelve${points.checked ? " with-points" : ""}`;
      row.append(...words.get(word).map((drawing) => drawn(word, drawing)));
      return [title, row];
    }));
    const all = search.value.trim() ? `matching word${found.length === 1 ? "" : "s"}` : "words";
    status.textContent = `${Math.min(mostWords, found.length)} of ${found.length} ${all}`;
  }

  document.getElementById("gallery-unscripted").remove();
  search.addEventListener("input", show);
  points.addEventListener("change", show);
  show();
})();
