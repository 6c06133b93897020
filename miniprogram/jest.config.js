module.exports = {
  testTimeout: 20000, // the first page compiles its markup: seconds on a busy machine
  testEnvironment: "jsdom",
  testMatch: ["<rootDir>/tests/**/*.test.js"],
};
