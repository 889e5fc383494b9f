/** The kernels between which spufs changed (facts 3, 4). */
export const ERAS = ['2.6.18', '2.6.19', '2.6.21', '2.6.23', '2.6.25', '2.6.27'] as const;
export type Era = (typeof ERAS)[number];
