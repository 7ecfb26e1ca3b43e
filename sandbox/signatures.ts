/** The key of what is no plain object on the wire: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** Marks a secret; its value is under `value`. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Marks a resource as a value. */
export const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** Marks an output; without `value` it is unknown. */
export const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Marks a file, an archive or a text that the program hands over as such; of a file the path is under `path`. */
export const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
