import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isMap, parseDocument } from "yaml";

const root = resolve(import.meta.dirname, "../..");

/** What a program needs to run: its sources and settings, and the pack. */
const sources = [
  "*.ts",
  "Pulumi*.yaml",
  "package.json",
  "components/**/*",
  "policy-pack/**/*",
  "tools/pulumi/preload.ts",
];
const left = /^(eslint\.config\.ts|.*\/node_modules\/)/;

/** Copies the program as it is into `folder`. */
export function copyProgram(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const file of globSync(sources, { cwd: root }).filter((path) => !left.test(path))) {
    if (!/\.[a-z]+$/.test(file)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/**
 * Copies the program into `folder` in the form that `pulumi new aws-typescript` gives a program: CommonJS TypeScript, compiled and
 * type-checked by ts-node when it starts, and a policy pack of the same kind. Only what that form forces is changed.
 */
export function copyAsDefault(folder: string): void {
  copyProgram(folder);
  for (const file of globSync("**/*.ts", { cwd: folder, exclude: ["node_modules/**"] })) {
    const source = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(folder, file), withoutExtensions(source));
  }
  const compiler = {
    strict: true,
    target: "es2022",
    lib: ["es2024"],
    module: "commonjs",
    moduleResolution: "node10",
    ignoreDeprecations: "6.0",
    esModuleInterop: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    types: ["node"],
  };
  for (const place of [folder, join(folder, "policy-pack")]) {
    writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions: compiler }));
    const manifest: unknown = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    writeFileSync(
      join(place, "package.json"),
      JSON.stringify(Object.assign({}, manifest, { type: "commonjs", main: "index.ts" })),
    );
  }
  rmSync(join(folder, "policy-pack/index.js"));
  writeFileSync(join(folder, "policy-pack/PulumiPolicy.yaml"), "runtime: nodejs\n");
  const project = parseDocument(readFileSync(join(folder, "Pulumi.yaml"), "utf8"));
  project.set("runtime", "nodejs");
  writeFileSync(join(folder, "Pulumi.yaml"), project.toString());
}

function withoutExtensions(source: string): string {
  return source
    .replaceAll(/(from\s+"\.[^"]*|import\s+"\.[^"]*)\.ts"/g, '$1"')
    .replaceAll("import.meta.dirname", "__dirname")
    .replaceAll("import.meta.url", "require('node:url').pathToFileURL(__filename).href")
    .replaceAll(/ with \{ type: "json" \}/g, "");
}

/** Writes a program of `count` resources into `folder`, which do not wait for each other. */
export function writeLargeProgram(folder: string, count: number): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: large\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.ts\n",
  );
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: { aws:region: eu-west-1 }\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", main: "index.ts" }));
  writeFileSync(
    join(folder, "index.ts"),
    `import * as aws from "@pulumi/aws";
for (let index = 0; index < ${String(count)}; index += 1) new aws.sqs.Queue(\`queue-\${index}\`);
`,
  );
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** Gives the stack `count` more services, each like its `backend`, and a namespace large enough for them. */
export function addServices(folder: string, stack: string, count: number): void {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const settings = parseDocument(readFileSync(file, "utf8"));
  const items = settings.getIn(["config", "groundwork:services", "items"]);
  const model = settings.getIn(["config", "groundwork:services", "items", "backend"]);
  if (!isMap(items) || !isMap(model)) throw new Error(`${file} has no service named backend`);
  for (let index = 1; index <= count; index += 1) items.set(`added-${index}`, model.clone());
  settings.setIn(["config", "groundwork:services", "namespaces", "apps", "quota"], {
    pods: 100_000,
    cpu: "100000",
    memory: "100000Gi",
  });
  writeFileSync(file, settings.toString());
}
