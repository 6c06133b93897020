/** 亮诺小程序：a citizen scans, rates in two taps, and hears what became of it. Asks for no phone number and no location. */
App({});
