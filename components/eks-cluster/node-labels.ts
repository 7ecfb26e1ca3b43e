/*
 * Labels by which pods choose nodes, and the keys of the taints that keep others away. The same on nodes of managed groups and of
 * Karpenter, so that a row does not say who made its node.
 */

/** Which group a node belongs to, by the group's name in the settings. */
export const nodeGroupLabel = "node-group";

/** How a node is paid for: `onDemand` or `spot`. */
export const capacityLabel = "platform/capacity";
