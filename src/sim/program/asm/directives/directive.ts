import type { Cursor } from '../cursor.ts';
import type { AssemblyState } from '../state.ts';

/** Does what a directive says; the cursor stands after its name. */
export type Directive = (state: AssemblyState, cursor: Cursor) => void;
export type Directives = Readonly<Record<string, Directive>>;
