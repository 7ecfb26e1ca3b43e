import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World } from "../world.ts";

export const instanceToken = "aws:rds/instance:Instance";
export const subnetGroupToken = "aws:rds/subnetGroup:SubnetGroup";
export const parameterGroupToken = "aws:rds/parameterGroup:ParameterGroup";

/** A region with a network of two zones, in which each helper makes one valid thing of RDS. */
export class DatabaseWorld extends World {
  public readonly network = networkOf(this);

  public subnetGroup(name = "main", subnetIds = this.network.subnetIds): Settled {
    return this.make(subnetGroupToken, name, { name, subnetIds });
  }

  public parameterGroup(family: string, inputs: Properties = {}): Settled {
    return this.make(parameterGroupToken, family, { name: family, family, ...inputs });
  }

  /** In the subnet group `main`. */
  public database(inputs: Properties = {}, name = "database"): Settled {
    return this.make(instanceToken, name, this.validDatabase(inputs));
  }

  /** Inputs of an instance that RDS takes. */
  public validDatabase(inputs: Properties = {}): Properties {
    return {
      identifier: "orders",
      instanceClass: "db.t4g.micro",
      engine: "postgres",
      engineVersion: "17",
      allocatedStorage: 20,
      storageType: "gp3",
      username: "owner",
      manageMasterUserPassword: true,
      dbSubnetGroupName: "main",
      vpcSecurityGroupIds: [this.network.group.id],
      backupRetentionPeriod: 7,
      skipFinalSnapshot: true,
      ...inputs,
    };
  }
}
