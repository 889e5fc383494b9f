/** Sets mocha up in a Node extension host, before the tests register themselves. */
import Mocha from 'mocha';

export const nodeMocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: 'dot' });
nodeMocha.suite.emit('pre-require', globalThis, '', nodeMocha);
