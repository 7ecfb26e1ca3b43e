import { expect } from "chai";
import { preempt } from "../../../simulation/scheduling/preemption.ts";
import { node, placed, pod } from "./pods.ts";

describe("a pod of higher priority", () => {
  const nobody = { budgets: [], pods: [], expected: () => 0 };

  it("gives back what it need not have taken", () => {
    const full = node("n");
    placed(full, { priorityClassName: "low" }, "300m");
    const large = placed(full, {}, "1500m");
    expect(preempt(pod({ priorityClassName: "high" }, "1600m"), [full], nobody)?.victims).to.deep.equal([
      large,
    ]);
  });

  it("spares a budget where there is a choice, and only there", () => {
    const [first, second] = [node("n"), node("m")];
    const mine = placed(first, {}, "1500m");
    const other = placed(second, {}, "1500m");
    Object.assign(other.workload.template.labels, { app: "other" });
    const web = {
      name: "web",
      namespace: "apps",
      selector: [{ key: "app", operator: "In", values: ["web"] }],
      minAvailable: 1,
    };
    const budgeted = { budgets: [web], pods: [mine, other], expected: () => 1 };
    const high = pod({ priorityClassName: "high" }, "1");
    expect(preempt(high, [first, second], budgeted)?.node).to.equal(second);
    expect(preempt(high, [first], budgeted)?.victims).to.deep.equal([mine]);
  });
  it("takes the place of as few lower ones as it needs", () => {
    const [first, second] = [node("n"), node("m")];
    for (let count = 0; count < 3; count += 1) placed(first, { priorityClassName: "low" });
    placed(second, { priorityClassName: "low" }, "1500m");
    const result = preempt(pod({ priorityClassName: "high" }, "1"), [first, second], nobody);
    expect([result?.node.name, result?.victims.length]).to.deep.equal(["m", 1]);
  });

  it("takes the youngest of those that are equally unimportant", () => {
    const full = node("n");
    const pods = [1, 2, 3].map(() => placed(full, { priorityClassName: "low" }));
    expect(preempt(pod({ priorityClassName: "high" }, "600m"), [full], nobody)?.victims).to.deep.equal([
      pods[2],
    ]);
  });

  it("shares the room of one that goes anyway rather than take another's", () => {
    const [first, second] = [node("n"), node("m")];
    for (const each of [first, second]) placed(each, { priorityClassName: "low" }, "1900m");
    const going = [...second.pods][0];
    if (going !== undefined) going.goneAt = 30;
    const result = preempt(pod({ priorityClassName: "high" }), [first, second], nobody);
    expect(result?.victims).to.deep.equal([going]);
  });

  it("leaves its equals alone", () => {
    const full = node("n");
    for (let count = 0; count < 3; count += 1) placed(full);
    expect(preempt(pod({}, "1"), [full], nobody)).to.equal(undefined);
  });
});
