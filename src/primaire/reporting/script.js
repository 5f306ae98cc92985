const words = document.getElementById("main").dataset;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

/* What a cell is sorted by: its value, else its text; null where it is missing. */
const keyOf = (cell) => {
  const value = cell.dataset.value ?? cell.textContent;
  if (value === "") return null;
  return cell.classList.contains("n") ? Number(value) : value;
};

const compare = (one, other) => (typeof one === "number" ? one - other : collator.compare(one, other));

const sort = (table, heading) => {
  const column = heading.cellIndex;
  const numeric = heading.classList.contains("n");
  const before = heading.getAttribute("aria-sort");
  const order = before ? (before === "ascending" ? "descending" : "ascending") : numeric ? "descending" : "ascending";
  const sign = order === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [keyOf(row.cells[column]), row]);
  rows.sort(([one], [other]) =>
    one === null || other === null ? (one === null) - (other === null) : sign * compare(one, other));
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
  body.append(...rows.map(([, row]) => row));
};

const sortable = (table) => {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }
};

/* Text without case, accents and punctuation, its words set apart by one space. */
const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const filterable = (table, number) => {
  const rows = Array.from(table.tBodies[0].rows);
  const texts = rows.map((row) => folded(Array.from(row.cells, (cell) => cell.textContent).join(" ")));
  const box = document.createElement("div");
  box.className = "sieve";
  const label = document.createElement("label");
  const input = document.createElement("input");
  const left = document.createElement("output");
  input.type = "search";
  input.id = `filter-${number}`;
  input.autocomplete = "off";
  input.setAttribute("aria-describedby", table.caption.firstElementChild.id);
  label.htmlFor = left.htmlFor = input.id;
  label.textContent = words.filter;
  left.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const wanted = folded(input.value).split(" ").filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((word) => texts[at].includes(word));
      shown += !row.hidden;
    });
    left.textContent = wanted.length ? words.left.replace("{left}", shown).replace("{all}", rows.length) : "";
    box.classList.toggle("kept", shown < rows.length);
  });
  box.append(label, input, left);
  table.closest(".scroll").before(box);
};

document.querySelectorAll("table[data-sort]").forEach(sortable);
document.querySelectorAll("table[data-filter]").forEach(filterable);

/* What fits needs no stop of the keyboard on its way. */
const fitted = () => {
  for (const region of document.querySelectorAll(".scroll")) {
    region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  }
};
addEventListener("resize", fitted);
document.addEventListener("toggle", fitted, true);
fitted();

/* Paper shows everything. */
let closed = [];
addEventListener("beforeprint", () => {
  closed = Array.from(document.querySelectorAll("details:not([open])"));
  for (const each of closed) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});
