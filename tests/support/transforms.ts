import type { ResourceTransform } from "@pulumi/pulumi";
import callback from "@pulumi/pulumi/proto/callback_pb.js";
import { createRequire } from "node:module";
import type { Properties } from "../../sandbox/model.ts";

/** The SDK's store, which its types keep to themselves. */
type Internals = (id: "@pulumi/pulumi/runtime/state.js") => { getStore(): object };
const internals: Internals = createRequire(import.meta.url);
const state = internals("@pulumi/pulumi/runtime/state.js");

/** The engine's part of resource transforms, which mocks lack: it keeps them, and applies them to the children of a component. */
export class Transforms {
  readonly #known = new Map<string, ResourceTransform>();
  readonly #byComponent = new Map<string, readonly ResourceTransform[]>();

  /** Makes the SDK hand its transforms over. Call it once the mocks are set. */
  public listen(): void {
    Object.assign(state.getStore(), {
      supportsTransforms: true,
      callbacks: {
        registerTransform: (transform: ResourceTransform) => {
          const token = String(this.#known.size);
          this.#known.set(token, transform);
          return Promise.resolve(new callback.Callback().setToken(token));
        },
        awaitStackRegistrations: () => Promise.resolve(),
        shutdown: () => undefined,
      },
    });
  }

  /** Notes which transforms a component was registered with. */
  public note(component: string, tokens: readonly string[]): void {
    this.#byComponent.set(
      component,
      tokens.flatMap((token) => this.#known.get(token) ?? []),
    );
  }

  /** A child's inputs after all transforms of its component. @throws Error for a transform that is not synchronous. */
  public apply(component: string, child: { type: string; name: string; inputs: Properties }): Properties {
    return (this.#byComponent.get(component) ?? []).reduce((inputs, transform) => {
      const { type, name } = child;
      const result = transform({ type, name, custom: true, props: inputs, opts: {} });
      if (result instanceof Promise)
        throw new Error(`the transform of ${component} is asynchronous: mocks cannot wait for it`);
      return result === undefined ? inputs : result.props;
    }, child.inputs);
  }
}
