#!/usr/bin/env node
// The one file of the sandbox that every Node understands: an older one cannot even read the others.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`sandbox: Node 22.18 or newer is needed, this is ${process.version}`);
  process.exit(1);
}
await import("./main.ts");
