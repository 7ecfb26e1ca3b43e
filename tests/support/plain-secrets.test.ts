import { expect } from "chai";
import { plainSecrets } from "./plain-secrets.ts";

describe("plainSecrets", () => {
  const state = { database: { passwordLength: 20, username: "app" }, list: [{ endpoint: "db:5432" }] };

  it("finds nothing where there is nothing", () => {
    expect(plainSecrets(state)).to.deep.equal([]);
  });

  it("finds a secret by its property's name, wherever it stands", () => {
    expect(plainSecrets({ ...state, list: [{ masterPassword: "hunter2" }] })).to.deep.equal([
      "list[0].masterPassword",
    ]);
  });

  it("finds a key or token by its form", () => {
    expect(plainSecrets({ ...state, note: "AKIA" + "ABCDEFGHIJKLMNOP" })).to.deep.equal(["note"]);
    expect(plainSecrets({ ...state, note: "-----BEGIN RSA " + "PRIVATE KEY-----" })).to.deep.equal(["note"]);
  });

  it("leaves alone a template, which only names one", () => {
    expect(plainSecrets({ ...state, masterPassword: "{{ .password }}", apiKey: "${env:KEY}" })).to.deep.equal(
      [],
    );
  });

  it("leaves alone what the engine has encrypted", () => {
    const sealed = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:abc",
    };
    expect(plainSecrets({ ...state, masterPassword: sealed })).to.deep.equal([]);
  });
});
