import { describeDeployment } from "./deployment.ts";

describeDeployment("staging");
