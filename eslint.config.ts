import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** House rules in syntax: each has a test in tests/eslint.test.ts. */
export const houseRules = [
  {
    selector:
      "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']:not([callee.object.name='pulumi'])",
    message: "Resources made inside apply() are invisible to preview.",
  },
  {
    selector:
      "ClassDeclaration[superClass.property.name='ComponentResource'] NewExpression[callee.type='MemberExpression'][callee.property.name=/^[A-Z]/][arguments.length<3]:not([callee.object.name='pulumi'])",
    message: "Child resources need options: pass { parent: this }.",
  },
  {
    selector: "CallExpression[callee.object.name='pulumi'][callee.property.name='getStack']",
    message: "Only config.ts and the policy pack ask for the stack's name: make the difference a setting.",
  },
  {
    selector: "NewExpression[callee.object.name='pulumi'][callee.property.name='Config']",
    message: "Only config.ts reads the stack's settings.",
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Components take settings, not the environment.",
  },
  {
    selector: "TSAsExpression:not([typeAnnotation.typeName.name='const'])",
    message: "Narrow the type instead of asserting it.",
  },
];

export default defineConfig(
  { ignores: ["node_modules/", ".sandbox/", "policy-pack/index.js", "sandbox/bin.js"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      complexity: ["error", 8],
      eqeqeq: "error",
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 60 }],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["../../../*"], message: "Reach up two folders at most." }] },
      ],
      "no-console": "error",
      "no-restricted-syntax": ["error", ...houseRules],
    },
  },
  {
    // The program's one door to settings, and everything that is a command rather than a program.
    files: [
      "config.ts",
      "policy-pack/**",
      "sandbox/**",
      "simulation/**",
      "tools/**",
      "tests/**",
      "eslint.config.ts",
    ],
    rules: {
      "no-console": "off",
      "no-restricted-syntax": [
        "error",
        ...houseRules.filter(({ message }) => !/Only config|environment/.test(message)),
      ],
    },
  },
  {
    // The sandbox answers what programs may read, and that is all that the SDK has, deprecated or not.
    files: ["sandbox/aws/invokes/**"],
    rules: { "@typescript-eslint/no-deprecated": "off" },
  },
  {
    files: ["tests/**"],
    rules: {
      "max-lines-per-function": "off",
      "no-restricted-imports": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "no-restricted-syntax": "off",
    },
  },
);
