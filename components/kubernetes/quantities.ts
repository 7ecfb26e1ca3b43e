/** CPU in Kubernetes notation: whole or decimal cores, or thousandths with an `m`. */
export const cpuPattern = /^(\d+m|\d+(\.\d{1,3})?)$/;

/** Memory or disk in Kubernetes notation with a binary unit. */
export const memoryPattern = /^\d+(Ki|Mi|Gi)$/;

const binaryUnits = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 } as const;

/** Thousandths of a core in a CPU quantity such as `250m` or `1.5`. */
export function milliCores(cpu: string): number {
  return cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : Math.round(Number(cpu) * 1000);
}

/** Bytes in a quantity such as `256Mi`. */
export function bytes(quantity: string): number {
  const [, amount = "0", unit = "Ki"] = /^(\d+)(Ki|Mi|Gi)$/.exec(quantity) ?? [];
  const factor = unit === "Gi" ? binaryUnits.Gi : unit === "Mi" ? binaryUnits.Mi : binaryUnits.Ki;
  return Number(amount) * factor;
}
