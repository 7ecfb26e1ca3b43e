import { account, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";
import { inPods } from "./pods.ts";
import type { PodCase } from "./pods.ts";

const breaks = (place: string, control: string): string =>
  `${place} breaks the control ${control}: set what it asks for.`;
const closed = {
  ...{ allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
  seccompProfile: { type: "RuntimeDefault" },
};
const api = { name: "api", securityContext: closed };
const ofContainer = (change: object): PodCase["pod"] => ({
  containers: [{ name: "api", securityContext: { ...closed, ...change } }],
});

const restricted: readonly PodCase[] = [
  {
    when: "it asks for nothing",
    pod: {},
    finds: [
      breaks("securityContext.allowPrivilegeEscalation of container api", "Privilege Escalation"),
      breaks("securityContext.runAsNonRoot of container api or its pod", "Running as Non-root"),
      breaks("securityContext.seccompProfile.type of container api", "Seccomp"),
      breaks("securityContext.capabilities.drop of container api", "Capabilities, dropped"),
    ],
    wholeOnly: true,
  },
  {
    when: "a container may gain rights",
    pod: ofContainer({ allowPrivilegeEscalation: true }),
    finds: breaks("securityContext.allowPrivilegeEscalation of container api", "Privilege Escalation"),
  },
  {
    when: "a container that runs first may gain rights",
    pod: {
      initContainers: [{ name: "setup", securityContext: { ...closed, allowPrivilegeEscalation: true } }],
      containers: [api],
    },
    finds: breaks("securityContext.allowPrivilegeEscalation of container setup", "Privilege Escalation"),
  },
  {
    when: "a container may be root",
    pod: ofContainer({ runAsNonRoot: false }),
    finds: breaks("securityContext.runAsNonRoot of container api or its pod", "Running as Non-root"),
  },
  {
    when: "a container is root by its number",
    pod: ofContainer({ runAsUser: 0 }),
    finds: breaks("securityContext.runAsUser of container api", "Running as Non-root user"),
  },
  {
    when: "the pod is root by its number",
    pod: { securityContext: { runAsUser: 0 }, containers: [api] },
    finds: breaks("securityContext.runAsUser", "Running as Non-root user"),
  },
  {
    when: "a container drops some capabilities",
    pod: ofContainer({ capabilities: { drop: ["NET_RAW"] } }),
    finds: breaks("securityContext.capabilities.drop of container api", "Capabilities, dropped"),
  },
  {
    when: "a container adds what the baseline lets it",
    pod: ofContainer({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
    finds: breaks("securityContext.capabilities.add of container api", "Capabilities, added"),
  },
  {
    when: "a disk of another kind is mounted",
    pod: { containers: [api], volumes: [{ name: "share", nfs: { path: "/", server: "nas" } }] },
    finds: breaks("nfs of volume share", "Volume Types"),
  },
  {
    when: "seccomp is turned off",
    pod: ofContainer({ seccompProfile: { type: "Unconfined" } }),
    finds: breaks("securityContext.seccompProfile.type of container api", "Seccomp"),
  },
  {
    when: "the pod says it for its containers",
    pod: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "Localhost", localhostProfile: "a" } },
      containers: [
        {
          name: "api",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  },
  {
    when: "it runs on Windows, where the settings of Linux mean nothing",
    pod: {
      os: { name: "windows" },
      securityContext: { runAsNonRoot: true },
      containers: [{ name: "api" }],
    },
  },
];

const image = (name: string, key: "initContainers" | "containers" = "containers"): PodCase["pod"] => ({
  containers: [{ name: "api" }],
  ...{ [key]: [{ name: "api", image: name }] },
});
const ours = `${account}.dkr.ecr.eu-west-1.amazonaws.com`;
const remedy = "name its digest, as in name:1.2.3@sha256:...";
const foreign = (repository: string): string =>
  `the image of container api comes from ${repository}: take it from *.dkr.ecr.eu-west-1.amazonaws.com/* or public.ecr.aws/docker/library/postgres or public.ecr.aws/nginx/*.`;

/** What the policies on what pods may do, and on what they are made of, make of single objects. */
export const podStandards: CaseBook = {
  "k8s-pss-restricted": inPods(restricted),
  "k8s-read-only-root-fs": inPods([
    {
      when: "nothing is said",
      pod: {},
      finds:
        "securityContext.readOnlyRootFilesystem of container api is not true: set it, and mount an emptyDir where the container writes.",
      wholeOnly: true,
    },
    {
      when: "a container writes to its own files",
      pod: { containers: [{ name: "api", securityContext: { readOnlyRootFilesystem: false } }] },
      finds:
        "securityContext.readOnlyRootFilesystem of container api is not true: set it, and mount an emptyDir where the container writes.",
    },
    { when: "it runs on Windows, which cannot", pod: { os: { name: "windows" } } },
  ]),
  "k8s-image-pinned": inPods([
    {
      when: "no tag is named",
      pod: image("nginx"),
      finds: `image nginx of container api is whatever is latest: ${remedy}.`,
    },
    {
      when: "the registry has a port and the image no tag",
      pod: image("registry.example.com:5000/api"),
      finds: `image registry.example.com:5000/api of container api is whatever is latest: ${remedy}.`,
    },
    {
      when: "a container that runs first has a tag only",
      pod: image("nginx:1.29", "initContainers"),
      finds: `image nginx:1.29 of container api may become another one: ${remedy}.`,
    },
    { when: "a tag is enough in dev", pod: image("nginx:1.29"), stack: "dev" },
    { when: "a digest is named", pod: image(`nginx@sha256:${"a".repeat(64)}`) },
    { when: "the image is not known yet", pod: image(UNKNOWN), defers: true },
  ]),
  "k8s-image-approved-registry": inPods([
    {
      when: "a name without a registry is one of Docker Hub's",
      pod: image("nginx:1.29"),
      finds: foreign("docker.io/library/nginx"),
    },
    {
      when: "an owner is no registry",
      pod: image("bitnami/redis:8"),
      finds: foreign("docker.io/bitnami/redis"),
    },
    {
      when: "another registry only looks like the account's",
      pod: image(`example.com/${ours}/api:1`),
      finds: foreign(`example.com/${ours}/api`),
    },
    { when: "the account's registry has it", pod: image(`${ours}/api:1`) },
  ]),
};
