/** The local-store image of a SAVED context: where it lies in memory (facts 3.1). */
import { FRAME_BYTES } from '../mm/frames.ts';

/** Frames of an image, and its alignment: 256 KiB, aligned to 64 KiB. */
export const IMAGE_FRAMES = 64;
export const IMAGE_ALIGNMENT = 16;
export const LOCAL_STORE_BYTES = IMAGE_FRAMES * FRAME_BYTES;
