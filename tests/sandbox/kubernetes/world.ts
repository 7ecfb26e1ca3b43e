import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { kubernetesProvider as provider } from "../../../sandbox/kubernetes/simulated.ts";
import type { Checked, Found, Properties, Session, Settled, Subject } from "../../../sandbox/model.ts";
import { isRecord } from "../../../sandbox/values.ts";

/** The ARN of the cluster that `world` holds. */
export const arn = "arn:aws:eks:eu-west-1:111111111111:cluster/platform";

const server = "https://A1B2.gr7.eu-west-1.eks.amazonaws.com";

/** A kubeconfig for that cluster, or for the server given. */
export function kubeconfig(address = server): Properties {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "aws",
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    clusters: [{ name: "kubernetes", cluster: { server: address, "certificate-authority-data": "" } }],
    users: [{ name: "aws", user: {} }],
  };
}

/** An account with one EKS cluster, and what a test does to it. */
export class World {
  public readonly account = new Account();
  public settings: Properties = { kubeconfig: kubeconfig() };
  public seed = "one";

  public constructor() {
    const subnetIds = ["subnet-a", "subnet-b"];
    const vpcId = "vpc-1";
    this.put("ec2/vpc:Vpc", vpcId, { cidrBlock: "10.0.0.0/16" });
    for (const [index, subnetId] of subnetIds.entries()) {
      const availabilityZone = `eu-west-1${["a", "b"][index] ?? ""}`;
      const tags = { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" };
      this.put("ec2/subnet:Subnet", subnetId, { vpcId, availabilityZone, tags });
    }
    this.put("ec2/internetGateway:InternetGateway", "igw-1", { vpcId });
    const cluster = { arn, endpoint: server, version: "1.35", vpcConfig: { vpcId, subnetIds } };
    this.put("eks/cluster:Cluster", "platform", cluster, [arn]);
    const nodes = { clusterName: "platform", scalingConfig: { desiredSize: 1 } };
    this.put("eks/nodeGroup:NodeGroup", "platform:nodes", nodes);
  }

  /** Puts something into the account that a program made. */
  public put(type: string, id: string, state: Properties, keys: readonly string[] = []): void {
    this.account.put({ scope: "eu-west-1", token: `aws:${type}`, id, urn: "urn", inputs: {}, state, keys });
  }

  /** What controllers have made in the account, as `module/type`, and how many of each. */
  public makings(): Readonly<Record<string, number>> {
    const made = [...this.account.everything()].filter(
      ({ scope, urn }) => scope === "eu-west-1" && urn === "",
    );
    const types = made.map(({ token }) => token.split(":").at(-1) ?? "");
    return Object.fromEntries(
      [...new Set(types)].map((type) => [type, types.filter((one) => one === type).length]),
    );
  }

  /** The add-on that makes volumes. */
  public withDriver(): this {
    this.put("eks/addon:Addon", "platform:aws-ebs-csi-driver", {});
    return this;
  }

  public session(preview = false): Session {
    return { account: this.account, settings: this.settings, preview, seed: this.seed };
  }

  public check(type: string, news: Properties, olds?: Properties, name = "web"): Checked {
    return provider.check(this.session(), subject(type, name), olds, news);
  }

  /** Check, then create. */
  public make(type: string, news: Properties, name = "web"): Settled {
    const { inputs, failures } = this.check(type, news, undefined, name);
    expect(failures).to.deep.equal([]);
    return provider.create(this.session(), subject(type, name), inputs);
  }

  /** Create alone, as after a Check that did not see everything. */
  public send(type: string, inputs: Properties, name = "web"): Settled {
    return provider.create(this.session(), subject(type, name), inputs);
  }

  public preview(type: string, news: Properties, name = "web"): Settled {
    const { inputs } = this.check(type, news, undefined, name);
    return provider.create(this.session(true), subject(type, name), inputs);
  }

  public update(type: string, id: string, news: Properties, name = "web"): Settled {
    const before = this.read(type, id)?.inputs;
    const { inputs } = this.check(type, news, before, name);
    return provider.update(this.session(), subject(type, name), id, {}, inputs);
  }

  public read(type: string, id: string, inputs?: Properties): Found {
    return provider.read(this.session(), subject(type), id, inputs);
  }

  /** The paths that differ, `!` after those that replace, and `delete first` where the old object must go first. */
  public diff(type: string, before: Properties, after: Properties): readonly string[] {
    const olds = this.check(type, before).inputs;
    const news = this.check(type, after, olds).inputs;
    const { changes, deleteBeforeReplace } = provider.diff(this.session(), subject(type), olds, olds, news);
    const paths = changes.map(({ path, replaces }) => (replaces ? `${path}!` : path));
    return deleteBeforeReplace ? [...paths, "delete first"] : paths;
  }

  public delete(type: string, id: string): number {
    return provider.delete(this.session(), subject(type), id);
  }

  /** What the cluster holds, as `Kind namespace/name`, definitions apart. */
  public contents(): readonly string[] {
    return [...this.account.everything()]
      .filter(({ scope, token }) => scope === arn && !token.endsWith(":CustomResourceDefinition"))
      .map(({ token, id }) => `${token.split(":").at(-1) ?? ""} ${id}`);
  }
}

/** `apps/v1:Deployment` as the engine names a resource of that type. */
export function subject(type: string, name = "web"): Subject {
  const token = `kubernetes:${type}`;
  return { token, name, urn: `urn:pulumi:dev::groundwork::${token}::${name}` };
}

/** The failures of a check, each as `property: reason`. */
export function reasons({ failures }: Checked): readonly string[] {
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

/** A copy of `object` in which the part at `path` is `value`, or gone where that is `undefined`. */
export function but(object: Properties, path: string, value: unknown): Properties {
  const [head = "", ...rest] = path.split("/");
  const inner = object[head];
  const changed = rest.length === 0 ? value : but(isRecord(inner) ? inner : {}, rest.join("/"), value);
  const { [head]: _, ...others } = object;
  return changed === undefined ? others : { ...others, [head]: changed };
}

/** The smallest valid Deployment; its pods are fit for the level `restricted`. */
export const deployment: Properties = {
  metadata: { name: "web", namespace: "default" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [container({})],
      },
    },
  },
};

/** The smallest valid container, with these fields beside. */
export function container(fields: Properties): Properties {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  return { name: "web", image: "nginx:1.29", securityContext, ...fields };
}

/** The Deployment with this one container. */
export function running(fields: Properties): Properties {
  return but(deployment, "spec/template/spec/containers", [container(fields)]);
}

/** A release of a chart that the sandbox knows. */
export function release(chart: string, repo: string, values: Properties = {}): Properties {
  return { chart, repositoryOpts: { repo }, name: chart, namespace: "kube-system", values };
}

/** Repositories of charts that several tests install. */
export const repos = {
  aws: "https://aws.github.io/eks-charts",
  prometheus: "https://prometheus-community.github.io/helm-charts",
  elastic: "https://helm.elastic.co",
  jetstack: "https://charts.jetstack.io",
} as const;

/** Type of a Helm release. */
export const releaseType = "helm.sh/v3:Release";

/** The smallest valid claim, of the class `gp3`. */
export const claim: Properties = {
  metadata: { name: "data" },
  spec: {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "10Gi" } },
    storageClassName: "gp3",
  },
};

/** The class of that claim, as EKS' driver takes it. */
export const gp3: Properties = {
  metadata: { name: "gp3" },
  provisioner: "ebs.csi.aws.com",
  allowVolumeExpansion: true,
};

/** An Ingress for the load balancer controller. */
export const ingress: Properties = {
  metadata: { name: "shop", annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } },
  spec: { ingressClassName: "alb", defaultBackend: { service: { name: "web", port: { number: 80 } } } },
};

/** The definition of a kind of the program's own, `Tea` of `shop.io/v1`, with what its `spec` may hold. */
export function teaDefinition(spec: Properties): Properties {
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", ...spec } } } };
  return {
    metadata: { name: "teas.shop.io" },
    spec: {
      ...{ group: "shop.io", scope: "Namespaced", names: { plural: "teas", kind: "Tea" } },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}
