/** A launch that cannot be, in one sentence. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
