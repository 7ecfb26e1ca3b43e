/** What RDS does not take for its owner's password: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html. It is never quoted. */
export function badPassword(password: string | undefined): string | undefined {
  if (password === undefined || password === "") return undefined;
  const beginning = "The parameter MasterUserPassword is not a valid password";
  if (password.length < 8) return `${beginning} because it is shorter than 8 characters.`;
  return /^[!-~]*$/.test(password) && !/[/@"]/.test(password)
    ? undefined
    : `${beginning}. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`;
}
