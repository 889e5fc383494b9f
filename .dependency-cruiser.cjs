// The rings of the house (docs/architecture.md): imports point inwards only, and in no circle.
const OUTER = '^(extension|test|scripts|bench)/';

/** Everything in `from` may reach the given places and nothing else. */
const ring = (name, from, allowed, comment) => ({ name, severity: 'error', comment, from: { path: from }, to: { pathNot: allowed } });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ring('sim-is-alone', '^src/sim/', ['^src/sim/'], 'The machine imports nothing outside itself.'),
    ring('adapter-sees-sim', '^src/adapter/', ['^src/(adapter|sim)/', '^node_modules/@vscode/debug(adapter|protocol)/'],
      'The adapter imports the machine and the types of the protocol.'),
    ring('language-sees-sim', '^src/language/', ['^src/(language|sim)/'], 'What editors know of sources comes from the assembler.'),
    { name: 'cli-stays-in-node', severity: 'error', comment: 'The command line may use node:* and src/*.', from: { path: '^src/cli/' }, to: { path: OUTER } },
    { name: 'cli-is-a-rim', severity: 'error', comment: 'Nothing but its tests depends on the command line.', from: { path: '^(src/(sim|adapter|language)|extension)/' }, to: { path: '^src/cli/' } },
    { name: 'extension-ships-no-tools', severity: 'error', comment: 'The extension imports vscode and src/*.', from: { path: '^extension/' }, to: { path: '^(test|scripts|bench)/' } },
    {
      name: 'core-in-one-place', severity: 'error', comment: 'extension/core.ts hands on what the extension takes from the inner rings, so that it is shipped once; types and the names of requests may come from anywhere.',
      from: { path: '^extension/', pathNot: '^extension/core\\.ts$' }, to: { path: '^src/', pathNot: '^src/adapter/(protocol|memoryProtocol|timelineProtocol)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'vscode-only-in-extension', severity: 'error', comment: 'Only the extension and the tests that run inside VS Code know its API.', from: { pathNot: '^(extension|test/workbench)/' }, to: { path: '(^vscode$|@types/vscode)' } },
    { name: 'node-only-at-the-rim', severity: 'error', comment: 'What also runs in a browser worker stays free of Node.', from: { path: '^extension/', pathNot: '^extension/(worker/node|desktop)\\.ts$|^extension/desktop/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Types may refer to each other (a task has a mapping, a mapping has its tasks); code may not.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', comment: 'The import leads nowhere.', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'] },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
