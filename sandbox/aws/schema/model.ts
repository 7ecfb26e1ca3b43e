/** Bounds, both inclusive; a missing one is open. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** What the provider checks about one value before it asks the service. Lists of plain values are checked element by element. */
export type ValueRule =
  /**
   * One of these. `open` where the service adds to the list more often than the provider knows it: likely newcomers pass. `caseless` where
   * the provider takes them in small and in capital letters.
   */
  | {
      readonly is: "enum";
      readonly values: readonly (string | number)[];
      readonly open?: boolean;
      readonly caseless?: boolean;
    }
  /** In characters; `values` means the values of a map. */
  | ({ readonly is: "length"; readonly values?: boolean } & Bounds)
  /** `also` holds values that are taken beside those of the range. */
  | ({
      readonly is: "range";
      readonly above?: number;
      readonly multiple?: number;
      readonly also?: readonly (number | string)[];
    } & Bounds)
  /** A regular expression that must be found in it; `values` means the values of a map, `says` is how the provider puts it. */
  | { readonly is: "pattern"; readonly source: string; readonly values?: boolean; readonly says?: string }
  /** Any of these formats; see `formats.ts`. */
  | { readonly is: "format"; readonly any: readonly string[] };

/** How many elements a list may have. */
export type ItemsRule = { readonly is: "items" } & Bounds;

/** How properties go together; `with` are paths from the top. `exactlyOneOf` and `atLeastOneOf` include the property itself. */
export interface CompanyRule {
  readonly is: "conflicts" | "requires" | "exactlyOneOf" | "atLeastOneOf";
  readonly with: readonly string[];
}

export type Rule = ValueRule | ItemsRule | CompanyRule;

/** A change for which the verdict of `replaces` is the opposite. */
export interface Exception {
  /** The old value; `set` and `unset` stand for any value and none. */
  readonly from?: unknown;
  /** The new value, likewise. */
  readonly to?: unknown;
  /** True for a change to a lower version. */
  readonly downgrade?: true;
  /** Values that other properties at the top must have. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** In what two values may differ that the provider takes for one: see `likeness.ts`. */
export type Likeness = "letterCase" | "domainName" | "protocol" | "block" | "keyId";

/** What the provider's schema says about one property. */
export interface PropertyFacts {
  /** `vpcConfig.subnetIds`, or `ingress[].cidrBlocks` below a list. */
  readonly path: string;
  /** `filled`: optional, and where it is left out the service decides. `output` cannot be set. */
  readonly kind: "required" | "optional" | "filled" | "output";
  /** `string`, `number`, `boolean`, `object`, `map(string)`, `list(object)`, `set(string)` and so on. */
  readonly type: string;
  /** True where neither order nor repetition means anything. */
  readonly set: boolean;
  /** True where a change makes a new resource; of an object or list: adding or removing it. */
  readonly replaces: boolean;
  /** Changes for which `replaces` is the other way round. */
  readonly when: readonly Exception[];
  readonly default?: unknown;
  readonly rules: readonly Rule[];
  /** Unset where every difference counts, except that documents in JSON are compared by what they say. */
  readonly alike?: Likeness;
  /** True where the value never belongs into a message. */
  readonly secret: boolean;
}

/** One step of the schema; the root has no facts. Objects and lists of objects have children by name. */
export interface Node {
  readonly facts?: PropertyFacts;
  readonly children: ReadonlyMap<string, Node>;
}
