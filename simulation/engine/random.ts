/** A source of numbers that says the same for the same seed (mulberry32, Tommy Ettinger). */
export interface Random {
  /** Evenly between 0 and 1. */
  next(): number;
  /** Around 0 with a standard deviation of 1, never beyond 3. */
  bell(): number;
}

/** @param seed what it starts from, and a word that keeps sources of one seed apart. */
export function randomOf(seed: number, word: string): Random {
  let state = hash(`${seed}/${word}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    // Three even numbers already look like a bell: their sum has a variance of a quarter. This is asked for every second.
    bell: () => (next() + next() + next() - 1.5) * 2,
  };
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193);
  return value >>> 0;
}
