/** 字号：the letters follow the size set in WeChat (关怀模式 included): 1rem on every page is that size, in px. */
const USUAL = 17;
const SMALLEST = 16;
const LARGEST = 30;

function size() {
  const told = wx.getAppBaseInfo ? wx.getAppBaseInfo().fontSizeSetting : undefined;
  return Math.min(LARGEST, Math.max(SMALLEST, told || USUAL));
}

module.exports = { size };
