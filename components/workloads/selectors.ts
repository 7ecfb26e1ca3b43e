/** Which pods belong to a service. Never changes: the selector of a Deployment cannot. */
export function selectorOf(name: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { "app.kubernetes.io/name": name } };
}

/** Labels of everything a service is made of. */
export function labelsOf(name: string): Record<string, string> {
  return { ...selectorOf(name).matchLabels, "app.kubernetes.io/managed-by": "pulumi" };
}

/** Name of a service's own port, by which probes, Services and monitors refer to it. */
export const portName = "http";
