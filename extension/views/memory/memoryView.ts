/** The memory view: bytes at an address or at what an expression points to, brought up to date at every stop. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { FIND_MEMORY_REQUEST, type FindMemoryArguments, type FindMemoryResponse, MEMORY_PLACE_REQUEST, type MemoryPlaceArguments, type MemoryPlaceResponse } from '../../../src/adapter/memoryProtocol.ts';
import type { FromMemoryPage, ToMemoryPage } from '../../webview/messages/memory.ts';
import type { Page } from '../../webview/page.ts';
import { WebviewView } from '../../webview/webviewView.ts';
import { DEBUG_TYPE, type FollowedSession } from '../followedSession.ts';
import { bytesOf, textOf } from './base64.ts';
import { type Bytes, changesIn, joinBytes } from './bytes.ts';
import { memoryTexts } from './memoryTexts.ts';

const ROW = 16;

interface Shown {
  readonly reference: string;
  readonly address: number;
  readonly bytes: Bytes;
}

export class MemoryView extends WebviewView<ToMemoryPage, FromMemoryPage> {
  protected readonly page: Page = { name: 'memory', title: vscode.l10n.t('Memory'), texts: memoryTexts() };
  readonly #followed: FollowedSession;
  readonly #subscriptions: vscode.Disposable[];
  #expression = '';
  #follows = false;
  /** Bytes that the user has moved away from what the expression means. */
  #moved = 0;
  /** Where the expression led when it was last worked out. */
  #base: MemoryPlaceResponse | undefined;
  /** What is followed may lead elsewhere by now. */
  #baseIsOld = false;
  #room = ROW * ROW;
  /** What was shown at the last stop, to mark what has changed since. */
  #before: Shown | undefined;
  #shown: Shown | undefined;
  #snapshot: Shown | undefined;
  /** Counts what was asked to be shown: an answer that comes after a later question is not shown. */
  #turn = 0;
  /** Whose memory is shown, as `FollowedSession` counts programs. */
  #program = 0;

  constructor(extension: vscode.Uri, followed: FollowedSession) {
    super('refault.memory', extension);
    this.#followed = followed;
    this.#subscriptions = [
      followed.onDidChange((change) => {
        if (typeof change !== 'string') return;
        if (followed.program !== this.#program) this.#forget();
        this.#baseIsOld = true;
        if (change === 'stopped' || change === 'stopped on a fault') this.#before = this.#shown;
        void this.#refresh();
      }),
      vscode.commands.registerCommand('refault.showMemory', (expression?: string) => this.#open(expression)),
    ];
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    super.dispose();
  }

  protected pageReady(): void {
    void this.#refresh();
  }

  protected visibilityChanged(isVisible: boolean): void {
    if (isVisible) void this.#refresh();
  }

  protected received(message: FromMemoryPage): void {
    void this.#answer(message).catch((error: unknown) => { this.#say(sentenceOf(error), true); });
  }

  async #answer(message: FromMemoryPage): Promise<void> {
    switch (message.kind) {
      case 'go': await this.#go(message.expression, message.follows); break;
      case 'move':
        this.#moved += message.bytes;
        await this.#show();
        break;
      case 'room':
        this.#room = message.bytes;
        await this.#refresh();
        break;
      case 'write': await this.#write(message.address, message.value); break;
      case 'search': await this.#search(message); break;
      case 'snapshot':
        this.#snapshot = this.#shown;
        await this.#show();
        break;
      case 'dropSnapshot':
        this.#snapshot = undefined;
        await this.#show();
        break;
    }
  }

  async #open(expression: string | undefined): Promise<void> {
    const wanted = expression ?? await vscode.window.showInputBox({
      title: vscode.l10n.t('Show Memory'), prompt: vscode.l10n.t('An address, an expression, or either in a space: 0x10010000, $r1, buffer, ls:worker:0x100, pa:0'), value: this.#expression,
    });
    if (wanted === undefined) return;
    await vscode.commands.executeCommand('refault.memory.focus');
    await this.#go(wanted, this.#follows);
  }

  async #go(expression: string, follows: boolean): Promise<void> {
    this.#expression = expression;
    this.#follows = follows;
    this.#moved = 0;
    this.#base = undefined;
    await this.#refresh();
  }

  /** Another program may have the same names elsewhere, and has nothing to do with the bytes of the last one. */
  #forget(): void {
    this.#program = this.#followed.program;
    this.#base = this.#before = this.#shown = this.#snapshot = undefined;
  }

  async #refresh(): Promise<void> {
    if (!this.isVisible) return;
    const turn = ++this.#turn;
    try {
      await this.#show(turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#shown = undefined;
      // A program that has ended meanwhile answers with what became of its threads: that it has ended is what there is to say.
      if (this.#session()) this.post({ kind: 'nothing', why: sentenceOf(error), expression: this.#expression });
    }
  }

  async #show(turn = ++this.#turn): Promise<void> {
    const session = this.#session();
    if (this.#expression === '') this.post({ kind: 'nothing', why: vscode.l10n.t('Write an address or an expression above.'), expression: '' });
    if (!session || this.#expression === '') return;
    const program = this.#program;
    const base = this.#base === undefined || (this.#follows && this.#baseIsOld) ? await this.#place(session) : this.#base;
    const address = Math.max(base.address + this.#moved, 0);
    const reference = base.memoryReference.replace(/[^:]+$/, `0x${address.toString(16)}`);
    const bytes = await read(session, reference, this.#room);
    const snapshot = await this.#compared(session);
    // Something else is wanted by now, or it was read from a program that has ended or is no longer the one to show.
    if (turn !== this.#turn || program !== this.#followed.program || !this.#session()) return;
    this.#base = base;
    this.#baseIsOld = false;
    const shown: Shown = { reference, address, bytes };
    this.#shown = shown;
    this.post({
      kind: 'screen',
      screen: {
        reference, address, bytes, expression: this.#expression, follows: this.#follows, canEdit: true,
        changes: sameSpace(this.#before, shown) ? changesIn(this.#before, shown) : [],
        differences: sameSpace(this.#snapshot, shown) ? changesIn(this.#snapshot, shown) : [],
        snapshot: typeof snapshot === 'string' ? undefined : snapshot,
      },
    });
    if (typeof snapshot === 'string') this.#say(snapshot, true);
    this.describe(reference);
  }

  /** How much of the whole snapshot is different now; a sentence where its memory is gone, such as a context's that was destroyed. */
  async #compared(session: vscode.DebugSession): Promise<{ readonly bytes: number; readonly different: number } | string | undefined> {
    const snapshot = this.#snapshot;
    if (!snapshot) return undefined;
    try {
      const bytes = await read(session, snapshot.reference, snapshot.bytes.length);
      return { bytes: snapshot.bytes.length, different: changesIn(snapshot, { ...snapshot, bytes }).length };
    } catch (error) {
      this.#snapshot = undefined;
      return vscode.l10n.t('The snapshot is dropped, its memory cannot be read any more: {0}', sentenceOf(error));
    }
  }

  async #place(session: vscode.DebugSession): Promise<MemoryPlaceResponse> {
    const item = vscode.debug.activeStackItem;
    const frame = item instanceof vscode.DebugStackFrame ? { frameId: item.frameId } : {};
    const thread = item === undefined ? {} : { threadId: item.threadId };
    const ask = async (where: object): Promise<MemoryPlaceResponse> =>
      await session.customRequest(MEMORY_PLACE_REQUEST, { expression: this.#expression, ...where } satisfies MemoryPlaceArguments) as MemoryPlaceResponse;
    try {
      return await ask({ ...frame, ...thread });
    } catch {
      // At a stop the frame of the stop before may still be selected: then the thread that stopped is meant.
      return await ask({});
    }
  }

  async #write(address: number, value: number): Promise<void> {
    const session = this.#session();
    const reference = this.#shown?.reference.replace(/[^:]+$/, `0x${address.toString(16)}`);
    if (!session || reference === undefined) return;
    await session.customRequest('writeMemory', { memoryReference: reference, data: textOf([value]) } satisfies DebugProtocol.WriteMemoryArguments);
    await this.#show();
    this.#say(vscode.l10n.t('{0} written at {1}.', `0x${value.toString(16).padStart(2, '0')}`, reference), false);
  }

  async #search({ form, pattern, from }: Extract<FromMemoryPage, { kind: 'search' }>): Promise<void> {
    const session = this.#session();
    if (!session || !this.#base || !this.#shown) return;
    const memoryReference = this.#base.memoryReference.replace(/[^:]+$/, `0x${(from + 1).toString(16)}`);
    const wish: FindMemoryArguments = { memoryReference, form, pattern };
    const { address, length } = await session.customRequest(FIND_MEMORY_REQUEST, wish) as FindMemoryResponse;
    if (address === undefined) {
      this.#say(vscode.l10n.t('"{0}" does not occur.', pattern), false);
      return;
    }
    const { address: first, bytes } = this.#shown;
    if (address < first || address + length > first + bytes.length) {
      this.#moved = address - (address % ROW) - this.#base.address;
      await this.#show();
    }
    this.post({ kind: 'cursor', address, length });
    this.#say(vscode.l10n.t('Found at {0}.', `0x${address.toString(16)}`), false);
  }

  #say(text: string, isError: boolean): void {
    this.post({ kind: 'said', text, isError });
  }

  #session(): vscode.DebugSession | undefined {
    const session = vscode.debug.activeDebugSession;
    if (session?.type === DEBUG_TYPE && this.#followed.current?.ended === false) return session;
    this.post({ kind: 'nothing', why: vscode.l10n.t('No Cell program is being debugged.'), expression: this.#expression });
    return undefined;
  }
}

async function read(session: vscode.DebugSession, memoryReference: string, count: number): Promise<Bytes> {
  const parts: Bytes[] = [];
  for (let offset = 0; offset < count;) {
    const wish: DebugProtocol.ReadMemoryArguments = { memoryReference, offset, count: count - offset };
    const { data, unreadableBytes } = await session.customRequest('readMemory', wish) as NonNullable<DebugProtocol.ReadMemoryResponse['body']>;
    const bytes = bytesOf(data ?? '');
    const hole = unreadableBytes ?? count - offset - bytes.length;
    parts.push([...bytes, ...Array.from({ length: hole }, () => undefined)]);
    offset += bytes.length + hole;
  }
  return joinBytes(parts);
}

function sameSpace(one: Shown | undefined, other: Shown): one is Shown {
  const space = (reference: string): string => reference.replace(/[^:]+$/, '');
  return one !== undefined && space(one.reference) === space(other.reference);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
