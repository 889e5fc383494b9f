/**
 * What the extension takes from the inner rings. It is in the package once, in a file that the desktop's extension host, its
 * adapter's worker, and both in a browser load (`shared.ts`).
 */
export { POLICIES } from '../src/adapter/comparison/policies.ts';
export { createSession } from '../src/adapter/session.ts';
export { KernelListings, pathName } from '../src/adapter/sources/kernelListings.ts';
export { proposalsAt } from '../src/language/completion.ts';
export { diagnosticsOf, diagnosticsOfPrograms } from '../src/language/diagnostics.ts';
export { encodingsOf } from '../src/language/encodings.ts';
export { formattedLines } from '../src/language/format/format.ts';
export { blockAround, evaluableAt, registersOf } from '../src/language/evaluables.ts';
export { hoverAt } from '../src/language/instructionHelp.ts';
export { definitionsIn } from '../src/language/definitions.ts';
export { foldsOf } from '../src/language/folds.ts';
export { includedAt } from '../src/language/includes.ts';
export { IncludeGraph } from '../src/language/includeGraph.ts';
export { nameHelpAt } from '../src/language/nameHelp.ts';
export { occurrencesIn } from '../src/language/references.ts';
export { renamableAt, renameAt } from '../src/language/rename.ts';
export { repairsOf } from '../src/language/repairs.ts';
export { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../src/language/semanticTokens.ts';
export { signatureAt } from '../src/language/signatureHelp.ts';
export { SourceLinks } from '../src/language/sourceLinks.ts';
export { spuProgramKey, spuProgramUses } from '../src/language/spuProgramNames.ts';
export { sourceOutline } from '../src/language/sourceOutline.ts';
export { newMnemonics, SourceAnalysis } from '../src/language/sourceAnalysis.ts';
export { differingListings } from '../src/sim/kernel/fault/listingDifference.ts';
export { ProfileError, profileOf } from '../src/sim/kernel/profile/lookup.ts';
export { DEFAULT_PROFILE, PROFILES } from '../src/sim/kernel/profile/tables.ts';
