/** Families whose `medium` has one CPU, as all those have that are not burstable. */
const burstable = /^t\d/;

/**
 * CPUs of an instance type, by the rule that its size follows in every family but those of bare metal (Amazon EC2 Instance Types
 * guide): two up to `large`, four in an `xlarge`, n times four in an `nxlarge`. `undefined` for bare metal.
 */
export function vcpusOf(type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  if (size.startsWith("metal")) return undefined;
  const xlarge = /^(\d*)xlarge$/.exec(size);
  if (xlarge !== null) return 4 * Number(xlarge[1] === "" ? 1 : xlarge[1]);
  return size === "medium" && !burstable.test(family) ? 1 : 2;
}
