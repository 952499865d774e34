/** Elements, and words for numbers and times. */

/** An element with attributes (functions are listeners, style is an object) and children; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (name === 'style') {
      Object.assign(element.style, value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== false && child !== undefined));
  return element;
}

/** The same of an element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat());
  return element;
}

/** Three to four significant digits. */
export function number(value) {
  if (value === null || value === undefined) return '-';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return value.toLocaleString('en');
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.01) return value.toFixed(3);
  return value.toExponential(1);
}

export const count = value => (value ?? 0).toLocaleString('en');

/** 1:02, 1:02:03. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '-';
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = part => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export const clock = text => new Date(text).toLocaleString();

/** A metric in words: abbreviations in capitals. */
export const words = metric => metric.length <= 3 ? metric.toUpperCase() : metric[0].toUpperCase() + metric.slice(1).replaceAll('_', ' ').replace(/\bkl\b/, 'KL');

/** Says something at the foot of the page, also to screen readers. */
export function notice(text, isError = false) {
  const place = document.getElementById('notice');
  place.textContent = text;
  place.className = isError ? 'error' : 'on';
  clearTimeout(place.timer);
  place.timer = setTimeout(() => { place.className = ''; }, isError ? 12000 : 4000);
}

/** A table with headings; a '#' before one makes its cells numbers. */
export function table(headings, rows, caption) {
  const isNumber = headings.map(heading => heading.startsWith('#'));
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {},
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, headings.map((heading, i) => h('th', { scope: 'col', class: isNumber[i] && 'number' }, heading.replace(/^#/, ''))))),
      h('tbody', {}, rows.map(row => h('tr', {}, row.map((cell, i) => h('td', { class: isNumber[i] && 'number', 'data-label': headings[i].replace(/^#/, '') }, cell)))))));
}
