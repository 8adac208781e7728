/** Who may speak over a connection: one after the other, in the order they asked. */
interface Turns {
  /** The turn ends with the work, or earlier with `passTurn`; `before` is over when all works before it are. */
  takeTurn<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
  /** A turn that begins when all works before it are over. */
  takeQuietTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** One work in its turn. */
export interface Turn {
  readonly before: Promise<unknown>;
  /** True when a work before it had only passed its turn. */
  readonly isEarly: boolean;
  readonly passTurn: () => void;
}

/** Opens the turns of one connection. */
export function openTurns(): Turns {
  let free: Promise<unknown> = Promise.resolve();
  let over: Promise<unknown> = Promise.resolve();
  let underWay = 0;

  function takeTurn<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
    const before = over;
    let passTurn = () => {};
    const passed = new Promise<void>((resolve) => (passTurn = resolve));
    const result = free.then(() => {
      underWay += 1;
      return work({ before, isEarly: underWay > 1, passTurn });
    });
    const finish = () => {
      underWay -= 1;
    };
    const end = result.then(finish, finish);
    free = Promise.race([passed, end]);
    over = Promise.all([before, end]);
    return result;
  }

  return {
    takeTurn,
    takeQuietTurn: (work) => takeTurn(({ before }) => before.then(work)),
  };
}
