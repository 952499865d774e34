'use strict';
// The page is complete without this: it adds a read-out to each plot and a slider to each strip of pictures.
const short = value => value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));

for (const figure of document.querySelectorAll('figure.plot:not(.dots)')) {
  const svg = figure.querySelector('svg');
  const line = figure.querySelector('.cursor');
  const readout = figure.querySelector('.readout');
  const plot = JSON.parse(svg.dataset.plot);
  const [low, high, left, right, width] = plot.axis;
  const steps = [...new Set(plot.series.flatMap(series => series.x))].sort((a, b) => a - b);
  let at = -1;

  const nearest = (values, x) => values.reduce((best, value, i) => Math.abs(value - x) < Math.abs(values[best] - x) ? i : best, 0);
  const show = i => {
    if (steps.length === 0) return;
    at = Math.max(0, Math.min(steps.length - 1, i));
    const x = left + (steps[at] - low) / (high - low) * (right - left);
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
    line.classList.add('on');
    const values = plot.series.filter(series => series.x.length > 0).map(series => `${series.name} ${short(series.y[nearest(series.x, steps[at])])}`);
    readout.textContent = `${plot.label} ${steps[at]}: ${values.join(', ')}`;
  };
  const hide = () => { at = -1; line.classList.remove('on'); readout.textContent = ''; };
  const follow = event => {
    const box = svg.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * width;
    show(nearest(steps, low + (x - left) / (right - left) * (high - low)));
  };

  svg.addEventListener('pointermove', follow);
  svg.addEventListener('pointerdown', follow);
  svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse' && document.activeElement !== svg) hide(); });
  svg.addEventListener('focus', () => { if (at < 0) show(steps.length - 1); });
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', event => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10, Home: -steps.length, End: steps.length }[event.key];
    if (by !== undefined) { show(at + by); event.preventDefault(); }
  });
}

for (const strip of document.querySelectorAll('.strip')) {
  const frames = [...strip.querySelectorAll('.frame')];
  const slider = strip.parentElement.querySelector('.slider');
  if (frames.length < 2) continue;
  const input = slider.querySelector('input');
  const output = slider.querySelector('output');
  const show = () => {
    const at = Number(input.value);
    frames.forEach((frame, i) => frame.classList.toggle('current', i === at));
    output.textContent = `step ${frames[at].dataset.step}`;
    input.setAttribute('aria-valuetext', output.textContent);
  };
  strip.classList.add('one');
  slider.hidden = false;
  input.addEventListener('input', show);
  show();
}
