import { spawn } from "node:child_process";
import { join } from "node:path";

import { credentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { expect } from "chai";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { policies } from "../../policy-pack/policies.ts";

const root = join(import.meta.dirname, "../..");

/** Starts the pack as the engine does, and asks it what it is. */
async function startAndAsk(stack: string): Promise<AnalyzerInfo> {
  const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  const pack = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
    cwd: join(root, "policy-pack"),
    env: { ...process.env, PULUMI_NODEJS_STACK: stack, PULUMI_NODEJS_PROJECT: "groundwork" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      pack.stdout.once("data", (chunk: Buffer) => {
        resolve(chunk.toString().trim());
      });
      pack.once("exit", (code) => {
        reject(new Error(`the pack ended with ${String(code)}`));
      });
    });
    const client = new services.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return await new Promise<AnalyzerInfo>((resolve, reject) => {
      client.getAnalyzerInfo(new empty.Empty(), (error, info) => {
        client.close();
        if (error) reject(error);
        else resolve(info);
      });
    });
  } finally {
    pack.kill();
  }
}

describe("the pack's entry", () => {
  const levelOf = (info: AnalyzerInfo, policy: string): number | undefined =>
    info
      .getPoliciesList()
      .find((candidate) => candidate.getName() === policy)
      ?.getEnforcementlevel();

  it("starts under the engine's own runner and shows every policy", async () => {
    const info = await startAndAsk("prod");
    const names = info.getPoliciesList().map((policy) => policy.getName());
    expect(info.getName()).to.equal("groundwork");
    expect(names).to.include.members(policies.map(({ name }) => name));
  });

  it("has the levels of the stack it is started for", async () => {
    const [dev, prod] = [await startAndAsk("dev"), await startAndAsk("prod")];
    const [advisory, mandatory] = [0, 1];
    expect(levelOf(dev, "s3-kms-encryption")).to.equal(advisory);
    expect(levelOf(prod, "s3-kms-encryption")).to.equal(mandatory);
  });
});
