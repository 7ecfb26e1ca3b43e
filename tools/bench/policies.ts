import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";

import { Answers, structOf } from "../../policy-pack/kernel/answers.ts";
import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";

const root = resolve(import.meta.dirname, "../..");

/** A resource to judge: its type and its inputs. */
export interface Subject {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Processor time in milliseconds by resource. */
export interface Cost {
  readonly resources: number;
  /** Of both questions before a resource is made: what to mend, and what is wrong. */
  readonly alone: number;
  /** Its share of the one question at the end, about the whole stack. */
  readonly together: number;
  /** Of reading those questions and writing the answers as bytes, which no pack can do without. */
  readonly messages: number;
}

/**
 * What the pack takes for `count` resources like the given ones, by the functions that answer the engine. Processor time, not time on the
 * clock: the machine may have other work.
 */
export function costOf(subjects: readonly Subject[], count: number): Cost {
  const setup = { stack: "prod", levels: levelsFor("prod"), exemptions: [], today: "2026-01-01" };
  const answers = new Answers(new Pack(policies, setup), { name: "groundwork", version: "0.0.0" });
  const written = Array.from({ length: count }, (_, index) => questionOf(subjects, index));
  const bytes = written.map(({ request }) => request.serializeBinary());
  const all = new analyzer.AnalyzeStackRequest();
  all.setResourcesList(written.map(({ described }) => described));
  const lastBytes = all.serializeBinary();
  const { AnalyzeRequest: Question, AnalyzeStackRequest: LastQuestion } = analyzer;
  const reading = timed(() => ({
    mend: bytes.map((question) => Question.deserializeBinary(question)),
    judge: bytes.map((question) => Question.deserializeBinary(question)),
    last: LastQuestion.deserializeBinary(lastBytes),
  }));
  const { mend, judge, last } = reading.result;
  const alone = timed(() => [
    ...mend.map((question) => answers.remediate(question)),
    ...judge.map((question) => answers.analyze(question)),
  ]);
  const together = timed(() => answers.analyzeStack(last));
  const writing = timed(() => [...alone.result, together.result].map((answer) => answer.serializeBinary()));
  const each = (milliseconds: number): number => milliseconds / count;
  return {
    resources: count,
    alone: each(alone.milliseconds),
    together: each(together.milliseconds),
    messages: each(reading.milliseconds + writing.milliseconds),
  };
}

function questionOf(subjects: readonly Subject[], index: number) {
  const { type, props } = subjects[index % subjects.length] ?? { type: "", props: {} };
  const name = `bench-${String(index)}`;
  const urn = `urn:pulumi:prod::groundwork::${type}::${name}`;
  const [request, described] = [new analyzer.AnalyzeRequest(), new analyzer.AnalyzerResource()];
  for (const message of [request, described]) {
    message.setType(type);
    message.setName(name);
    message.setUrn(urn);
    message.setProperties(structOf(props));
    message.setOptions(new analyzer.AnalyzerResourceOptions());
  }
  return { request, described };
}

function timed<T>(work: () => T): { readonly result: T; readonly milliseconds: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

/** Seconds on the clock until the pack serves, started as the engine starts it. */
export async function startTime(): Promise<number> {
  const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  const started = performance.now();
  const pack = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
    cwd: join(root, "policy-pack"),
    env: { ...process.env, PULUMI_NODEJS_STACK: "prod", PULUMI_NODEJS_PROJECT: "groundwork" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    return await new Promise<number>((done, fail) => {
      pack.stdout.once("data", () => {
        done((performance.now() - started) / 1000);
      });
      pack.once("exit", (code) => {
        fail(new Error(`the pack ended with ${String(code)}`));
      });
    });
  } finally {
    pack.kill();
  }
}
