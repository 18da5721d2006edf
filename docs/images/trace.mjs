// Draws trace.svg: a real case that waits for an agent while the program is killed and started anew, as a collector and /metrics saw it.
// node docs/images/trace.mjs [CallCenter.Standalone.dll]; needs Node.js, and the program built.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const dll = process.argv[2] ?? join(root, 'CallCenter.Standalone/bin/Debug/net10.0/CallCenter.Standalone.dll');
const data = mkdtempSync(join(tmpdir(), 'trace-'));
const spans = [];
const collector = createServer(take);
await new Promise(listening => collector.listen(0, '127.0.0.1', listening));

const pause = seconds => new Promise(over => setTimeout(over, seconds * 1000));
const json = (url, body) => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const first = await start();
await json(`${first.url}/api/cases?instanceId=printer`, { inputCaseID: 'Printer on fire', workMode: 'agent' });
await pause(1.5);
first.process.kill('SIGKILL');
const killedAt = Date.now();
await pause(0.4);
const second = await start();
const againAt = Date.now();
await pause(1);
const waiting = await lines(second.url, [
  'recovery_instances', 'recovery_duration_seconds', 'orchestrations_active', 'orchestrations_waiting', 'orchestrations_oldest_waiting_seconds', 'journal_writable',
]);
await json(`${second.url}/api/cases/printer/work`, { resolved: true, attempt: 1, agent: 'Ada', note: 'put out' });
while (!spans.some(span => span.name.startsWith('orchestration:'))) await pause(0.1);
const ended = await lines(second.url, [
  'orchestrations_ended_total', 'orchestration_duration_seconds_sum', 'activity_duration_seconds_count', 'orchestrations_waiting', 'journal_flush_duration_seconds_count',
]);
second.process.kill('SIGTERM');
await new Promise(over => second.process.on('exit', over));
collector.close();
rmSync(data, { recursive: true });
writeFileSync(new URL('trace.svg', import.meta.url), draw());

/** Starts the program, and waits until it listens. */
function start() {
  const program = spawn('dotnet', [dll, '--urls', 'http://127.0.0.1:0', '--data', data, '--Logging:LogLevel:Default', 'Warning'], {
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.address().port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
  });
  return new Promise((listens, fails) => {
    let text = '';
    program.on('exit', code => fails(new Error(`The program ended with ${code}: ${text}`)));
    program.stdout.on('data', part => {
      text += part;
      const url = /listens on (http:\S+)/.exec(text)?.[1];
      if (url) listens({ process: program, url });
    });
  });
}

/** The lines of the metrics page that are meant, of the call center where there are several. */
async function lines(url, names) {
  const page = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  return names.flatMap(name => page.filter(line => line.startsWith(`callcenter_${name}`) && /^[a-z_]+({| )/.test(line)));
}

/** What the exporter sends, as far as it is drawn. */
function take(request, response) {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    if (request.url === '/v1/traces') {
      const sent = fields(Buffer.concat(parts), 1).flatMap(resource => fields(resource, 2)).flatMap(scope => fields(scope, 2));
      for (const span of sent) {
        const [id] = fields(span, 2), [parent] = fields(span, 4), [name] = fields(span, 5), [from] = fields(span, 7), [to] = fields(span, 8);
        const milliseconds = time => Number(time.readBigUInt64LE()) / 1e6;
        spans.push({ id: id.toString('hex'), parent: parent?.toString('hex'), name: name.toString(), from: milliseconds(from), to: milliseconds(to) });
      }
    }
    response.end();
  });
}

/** The fields of a number in a message of protobuf. */
function fields(message, wanted) {
  const found = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const next = message[at++];
      value += (next & 127) * factor;
      if (next < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    const begin = at;
    const length = tag % 8 === 0 ? (number(), at - begin) : tag % 8 === 1 ? 8 : tag % 8 === 5 ? 4 : number();
    if (tag % 8 === 0) at = begin;
    if (tag >> 3 === wanted) found.push(message.subarray(at, at + length));
    at += length;
  }
  return found;
}

function draw() {
  const [left, width, line, top] = [345, 540, 24, 44];
  const byId = new Map(spans.map(span => [span.id, span]));
  const depth = span => byId.has(span.parent) ? 1 + depth(byId.get(span.parent)) : 0;
  const rows = below(undefined);
  const begin = Math.min(...rows.map(span => span.from)), end = Math.max(...rows.map(span => span.to));
  const x = time => left + (time - begin) / (end - begin) * width;
  const text = (at, y, words, more = '') => `<text x="${at.toFixed(1)}" y="${y}" ${more}>${words.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;
  const grey = 'fill="#59636e"', mono = 'font-family="monospace" font-size="11" xml:space="preserve"';
  const out = [];
  const bottom = top + rows.length * line;
  out.push(`<rect x="${x(killedAt).toFixed(1)}" y="${top - 12}" width="${(x(againAt) - x(killedAt)).toFixed(1)}" height="${bottom - top + 16}" fill="#ffebe9"/>`);
  out.push(text((x(killedAt) + x(againAt)) / 2, top - 18, 'killed, and started anew', 'text-anchor="middle" fill="#cf222e"'));
  rows.forEach((span, row) => {
    const y = top + row * line;
    const took = span.to - span.from, at = x(span.from), wide = Math.max(2, x(span.to) - at);
    const color = span.name.startsWith('activity') ? '#1a7f37' : span.name.startsWith('wait') ? '#bf8700' : span.name.startsWith('orch') || span.name.startsWith('create') ? '#0969da' : '#59636e';
    out.push(text(12 + depth(span) * 16, y + 13, span.name));
    out.push(`<rect x="${at.toFixed(1)}" y="${y + 3}" width="${wide.toFixed(1)}" height="13" rx="2" fill="${color}"/>`);
    const words = took < 1000 ? `${took.toFixed(1)} ms` : `${(took / 1000).toFixed(2)} s`;
    out.push(wide > 90 ? text(at + wide - 6, y + 13.5, words, 'text-anchor="end" fill="#ffffff"') : text(at + wide + 5, y + 13.5, words, grey));
  });
  let y = bottom + 26;
  for (const [title, page] of [['GET /metrics while it waits, after the new start', waiting], ['GET /metrics when it has ended', ended]]) {
    out.push(text(12, y, title, 'font-weight="bold"'));
    for (const one of page) out.push(text(12, y += 16, one, mono));
    y += 28;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 ${y - 10}" font-family="sans-serif" font-size="12" fill="#1f2328" role="img" aria-label="The spans of a case from its start over a kill of the program to its end, and the metrics page">`,
    `<rect width="960" height="${y - 10}" fill="#ffffff"/>`, ...out, '</svg>', '',
  ].join('\n');

  /** Each below its parent, in the order of their beginnings. */
  function below(parent) {
    return spans
      .filter(span => parent ? span.parent === parent : !byId.has(span.parent))
      .sort((one, other) => one.from - other.from)
      .flatMap(span => [span, ...below(span.id)]);
  }
}
