import { expect } from "chai";

import { findSharedNames } from "../config-names.ts";
import { settingsSchema } from "../config.ts";
import { settingsOf } from "./stack-settings.ts";

const image = "registry.example.com/team/app:1.2.3";
const replicas = { min: 1, max: 2 };

describe("names in the domain's zone", () => {
  const deletionProtection = false;
  const logRetentionDays = 7;
  const ingresses = {
    public: { name: "apps", scheme: "internet-facing", host: "app", deletionProtection, logRetentionDays },
    internal: {
      name: "apps-internal",
      scheme: "internal",
      host: "app",
      deletionProtection,
      logRetentionDays,
    },
  };
  const row = (expose: object): object => ({ image, replicas, expose });

  function shared(
    items: object,
    hosts: readonly string[] = ["@", "www"],
    zone = "example.com",
  ): readonly string[] {
    const { domain, frontend, services, ...rest } = settingsOf("staging");
    const parsed = settingsSchema.parse({
      ...rest,
      domain: { ...domain, zone },
      frontend: { ...frontend, hosts },
      services: { ...services, ingresses, items },
    });
    return findSharedNames(parsed).map(({ path, message }) => `${path.join(".")}: ${message}`);
  }

  it("must not be the site's and a load balancer's", () => {
    const items = { shop: row({ path: "/" }), admin: row({ path: "/admin" }) };
    expect(shared(items, ["@", "app"])).to.deep.equal([
      "services.ingresses.public.host: must not be a name of the site too, got app: it leads to one of them",
    ]);
  });

  it("must not be the site's and a service's", () => {
    expect(shared({ shop: row({ path: "/", host: "www" }) })).to.deep.equal([
      "services.items.shop.expose.host: must not be a name of the site too, got www: it leads to one of them",
    ]);
  });

  it("must not be two load balancers'", () => {
    const items = { shop: row({ path: "/" }), admin: row({ path: "/", by: "internal" }) };
    expect(shared(items)).to.deep.equal([
      "services.ingresses.internal.host: must not be a name of the load balancer public too, got app: it leads to one of them",
    ]);
  });

  it("may be several services' of one load balancer, and those of load balancers without any", () => {
    const items = { shop: row({ path: "/" }), admin: row({ path: "/admin" }) };
    expect(shared(items)).to.deep.equal([]);
  });

  it("are nobody's without a domain", () => {
    const items = { shop: row({ path: "/" }), admin: row({ path: "/", by: "internal" }) };
    expect(shared(items, ["app"], "none")).to.deep.equal([]);
  });
});
