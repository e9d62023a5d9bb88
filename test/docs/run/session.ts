import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../places/free-port.ts';
import type { Command } from '../read/commands.ts';
import { stands } from '../read/outcome.ts';
import type { Block } from '../read/page.ts';
import { type Follower, atPort, followerOf } from './follower.ts';
import type { Ground } from './ground.ts';
import type { Job } from './job.ts';
import { type Look, differences, isPods } from './look.ts';
import { openShell } from './shell.ts';
import { plainOutput } from '../../../places/plain-output.ts';

/** The reading of one document: its blocks are run in order, each in the terminal that the one before has left. */
export interface Session extends AsyncDisposable {
  /**
   * Runs a block, and presses Ctrl-C at its end in what goes on, but not in a shop. Throws a sentence with file and line, and
   * what was printed, for a command that fails or an outcome that does not stand.
   */
  run(block: Block): Promise<void>;
  /** What differs now from the beginning of the document. */
  changed(): Promise<string[]>;
  /** Presses Ctrl-C in each shop that a block has started. Throws a sentence for one that ends with an error. */
  stop(): Promise<void>;
  /** After `stop`: makes the base stand again, and gives what the document has left changed. */
  restore(): Promise<string[]>;
}

/** Milliseconds: for one command, and for pods that restart until they are as many as before. */
export interface Limits {
  command: number;
  pods: number;
}

const LIMITS: Limits = { command: 240_000, pods: 45_000 };
const SHOP = 'http://localhost:8080';

/** Begins a document at the base of its ground, which the session disposes of in the end. */
export async function openSession(ground: Ground, limits: Limits = LIMITS): Promise<Session> {
  const before = await settled(ground, limits.pods);
  const shell = openShell(ground);
  let following: { at: string; command: Command; job: Job; stays: boolean }[] = [];
  const states: string[] = [];
  let url = ground.url;
  const atShop = (text: string) => (url === undefined ? text : text.replaceAll(SHOP, url));
  const asWritten = (output: string) => {
    const printed = plainOutput(output);
    return url === undefined
      ? printed
      : printed.replaceAll(url.replace('127.0.0.1', 'localhost'), SHOP).replaceAll(url, SHOP);
  };

  async function follow(at: string, command: Command, { ready, opensShop, isShop }: Follower): Promise<string> {
    let text = atShop(command.text);
    if (opensShop) {
      const port = await freePort();
      text = atPort(text, port);
      url = `http://127.0.0.1:${port}`;
    }
    if (isShop && ground.isShared) {
      const state = mkdtempSync(join(tmpdir(), 'tuesday-docs-'));
      states.push((shell.env['TUESDAY_STATE'] = state));
      text = text.replace(/ --state[ =]\S+/, '');
    }
    const job = shell.follow(text);
    following.push({ at, command, job, stays: isShop === true });
    const isReady = () =>
      ready.test(job.output()) && command.outcomes.every((one) => stands(one, asWritten(job.output())));
    for (const until = Date.now() + limits.command; !isReady(); await wait(20)) {
      if (!job.isOver() && Date.now() < until) continue;
      const why = job.isOver() ? 'ended before it was ready' : `was not ready within ${limits.command / 1000} s`;
      throw new Error(`${at}: ${quoted(command)} ${why}:\n${tail(job.output())}`);
    }
    return asWritten(job.output());
  }

  async function runCommand(at: string, command: Command): Promise<string> {
    const follower = followerOf(command.text);
    if (follower) return follow(at, command, follower);
    const { code, output } = await shell.run(atShop(command.text), limits.command);
    const printed = asWritten(output);
    const how = code === null ? `did not end within ${limits.command / 1000} s` : `ended with ${code}`;
    if (code !== 0) throw new Error(`${at}: ${quoted(command)} ${how}:\n${tail(printed)}`);
    const missing = command.outcomes.find((outcome) => !stands(outcome, printed));
    if (missing !== undefined)
      throw new Error(`${at}: ${quoted(command)} did not print "${missing}" but:\n${tail(printed)}`);
    return printed;
  }

  /** Presses Ctrl-C in these commands, the last one first. */
  async function interrupt(some: typeof following): Promise<void> {
    following = following.filter((one) => !some.includes(one));
    const faults: string[] = [];
    for (const { at, command, job } of some.toReversed()) {
      const how = job.isOver() ? 'before Ctrl-C' : 'after Ctrl-C';
      const code = await job.interrupt();
      if (code !== 0) faults.push(`${at}: ${quoted(command)} ended with ${code} ${how}:\n${tail(job.output())}`);
    }
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  const changed = async () => differences(before, await ground.look());

  return {
    async run(block) {
      let printed = '';
      for (const command of block.commands)
        printed += await runCommand(block.at.replace(/:\d+$/, `:${command.line}`), command);
      const missing = block.outcomes.find((outcome) => !stands(outcome, printed));
      if (missing !== undefined)
        throw new Error(`${block.at}: the block did not print\n${missing.trimEnd()}\nbut:\n${tail(printed)}`);
      await interrupt(following.filter(({ stays }) => !stays));
    },
    changed,
    stop: () => interrupt(following),
    async restore() {
      let left = await changed();
      // Pods that were killed come back by themselves; an object does not.
      for (const until = Date.now() + limits.pods; left.length > 0 && Date.now() < until; left = await changed()) {
        if (!left.every(isPods)) break;
        await wait(100);
      }
      if (left.length === 0) ground.isAtBase?.();
      else await ground.reset();
      return left;
    },
    async [Symbol.asyncDispose]() {
      for (const { job } of following) await job.interrupt();
      for (const state of states) rmSync(state, { recursive: true, force: true });
      shell[Symbol.dispose]();
      await ground[Symbol.asyncDispose]();
    },
  };
}

/** What the ground has when every pod is ready: one that the document before has killed may be on its way back. */
async function settled(ground: Ground, limitMs: number): Promise<Look> {
  for (const until = Date.now() + limitMs; ; await wait(100)) {
    const look = await ground.look();
    const waiting = [...look].filter(([name, pods]) => isPods(name) && !/^(\d+) ready of \1$/.test(pods));
    if (waiting.length === 0) return look;
    if (Date.now() > until)
      throw new Error(`The base does not stand: ${waiting.map((one) => one.join(': ')).join(', ')}.`);
  }
}

const quoted = ({ text }: Command) => `\`${text.split('\n')[0]!.replace(/\s+#.*$/, '')}\``;

/** The end of what was printed: enough to see why. */
const tail = (printed: string) => printed.trimEnd().split('\n').slice(-25).join('\n') || '(nothing)';
