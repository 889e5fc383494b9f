import { comparePrograms } from './comparePrograms.ts';

comparePrograms('-Os', '64K');
