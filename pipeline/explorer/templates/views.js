/* The views: each gives the nodes of one address. */

const plain = (title, field, more) => column(title, (r) => r[field], (r) => r[field] ?? "", more);
const count = (title, field) => column(title, (r) => r[field], (r) => number(r[field]), numeric);
const countryColumn = (title = "Country", field = "country_iso3") =>
  column(title, (r) => nameOf(r[field]), (r) => country(r[field]));
const indicatorColumn = column("Indicator", (r) => r.indicator,
  (r) => indicatorLink(r.indicator), wide);
const documentColumn = column("Document", (r) => titleOf(r.document_id),
  (r) => r.document_id ? to("document/" + r.document_id, titleOf(r.document_id)) : "", named);
const editionColumn = column("Edition", editionOf, (r) => editionOf(r) ?? "", numeric);
const countryFilter = { title: "Country", value: (r) => r.country_iso3, name: nameOf };
const filter = (title, field) => ({ title, value: (r) => r[field] });
const sectionName = (r) => nameOf(r.country_iso3) || r.indicator || `Section ${r.ordinal}`;

const panelColumns = [
  plain("Edition", "edition", numeric), column("Tier", (r) => r.tier, grade),
  count("Agencies", "n_agencies"), count("Strategies", "n_strategies"), count("Laws", "n_laws"),
  count("Platforms", "n_platforms"), count("Rankings", "n_rankings"), count("Words", "n_words"),
  column("Text", (r) => titleOf(r.document_id), (r) => place(r, titleOf(r.document_id)), named),
];
const entityColumns = [
  column("Name", (r) => r.name, (r) => to("entity/" + r.entity_id, r.name), wide),
  plain("Acronym", "acronym"),
  column("Kind", (r) => r.label, labelOf),
  countryColumn(), count("Mentions", "n_mentions"), count("Documents", "n_documents"),
  plain("From", "first_year", numeric), plain("To", "last_year", numeric),
];
const rankingColumns = [
  column("Index", (r) => r.index_name,
    (r) => r.index_entity_id ? to("entity/" + r.index_entity_id, r.index_name) : r.index_name,
    named),
  plain("Edition", "edition", numeric), countryColumn(),
  column("Rank", (r) => r.rank, rankOf, numeric), plain("Value", "value", numeric),
  column("Part", (r) => r.dimension, (r) => r.dimension ?? "overall"),
  column("Check", (r) => r.check, (r) => h("span", { class: "check " + r.check }, r.check)),
  column("Sentence", (r) => r.sentence,
    (r) => h("span", {}, r.sentence, " ", place(r, "In the text")), wide),
];
const sectionColumns = [
  column("Section", sectionName, (r) => place(r, sectionName(r))), indicatorColumn, editionColumn,
  column("Tier", (r) => r.tier, (r) => r.tier ? grade(r) : words(r.tier_reason)),
  plain("Country by", "country_method"),
  column("Confidence", (r) => r.country_confidence, (r) => r.country_confidence.toFixed(2),
    numeric),
  countryColumn("Runner-up", "runner_up_iso3"), documentColumn,
];

function labelOf(r) {
  return h("span", { class: "m " + r.label }, r.label.toLowerCase());
}

function rankOf(r) {
  if (r.rank == null) return r.qualifier ?? "";
  return number(r.rank) + (r.out_of ? " / " + number(r.out_of) : "");
}

const entityTable = (rows, more) => table({
  caption: "Entities", unit: ["entity", "entities"], rows, columns: entityColumns,
  search: (r) => [r.name, r.acronym, r.aliases], sort: "-Mentions", ...more });
const rankingTable = (rows, more) => table({
  caption: "Placements of countries in indices", unit: ["placement"], rows,
  columns: rankingColumns, sort: "Index", ...more });
const sectionTable = (rows, more) => table({
  caption: "Sections", unit: ["section"], rows, columns: sectionColumns, ...more });
const panelTable = (rows, first, more) => table({
  caption: "Tiers, scores and what is mentioned", unit: ["row"], rows,
  columns: [first, ...panelColumns], sort: first.title, ...more });

function overview(_, params) {
  const facts = [["documents", "documents"], ["segments", "sections"], ["mentions"],
    ["entities", "entities"], ["rankings", "rankings"]];
  const failed = [...documents.values()].filter((row) => row.status !== "ok").length;
  return [heading("Overview"),
    h("ul", { class: "counts" }, facts.map(([name, path]) => h("li", {},
      h("strong", {}, number(index.counts[name])), " ", path ? to(path, path) : name))),
    failed ? h("p", { class: "warn" },
      to("quality", several(failed, "document") + " could not be read"), ".") : null,
    panel.length ? matrix(params)
      : h("p", { class: "none" }, "No report here is about a country and an indicator.")];
}

function matrix(params) {
  const used = new Set(panel.map((row) => row.country_iso3));
  const codes = Object.keys(index.countries).filter((code) => used.has(code));
  const editions = [...new Set(panel.map((row) => row.edition).filter(Boolean))].sort().reverse();
  const again = () => { shown = 40; draw(); };
  const edition = choice("Edition", editions, params.get("Edition"), again);
  const byCountry = choice("Country", codes, params.get("Country"), again, nameOf);
  const byIndicator = choice("Indicator", [...indicators], params.get("Indicator"), again);
  const choices = [edition, byCountry, byIndicator];
  const fits = (select, value) => !select.select.value || String(value) === select.select.value;
  let shown = 40;
  const holder = h("div", { class: "scroll matrix", tabindex: "0", role: "region",
    "aria-label": "Tiers and scores" });
  const status = h("p", { class: "count", role: "status" });
  const more = h("button", { type: "button", class: "more",
    onclick: () => { shown += 100; draw(); } }, "Show more indicators");

  /* The newest row of each indicator and country that is chosen. */
  function cells() {
    const found = new Map();
    for (const row of panel) {
      const wanted = fits(edition, row.edition) && fits(byCountry, row.country_iso3)
        && fits(byIndicator, row.indicator);
      if (!wanted) continue;
      if (!found.has(row.indicator)) found.set(row.indicator, new Map());
      const line = found.get(row.indicator), other = line.get(row.country_iso3);
      if (!other || (row.edition ?? 0) > (other.edition ?? 0)) line.set(row.country_iso3, row);
    }
    return [...found].sort((a, b) => b[1].size - a[1].size || a[0].localeCompare(b[0], "en"));
  }
  function draw() {
    const lines = cells();
    const columns = codes.filter((code) => lines.some(([, line]) => line.has(code)));
    const names = columns.map((code) => h("th", { scope: "col" },
      to("country/" + code, code, { title: nameOf(code), "aria-label": nameOf(code) })));
    holder.replaceChildren(h("table", {},
      h("caption", {}, "Scores, where the text allows one, and tiers; of several editions the newest."),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Indicator"), names)),
      h("tbody", {}, lines.slice(0, shown).map(([name, line]) => h("tr", {},
        h("th", { scope: "row" }, indicatorLink(name)),
        columns.map((code) => h("td", {}, tile(line.get(code)))))))));
    more.hidden = lines.length <= shown;
    const wide = several(columns.length, "country", "countries");
    status.textContent = `${several(lines.length, "indicator")}, ${wide}`;
    remember("")(current({}, choices));
  }
  draw();
  const key = ["T1 best", "T2", "T3", "T4 worst"];
  return h("section", { class: "list" }, h("h2", {}, "Countries and indicators"),
    h("form", { class: "filters", onsubmit: (event) => event.preventDefault() },
      choices.map((c) => c.label)),
    h("p", { class: "key" }, key.map((text, i) => h("span", { class: "grade t" + (i + 1) }, text)),
      h("span", { class: "grade t0" }, "no tier")), status, holder, more);
}

function tile(row) {
  if (!row) return h("span", { class: "gap" }, h("span", { class: "unseen" }, "none"));
  const score = scoreOf(row), tier = row.tier ? "T" + row.tier : "–";
  const full = [nameOf(row.country_iso3), row.tier ? "tier " + row.tier : "no tier",
    score && "score " + score, row.edition && "edition " + row.edition].filter(Boolean).join(", ");
  const link = place(row, h("b", {}, score || tier));
  link.className = "tile t" + (row.tier ?? 0);
  link.title = full;
  link.setAttribute("aria-label", full);
  if (score) link.append(h("small", {}, tier));
  return link;
}

async function countryView([code], params) {
  if (!nameOf(code)) return missing();
  const mine = (row) => row.country_iso3 === code;
  const names = ["entities", "rankings", "sections"];
  const [entities, rankings, sections] = await Promise.all(names.map(list));
  return [h("p", { class: "kicker" }, "country, " + code), heading(nameOf(code)),
    h("h2", {}, "Indicators"), panelTable(panel.filter(mine), indicatorColumn),
    h("h2", {}, "Entities"), entityTable(entities.filter(mine),
      { filters: [filter("Kind", "label")], params, keep: remember("country/" + code) }),
    h("h2", {}, "Rankings"), rankingTable(rankings.filter(mine)),
    h("h2", {}, "Sections"), sectionTable(sections.filter(mine), { sort: "Indicator" })];
}

function indicatorView([path], params) {
  const name = decoded(path), filters = [filter("Edition", "edition"), filter("Tier", "tier")];
  if (!indicators.has(name)) return missing();
  return [h("p", { class: "kicker" }, "indicator"), heading(name),
    panelTable(panel.filter((row) => row.indicator === name), countryColumn(),
      { filters, params, keep: remember("indicator/" + path) })];
}

function tally(rows, field) {
  const found = new Map();
  for (const row of rows) found.set(row[field], (found.get(row[field]) ?? 0) + 1);
  return (key) => found.get(key) ?? 0;
}

async function countriesView(_, params) {
  const field = "country_iso3";
  const inPanel = tally(panel, field), held = tally(await list("entities"), field);
  const rows = Object.keys(index.countries).map((code) =>
    ({ country_iso3: code, panel: inPanel(code), entities: held(code) }));
  return [heading("Countries"), table({ caption: "Countries", unit: ["country", "countries"], rows,
    search: (r) => [nameOf(r.country_iso3), r.country_iso3], sort: "Country",
    columns: [countryColumn(), plain("Code", "country_iso3"), count("Indicators", "panel"),
      count("Entities", "entities")], params, keep: remember("countries") })];
}

function indicatorsView(_, params) {
  const held = tally(panel, "indicator");
  const rows = [...indicators].map((indicator) => ({ indicator, rows: held(indicator) }));
  return [heading("Indicators"), table({ caption: "Indicators", unit: ["indicator"], rows,
    search: (r) => [r.indicator], sort: "Indicator",
    columns: [indicatorColumn, count("Countries and editions", "rows")],
    params, keep: remember("indicators") })];
}

function documentsView(_, params) {
  const title = (r) => to("document/" + r.document_id, r.heading);
  return [heading("Documents"), table({ caption: "Documents", unit: ["document"],
    rows: [...documents.values()], sort: "Title",
    search: (r) => [r.heading, r.source, r.indicator, r.publisher],
    filters: [filter("Kind", "layout"), filter("Edition", "edition"), countryFilter,
      filter("Status", "status")],
    columns: [column("Title", (r) => r.heading, title, wide), plain("Kind", "layout"),
      plain("Edition", "edition", numeric), countryColumn(), plain("Language", "language"),
      count("Sections", "n_segments"), count("Mentions", "n_mentions"), plain("File", "source")],
    params, keep: remember("documents") })];
}

async function documentView([id]) {
  const row = documents.get(id);
  if (!row) return missing();
  if (!row.piece) {
    return [heading(row.heading), h("p", { class: "warn" }, "This document could not be read."),
      h("p", {}, row.reason)];
  }
  return [fragment((await piece(row.piece))[id])];
}

async function entityView([id]) {
  const row = (await list("entities")).find((entity) => entity.entity_id === id);
  return row ? [fragment((await piece(row.piece))[id])] : missing();
}

async function entitiesView(_, params) {
  return [heading("Entities"), entityTable(await list("entities"),
    { filters: [filter("Kind", "label"), countryFilter], params, keep: remember("entities") })];
}

async function rankingsView(_, params) {
  return [heading("Rankings"), rankingTable(await list("rankings"), {
    search: (r) => [r.index_name, r.dimension, r.sentence],
    filters: [filter("Index", "index_name"), countryFilter, filter("Check", "check")],
    params, keep: remember("rankings") })];
}

async function sectionsView(_, params) {
  return [heading("Sections"), sectionTable(await list("sections"), { sort: "Confidence",
    search: (r) => [nameOf(r.country_iso3), r.indicator, titleOf(r.document_id)],
    filters: [countryFilter, filter("Tier", "tier"), filter("Status", "tier_status")],
    params, keep: remember("sections") })];
}

async function qualityView() {
  const [pages, corrections] = await Promise.all([piece("pages"), list("corrections")]);
  const failed = [...documents.values()].filter((row) => row.status !== "ok");
  return [heading("Quality"), h("h2", {}, "Accuracy"), fragment(pages.accuracy),
    h("h2", {}, "Quarantined documents"), table({ caption: "Documents that could not be read",
      unit: ["document"], rows: failed, sort: "File",
      columns: [plain("File", "source"), plain("Reason", "reason", wide)] }),
    h("h2", {}, "Corrections"), table({ caption: "What researchers corrected",
      unit: ["correction"], rows: corrections,
      columns: [plain("Words", "quote", wide), column("Action", (r) => words(r.action)),
        plain("Is", "value"), plain("Was", "was"), column("Became", (r) => words(r.status)),
        plain("Note", "note", wide), documentColumn] })];
}

async function aboutView() {
  return [fragment((await piece("pages")).about)];
}

const missing = () => [heading("Not in this dataset"), h("p", {}, to("", "To the overview"))];
const views = {
  "": overview, countries: countriesView, country: countryView, indicators: indicatorsView,
  indicator: indicatorView, documents: documentsView, document: documentView,
  entities: entitiesView, entity: entityView, rankings: rankingsView, sections: sectionsView,
  quality: qualityView, about: aboutView,
};
const parents = {
  country: "countries", indicator: "indicators", document: "documents", entity: "entities",
};

go();
