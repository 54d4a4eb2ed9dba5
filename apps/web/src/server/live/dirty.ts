const rememberedMax = 5_000;
const perFrameMax = 100;

/**
 * Sagas that changed since they were last sent. Coalesces by id, so a slow client gets the latest
 * state and never a growing queue; past its bound the client is told to read anew.
 */
export class Dirty {
  private readonly ids = new Set<string>();
  private overflowed = false;

  add(id: string): void {
    if (this.ids.size >= rememberedMax) {
      this.ids.clear();
      this.overflowed = true;
    }
    this.ids.add(id);
  }

  get size(): number {
    return this.ids.size;
  }

  take(): string[] {
    const taken: string[] = [];
    for (const id of this.ids) {
      if (taken.length === perFrameMax) break;
      taken.push(id);
      this.ids.delete(id);
    }
    return taken;
  }

  takeOverflow(): boolean {
    const overflowed = this.overflowed;
    this.overflowed = false;
    return overflowed;
  }
}
