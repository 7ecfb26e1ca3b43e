import { define } from "../../kernel/define.ts";
import { has, items, text } from "../../kernel/read.ts";

export const elasticacheAuth = define({
  name: "elasticache-auth",
  description: "Clients of a cache say who they are.",
  severity: "high",
  controls: { fsbp: ["ElastiCache.6"], ckv: ["CKV_AWS_31"] },
  remediation: "Use the Cache component, whose users sign in with IAM.",
  checks: {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      (cache) =>
        !has(cache, "authToken") &&
        (!has(cache, "userGroupIds") || items(cache.userGroupIds).length === 0) &&
        "userGroupIds is not set: name a group of users, or whoever reaches the cache may use it.",
    ],
    "aws:elasticache/serverlessCache:ServerlessCache": [
      (cache) =>
        !has(cache, "userGroupId") &&
        "userGroupId is not set: name a group of users, or whoever reaches the cache may use it.",
    ],
    "aws:elasticache/user:User": [
      (user) => {
        const isOpen =
          user.noPasswordRequired === true || user.authenticationMode?.type === "no-password-required";
        // Redis OSS wants a user called default in every group: switched off, it lets nobody in.
        const isOff = isOpen && text(user.accessString).split(" ").includes("off");
        return isOpen && !isOff && "the user needs no password: use authenticationMode.type iam.";
      },
    ],
  },
});
