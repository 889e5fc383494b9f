/**
 * What the extension takes from the inner rings. On the desktop this module is a bundle of its own, so that the extension host
 * and the adapter's worker load one file; a web extension is one file and has it inside (scripts/bundles.ts).
 */
export { POLICIES } from '../src/adapter/comparison/policies.ts';
export { createSession } from '../src/adapter/session.ts';
export { KernelListings, pathName } from '../src/adapter/sources/kernelListings.ts';
export { proposalsAt } from '../src/language/completion.ts';
export { diagnosticsOf } from '../src/language/diagnostics.ts';
export { encodingsOf } from '../src/language/encodings.ts';
export { formattedLines } from '../src/language/format/format.ts';
export { blockAround, evaluableAt, registersOf } from '../src/language/evaluables.ts';
export { hoverAt, signatureAt } from '../src/language/instructionHelp.ts';
export { foldsOf, outlineOf } from '../src/language/outline.ts';
export { occurrencesAt } from '../src/language/references.ts';
export { renameAt } from '../src/language/rename.ts';
export { repairsOf } from '../src/language/repairs.ts';
export { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../src/language/semanticTokens.ts';
export { newMnemonics, SourceAnalysis } from '../src/language/sourceAnalysis.ts';
export { differingListings } from '../src/sim/kernel/fault/listingDifference.ts';
export { ProfileError, profileOf } from '../src/sim/kernel/profile/lookup.ts';
export { DEFAULT_PROFILE, PROFILES } from '../src/sim/kernel/profile/tables.ts';
