import { expect } from "chai";
import { at } from "../../../../sandbox/values.ts";
import { World } from "../world.ts";

/** The image that a parameter names. */
function imageNamed(name: string): unknown {
  const world = new World();
  const { value } = world.ask("aws:ssm/getParameter:getParameter", { name });
  return world.ask("aws:ec2/getAmi:getAmi", { filters: [{ name: "image-id", values: [value] }] });
}

const bottlerocket = "/aws/service/bottlerocket/aws-k8s-1.35";
const amazonLinux = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023";

describe("images for nodes of EKS", () => {
  it("are there for both systems, both architectures, and with graphics drivers", () => {
    for (const [name, architecture] of [
      [`${bottlerocket}/x86_64/latest/image_id`, "x86_64"],
      [`${bottlerocket}/arm64/latest/image_id`, "arm64"],
      [`${bottlerocket}-nvidia/arm64/latest/image_id`, "arm64"],
      [`${amazonLinux}/arm64/standard/recommended/image_id`, "arm64"],
      [`${amazonLinux}/x86_64/nvidia/recommended/image_id`, "x86_64"],
    ] as const)
      expect(at(imageNamed(name), "architecture"), name).to.equal(architecture);
  });

  it("have a second disk for what pods write only with Bottlerocket", () => {
    const devices = (name: string): unknown => {
      const mappings = at(imageNamed(name), "blockDeviceMappings");
      return [at(mappings, "0.deviceName"), at(mappings, "1.deviceName")];
    };
    expect(devices(`${bottlerocket}/x86_64/latest/image_id`)).to.deep.equal(["/dev/xvda", "/dev/xvdb"]);
    expect(devices(`${amazonLinux}/arm64/standard/recommended/image_id`)).to.deep.equal([
      "/dev/xvda",
      undefined,
    ]);
  });

  it("are no longer made of Amazon Linux 2", () => {
    const name = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2/recommended/image_id";
    expect(() => imageNamed(name)).to.throw(`couldn't find resource: SSM Parameter (${name})`);
  });
});
