import type { Command } from "commander";
import { InvalidArgumentError } from "commander";

interface AgreementFlags {
  readonly seed: number;
  readonly details?: boolean;
  readonly bySpecification?: boolean;
}

/** `agreement`: how far the sandbox does what the AWS provider was seen to do. Fails where a disagreement has no reason. */
export function agreementCommand(program: Command): void {
  program
    .command("agreement")
    .description(
      "compare what the sandbox requires, defaults, refuses and replaces with what the AWS provider was seen to",
    )
    .argument("[services...]", "services as in the SDK, such as ec2 rds; all unless named")
    .option("--seed <number>", "chooses other values to compare with", wholeNumber, 1)
    .option("--details", "list each disagreement, also those with a reason")
    .option("--by-specification", "judge the types as if none of them had been observed")
    .action(async (services: string[], { seed, details = false, bySpecification }: AgreementFlags) => {
      // Most of its start is a specification that no other command reads.
      const { runAgreement, runBySpecification } = await import("../agreement/agreement.ts");
      const print = (line: string): void => {
        console.log(line);
      };
      const options = { seed, services, details, print };
      if (bySpecification === true) runBySpecification(options);
      else process.exitCode = runAgreement(options) === 0 ? 0 : 1;
    });
}

function wholeNumber(given: string): number {
  if (/^\d+$/.test(given)) return Number(given);
  throw new InvalidArgumentError("it must be a whole number");
}
