/** A page's side of its messages, its texts, and what it remembers while it is hidden. */
import { type Say, sayFrom, type Texts } from '../texts.ts';

interface VsCodeApi {
  postMessage(message: object): void;
  getState(): unknown;
  setState(state: object): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface Host<ToPage, FromPage, State> {
  post(message: FromPage): void;
  /** What `remember` was given last, also before the page was hidden. */
  readonly remembered: State | undefined;
  remember(state: State): void;
  /** Handles what the extension sends, and says that the page is ready for it. To be called once, last. */
  listen(handle: (message: ToPage) => void): void;
  /** A text of the page in the user's language. */
  readonly text: Say;
}

export function connect<ToPage, FromPage extends object, State extends object>(): Host<ToPage, FromPage, State> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => { api.postMessage(message); },
    remembered: (api.getState() ?? undefined) as State | undefined,
    remember: (state) => { api.setState(state); },
    listen: (handle) => {
      addEventListener('message', ({ data }: MessageEvent<ToPage>) => { handle(data); });
      api.postMessage({ kind: 'ready' });
    },
    text: sayFrom(JSON.parse(document.body.dataset['texts'] ?? '{}') as Texts),
  };
}
