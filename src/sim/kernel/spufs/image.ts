/** The local-store image of a SAVED context in memory (facts 3.1). */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import { FRAME_BYTES } from '../mm/frames.ts';

export const IMAGE_FRAMES = LOCAL_STORE_BYTES / FRAME_BYTES;
/** 64 KiB, in frames. */
export const IMAGE_ALIGNMENT = 16;
