/** Where Cmd does what Ctrl does elsewhere. */
export const isApple = (): boolean => /Mac|iP(?:hone|ad|od)/u.test(navigator.platform);
