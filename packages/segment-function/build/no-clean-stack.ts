export default (stack: string): string => stack
