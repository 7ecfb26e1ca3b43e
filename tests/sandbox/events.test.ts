import { expect } from "chai";
import { hasUpdated } from "../../sandbox/events.ts";

const line = (event: object): string => `${JSON.stringify(event)}\n`;
const previewed = line({ summaryEvent: { isPreview: true, resourceChanges: { create: 1 } } });
const updated = line({ summaryEvent: { isPreview: false, resourceChanges: { create: 1 } } });

describe("the engine's events", () => {
  it("tell an update from a preview, and from a command that is neither", () => {
    expect(hasUpdated(previewed + updated)).to.equal(true);
    expect(hasUpdated(previewed)).to.equal(false);
    expect(hasUpdated(line({ diagnosticEvent: { message: "hello" } }))).to.equal(false);
    expect(hasUpdated("")).to.equal(false);
  });
});
