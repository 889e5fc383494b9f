/** Sets mocha up in the web extension host, before the tests register themselves. */
import 'mocha/mocha.js';

mocha.setup({ ui: 'tdd', timeout: 60_000, reporter: 'dot' });
