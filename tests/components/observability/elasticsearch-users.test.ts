import { expect } from "chai";

import {
  describeRole,
  elasticsearchUsers,
  userSecretName,
} from "../../../components/observability/elasticsearch-users.ts";
import { given, large, parsed } from "./settings.ts";

describe("Users of Elasticsearch", () => {
  it("are Fluentd alone while traces are kept in memory", () => {
    expect(elasticsearchUsers(parsed(given)).map(({ name }) => name)).to.deep.equal(["fluentd"]);
  });

  it("are Fluentd and Jaeger when traces are kept there too", () => {
    expect(elasticsearchUsers(parsed(large)).map(({ name, namespace }) => [name, namespace])).to.deep.equal([
      ["fluentd", "log-collector"],
      ["jaeger", "tracing"],
    ]);
  });

  it("have a Secret named after them", () => {
    expect(userSecretName({ name: "fluentd" })).to.equal("fluentd-elasticsearch");
  });

  it("let Fluentd add lines, and neither read nor delete them", () => {
    const [fluentd] = elasticsearchUsers(parsed(given));
    const privileges = fluentd?.role.indices.flatMap((index) => index.privileges);
    expect(privileges).to.deep.equal(["auto_configure", "create_index", "create_doc", "view_index_metadata"]);
  });

  it("let Jaeger touch its own indices only", () => {
    const [, jaeger] = elasticsearchUsers(parsed(large));
    expect(jaeger?.role.indices).to.deep.equal([{ names: ["jaeger-*"], privileges: ["all"] }]);
  });

  it("are described as roles.yml wants it", () => {
    for (const user of elasticsearchUsers(parsed(large))) {
      expect(JSON.parse(describeRole(user))).to.deep.equal({ [user.name]: user.role });
    }
  });
});
