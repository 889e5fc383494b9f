import { comparePrograms } from './comparePrograms.ts';

comparePrograms('-O2', '4K');
