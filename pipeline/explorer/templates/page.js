"use strict";
/* Shows one view at a time, chosen by what stands behind the # of the address. Text is put in as
   text; only fragments that govtable has escaped are put in as HTML. The views follow this file. */
const PAGE = 100; // rows shown at first, and more at each press
const main = document.getElementById("main");
const tip = document.getElementById("tip");
const said = document.getElementById("said");

/* Pieces: in the page itself, or scripts in the folder beside it. */
const pieces = new Map(), arriving = new Map();
window.govtable = (name, content) => arriving.get(name)(content);

function encoded(name) {
  const inside = document.getElementById("chunk-" + name);
  if (inside) return Promise.resolve(inside.textContent);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const folder = document.body.dataset.folder;
    arriving.set(name, resolve);
    script.onerror = () => reject(new Error(`${folder}/${name}.js is missing beside this page.`));
    script.src = `./${encodeURIComponent(folder)}/${name}.js`;
    document.head.append(script);
  });
}

function piece(name) {
  if (!pieces.has(name)) pieces.set(name, encoded(name).then(unpacked));
  return pieces.get(name);
}

async function unpacked(text) {
  if (!window.DecompressionStream) throw new Error("This browser is too old to unpack the data.");
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/* Rows as objects. */
const lists = new Map();
function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}
function rowsOf({ fields, rows }) {
  return rows.map((row) => Object.fromEntries(fields.map((field, i) => [field, row[i]])));
}
async function list(name) {
  if (!lists.has(name)) lists.set(name, rowsOf(await piece(name)));
  return lists.get(name);
}
let index, documents, panel, indicators;
async function begin() {
  index = await piece("index");
  documents = new Map(rowsOf(index.documents).map((row) => [row.document_id, row]));
  panel = rowsOf(index.panel);
  indicators = new Set(panel.map((row) => row.indicator).sort((a, b) => a.localeCompare(b, "en")));
}

/* Elements. */
function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  const there = children.flat().filter((child) => child != null);
  element.append(...there.map((child) => child.nodeType ? child : String(child)));
  return element;
}
const heading = (text) => h("h1", { tabindex: "-1" }, text);
const to = (path, text, given = {}) => h("a", { href: "#/" + path, ...given }, text);
const fragment = (html) => document.createRange().createContextualFragment(html);
const number = (n) => n == null ? "" : n.toLocaleString("en");
const words = (text) => text == null ? "" : text.replaceAll("_", " ");
const several = (n, one, more = one + "s") => `${number(n)} ${n === 1 ? one : more}`;
const own = (held, name) => Object.hasOwn(held, name) ? held[name] : undefined;
const nameOf = (code) => own(index.countries, code) ?? "";
const country = (code) => code ? to("country/" + code, nameOf(code)) : "";
const indicatorLink = (name) => indicators.has(name)
  ? to("indicator/" + encodeURIComponent(name), name) : name ?? "";
const place = (row, text, id = row.segment_id) =>
  to(`document/${row.document_id}${id ? "/" + id : ""}`, text);
const titleOf = (id) => documents.get(id)?.heading ?? "";
const editionOf = (row) => documents.get(row.document_id)?.edition ?? null;
const scoreOf = (row) => row.score_min == null ? ""
  : row.score_min === row.score_max ? String(row.score_min) : `${row.score_min}–${row.score_max}`;
function grade(row) {
  if (!row.tier) return "";
  const score = scoreOf(row);
  const said = `Tier ${row.tier}${score ? ", score " + score : ""}`;
  return h("span", { class: "grade t" + row.tier }, said);
}

/* A table that is sorted, searched and filtered. */
const numeric = { numeric: true }, wide = { wide: true }, named = { named: true };
const column = (title, value, cell = value, more = {}) => ({ title, value, cell, ...more });
const filled = (value) => value != null && value !== "";

function compare(a, b) {
  if (!filled(a) || !filled(b)) return filled(b) - filled(a);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

function choice(title, options, chosen, changed, name = (value) => value) {
  const select = h("select", { name: title, onchange: changed }, h("option", { value: "" }, "all"),
    options.map((one) => h("option", { value: one, selected: String(one) === chosen }, name(one))));
  return { select, label: h("label", {}, title + " ", select) };
}

function table({ caption, unit, rows, columns, filters = [], search, sort, params, keep }) {
  if (!rows.length) return h("p", { class: "none" }, `${caption}: none.`);
  let by = params?.get("sort") ?? sort, shown = PAGE;
  const again = () => { shown = PAGE; draw(); };
  const body = h("tbody"), status = h("p", { class: "count", role: "status" });
  const more = h("button", { type: "button", class: "more", onclick: showMore }, "Show more");
  const heads = columns.map((c) => h("th", { scope: "col", class: c.numeric && "number" },
    h("button", { type: "button", onclick: () => sortBy(c.title) }, c.title)));
  const find = search && h("input", { type: "search", oninput: again, value: params?.get("q") });
  const choices = filters.map(({ title, value, name }) => {
    const options = [...new Set(rows.map(value))].filter(filled).sort(compare);
    return { value, title, ...choice(title, options, params?.get(title), again, name) };
  });
  const texts = new Map(); // of the rows, as they are searched

  function sortBy(title) {
    by = (by === title ? "-" : "") + title;
    draw();
  }
  function showMore() {
    const next = shown;
    shown += 5 * PAGE;
    draw();
    body.rows[next]?.querySelector("a")?.focus();
  }
  function searched(row) {
    if (!texts.has(row)) texts.set(row, search(row).filter(filled).join("\n").toLocaleLowerCase());
    return texts.get(row);
  }
  function chosen() {
    const wanted = find ? find.value.toLocaleLowerCase().split(/\s+/).filter(Boolean) : [];
    return rows.filter((row) => wanted.every((word) => searched(row).includes(word))
      && choices.every((c) => !c.select.value || String(c.value(row)) === c.select.value));
  }
  function sorted(some, one, down) {
    if (!one) return some;
    const keys = new Map(some.map((row) => [row, one.value(row)]));
    // What is empty stays at the end, whichever way.
    const way = (a, b) => down && filled(a) && filled(b) ? compare(b, a) : compare(a, b);
    return some.slice().sort((a, b) => way(keys.get(a), keys.get(b)));
  }
  function draw() {
    const down = by?.startsWith("-"), one = columns.find((c) => c.title === by?.replace(/^-/, ""));
    const found = sorted(chosen(), one, down);
    heads.forEach((head, i) => {
      head.removeAttribute("aria-sort");
      if (columns[i] === one) head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
    body.replaceChildren(...found.slice(0, shown).map((row) => h("tr", {}, columns.map(
      (c, i) => h(i ? "td" : "th", { scope: i ? null : "row", class: kind(c) }, c.cell(row))))));
    const all = several(rows.length, ...unit);
    status.textContent = found.length === rows.length ? all : `${number(found.length)} of ${all}`;
    more.hidden = found.length <= shown;
    keep?.(current({ q: find?.value, sort: by === sort ? "" : by }, choices));
  }
  draw();
  const tools = find || choices.length ? h("form", { class: "filters", role: "search",
    "aria-label": caption, onsubmit: (event) => event.preventDefault() },
  find ? h("label", {}, "Search ", find) : null, choices.map((c) => c.label)) : null;
  return h("section", { class: "list" }, tools, status,
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      h("table", {}, h("caption", { class: "unseen" }, caption),
        h("thead", {}, h("tr", {}, heads)), body)), more);
}
const kind = (c) => c.numeric ? "number" : c.wide ? "wide" : c.named && "named";

/* What is chosen, kept in the address so that going back finds it again. */
function current(given, choices) {
  const now = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value) now.set(name, value);
  for (const { select } of choices) if (select.value) now.set(select.name, select.value);
  return now;
}
const address = () => location.hash.replace(/^#\/?/, "").split("?");
const remember = (path) => (params) => {
  if (address()[0] !== path) return; // the reader has gone on
  shown = `${path}?${params}`;
  history.replaceState(null, "", `#/${params.size ? shown : path}`);
};

/* Going somewhere. */
let shown = null, going = 0;
async function go() {
  const [path, query] = address(), [name, ...rest] = path.split("/");
  const whole = name === "document" ? "document/" + rest[0] : path + "?" + (query ?? "");
  const first = shown === null, turn = ++going;
  hide();
  if (whole !== shown) {
    try {
      if (!index) await begin();
      const nodes = await (own(views, name) ?? missing)(rest, new URLSearchParams(query));
      if (turn !== going) return;
      main.replaceChildren(...nodes.filter(Boolean));
    } catch (error) {
      if (turn !== going) return;
      main.replaceChildren(heading("This could not be shown"), h("p", {}, error.message));
    }
    shown = whole;
    const title = main.querySelector("h1");
    document.title = `${title.textContent} – ${document.body.dataset.title}`;
    for (const link of document.querySelectorAll("header.site nav a")) {
      const here = link.getAttribute("href") === "#/" + (own(parents, name) ?? name);
      here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
    if (!first) { scrollTo(0, 0); title.focus({ preventScroll: true }); }
  }
  if (name === "document" && rest[1]) point(rest[1]);
}

function point(id) {
  const target = document.getElementById(id);
  if (!target) return;
  main.querySelector(".pointed")?.classList.remove("pointed");
  target.classList.add("pointed");
  const section = target.matches(".segment");
  const reach = section ? target.querySelector("h2") : target.closest("a, [tabindex]") ?? target;
  target.scrollIntoView({ block: section ? "start" : "center" });
  reach.focus({ preventScroll: true });
}

/* What is known of a mention, while the pointer or the focus is on it. */
function known(mention) {
  const { l, c, m, k, n, r, s } = mention.dataset;
  const found = `${l.toLowerCase()}, confidence ${c}, by ${m}`;
  return [n, found, k && nameOf(k), r, s && `in ${s}`].filter(Boolean);
}
function show(mention) {
  const outer = mention.closest("a.m") ?? mention;
  const inner = [...outer.querySelectorAll(".m")];
  const lines = [...known(outer),
    ...inner.map((one) => `${one.textContent}: ${known(one).join(", ")}`)];
  tip.replaceChildren(...lines.map((line) => h("span", {}, line)));
  tip.hidden = false;
  const box = outer.getClientRects()[0], width = document.documentElement.clientWidth;
  tip.style.left = `${scrollX + Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${scrollY + box.bottom}px`;
  outer.setAttribute("aria-describedby", "tip");
}
function hide() { tip.hidden = true; }
const marked = (event) => event.target.closest?.(".text .m");
document.addEventListener("pointerover", (event) => {
  if (marked(event)) show(marked(event));
  else if (!tip.contains(event.target)) hide();
});
main.addEventListener("focusin", (event) => marked(event) ? show(marked(event)) : hide());
main.addEventListener("focusout", hide);
main.addEventListener("change", (event) => {
  const { checked, value } = event.target;
  if (!event.target.closest(".legend")) return;
  event.target.closest("article").classList.toggle("hide-" + value, !checked);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const here = document.activeElement, reading = main.querySelector(".reading");
  const held = event.ctrlKey || event.altKey || event.metaKey;
  if (!reading?.contains(here) || held || !"np".includes(event.key)) return;
  const all = [...reading.querySelectorAll(".text a.m, .text .m[tabindex]")];
  const lies = (one, where) => here.compareDocumentPosition(one) & where;
  const next = event.key === "n"
    ? all.find((one) => lies(one, Node.DOCUMENT_POSITION_FOLLOWING))
    : all.findLast((one) => lies(one, Node.DOCUMENT_POSITION_PRECEDING));
  if (next) next.focus();
  else said.textContent = event.key === "n" ? "No further mention." : "No earlier mention.";
  event.preventDefault();
});
/* To skip is not to go elsewhere: the address stays. */
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", go);
