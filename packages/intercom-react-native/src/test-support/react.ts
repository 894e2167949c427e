/** The Segment client only needs these of React, for its hook, which no test uses. */
export const createContext = (): object => ({})
export const useContext = (): undefined => undefined
export const useMemo = <T>(make: () => T): T => make()
export default { createContext, useContext, useMemo }
