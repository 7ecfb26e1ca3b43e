import type { Properties } from "../model.ts";
import { ComponentError } from "./arguments.ts";
import { simulate } from "./simulate.ts";

/** The packages' functions, and the components that have the same answer for their outputs. */
const functions: ReadonlyMap<string, string> = new Map([
  // https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/getdefaultvpc/
  ["awsx:ec2:getDefaultVpc", "awsx:ec2:DefaultVpc"],
]);

function notAnswered(token: string): ComponentError {
  return new ComponentError(`the sandbox does not answer ${token}`);
}

/**
 * Answers a function of a package of components.
 * @param ask asks the account that the function looks at.
 */
export async function answerFunction(
  token: string,
  args: Properties,
  ask: ((token: string, args: Properties) => Properties) | undefined,
): Promise<Properties> {
  const component = functions.get(token);
  if (component === undefined || ask === undefined) throw notAnswered(token);
  return simulate(component, "", args, {
    preview: false,
    invoke: ask,
    create: ({ type }) => {
      throw new ComponentError(`a function makes nothing, and no ${type}`);
    },
    find: () => undefined,
  });
}
