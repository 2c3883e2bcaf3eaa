"use strict";
/* Everything below adds to a page that is readable without it. No two slashes in a row: the page must name no address. */
(() => {
  const mistakes = JSON.parse(document.getElementById("mistakes")?.textContent ?? "[]");
  const tip = document.getElementById("tip");
  const [sketch, caption] = tip.children;

  /* The browser's own tooltips come late, and never on touch. */
  for (const title of document.querySelectorAll(".chart title")) {
    title.parentElement.dataset.tip = title.textContent;
    title.remove();
  }
  for (const element of document.querySelectorAll("[title]")) {
    element.dataset.tip = element.title;
    element.removeAttribute("title");
  }
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;

  let shown = null;

  function show(element) {
    const mistake = mistakes[element.dataset.mistake];
    caption.textContent = [element.dataset.tip, mistake?.[0] ?? ""].join("\n").trim();
    sketch.style.display = mistake ? "" : "none";
    if (mistake) {
      sketch.setAttribute("viewBox", mistake[1]);
      sketch.firstElementChild.setAttribute("d", mistake[2]);
    }
    tip.hidden = false;
    shown = element;
    place();
  }

  function place() {
    if (!shown) return;
    const beside = shown.getBoundingClientRect();
    const width = document.documentElement.clientWidth, gap = 8;
    const left = Math.min(Math.max(gap, beside.left), width - tip.offsetWidth - gap);
    const below = beside.bottom + gap, above = beside.top - tip.offsetHeight - gap;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + tip.offsetHeight <= innerHeight || above < 0 ? below : above}px`;
  }

  function hide() {
    tip.hidden = true;
    shown = null;
  }

  function point(event) {
    const element = event.target.closest?.("[data-tip]");
    if (element) show(element); else hide();
  }

  /* A finger that scrolls passes over much; only where it taps it asks. */
  document.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") point(event); });
  document.addEventListener("click", point);
  document.addEventListener("focusin", point);
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", place, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  /* One tab stop a group; the arrow keys move within it, in a table by rows and columns. */
  for (const group of document.querySelectorAll("[data-group]")) {
    const members = () => [...group.querySelectorAll("[data-tip]")];
    if (!members().length) continue;
    if (group.getAttribute("role") === "img") group.setAttribute("role", "group");
    for (const member of members()) {
      member.setAttribute("aria-label", member.dataset.tip);
      member.tabIndex = -1;
    }
    members()[0].tabIndex = 0;
    const columns = Number(group.dataset.group) || 1;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    group.addEventListener("keydown", (event) => {
      const all = members(), from = all.indexOf(event.target), to = all[from + steps[event.key]];
      if (from < 0 || !to) return;
      event.preventDefault();
      all[from].tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    });
  }

  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  }

  function sort(header) {
    const table = header.closest("table"), body = table.tBodies[0], column = header.cellIndex;
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b);
    const rows = [...body.rows].sort((a, b) => (ascending ? 1 : -1) * compare(value(a, column), value(b, column)));
    body.append(...rows);
  }

  for (const header of document.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header));
    header.append(button);
  }

  for (const input of document.querySelectorAll("[data-searches]")) {
    const rows = [...document.getElementById(input.dataset.searches).tBodies[0].rows];
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase().replaceAll(" ", "_");
      for (const row of rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
      const left = rows.filter((row) => !row.hidden).length;
      input.closest("div").querySelector("[role=status]").textContent = wanted ? `${left} of ${rows.length}` : "";
    });
  }
})();
