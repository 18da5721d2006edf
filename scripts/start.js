// npm start: Azurite and the Functions app together, until Ctrl+C.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const project = join(root, 'CallCenter.Functions');
const port = process.env.PORT ?? '7071';
const base = `http://localhost:${port}`;
const windows = process.platform === 'win32';
const children = [];
let stopping = false;

main().catch(error => stop(1, error.message));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => stop(0));

async function main() {
  if (!works('func', '--version'))
    return stop(1, "The Azure Functions host is missing: 'npm install' brings it where it can be downloaded, else see https://aka.ms/azfunc-install; "
      + "'dotnet run --project CallCenter.Standalone' runs the same process now, without it.");
  if (await listens(port))
    return stop(1, `Port ${port} is taken. Stop what listens there, or choose another one: PORT=7072 npm start`);

  await startAzurite();
  // func would find no project in the output folder, and so it starts what has been built here.
  if (spawnSync('dotnet', ['build', project, '--nologo', '-v', 'quiet'], { stdio: 'inherit' }).status !== 0)
    return stop(1, 'The Functions app does not build.');
  start('func', windows ? 'func.cmd' : 'func', ['start', '--port', port], {
    cwd: join(project, 'bin', 'Debug', 'net10.0'),
    env: { ...settings(), ...process.env },
    shell: windows,
  });
  await until(answers, 120, 'The API does not answer.');
  console.log(`
CallCenter runs on ${base}

  curl -i ${base}/api/cases -H 'Content-Type: application/json' -d '{"inputCaseID":"001"}'
  curl -i ${base}/api/cases -H 'Content-Type: application/json' -H 'Prefer: wait=10' -d '{"inputCaseID":"002"}'
  curl    ${base}/api/cases
  open    ${base}/console

Ctrl+C stops it, and Azurite with it; the cases stay in .azurite.
`);
}

/** Azurite, unless a storage emulator listens already. */
async function startAzurite() {
  if (await listens(10000)) {
    console.log('A storage emulator listens on port 10000 already: that one is used.');
    return;
  }
  const require = createRequire(import.meta.url);
  let azurite;
  try {
    const manifest = require.resolve('azurite/package.json');
    azurite = join(dirname(manifest), require(manifest).bin.azurite);
  } catch {
    throw new Error("Azurite is missing. Run 'npm install' first.");
  }
  start('azurite', process.execPath, [azurite, '--silent', '--skipApiVersionCheck', '--disableTelemetry', '--location', join(root, '.azurite')]);
  // Table storage comes up last.
  await until(() => listens(10002), 30, 'Azurite does not start.');
}

/** local.settings.json where there is one, else its example: enough to run here. */
function settings() {
  const file = ['local.settings.json', 'local.settings.json.example'].map(name => join(root, name)).find(existsSync);
  return JSON.parse(readFileSync(file, 'utf8')).Values;
}

function start(name, command, args, options = {}) {
  // A process group of its own, so that what it starts can be stopped with it, and Ctrl+C reaches it in order.
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !windows, ...options });
  children.push(child);
  child.on('error', error => stop(1, `${name} cannot be started: ${error.message}`));
  child.on('exit', code => stop(1, `${name} has ended (${code}).`));
}

function works(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore', shell: windows }).status === 0;
}

function listens(where) {
  return new Promise(resolve => {
    const socket = connect(Number(where), '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

async function answers() {
  try {
    const { ok, status } = await fetch(`${base}/api/health`);
    return ok || status === 401; // A host that wants a key is up, too.
  } catch {
    return false;
  }
}

async function until(condition, seconds, otherwise) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end && !stopping; await pause(300))
    if (await condition())
      return;
  if (!stopping)
    throw new Error(otherwise);
}

function pause(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Ends what was started, last first, and then this. */
async function stop(code, reason) {
  if (stopping)
    return;
  stopping = true;
  if (reason)
    console.error(reason);
  for (const child of children.reverse()) {
    end(child, 'SIGINT');
    for (let waited = 0; waited < 100 && child.exitCode === null && child.signalCode === null; waited++)
      await pause(100);
    end(child, 'SIGKILL');
  }
  process.exit(code);
}

/** The whole group: a host that is gone may have left its worker behind. */
function end(child, signal) {
  if (child.pid === undefined)
    return;
  if (windows) {
    spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
