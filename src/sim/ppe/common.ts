/**
 * Heavy instructions that compiled programs execute often: the engine keeps them among those
 * that it executes quickly (`engine/division.ts`).
 */
export const COMMON: ReadonlySet<string> = new Set([
  'lwz', 'lwzx', 'lwzu', 'lbz', 'lbzx', 'lbzu', 'lhz', 'lhzx', 'lha', 'lhax', 'lwa', 'lwax', 'ld', 'ldx', 'ldu',
  'stw', 'stwx', 'stwu', 'stb', 'stbx', 'stbu', 'sth', 'sthx', 'std', 'stdx', 'stdu',
  'lfs', 'lfsx', 'lfsu', 'lfd', 'lfdx', 'lfdu', 'stfs', 'stfsx', 'stfsu', 'stfd', 'stfdx', 'stfdu', 'stfiwx',
  'lvx', 'stvx', 'dcbz', 'lwarx', 'stwcx.', 'ldarx', 'stdcx.',
  'fcmpu', 'fadd', 'fadds', 'fsub', 'fsubs', 'fmul', 'fmuls', 'fmadd', 'fmadds', 'frsp', 'fctiwz', 'fcfid',
]);
