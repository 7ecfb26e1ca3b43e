import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../../sandbox/values.ts";

/** What a component of the program's own told the engine in the end, beside what its class makes public. */
export interface ComponentOutputs {
  readonly type: string;
  readonly name: string;
  /** Names given to `registerOutputs`. */
  readonly registered: readonly string[];
  /** Names of its public properties that hold values, not resources. */
  readonly outputs: readonly string[];
}

type Register = (this: object, outputs?: object) => void;

function isRegister(value: unknown): value is Register {
  return typeof value === "function";
}

/** Listens to the components of the program as they finish. */
export function watchComponents(): { readonly seen: readonly ComponentOutputs[]; stop(): void } {
  const seen: ComponentOutputs[] = [];
  const { prototype }: { prototype: object } = pulumi.ComponentResource;
  const register: unknown = Reflect.get(prototype, "registerOutputs");
  if (!isRegister(register)) throw new Error("the SDK's components have no registerOutputs");
  const finished = new WeakSet();
  const listening: Register = function (given = {}) {
    // The SDK calls it once more for every component, in case it was forgotten.
    if (finished.has(this)) return;
    finished.add(this);
    const { __pulumiType: type, __name: name } = Object.assign({ __pulumiType: "", __name: "" }, this);
    seen.push({ type, name, registered: Object.keys(given).sort(), outputs: publicValues(this) });
    register.call(this, given);
  };
  Object.defineProperty(prototype, "registerOutputs", { configurable: true, value: listening });
  return {
    seen,
    stop: () => {
      Object.defineProperty(prototype, "registerOutputs", { configurable: true, value: register });
    },
  };
}

function publicValues(component: object): readonly string[] {
  const properties = Object.entries(component).filter(
    ([key, value]) => !key.startsWith("_") && key !== "urn" && !holdsResources(value),
  );
  return properties.map(([key]) => key).sort();
}

function holdsResources(value: unknown): boolean {
  if (pulumi.Output.isInstance(value)) return false;
  if (pulumi.Resource.isInstance(value)) return true;
  return Array.isArray(value)
    ? value.some(holdsResources)
    : isRecord(value) && Object.values(value).some(holdsResources);
}
