/** Which bug of the simulated surroundings is planted in this run; bugs of the product itself are planted in its source. */
let name: string | undefined;

export const plant = (bug: string | undefined): void => void (name = bug);
export const planted = (bug: string): boolean => name === bug;
