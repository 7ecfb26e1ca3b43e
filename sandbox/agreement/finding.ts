/** What is compared. */
export const aspects = ["required", "default", "rule", "replacement", "output"] as const;
export type Aspect = (typeof aspects)[number];

/** One comparison of what the provider was seen to do with what the sandbox does. */
export interface Finding {
  readonly token: string;
  /** `vpcConfig.subnetIds`, as in the facts. */
  readonly path: string;
  readonly aspect: Aspect;
  /** Unset where both agree. */
  readonly disagreement?: Disagreement;
}

/** Where they do not. */
export interface Disagreement {
  /** What was tried, and what came of it. */
  readonly what: string;
  /** Why that is right; unset where nobody has said so. */
  readonly because?: string;
}
