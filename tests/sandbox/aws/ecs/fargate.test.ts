import { expect } from "chai";
import { isOffered } from "../../../../sandbox/aws/ecs/fargate.ts";

describe("Fargate's sizes", () => {
  for (const [cpu, memory, offered] of [
    ["256", "512", true],
    ["256", "3072", false],
    ["1024", "2048", true],
    ["1024", "1024", false],
    ["1 vCPU", "2 GB", true],
    ["8192", "20480", true],
    ["8192", "21504", false],
    ["300", "1024", false],
  ] as const) {
    it(`${offered ? "have" : "do not have"} ${cpu} with ${memory}`, () => {
      expect(isOffered(cpu, memory)).to.equal(offered);
    });
  }
});
