/** From what a launch configuration says to a profile. */
import { CHOICES, fits, isChoice, valuesText } from './choices.ts';
import { contradiction } from './combinations.ts';
import type { Profile } from './profile.ts';
import { DEFAULT_PROFILE, PROFILES } from './tables.ts';

/** A profile's name, or a profile with some choices changed: `{ base: '2.6.18', interruptedWait: 'retry' }`. */
export type ProfileChoice = string | { readonly base?: string; readonly [choice: string]: unknown };

/** The launch configuration asks for a kernel that cannot be. The message is a sentence for the user. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

/**
 * @param chosen undefined for the default.
 * @throws ProfileError
 */
export function profileOf(chosen: ProfileChoice = DEFAULT_PROFILE): Profile {
  if (typeof chosen === 'string') return profileNamed(chosen);
  const { base = DEFAULT_PROFILE, ...overrides } = chosen;
  const profile = profileNamed(base);
  for (const [name, value] of Object.entries(overrides)) checkOverride(name, value);
  const asksRetry = needsRetry(overrides);
  if (asksRetry && overrides['nopageRetry'] === false) {
    throw new ProfileError('A handler cannot answer NOPAGE_RETRY in a kernel whose do_no_page does not know it: leave out "nopageRetry": false.');
  }
  const brings = asksRetry && profile.handlerKinds.includes('nopage') && !profile.handlerKinds.includes('fault');
  const changed: Profile = { ...profile, ...(brings ? { nopageRetry: true } : {}), ...overrides };
  const wrong = contradiction(changed, base);
  if (wrong !== undefined) throw new ProfileError(wrong);
  return Object.keys(overrides).length === 0 ? profile : { ...changed, name: changedName(base, overrides) };
}

/** A core that has no word for "again" gets one where a choice needs it. */
function needsRetry(overrides: Readonly<Record<string, unknown>>): boolean {
  const { interruptedWait, deadContext, pageCacheRetry = 'never' } = overrides;
  return interruptedWait === 'retry' || deadContext === 'retry' || pageCacheRetry !== 'never';
}

function profileNamed(name: string): Profile {
  const profile = PROFILES.find((p) => p.name === name);
  if (!profile) {
    throw new ProfileError(`There is no kernel profile "${name}"; there are ${PROFILES.map((p) => p.name).join(', ')}.`);
  }
  return profile;
}

function checkOverride(name: string, value: unknown): void {
  if (!isChoice(name)) {
    throw new ProfileError(`A kernel profile has no choice "${name}"; there are ${Object.keys(CHOICES).join(', ')}.`);
  }
  if (!fits(name, value)) {
    throw new ProfileError(`The choice "${name}" of a kernel profile is ${valuesText(name)}, not ${JSON.stringify(value)}.`);
  }
}

/** `2.6.18 with interruptedWait=retry`. */
function changedName(base: string, overrides: Readonly<Record<string, unknown>>): string {
  return `${base} with ${Object.entries(overrides).map(([name, value]) => `${name}=${String(value)}`).join(', ')}`;
}
