/** Built-in errors have been safe to extend since ES2015, which is what ts-custom-error works around. */
export const CustomError = Error
