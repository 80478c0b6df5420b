// Runs in the page: arguments are a CSS selector and an accessible name.
// Returns all visible controls inside the selector's first match that carry the name.
const [within, wanted] = arguments;
const scope = document.querySelector(within);
if (!scope) return [];

const tight = (text) => (text ?? "").replace(/\s+/g, "");
const textOf = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join("");

function nameOf(element) {
  const labelledBy = element.getAttribute("aria-labelledby");
  if (labelledBy) return textOf(labelledBy);
  const label = element.getAttribute("aria-label");
  if (label) return label;
  if (element.labels?.length) return [...element.labels].map((one) => one.textContent).join("");
  // Icons name themselves to nobody who reads the button.
  const copy = element.cloneNode(true);
  for (const icon of copy.querySelectorAll("[aria-hidden='true'], [role='img']")) icon.remove();
  return copy.textContent || element.getAttribute("title") || element.getAttribute("placeholder");
}

const visible = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};

const controls = scope.querySelectorAll(
  "button, a[href], input, select, textarea, summary, [tabindex]:not([tabindex='-1']), " +
    ["button", "link", "tab", "menuitem", "menuitemradio", "option", "switch", "checkbox", "radio", "combobox", "treeitem"]
      .map((role) => `[role='${role}']`).join(", "),
);
const found = [...controls].filter((element) => tight(nameOf(element)) === tight(wanted) && visible(element));
// A control inside another of the same name (a link in a menu entry) is the same thing to a person.
return found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
