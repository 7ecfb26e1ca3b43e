import Mocha from "mocha";

/** Mocha's `spec` report, ended by one line that a machine can read: `N passed, N failed`. */
export default class Reporter extends Mocha.reporters.Spec {
  public constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      const skipped = pending > 0 ? `, ${pending} skipped` : "";
      // After the report of the base class, which prints at the same event.
      setImmediate(() => {
        console.log(`${passes} passed, ${failures} failed${skipped}`);
      });
    });
  }
}
