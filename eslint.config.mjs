// Type-checked strict rules, the purity of the inner rings and the ceiling on file length.
// The ring rule itself and the rule against import cycles are in .dependency-cruiser.cjs.
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const OUTSIDE_WORLD = 'The machine and the adapter are pure: files, clocks and timers reach them through small interfaces.';

const impureGlobals = [
  'Date', 'performance', 'console', 'process', 'Buffer', 'require', 'global', 'window', 'self', 'document',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'MessageChannel',
  'Worker', 'fetch', 'crypto', 'navigator', 'postMessage',
].map((name) => ({ name, message: OUTSIDE_WORLD }));

const bannedSyntax = [
  {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: 'A cast through unknown hides a wrong type: narrow the value, or give it the right type where it is made.',
  },
  {
    selector: 'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
    message: 'No mutable module-level state: a machine owns the simulation, a session owns a machine.',
  },
  { selector: 'TSEnumDeclaration', message: 'Use a union type or a const object.' },
];

const explicitExtension = {
  regex: '^\\.\\.?/(?!.*\\.(?:ts|mjs|json)$)',
  message: 'Imports name the file, with its extension.',
};

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'docs/', 'examples/', '**/*.cjs'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'eqeqeq': 'error',
      'no-restricted-syntax': ['error', ...bannedSyntax],
      'no-restricted-imports': ['error', { patterns: [explicitExtension] }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Interfaces that other files add members to start empty.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'always' }],
      // Asks for `!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Bit work in loops over typed arrays reads better with an index.
      '@typescript-eslint/prefer-for-of': 'off',
      // Fights with classes that are widened by Object.assign (register cells are expressions that can be set).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
    },
  },
  {
    files: ['src/sim/**/*.ts', 'src/adapter/**/*.ts', 'src/language/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error',
        { object: 'Math', property: 'random', message: 'Runs must repeat exactly.' },
        { object: 'globalThis', message: OUTSIDE_WORLD },
      ],
      'no-restricted-imports': ['error', {
        patterns: [explicitExtension, { group: ['node:*', 'vscode', 'fs', 'path', 'os', 'worker_threads'], message: OUTSIDE_WORLD }],
      }],
    },
  },
  {
    // Configuration and the bootstrap of the scripts are plain JavaScript.
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
