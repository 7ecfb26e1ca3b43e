import { readFileSync } from "node:fs";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { Carrier, Order } from "../../operations.ts";
import { forServicesWithXml } from "../protocols.ts";
import { matches } from "./actions.ts";
import { prefixOf } from "./actions-of-types.ts";
import { conditionsHold, unsupportedIn } from "./authorization-conditions.ts";
import type { Call } from "./authorization-requests.ts";
import { callsOf, deployer } from "./authorization-requests.ts";
import { readingOf } from "./authorization-variables.ts";
import type { Reading } from "./authorization-variables.ts";
import { refuseDocument } from "./policy-documents.ts";
import { several, statementsOf } from "./statements.ts";

/** What a policy says to a call: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export type Verdict = "allowed" | "denied" | "not allowed";

/**
 * The document of the role that deploys.
 * @throws Error with every part that the sandbox does not evaluate, since to leave one out would be to allow or deny by guess.
 */
export function readDeployRole(file: string): Properties {
  try {
    const document = refuseDocument(readFileSync(file, "utf8"), "identity");
    const unsupported = unsupportedIn(document);
    if (unsupported.length === 0) return document;
    throw new Error(`the sandbox does not evaluate ${[...new Set(unsupported)].join(", ")}`);
  } catch (error) {
    throw new Error(`--deploy-role ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** True where the element, or its opposite, is about the value. */
function isAbout(
  statement: Properties,
  element: "Action" | "Resource",
  value: string,
  read: Reading,
): boolean {
  const not = statement[`Not${element}`];
  const patterns = several(not ?? statement[element]).flatMap((pattern) => read(pattern) ?? []);
  // A statement whose variable has no value is about nothing.
  if (patterns.length === 0) return false;
  return patterns.some((pattern) => matches(pattern, value)) === (not === undefined);
}

/** Decides about one resource of a call. A deny wins over every allow; what nobody allows is not. */
function decideOn(document: Properties, { action, context }: Call, resource: string): Verdict {
  const read = readingOf(document, context);
  const about = statementsOf(document).filter(
    (statement) =>
      isAbout(statement, "Action", action, read) &&
      isAbout(statement, "Resource", resource, read) &&
      conditionsHold(statement, context, read),
  );
  if (about.some(({ Effect }) => Effect === "Deny")) return "denied";
  return about.length > 0 ? "allowed" : "not allowed";
}

/** Decides about a call, which must be allowed on all that it touches, and names the resource that decides against it. */
export function decide(
  document: Properties,
  call: Call,
): { readonly verdict: Verdict; readonly resource: string } {
  const verdicts = call.resources.map((resource) => ({
    resource,
    verdict: decideOn(document, call, resource),
  }));
  const against = verdicts.find(({ verdict }) => verdict !== "allowed");
  return against ?? { verdict: "allowed", resource: "*" };
}

/** EC2 has a code of its own, services with a JSON protocol another; each as the page of its errors says: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const codes: Readonly<Record<string, string>> = {
  ec2: "UnauthorizedOperation",
  ...forServicesWithXml("AccessDenied"),
  sns: "AuthorizationError",
};

function denial(accountId: string, action: string, resource: string, because: string): Refusal {
  const [prefix = ""] = action.split(":");
  const message = `User: ${deployer(accountId)} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new Refusal(
    codes[prefix] ?? "AccessDeniedException",
    prefix === "ec2" ? `You are not authorized to perform this operation. ${message}` : message,
  );
}

/** What AWS answers to a role that may not do this at all. */
export function accessDenied(order: Order): Refusal {
  const { token } = order.subject;
  const fallback: Pick<Call, "action" | "resources"> = { action: `${prefixOf(token)}:*`, resources: ["*"] };
  const [{ action, resources } = fallback] = callsOf(order) ?? [];
  const because = `because no identity-based policy allows the ${action} action`;
  return denial(order.session.account.accountId, action, resources[0] ?? "*", because);
}

/**
 * Operations that only reach AWS where the deploying role's document allows every call that they make.
 * What the provider only reads is not asked for.
 */
export function authorised(carry: Carrier, document: Properties): Carrier {
  return (order, operate) => {
    const calls = callsOf(order);
    const { token, name } = order.subject;
    if (calls === undefined) {
      throw new Refusal(
        "UnknownActions",
        `the sandbox does not know which IAM actions it takes to ${order.kind} ${token}, which "${name}" is: leave out --deploy-role`,
      );
    }
    for (const call of calls) {
      const { verdict, resource } = decide(document, call);
      if (verdict === "allowed") continue;
      throw denial(
        order.session.account.accountId,
        call.action,
        resource,
        verdict === "denied"
          ? "with an explicit deny in an identity-based policy"
          : `because no identity-based policy allows the ${call.action} action`,
      );
    }
    return carry(order, operate);
  };
}
