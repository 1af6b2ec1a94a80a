import { LINK_STATES, LinkCell, LinkCode, LinkMatrix } from './links';

/**
 * A matrix as it travels: columns instead of cells, each text once. All
 * columns are as long as there are cells; an index of -1 means null.
 * {@link encodeLinkMatrix} and {@link decodeLinkMatrix} are a pair.
 *
 * @public
 */
export interface EncodedLinkMatrix extends Omit<LinkMatrix, 'cells'> {
  strings: string[];
  cells: EncodedLinkCells;
}

/** Links in columns; see {@link EncodedLinkMatrix}. @public */
export interface EncodedLinkCells {
  /** Indices into `strings`, as all that follow down to `probe`. */
  from: number[];
  to: number[];
  code: number[];
  since: number[];
  sampledAt: number[];
  lastSuccessAt: number[];
  source: number[];
  probe: number[];
  /** One digit a cell: the state's place in the list from worst to best. */
  state: string;
  /** One digit a cell: 1 approximate, 2 enough, 4 loss is a lower bound. */
  flags: string;
  valueMs: Array<number | null>;
  baselineMs: Array<number | null>;
  loss: Array<number | null>;
  needed: number[];
  samples: number[];
}

/** Packs a matrix for the way. @public */
export function encodeLinkMatrix(matrix: LinkMatrix): EncodedLinkMatrix {
  const { cells, ...rest } = matrix;
  const indices = new Map<string, number>();
  const index = (text: string | null) => {
    if (text === null) return -1;
    const known = indices.get(text);
    if (known !== undefined) return known;
    indices.set(text, indices.size);
    return indices.size - 1;
  };
  const column = <T>(read: (cell: LinkCell) => T) => cells.map(read);
  // Those of a cluster come together: most texts are the one before.
  const texts = (read: (cell: LinkCell) => string | null) => {
    let last: string | null = null;
    let at = -1;
    return cells.map(cell => {
      const text = read(cell);
      if (text === last) return at;
      last = text;
      at = index(text);
      return at;
    });
  };
  const encoded: EncodedLinkCells = {
    from: texts(cell => cell.from),
    to: texts(cell => cell.to),
    code: texts(cell => cell.code),
    since: texts(cell => cell.since),
    sampledAt: texts(cell => cell.sampledAt),
    lastSuccessAt: texts(cell => cell.lastSuccessAt),
    source: texts(cell => cell.source),
    probe: texts(cell => cell.probe),
    state: column(cell => LINK_STATES.indexOf(cell.state)).join(''),
    flags: column(
      cell =>
        (cell.approximate ? 1 : 0) +
        (cell.enough ? 2 : 0) +
        (cell.lossAtLeast ? 4 : 0),
    ).join(''),
    valueMs: column(cell => cell.valueMs),
    baselineMs: column(cell => cell.baselineMs),
    loss: column(cell => cell.loss),
    needed: column(cell => cell.needed),
    samples: column(cell => cell.samples),
  };
  return { ...rest, strings: [...indices.keys()], cells: encoded };
}

/** Unpacks what {@link encodeLinkMatrix} packed. @public */
export function decodeLinkMatrix(encoded: EncodedLinkMatrix): LinkMatrix {
  const { strings, cells: columns, ...rest } = encoded;
  const text = (i: number) => (i < 0 ? null : strings[i]);
  const cells = columns.from.map((from, i): LinkCell => {
    const flags = Number(columns.flags[i]);
    return {
      from: strings[from],
      to: strings[columns.to[i]],
      state: LINK_STATES[Number(columns.state[i])],
      code: strings[columns.code[i]] as LinkCode,
      since: text(columns.since[i]),
      valueMs: columns.valueMs[i],
      approximate: (flags & 1) > 0,
      enough: (flags & 2) > 0,
      needed: columns.needed[i],
      baselineMs: columns.baselineMs[i],
      loss: columns.loss[i],
      lossAtLeast: (flags & 4) > 0,
      samples: columns.samples[i],
      sampledAt: text(columns.sampledAt[i]),
      lastSuccessAt: text(columns.lastSuccessAt[i]),
      source: text(columns.source[i]),
      probe: text(columns.probe[i]),
    };
  });
  return { ...rest, cells };
}
