/** Tasks as tasks.json has them; the schema is `taskDefinitions` in package.json. */
export const TASK_TYPE = 'refault';

export interface RefaultTask {
  readonly command: 'run' | 'compare';
  readonly file: string;
  readonly args: readonly string[];
  /** For `run`: the kernel; the default one where it is not given. */
  readonly kernel: string | undefined;
  /** For `compare`: the kernels; all where there are none. */
  readonly kernels: readonly string[];
  readonly spes: number | undefined;
}

/** Undefined where it is no task that can be run: it has no file. */
export function readTask(definition: Readonly<Record<string, unknown>>): RefaultTask | undefined {
  const { command, file, args, kernel, kernels, spes } = definition;
  if (typeof file !== 'string' || file === '') return undefined;
  return {
    command: command === 'compare' ? 'compare' : 'run',
    file,
    args: texts(args),
    kernel: typeof kernel === 'string' ? kernel : undefined,
    kernels: texts(kernels),
    spes: typeof spes === 'number' ? spes : undefined,
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
