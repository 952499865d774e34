// Takes the pictures of the dashboard in this folder, of a training that runs: a screen of 1280 by 800.
//
//   distgan train --preset fashion --web 8080
//   node docs/images/dashboard.mjs http://127.0.0.1:8080/jobs/fashion docs/images/dashboard-job.png
//   distgan train --preset ring --replicas 3 --set topology.kind=averaging --set techniques.experience-replay={} --web 8080
//   node docs/images/dashboard.mjs http://127.0.0.1:8080/jobs/ring docs/images/dashboard-topology.png '#now'
//
// A third word is the part of the page that the screen begins with. It needs the Debian packages chromium, chromium-driver and nodejs.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const [address, file, part] = process.argv.slice(2);
if (!file) throw new Error('Name the address of a page and the file for its picture.');

const port = 9517;
const driver = spawn('chromedriver', [`--port=${port}`], { stdio: 'ignore' });

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (value?.error) throw new Error(value.message);
  return value;
}

/** Asks until there is an answer that is not false. */
async function until(what, question) {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(200)) {
    const answer = await question().catch(() => false);
    if (answer) return answer;
  }
  throw new Error(`After a minute still not: ${what}.`);
}

let session;
try {
  await until('chromedriver listens', () => ask('GET', '/status'));
  const options = { binary: '/usr/bin/chromium', args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'] };
  session = (await ask('POST', '/session', { capabilities: { alwaysMatch: { 'goog:chromeOptions': options } } })).sessionId;
  const page = `/session/${session}`;
  const run = script => ask('POST', `${page}/execute/sync`, { script, args: [] });
  const devtools = (cmd, params) => ask('POST', `${page}/goog/cdp/execute`, { cmd, params });
  await devtools('Emulation.setDeviceMetricsOverride', { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false });
  await ask('POST', `${page}/url`, { url: address });
  await until('the page has curves and its pictures', () => run("return document.querySelectorAll('.plot canvas').length > 0 && [...document.images].every(one => one.complete)"));
  if (part) await run(`document.querySelector(${JSON.stringify(part)}).scrollIntoView()`);
  await wait(1000);
  const { data } = await devtools('Page.captureScreenshot', { format: 'png' });
  await writeFile(file, Buffer.from(data, 'base64'));
} finally {
  if (session) await ask('DELETE', `/session/${session}`).catch(() => {});
  driver.kill();
}
