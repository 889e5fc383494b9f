/** The page of the memory view: tools above, bytes as a grid, a line for what there is to say. */
import type { FromMemoryPage, SearchForm, ToMemoryPage } from '../messages/memory.ts';
import { element } from './elements.ts';
import { ByteGrid } from './byteGrid.ts';
import { connect } from './host.ts';

interface Remembered {
  readonly pattern: string;
  readonly form: SearchForm;
}

const host = connect<ToMemoryPage, FromMemoryPage, Remembered>();
const { text } = host;

const where = element('input', { type: 'text', id: 'where', spellcheck: 'false', 'aria-label': text('address'), placeholder: text('address'), title: text('addressHelp') });
const follow = element('input', { type: 'checkbox', id: 'follow' });
const pattern = element('input', { type: 'text', id: 'pattern', spellcheck: 'false', 'aria-label': text('search'), placeholder: text('search') });
const form = element('select', { id: 'form', 'aria-label': text('form') }, ['bytes', 'text', 'words'].map((value) => element('option', { value }, [text(value)])));
const takeSnapshot = element('button', { id: 'snapshot' }, [text('snapshot')]);
const dropSnapshot = element('button', { id: 'drop', hidden: true }, [text('dropSnapshot')]);
const said = element('div', { class: 'said', role: 'status', 'aria-live': 'polite' });
const grid = new ByteGrid(host);

function go(): void {
  host.post({ kind: 'go', expression: where.value, follows: follow.checked });
}

function search(): void {
  host.remember({ pattern: pattern.value, form: form.value as SearchForm });
  host.post({ kind: 'search', form: form.value as SearchForm, pattern: pattern.value, from: grid.cursor });
}

function button(name: string, press: () => void): HTMLButtonElement {
  const made = element('button', { id: name }, [text(name)]);
  made.addEventListener('click', press);
  return made;
}

function onEnter(input: HTMLInputElement, act: () => void): void {
  input.addEventListener('keydown', ({ key }) => { if (key === 'Enter') act(); });
}

function say(words: string, isError = false): void {
  said.textContent = words;
  said.classList.toggle('error', isError);
}

function show(message: ToMemoryPage): void {
  switch (message.kind) {
    case 'screen': {
      const { screen } = message;
      if (document.activeElement !== where) where.value = screen.expression;
      follow.checked = screen.follows;
      dropSnapshot.hidden = screen.snapshot === undefined;
      grid.show(screen);
      const { snapshot } = screen;
      say(snapshot ? text('compared', snapshot.different, snapshot.bytes) : screen.changes.length > 0 ? text('changes', screen.changes.length) : '');
      break;
    }
    case 'nothing':
      if (document.activeElement !== where) where.value = message.expression;
      grid.clear();
      say(message.why);
      break;
    case 'said': say(message.text, message.isError); break;
    case 'cursor': grid.mark(message.address, message.length); break;
  }
}

pattern.value = host.remembered?.pattern ?? '';
form.value = host.remembered?.form ?? 'bytes';
onEnter(where, go);
follow.addEventListener('change', go);
onEnter(pattern, search);
takeSnapshot.addEventListener('click', () => { host.post({ kind: 'snapshot' }); });
dropSnapshot.addEventListener('click', () => { host.post({ kind: 'dropSnapshot' }); });
document.body.append(
  element('div', { class: 'tools', role: 'toolbar', 'aria-label': text('tools') }, [
    where, button('go', go), element('label', {}, [follow, text('follow')]),
    pattern, form, button('find', search), takeSnapshot, dropSnapshot,
  ]),
  grid.root, said,
);
addEventListener('resize', () => { grid.measure(); });
host.listen(show);
grid.measure();
