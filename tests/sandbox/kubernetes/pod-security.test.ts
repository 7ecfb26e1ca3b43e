import { expect } from "chai";
import { violations } from "../../../sandbox/kubernetes/server/pod-security.ts";
import type { PodSecurityLevel } from "../../../sandbox/kubernetes/server/pod-security.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { container } from "./world.ts";

const securityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

/** A pod that the level `restricted` allows, with these fields beside. */
function pod(fields: Properties, own: Properties = {}): Properties {
  return { securityContext, containers: [container(own)], ...fields };
}

/** The container's security context with these fields beside. */
function secured(fields: Properties): Properties {
  return { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...fields } };
}

describe("Pod security", () => {
  it("allows a pod that gives up everything", () => {
    expect(violations("restricted", pod({}))).to.deep.equal([]);
  });

  it("leaves to baseline what only restricted forbids", () => {
    expect(violations("baseline", { containers: [{ name: "a", image: "a" }] })).to.deep.equal([]);
  });

  const cases: readonly (readonly [level: PodSecurityLevel, spec: Properties, violation: string])[] = [
    ["baseline", pod({ hostNetwork: true }), "host namespaces (hostNetwork=true)"],
    [
      "baseline",
      pod({
        volumes: [
          { name: "a", hostPath: {} },
          { name: "b", hostPath: {} },
        ],
      }),
      'hostPath volumes (volumes "a", "b")',
    ],
    ["baseline", pod({}, { ports: [{ hostPort: 80 }] }), 'hostPort (container "web" uses hostPort 80)'],
    [
      "baseline",
      pod({}, secured({ capabilities: { add: ["NET_ADMIN", "CHOWN"] } })),
      'non-default capabilities (container "web" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
    [
      "restricted",
      pod({
        volumes: [
          { name: "a", nfs: {} },
          { name: "b", emptyDir: {} },
        ],
      }),
      'restricted volume types (volume "a" uses restricted volume type "nfs")',
    ],
    [
      "restricted",
      pod({}, secured({ capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE"] } })),
      'unrestricted capabilities (container "web" must not include "CHOWN" in securityContext.capabilities.add)',
    ],
    [
      "restricted",
      pod({}, secured({ runAsNonRoot: false })),
      'runAsNonRoot != true (container "web" must not set securityContext.runAsNonRoot=false)',
    ],
    [
      "restricted",
      pod({}, secured({ runAsUser: 0 })),
      'runAsUser=0 (container "web" must not set runAsUser=0)',
    ],
    [
      "restricted",
      pod({ securityContext: { runAsNonRoot: true } }),
      'seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ],
    [
      "restricted",
      pod({
        initContainers: [{ ...container(secured({ allowPrivilegeEscalation: undefined })), name: "init" }],
      }),
      'allowPrivilegeEscalation != false (container "init" must set securityContext.allowPrivilegeEscalation=false)',
    ],
  ];
  for (const [level, spec, violation] of cases) {
    it(`of level ${level} forbids ${violation.split(" (")[0] ?? ""}`, () => {
      expect(violations(level, spec)).to.deep.equal([violation]);
    });
  }
});
