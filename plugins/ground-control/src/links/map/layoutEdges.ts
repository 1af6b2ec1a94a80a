import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { BOX, MapBox, MapLayout, TOP } from './layoutMap';

const LABEL_HEIGHT = 22;

/** About as wide as it is drawn, with its glyph. */
export function widthOfLabel(text: string): number {
  return 26 + text.length * 7;
}

interface Point {
  x: number;
  y: number;
}

/** A link, and what is said of it in short. */
export interface LabelledCell {
  cell: LinkCell;
  text: string;
}

/** A link as an arc. */
export interface MapEdge extends LabelledCell {
  /** Of SVG. */
  path: string;
  /** The end of the arrow, and where it comes from, in degrees. */
  head: Point & { angle: number };
  /** The middle of the label. */
  label: Point;
}

interface Arc {
  start: Point;
  control: Point;
  end: Point;
}

/** Where a label may stand on its arc: in the middle if there is room. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.24, 0.76, 0.18, 0.82];
/** Else beside it. */
const BESIDE = [0, -14, 14, -26, 26, -38, 38];

// Each direction bows to its own left, so that the two of a pair lie apart; one
// that passes a column does so between its rows.
function arcBetween(from: MapBox, to: MapBox): Arc {
  const right = to.column > from.column;
  const shift = right ? -8 : 8;
  const end = (box: MapBox, atRight: boolean): Point => ({
    x: box.x + (atRight ? BOX.width : 0),
    y: box.y + BOX.height / 2 + shift,
  });
  const start = end(from, right);
  const stop = end(to, !right);
  const [dx, dy] = [stop.x - start.x, stop.y - start.y];
  const length = Math.hypot(dx, dy);
  const bow = Math.abs(to.column - from.column) > 1 ? 70 : 24;
  return {
    start,
    end: stop,
    control: {
      x: (start.x + stop.x) / 2 + (dy / length) * bow,
      y: (start.y + stop.y) / 2 - (dx / length) * bow,
    },
  };
}

// Within a column both bow into the gap beside it, the one upwards further.
function arcWithin(from: MapBox, to: MapBox, inwards: 1 | -1): Arc {
  const down = to.row > from.row;
  const x = from.x + (inwards === 1 ? BOX.width : 0);
  const shift = down ? 8 : -8;
  const start = { x, y: from.y + BOX.height / 2 + shift };
  const end = { x, y: to.y + BOX.height / 2 - shift };
  const bulge = Math.min(
    150,
    (down ? 56 : 120) + 24 * (Math.abs(to.row - from.row) - 1),
  );
  return {
    start,
    end,
    control: { x: x + inwards * bulge, y: (start.y + end.y) / 2 },
  };
}

function pointOf({ start, control, end }: Arc, t: number): Point {
  const mix = (a: number, b: number, c: number) =>
    (1 - t) * (1 - t) * a + 2 * (1 - t) * t * b + t * t * c;
  return {
    x: mix(start.x, control.x, end.x),
    y: mix(start.y, control.y, end.y),
  };
}

interface Area extends Point {
  width: number;
  height: number;
}

/** Of two areas by their middles. */
function overlap(a: Area, b: Area): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2
  );
}

/** Lays links out as arcs whose labels cover neither boxes nor, while there is room, each other. */
export function layoutEdges(
  layout: MapLayout,
  cells: LabelledCell[],
): MapEdge[] {
  const boxes = new Map(layout.boxes.map(box => [box.cluster.name, box]));
  const last = layout.columns.length - 1;
  const taken: Area[] = layout.boxes.map(({ x, y }) => ({
    ...BOX,
    x: x + BOX.width / 2,
    y: y + BOX.height / 2,
  }));
  const isFree = (area: Area) =>
    area.y > (TOP + LABEL_HEIGHT) / 2 &&
    taken.every(other => !overlap(area, other));
  return cells.flatMap(({ cell, text }): MapEdge[] => {
    const from = boxes.get(cell.from);
    const to = boxes.get(cell.to);
    if (!from || !to || from === to) return [];
    const within = from.column === to.column;
    const inwards = from.column === last && last > 0 ? -1 : 1;
    const arc = within ? arcWithin(from, to, inwards) : arcBetween(from, to);
    const width = widthOfLabel(text);
    const areas = BESIDE.flatMap(beside =>
      PLACES.map((t): Area => {
        const { x, y } = pointOf(arc, t);
        const outwards = within ? inwards * (width / 2 + 2) : 0;
        return { x: x + outwards, y: y + beside, width, height: LABEL_HEIGHT };
      }),
    );
    const area = areas.find(isFree) ?? areas[0];
    taken.push(area);
    const { start, control, end } = arc;
    const angle = Math.atan2(end.y - control.y, end.x - control.x);
    return [
      {
        cell,
        text,
        path: `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`,
        head: { ...end, angle: (angle * 180) / Math.PI },
        label: { x: area.x, y: area.y },
      },
    ];
  });
}
