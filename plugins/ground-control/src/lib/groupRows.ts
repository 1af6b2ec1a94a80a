import {
  BoardRow,
  formatServicePath,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Scope } from './stateMask';
import { Tally, tallyRows } from './tallyRows';

/** What a squad's header says, so that a collapsed squad still speaks. */
export interface GroupItem {
  kind: 'group';
  key: string;
  /** Ref of the squad; absent for services without one. */
  squad?: string;
  title: string;
  inCatalog: boolean;
  collapsed: boolean;
  services: number;
  counts: Tally;
}

export interface RowItem {
  kind: 'row';
  key: string;
  row: BoardRow;
}

export type BoardItem = GroupItem | RowItem;

export function keyOfRow(row: BoardRow): string {
  return `row:${formatServicePath(row.service)}`;
}

// A row's item is made once: what is drawn stays as it is while one filters.
const itemsOfRows = new WeakMap<BoardRow, RowItem>();

function itemOf(row: BoardRow): RowItem {
  let item = itemsOfRows.get(row);
  if (!item) {
    item = { kind: 'row', key: keyOfRow(row), row };
    itemsOfRows.set(row, item);
  }
  return item;
}

/** The rows as a flat list of items, without headers. */
export function listRows(rows: BoardRow[]): BoardItem[] {
  return rows.map(itemOf);
}

/**
 * The rows under a header for each squad, squads by title and those without
 * one last. The order of rows within a squad is kept; a collapsed squad is its
 * header alone.
 */
export function groupRows(
  rows: BoardRow[],
  squads: { ref: string; title: string; inCatalog: boolean }[],
  options: { collapsed: Set<string>; scope: Scope },
): BoardItem[] {
  const bySquad = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const squad = row.squad ?? '';
    const members = bySquad.get(squad);
    if (members) members.push(row);
    else bySquad.set(squad, [row]);
  }
  const known = new Map(squads.map(squad => [squad.ref, squad]));
  const titleOf = (ref: string) => known.get(ref)?.title ?? ref;
  const order = [...bySquad.keys()].sort((a, b) => {
    if (!a || !b) return a ? -1 : Number(Boolean(b));
    return titleOf(a).localeCompare(titleOf(b));
  });
  return order.flatMap<BoardItem>(squad => {
    const members = bySquad.get(squad)!;
    const key = `group:${squad}`;
    const header: GroupItem = {
      kind: 'group',
      key,
      title: titleOf(squad),
      inCatalog: known.get(squad)?.inCatalog ?? false,
      collapsed: options.collapsed.has(key),
      services: members.length,
      counts: tallyRows(members, options.scope),
    };
    if (squad) header.squad = squad;
    return header.collapsed ? [header] : [header, ...listRows(members)];
  });
}
