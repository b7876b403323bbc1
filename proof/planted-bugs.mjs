export const PLANTED = {};
