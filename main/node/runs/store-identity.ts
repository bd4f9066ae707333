/** "RunB" in ASCII: tells our store from somebody else's database. */
export const applicationId = 0x52756e42;
