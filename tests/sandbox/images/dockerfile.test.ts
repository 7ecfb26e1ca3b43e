import { expect } from "chai";
import { complaintAbout } from "../../../sandbox/images/dockerfile.ts";

const complaint = (...lines: readonly string[]): string | undefined => complaintAbout(lines.join("\n"));

describe("a Dockerfile", () => {
  it("begins a stage, after arguments at most", () => {
    expect(complaint("FROM nginx")).to.equal(undefined);
    expect(complaint("# built by hand", "ARG TAG=1", "from nginx:$TAG", "run true")).to.equal(undefined);
    expect(complaint("", "RUN true", "FROM nginx")).to.equal(
      "dockerfile parse error on line 2: no build stage in current context",
    );
    expect(complaint("ARG TAG")).to.equal(
      "dockerfile parse error on line 1: no build stage in current context",
    );
    expect(complaint("# nothing")).to.equal("file with no instructions");
  });

  it("has instructions that there are", () => {
    expect(complaint("FROM nginx", "", "RUNN true")).to.equal(
      "dockerfile parse error on line 3: unknown instruction: RUNN",
    );
  });

  it("continues an instruction in the next lines, also past comments", () => {
    expect(complaint("FROM nginx", "RUN a \\", "# why", "  && b \\", "  && c", "COPY . .")).to.equal(
      undefined,
    );
    expect(complaint("# escape=`", "FROM nginx", "RUN a `", "  b")).to.equal(undefined);
    expect(complaint("FROM nginx", "RUN a", "  && b")).to.equal(
      "dockerfile parse error on line 3: unknown instruction: &&",
    );
  });

  it("may have documents in it, which are no instructions", () => {
    expect(complaint("FROM nginx", "COPY <<one <<-'two' /", "a", "one", "b", "two", "RUN true")).to.equal(
      undefined,
    );
    expect(complaint("FROM nginx", "RUN echo $((1<<2))", "OOPS")).to.equal(
      "dockerfile parse error on line 3: unknown instruction: OOPS",
    );
  });

  it("is left to the frontend that it asks for", () => {
    expect(complaint("# syntax=registry.io/other:1", "ANYTHING")).to.equal(undefined);
    expect(complaint("# syntax=docker/dockerfile:1.7-labs", "FROM nginx", "ANYTHING")).to.contain("ANYTHING");
  });
});
