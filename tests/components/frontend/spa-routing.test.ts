import { runInNewContext } from "node:vm";
import { expect } from "chai";

import { spaRouting } from "../../../components/frontend/spa-routing.ts";

/** What the edge asks the bucket for when a browser asks for a path. */
function asked(uri: string): unknown {
  return runInNewContext(`${spaRouting}; handler({ request: { uri } }).uri`, { uri });
}

describe("Routing of the single-page application", () => {
  for (const [uri, expected] of [
    ["/", "/index.html"],
    ["/orders", "/index.html"],
    ["/orders/42/", "/index.html"],
    ["/v1.2/orders", "/index.html"],
    ["/index.html", "/index.html"],
    ["/assets/app-3f2a.js", "/assets/app-3f2a.js"],
    ["/favicon.ico", "/favicon.ico"],
    ["/.well-known/security.txt", "/.well-known/security.txt"],
  ] as const) {
    it(`answers ${uri} with ${expected}`, () => {
      expect(asked(uri)).to.equal(expected);
    });
  }

  it("keeps the rest of the request", () => {
    const headers = { host: { value: "www.example.com" } };
    const answer: unknown = runInNewContext(`${spaRouting}; handler({ request })`, {
      request: { uri: "/orders", method: "GET", headers },
    });
    expect(answer).to.deep.equal({ uri: "/index.html", method: "GET", headers });
  });

  it("fits a CloudFront function, which may have 10 KB", () => {
    expect(Buffer.byteLength(spaRouting)).to.be.below(10_240);
  });
});
