import { comparePrograms } from './comparePrograms.ts';

comparePrograms('-O0', '4K');
