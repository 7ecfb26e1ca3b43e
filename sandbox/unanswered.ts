/** The provider ends before it can answer: the engine hears nothing but that the connection is gone. */
export class Unanswered extends Error {
  public constructor() {
    super("the provider has ended");
    this.name = "Unanswered";
  }
}
