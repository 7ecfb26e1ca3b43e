/** An answer that is there at once, or comes later. */
export type Awaitable<Answer> = Answer | Promise<Answer>;

/** The same far side where every answer is there at once. */
export type Immediate<Asked> = {
  readonly [Name in keyof Asked]: Asked[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Awaited<Answer>
    : Asked[Name] extends object
      ? Immediate<Asked[Name]>
      : Asked[Name];
};

/**
 * Goes on with an answer: at once where it is there at once, so that what must happen in one piece does, and nobody waits who need not.
 * That is what `await` would not do.
 */
export function upon<Answer, Result>(
  answer: Awaitable<Answer>,
  next: (answer: Answer) => Awaitable<Result>,
): Awaitable<Result> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}

/** Goes on with an answer, or with the error in its place, likewise at once or later. */
export function conclude<Answer, Result>(
  ask: () => Awaitable<Answer>,
  next: (answer: Answer) => Result,
  failed: (error: unknown) => Result,
): Awaitable<Result> {
  let answer: Awaitable<Answer>;
  try {
    answer = ask();
  } catch (error) {
    return failed(error);
  }
  return answer instanceof Promise ? answer.then(next, failed) : next(answer);
}
