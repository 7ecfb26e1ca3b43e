/**
 * What the AWS provider's schema says about each type, as data (`facts/`): what is required, filled in, checked and replaced. It is
 * the provider's word, given before AWS is asked; what only the service refuses is in the behaviours. Enumerations are those of
 * mid-2025, so long ones are open to likely newcomers.
 */
export { defaultsOf, isExcluded, withDefaults } from "./schema/defaults.ts";
export { diffOf } from "./schema/difference.ts";
export { factsOf, observedTypes, outputsOf } from "./schema/facts.ts";
export { failuresOf } from "./schema/failures.ts";
export type { CompanyRule, Exception, ItemsRule, PropertyFacts, Rule, ValueRule } from "./schema/model.ts";
