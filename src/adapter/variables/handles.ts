/**
 * Numbers that stand for frames, containers and places in sources. Those of a stop are void with the next resume
 * and are never given again; those of the debug console live as long as the session's program.
 */
import type { SourcePlace } from '../../sim/program/program.ts';
import type { Container } from './container.ts';
import type { Frame } from '../stack/frame.ts';

export class Handles {
  private nextNumber = 1;
  private readonly frames = new Map<number, Frame>();
  private readonly stopped = new Map<number, Container>();
  private readonly lasting = new Map<number, Container>();
  private readonly locations = new Map<number, SourcePlace>();

  frame(frame: Frame): number {
    return this.add(this.frames, frame);
  }

  container(container: Container, lifetime: 'stop' | 'program' = 'stop'): number {
    return this.add(lifetime === 'stop' ? this.stopped : this.lasting, container);
  }

  location(place: SourcePlace): number {
    return this.add(this.locations, place);
  }

  locationOf(handle: number): SourcePlace | undefined {
    return this.locations.get(handle);
  }

  frameOf(handle: number): Frame | undefined {
    return this.frames.get(handle);
  }

  /** The container and how long what is inside lives. */
  containerOf(handle: number): { readonly container: Container; readonly lifetime: 'stop' | 'program' } | undefined {
    const stopped = this.stopped.get(handle);
    if (stopped) return { container: stopped, lifetime: 'stop' };
    const lasting = this.lasting.get(handle);
    return lasting && { container: lasting, lifetime: 'program' };
  }

  /** The program goes on: what belonged to the stop is void. */
  resumed(): void {
    this.frames.clear();
    this.stopped.clear();
    this.locations.clear();
  }

  /** The program is gone. */
  clear(): void {
    this.resumed();
    this.lasting.clear();
  }

  private add<T>(to: Map<number, T>, item: T): number {
    const handle = this.nextNumber;
    this.nextNumber += 1;
    to.set(handle, item);
    return handle;
  }
}
