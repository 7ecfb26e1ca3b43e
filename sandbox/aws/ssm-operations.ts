import { createHash } from "node:crypto";
import type { ssm } from "@pulumi/aws";
import type { Properties } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { AnyBehaviour, Existing, Plain, Reference } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";
import type { RulesFor } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const documentToken = "aws:ssm/document:Document";
const windowToken = "aws:ssm/maintenanceWindow:MaintenanceWindow";
const targetToken = "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget";
const quick = { create: 2, update: 2, delete: 2 } as const;

/** What JSON says; `undefined` where it is none. YAML is not read. */
function parsed(content: string): Properties | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Document = Existing<Plain<ssm.DocumentArgs>>;

/** Each change of the content is another version, which the provider makes the default. */
function versionOf({ inputs, before }: Document): string {
  const old = Number(before?.state.latestVersion ?? 0);
  return String(before?.state.content === inputs.content ? old : old + 1);
}

function parametersOf(content: Properties) {
  const { parameters } = content;
  return Object.entries(isRecord(parameters) ? parameters : {}).map(([name, parameter]) => ({
    name,
    type: text(at(parameter, "type")) ?? "String",
    description: text(at(parameter, "description")) ?? "",
    defaultValue: text(at(parameter, "default")) ?? "",
  }));
}

/** Codes: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html#API_CreateDocument_Errors */
const documentRules: RulesFor<ssm.DocumentArgs> = [
  taken(documentToken, ({ name }) => name, {
    code: "DocumentAlreadyExists",
    says: ({ inputs }) => `Document with same name ${inputs.name ?? ""} already exists`,
  }),
  {
    when: ({ inputs }) =>
      (inputs.documentFormat ?? "JSON") === "JSON" && parsed(inputs.content) === undefined,
    code: "InvalidDocumentContent",
    says: "JSON not well-formed.",
  },
  {
    when: ({ inputs }) => strange(inputs.content) !== undefined,
    code: "InvalidDocumentContent",
    says: ({ inputs }) => `Parameter name "${strange(inputs.content) ?? ""}" is not alpha-numeric.`,
  },
];

function strange(content: string): string | undefined {
  return parametersOf(parsed(content) ?? {}).find(({ name }) => !/^[A-Za-z0-9]+$/.test(name))?.name;
}

const document = refined<ssm.DocumentArgs, ssm.DocumentState>(documentToken, {
  autoname: { property: "name", max: 128 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: (context) => {
    const content = parsed(context.inputs.content) ?? {};
    const version = versionOf(context);
    return {
      defaultVersion: version,
      description: text(content.description) ?? "",
      documentVersion: version,
      hash: createHash("sha256").update(context.inputs.content).digest("hex"),
      hashType: "Sha256",
      latestVersion: version,
      parameters: parametersOf(content),
      platformTypes: ["Linux", "MacOS", "Windows"],
      schemaVersion: text(content.schemaVersion) ?? "",
      status: "Active",
    };
  },
  rules: documentRules,
  settles: ["defaultVersion", "description", "documentVersion", "hash", "latestVersion", "parameters"],
  seconds: { create: 2, update: 3, delete: 2 },
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html. Its targets and tasks go with it. */
const maintenanceWindow = refined<ssm.MaintenanceWindowArgs, ssm.MaintenanceWindowState>(windowToken, {
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => `mw-0${hex(16)}`,
  keys: () => [],
  seconds: quick,
});

const toWindow: Reference = {
  to: windowToken,
  missing: { code: "DoesNotExistException", message: "Maintenance window {value} does not exist" },
  holds: false,
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html */
const target = refined<ssm.MaintenanceWindowTargetArgs, ssm.MaintenanceWindowTargetState>(targetToken, {
  references: { windowId: toWindow },
  id: ({ hex }) => uuidOf(hex(32)),
  keys: () => [],
  seconds: quick,
});

/** The first target that a task names by its id and that its window does not have. */
function strangerOf({ account, inputs }: Pick<Task, "account" | "inputs">): string | undefined {
  const named = (inputs.targets ?? []).filter(({ key }) => key === "WindowTargetIds");
  return named
    .flatMap(({ values }) => list(values).map(String))
    .find((id) => account.find(targetToken, id)?.state.windowId !== inputs.windowId);
}

type Task = Existing<Plain<ssm.MaintenanceWindowTaskArgs>>;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html */
const task = refined<ssm.MaintenanceWindowTaskArgs, ssm.MaintenanceWindowTaskState>(
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
  {
    references: { windowId: toWindow },
    id: ({ hex }) => uuidOf(hex(32)),
    outputs: ({ id, accountId, region }) => ({
      arn: `arn:aws:ssm:${region}:${accountId}:windowtask/${id}`,
      windowTaskId: id,
    }),
    keys: (state) => [state.arn],
    rules: [
      {
        when: (asked) => strangerOf(asked) !== undefined,
        code: "DoesNotExistException",
        says: (asked) => `Target ${strangerOf(asked) ?? ""} does not exist`,
      },
    ],
    seconds: quick,
  },
);

/** What Systems Manager does to machines, and when. */
export const operations: readonly AnyBehaviour[] = [document, maintenanceWindow, target, task];
