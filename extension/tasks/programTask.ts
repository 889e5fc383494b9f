/** A program that runs for a task: in a worker of its own, its output as it comes and its faults at the end, as `refault run` prints them. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LaunchArguments } from '../../src/adapter/launchArguments.ts';
import { FAULT_TABLE_REQUEST, type FaultTableResponse, INPUT_REQUEST, type InputArguments, WANTS_INPUT_REQUEST, type WantsInputResponse } from '../../src/adapter/protocol.ts';
import type { Files } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import { UnattendedSession } from '../headless/unattendedSession.ts';
import { mistakeOf, type PlacedMistake } from './placedMistake.ts';

/** As the command line has it: Refault itself cannot do what was asked. */
export const STATUS_FAILED = 125;

export interface ProgramTaskOptions {
  readonly start: StartWorker;
  readonly files: Files;
  readonly launch: LaunchArguments;
  /** Takes text with its line ends as the program wrote them. */
  readonly print: (text: string) => void;
  /** Takes a mistake of the program's sources; it is printed too. */
  readonly tell: (mistake: PlacedMistake) => void;
  /** Words for faults that are not listed, since they are too many. */
  readonly leftOutText: (count: number) => string;
}

export class ProgramTask {
  readonly #options: ProgramTaskOptions;
  readonly #session: UnattendedSession;
  #table: FaultTableResponse | undefined;
  #status = STATUS_FAILED;
  #finish: (status: number) => void = () => undefined;
  #printedMistakes = false;
  /** What is typed before there is a program. */
  #early: InputArguments[] | undefined = [];
  /** The thread to go on with when something is typed. */
  #waiting: number | undefined;

  constructor(options: ProgramTaskOptions) {
    this.#options = options;
    const { start, files } = options;
    this.#session = new UnattendedSession({
      start, files,
      ending: async (ask) => { this.#table = await ask(FAULT_TABLE_REQUEST, {}) as FaultTableResponse; },
      onEvent: (event, body) => { this.#onEvent(event, body); },
    });
  }

  /** Resolves to the exit status when the program has ended, or cannot be run; never rejects. Never resolves after `dispose`. */
  async run(): Promise<number> {
    const ended = new Promise<number>((resolve) => { this.#finish = resolve; });
    try {
      await this.#session.initialize();
      await this.#session.ask('launch', { ...this.#options.launch, history: 0 });
      // Stops where nothing goes on, and nowhere else: input may be all that is missing.
      await this.#session.ask('setExceptionBreakpoints', { filters: ['deadlock'] });
      for (const input of this.#early ?? []) await this.#session.ask(INPUT_REQUEST, input);
      this.#early = undefined;
      await this.#session.ask('configurationDone', {});
      return await ended;
    } catch (error) {
      // All mistakes of a program have been printed by then, the one that the failure names among them.
      if (!this.#printedMistakes) this.#options.print(`refault: ${error instanceof Error ? error.message : String(error)}\n`);
      return STATUS_FAILED;
    }
  }

  /** For the program's standard input; without text it ends. */
  give(input: InputArguments): void {
    if (this.#early) {
      this.#early.push(input);
      return;
    }
    const threadId = this.#waiting;
    this.#waiting = undefined;
    this.#quietly(this.#session.ask(INPUT_REQUEST, input));
    if (threadId !== undefined) this.#quietly(this.#session.ask('continue', { threadId }));
  }

  async #standsStill(threadId: number): Promise<void> {
    const { wanted } = await this.#session.ask(WANTS_INPUT_REQUEST, {}) as WantsInputResponse;
    if (wanted) this.#waiting = threadId;
    // Going on where nothing can ends the program, with the reason.
    else await this.#session.ask('continue', { threadId });
  }

  #quietly(asking: Promise<unknown>): void {
    asking.catch((error: unknown) => { this.#options.print(`refault: ${error instanceof Error ? error.message : String(error)}\n`); });
  }

  dispose(): void {
    this.#session.dispose();
  }

  #onEvent(event: string, body: unknown): void {
    if (event === 'output') {
      const said = body as DebugProtocol.OutputEvent['body'];
      if (said.category === 'telemetry') return;
      this.#printedMistakes ||= said.category === 'stderr';
      this.#options.print(said.output);
      const mistake = mistakeOf(said);
      if (mistake) this.#options.tell(mistake);
    } else if (event === 'stopped') this.#quietly(this.#standsStill((body as DebugProtocol.StoppedEvent['body']).threadId ?? 0));
    else if (event === 'exited') ({ exitCode: this.#status } = body as DebugProtocol.ExitedEvent['body']);
    else if (event === 'terminated') {
      const { print, leftOutText } = this.#options;
      const { lines, leftOut } = this.#table ?? { lines: [], leftOut: 0 };
      if (leftOut > 0) print(`\n${leftOutText(leftOut)}`);
      if (lines.length > 0) print(`\n${lines.join('\n')}\n`);
      this.#finish(this.#status);
    }
  }
}
