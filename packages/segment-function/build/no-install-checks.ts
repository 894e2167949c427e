export function warnOfFastUri(): void {}
export function warnOfCoreCopies(): void {}
