/** The release that this build is. Every code edit of the scenario changes this line, and nothing else. */
export const release = 'initial';
