// Draws survive.svg, the animated picture of the README's 'See it survive': runs the commands that stand there against a real program, and shows what each
// terminal printed, when it printed it.
// node docs/images/survive.mjs [CallCenter.Standalone.dll]; needs Node.js 20, bash, curl, and the program built.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const dll = process.argv[2] ?? join(root, 'CallCenter.Standalone/bin/Debug/net10.0/CallCenter.Standalone.dll');
const data = mkdtempSync(join(tmpdir(), 'survive-'));
const section = readFileSync(join(root, 'README.md'), 'utf8').split('## See it survive')[1].split('\n## ')[0];
const commands = [...section.matchAll(/```sh\n(.*?)\n```/gs)].flatMap(block => block[1].split('\n'));

// What is shown: where (0 the program's terminal, 1 the other one), when in seconds, in which colour.
const shown = [];
const began = Date.now();
const now = () => (Date.now() - began) / 1000;
const show = (pane, text, colour, at = now()) => shown.push({ pane, at, text, colour });
const pause = seconds => new Promise(over => setTimeout(over, seconds * 1000));

let program = await start('dotnet run --project CallCenter.Standalone');
for (const command of commands) {
  await pause(1.6);
  if (command.startsWith('dotnet run')) {
    program = await start(command);
  } else if (command.startsWith('kill')) {
    show(1, `$ ${command.replace('4711', program.pid)}`, 'command');
    const over = new Promise(ended => program.on('exit', (_, signal) => ended(signal)));
    await run(command.replace('4711', program.pid));
    show(0, `(the program is gone: ${await over})`, 'gone');
  } else {
    show(1, `$ ${command}`, 'command');
    const output = await run(command.replaceAll('http://127.0.0.1:7071', program.url));
    if (output) show(1, short(output.replaceAll(program.url, 'http://127.0.0.1:7071')), 'output');
  }
}
program.removeAllListeners('exit');
program.kill('SIGTERM');
await new Promise(over => program.on('exit', over));
rmSync(data, { recursive: true });
writeFileSync(new URL('survive.svg', import.meta.url), draw());

/** Starts the program, and waits until it has said so. */
function start(command) {
  show(0, `$ ${command}`, 'command');
  const started = spawn('dotnet', [dll, '--urls', 'http://127.0.0.1:0', '--data', data, '--Logging:LogLevel:Default', 'Warning']);
  return new Promise((listens, fails) => {
    let text = '';
    started.on('exit', code => fails(new Error(`The program ended with ${code}: ${text}`)));
    started.stdout.on('data', part => {
      text += part;
      if (!text.includes('Try:') || started.url) return;
      started.url = /listens on (http:\S+)/.exec(text)[1];
      for (const line of text.split('\n').filter(line => /listens on|process|resumed/.test(line)))
        show(0, line.replace(started.url, 'http://127.0.0.1:7071'), line.includes('resumed  1') ? 'good' : 'output');
      listens(started);
    });
  });
}

function run(command) {
  return new Promise((done, fails) => execFile('/bin/bash', ['-c', command], (error, output) => error ? fails(error) : done(output.trim())));
}

/** The parts of an answer that the story is about. */
function short(json) {
  const answer = JSON.parse(json);
  return answer.id
    ? `{"id":"${answer.id}","statusQueryGetUri":"${answer.statusQueryGetUri}",...}`
    : `{"instanceId":"${answer.instanceId}",...,"runtimeStatus":"${answer.runtimeStatus}",...,"Message":"${answer.output.Message}"},...}`;
}

function draw() {
  const lines = [0, 1].map(pane => shown.filter(line => line.pane === pane).flatMap(line => wrapped(line.text).map(text => ({ ...line, text }))));
  const [step, left, wide] = [18, 16, 920];
  const hold = 5;
  const length = now() + hold;
  const out = [];
  const frames = [];
  let y = 0;
  lines.forEach((pane, number) => {
    out.push(`<text x="${left}" y="${y += 22}" class="title">${['the program', 'another terminal'][number]}</text>`);
    const height = pane.length * step + 14;
    out.push(`<rect x="8" y="${y += 6}" width="${wide - 16}" height="${height}" rx="6" class="pane"/>`);
    pane.forEach((line, at) => {
      const name = `l${number}${at}`;
      const from = (100 * line.at / length).toFixed(1);
      frames.push(`@keyframes ${name}{0%,${from}%{opacity:0}${(+from + 0.2).toFixed(1)}%,100%{opacity:1}}.${name}{animation:${name} ${length.toFixed(1)}s step-end infinite}`);
      out.push(`<text x="${left}" y="${y + 20 + at * step}" class="${line.colour} ${name}" xml:space="preserve">${escaped(line.text)}</text>`);
    });
    y += height;
  });
  const style = `text{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}.title{font-family:sans-serif;fill:#6e7781}.pane{fill:#0d1117}`
    + `.command{fill:#e6edf3;font-weight:bold}.output{fill:#9da7b3}.good{fill:#56d364}.gone{fill:#ff7b72}`
    + `@media(prefers-reduced-motion:reduce){text{animation:none!important}}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${y + 10}" role="img" aria-label="A case that waits for a person survives a kill of the program">\n`
    + `<style>${style}${frames.join('')}</style>\n${out.join('\n')}\n</svg>\n`;
}

/** Long lines go on in the next one, indented. */
function wrapped(text, most = 116) {
  if (text.length <= most) return [text];
  const at = text.startsWith('$') ? text.lastIndexOf(' ', most) : most;
  return [text.slice(0, at) + (text.startsWith('$') ? ' \\' : ''), ...wrapped(`    ${text.slice(at).trimStart()}`, most)];
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
