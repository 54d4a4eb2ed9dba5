import { drawn, type Drawn, type Layout, type Point } from './layout.ts';
import type { Link, Place, Places } from './places.ts';

/** Widths in a unit of which a whole diagram has as many as it needs; they become percent. */
const nodeWidth = 64;
const gap = 34;
const margin = 32;
const rowGap = 22;
const headHeight = 26;
/** The service's name above its box. */
const nameHeight = 22;
/** Between the lanes: where failures turn back. */
const turnHeight = 66;
const trackAt = 40;
const trackHeight = 34;

/** Forward on top from left to right, the way back beneath from right to left. */
export function layoutWide(places: Places, boxHeight: number): Layout {
  return new Wide(places, boxHeight).layout();
}

class Wide {
  private readonly places: Places;
  private readonly boxHeight: number;
  private readonly total: number;
  private readonly turnTop: number;
  private readonly backTop: number;
  /** Ends of what each track of the turn holds so far. */
  private readonly tracks: { readonly from: number; readonly to: number }[][] = [];
  private readonly trackOf = new Map<Link, number>();

  constructor(places: Places, boxHeight: number) {
    this.places = places;
    this.boxHeight = boxHeight;
    this.total = 2 * margin + places.columns * nodeWidth + (places.columns - 1) * gap;
    const rows = Math.max(...places.forward.map(({ row }) => row), 0) + 1;
    this.turnTop = headHeight + rows * (this.boxHeight + rowGap) - rowGap;
    for (const link of places.links) this.claimTrack(link);
    this.backTop = this.turnTop + turnHeight + Math.max(0, this.tracks.length - 1) * trackHeight;
  }

  layout(): Layout {
    const { forward, back, links } = this.places;
    const parts = links.map((link) => this.draw(link));
    const rows = Math.max(-1, ...back.map(({ row }) => row)) + 1;
    const pivot = forward.find(({ node }) => node.class === 'pivot');
    const isLast = pivot?.column === this.places.columns - 1;
    return {
      height:
        rows > 0 ? this.backTop + rows * (this.boxHeight + rowGap) - rowGap : this.turnTop + 40,
      boxes: [...forward, ...back].map((place) => ({
        node: place.node,
        x: this.percent(this.left(place)),
        y: this.top(place),
        width: this.percent(nodeWidth),
      })),
      lines: parts.flatMap(({ lines }) => lines),
      labels: parts.flatMap(({ labels }) => labels),
      lanes: {
        forward: { x: this.percent(margin), y: 0 },
        back: { x: this.percent(margin), y: this.backTop - 22 },
      },
      ...(pivot &&
        !isLast && {
          rule: { at: this.point(this.right(pivot) + gap * 0.86, 0), isUpright: true },
        }),
      ...(pivot && {
        pivot: { ...this.point(this.left(pivot), this.backTop), width: this.percent(nodeWidth) },
      }),
    };
  }

  private draw(link: Link): Drawn {
    switch (link.event.role) {
      case 'start':
      case 'applied':
        return this.forwardLink(link);
      case 'rejected':
        return this.turn(link);
      case 'compensated':
        return this.backLink(link);
    }
  }

  private forwardLink(link: Link): Drawn {
    const { from, to } = link;
    const [first] = to;
    const y = this.middle(from ?? first);
    const x = from ? this.right(from) : 0;
    const room = from && from.column < this.places.columns - 1 ? gap : margin;
    const label = {
      at: this.point(x + room * (room === margin ? 0.5 : 0.45), y - 5),
      side: 'above',
    } as const;
    if (to.length === 0) {
      const end = this.point(x + room * 0.72, y);
      return drawn(link, [{ points: [this.point(x, y), end], head: 'end' }], label);
    }
    const lines = to.map((target) => {
      const [endX, endY] = [this.left(target), this.middle(target)];
      const bend = endX - gap * 0.26;
      const via = endY === y ? [] : [this.point(bend, y), this.point(bend, endY)];
      return {
        points: [this.point(x, y), ...via, this.point(endX, endY)],
        head: 'right' as const,
      };
    });
    return drawn(link, lines, label);
  }

  /** Down from the step that failed, along the track, down to each undo that it sets off. */
  private turn(link: Link): Drawn {
    const { from, to } = link;
    if (!from) return { lines: [], labels: [] };
    const x = this.turnX(from);
    const bottom = this.top(from) + this.boxHeight;
    const beside = this.left(from) - gap * 0.12;
    const isCovered = this.places.forward.some(
      (other) => other.column === from.column && other.row > from.row,
    );
    const down = isCovered
      ? [this.point(x, bottom), this.point(x, bottom + 8), this.point(beside, bottom + 8)]
      : [this.point(x, bottom)];
    const fallX = isCovered ? beside : x;
    if (to.length === 0) {
      const end = this.point(fallX, this.turnTop + 26);
      const at = this.point(fallX + 4, this.turnTop + 24);
      return drawn(link, [{ points: [...down, end], head: 'end' }], { at, side: 'right' });
    }
    const y = this.trackY(link);
    const lines = to.map((target) => {
      const targetX = this.entryX(target);
      return {
        points: [
          ...down,
          this.point(fallX, y),
          this.point(targetX, y),
          this.point(targetX, this.top(target) + nameHeight),
        ],
        head: 'down' as const,
      };
    });
    const nearest = to.reduce((best, each) => (each.column > best.column ? each : best));
    const at = this.point((this.entryX(nearest) + fallX) / 2, y - 4);
    return drawn(link, lines, { at, side: 'above' });
  }

  private backLink(link: Link): Drawn {
    const { from, to } = link;
    if (!from) return { lines: [], labels: [] };
    const [x, y] = [this.left(from), this.middle(from)];
    const room = from.column > 0 ? gap : margin;
    const label = {
      at: this.point(x - room * (room === margin ? 0.52 : 0.46), y - 5),
      side: 'above',
    } as const;
    if (to.length === 0) {
      const end = this.point(x - room * 0.72, y);
      return drawn(link, [{ points: [this.point(x, y), end], head: 'end' }], label);
    }
    const lines = to.map((target) => {
      const end = this.point(this.right(target), this.middle(target));
      if (target.column === from.column - 1 && target.row === from.row) {
        return { points: [this.point(x, y), end], head: 'left' as const };
      }
      const [out, into] = [x - gap * 0.2, this.right(target) + gap * 0.2];
      const over = this.backTop - 8;
      const via = [this.point(out, y), this.point(out, over), this.point(into, over)];
      const points = [this.point(x, y), ...via, this.point(into, this.middle(target)), end];
      return { points, head: 'left' as const };
    });
    return drawn(link, lines, label);
  }

  /** The first track on which a turn meets no other. */
  private claimTrack(link: Link): void {
    const { event, from, to } = link;
    if (event.role !== 'rejected' || !from || to.length === 0) return;
    const ends = [this.turnX(from), ...to.map((place) => this.entryX(place))];
    const span = { from: Math.min(...ends), to: Math.max(...ends) };
    const isFree = (track: readonly { from: number; to: number }[]) =>
      track.every((other) => span.to < other.from || other.to < span.from);
    const free = this.tracks.findIndex(isFree);
    const index = free >= 0 ? free : this.tracks.length;
    this.tracks[index] = [...(this.tracks[index] ?? []), span];
    this.trackOf.set(link, index);
  }

  private trackY(link: Link): number {
    return this.turnTop + trackAt + (this.trackOf.get(link) ?? 0) * trackHeight;
  }
  private turnX(place: Place): number {
    return this.left(place) + nodeWidth * 0.12;
  }
  private entryX(place: Place): number {
    return this.right(place) - nodeWidth * 0.12;
  }
  private left({ column }: Place): number {
    return margin + column * (nodeWidth + gap);
  }
  private right(place: Place): number {
    return this.left(place) + nodeWidth;
  }
  private top({ node, row }: Place): number {
    return (node.way === 'forward' ? headHeight : this.backTop) + row * (this.boxHeight + rowGap);
  }
  private middle(place: Place | undefined): number {
    const top = place ? this.top(place) : headHeight;
    return top + nameHeight + Math.round((this.boxHeight - nameHeight) * 0.46);
  }
  private percent(units: number): number {
    return (units / this.total) * 100;
  }
  private point(units: number, y: number): Point {
    return { x: this.percent(units), y };
  }
}
