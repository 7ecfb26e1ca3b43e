interface Size {
  /** In CPU units, 1024 to a vCPU. */
  readonly cpu: number;
  /** In MiB, both included. */
  readonly memory: { readonly from: number; readonly to: number; readonly step: number } | readonly number[];
}

const gib = 1024;

/** What Fargate offers: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const sizes: readonly Size[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: { from: gib, to: 4 * gib, step: gib } },
  { cpu: 1024, memory: { from: 2 * gib, to: 8 * gib, step: gib } },
  { cpu: 2048, memory: { from: 4 * gib, to: 16 * gib, step: gib } },
  { cpu: 4096, memory: { from: 8 * gib, to: 30 * gib, step: gib } },
  { cpu: 8192, memory: { from: 16 * gib, to: 60 * gib, step: 4 * gib } },
  { cpu: 16384, memory: { from: 32 * gib, to: 120 * gib, step: 8 * gib } },
];

/** Whether Fargate runs tasks of this size. Both are numbers as texts, or with their units: `1 vCPU`, `2 GB`. */
export function isOffered(cpu: string, memory: string): boolean {
  const size = sizes.find((candidate) => candidate.cpu === cpuUnitsOf(cpu));
  const wanted = unitsOf(memory, /gb$/i);
  if (size === undefined) return false;
  const { memory: offered } = size;
  if (!("from" in offered)) return offered.includes(wanted);
  return wanted >= offered.from && wanted <= offered.to && (wanted - offered.from) % offered.step === 0;
}

/** `1 vCPU` and `1024` are 1024 units. */
export function cpuUnitsOf(cpu: string): number {
  return unitsOf(cpu, /v?cpu$/i);
}

function unitsOf(given: string, large: RegExp): number {
  const text = given.trim();
  return large.test(text) ? Number(text.replace(large, "").trim()) * 1024 : Number(text);
}
