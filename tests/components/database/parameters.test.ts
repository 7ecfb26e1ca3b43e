import { expect } from "chai";

import { describeParameters } from "../../../components/database/parameters.ts";

describe("describeParameters", () => {
  it("forces TLS and logs what an operator asks for", () => {
    expect(describeParameters({ slowStatementMilliseconds: 500, parameters: {} })).to.deep.equal([
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_autovacuum_min_duration", value: "10000", applyMethod: "immediate" },
      { name: "log_connections", value: "1", applyMethod: "immediate" },
      { name: "log_disconnections", value: "1", applyMethod: "immediate" },
      { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
      { name: "log_statement", value: "ddl", applyMethod: "immediate" },
      { name: "log_temp_files", value: "0", applyMethod: "immediate" },
      { name: "pg_stat_statements.track", value: "all", applyMethod: "immediate" },
      { name: "log_min_duration_statement", value: "500", applyMethod: "immediate" },
      { name: "shared_preload_libraries", value: "pg_stat_statements", applyMethod: "pending-reboot" },
    ]);
  });

  it("puts a stack's own parameters in force with the next restart", () => {
    expect(
      describeParameters({ slowStatementMilliseconds: 500, parameters: { max_connections: "200" } }),
    ).to.deep.include({
      name: "max_connections",
      value: "200",
      applyMethod: "pending-reboot",
    });
  });

  it("loads a stack's own libraries beside the one for statistics", () => {
    const libraries = (given: string) =>
      describeParameters({
        slowStatementMilliseconds: 500,
        parameters: { shared_preload_libraries: given },
      }).filter(({ name }) => name === "shared_preload_libraries");
    expect(libraries("pgaudit, pg_cron,pg_stat_statements").map(({ value }) => value)).to.deep.equal([
      "pg_stat_statements,pgaudit,pg_cron",
    ]);
  });
});
