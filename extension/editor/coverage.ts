/** Which lines ran, in VS Code's own coverage: of the last run on request, or of a run that was asked for it. */
import * as vscode from 'vscode';
import { COVERAGE_REQUEST, type CoverageResponse, type FileLinesCovered, type LineCovered } from '../../src/adapter/protocol.ts';
import { debugProgram } from '../debug/commands.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';
import { fileName, pathOf, uriOf } from '../debug/hostFiles.ts';
import { programInFocus, type SourceOf } from '../debug/program.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';

interface KeptCoverage {
  /** Name of the session, for people. */
  readonly title: string;
  readonly files: CoverageResponse['files'];
}

export class Coverage implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController('refault', vscode.l10n.t('Cell Programs'));
  readonly #profile: vscode.TestRunProfile;
  readonly #details = new WeakMap<vscode.FileCoverage, vscode.StatementCoverage[]>();
  readonly #kept = new vscode.EventEmitter<vscode.DebugSession>();
  readonly #subscriptions: vscode.Disposable[];
  #last: KeptCoverage | undefined;

  constructor(private readonly sourceOf: SourceOf) {
    this.#profile = this.#controller.createRunProfile(vscode.l10n.t('Run with Coverage'), vscode.TestRunProfileKind.Coverage, (request, token) => this.#run(request, token), true);
    this.#profile.loadDetailedCoverage = (_run, file) => Promise.resolve(this.#details.get(file) ?? []);
    this.#subscriptions = [
      this.#controller,
      this.#kept,
      vscode.commands.registerCommand('refault.runWithCoverage', (resource?: vscode.Uri) => this.#runFile(resource)),
      vscode.commands.registerCommand('refault.showCoverage', () => this.#showLast()),
    ];
  }

  /** Takes over what a session that is about to end knows. */
  async keep(session: vscode.DebugSession, ask: Ask): Promise<void> {
    const { files } = await ask(COVERAGE_REQUEST, {}) as CoverageResponse;
    this.#last = { title: session.name, files };
    await vscode.commands.executeCommand('setContext', 'refault.hasCoverage', files.length > 0);
    this.#kept.fire(session);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #runFile(resource: vscode.Uri | undefined): Promise<void> {
    const program = resource ? await this.sourceOf(resource) : await programInFocus(this.sourceOf);
    if (!program) {
      await vscode.window.showErrorMessage(vscode.l10n.t('Open a Cell assembly file (.s) or an ELF program first.'));
      return;
    }
    const id = program.toString();
    const item = this.#controller.items.get(id) ?? this.#controller.createTestItem(id, fileName(program), program);
    this.#controller.items.add(item);
    const cancellation = new vscode.CancellationTokenSource();
    try {
      await this.#run(new vscode.TestRunRequest([item], undefined, this.#profile), cancellation.token);
    } finally {
      cancellation.dispose();
    }
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const items = request.include ?? [...this.#controller.items].map(([, item]) => item);
    for (const { uri } of items) {
      if (!uri || token.isCancellationRequested || run.token.isCancellationRequested) continue;
      const files = await this.#filesOf(uri, run.token);
      if (files) this.#add(run, files);
    }
    run.end();
  }

  /** What ran of a program, once it has ended; undefined where it did not start. */
  async #filesOf(program: vscode.Uri, token: vscode.CancellationToken): Promise<CoverageResponse['files'] | undefined> {
    let own: vscode.DebugSession | undefined;
    const stop = (): void => { if (own) void vscode.debug.stopDebugging(own); };
    // A short program may have ended before VS Code tells that it began.
    const meet = (session: vscode.DebugSession): boolean => {
      if (!own && session.type === DEBUG_TYPE && session.configuration['program'] === pathOf(program)) {
        own = session;
        if (token.isCancellationRequested) stop();
      }
      return session.id === own?.id;
    };
    const files = new Promise<CoverageResponse['files'] | undefined>((resolve) => {
      let found: CoverageResponse['files'] | undefined;
      const listening = [
        vscode.debug.onDidStartDebugSession(meet),
        this.#kept.event((session) => { if (meet(session)) found = this.#last?.files; }),
        vscode.debug.onDidTerminateDebugSession(({ id }) => { if (id === own?.id) finish(); }),
        token.onCancellationRequested(stop),
      ];
      const finish = (): void => {
        for (const one of listening) one.dispose();
        resolve(found);
      };
      debugProgram(program, true).then((isStarted) => { if (!isStarted) finish(); }, finish);
    });
    return await files;
  }

  async #showLast(): Promise<void> {
    if (!this.#last || this.#last.files.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No program with source lines has ended yet: run one first.'));
      return;
    }
    const run = this.#controller.createTestRun(new vscode.TestRunRequest([], undefined, this.#profile), this.#last.title);
    this.#add(run, this.#last.files);
    run.end();
  }

  #add(run: vscode.TestRun, files: CoverageResponse['files']): void {
    for (const file of files) {
      const { source: { path } } = file;
      if (path === undefined) continue;
      const details = statementsOf(file);
      const coverage = vscode.FileCoverage.fromDetails(uriOf(path), details);
      this.#details.set(coverage, details);
      run.addCoverage(coverage);
    }
  }
}

/** How often a line ran is not known, only whether. */
function statementsOf({ lines }: FileLinesCovered): vscode.StatementCoverage[] {
  return lines.map(({ line, ran }: LineCovered) => new vscode.StatementCoverage(ran > 0, new vscode.Range(line - 1, 0, line, 0)));
}
