// Audits one address a line of the input, in one Chromium, with Lighthouse's preset for phones.
// Answers one line each: scores, times, and what was transferred.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { createInterface } from "node:readline";

const QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

function summary({ categories, audits }, home) {
  const requests = audits["network-requests"].details.items;
  const bytes = (chosen) => chosen.reduce((sum, request) => sum + request.transferSize, 0);
  const failed = CATEGORIES.flatMap((name) => categories[name].auditRefs)
    .filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 1);
  return {
    scores: CATEGORIES.map((name) => Math.round(100 * categories[name].score)),
    blocking: audits["total-blocking-time"].numericValue,
    shift: audits["cumulative-layout-shift"].numericValue,
    contentful: audits["largest-contentful-paint"].numericValue,
    bytes: bytes(requests),
    script: bytes(requests.filter((request) => request.resourceType === "Script")),
    foreign: requests.filter((request) => /^https?:/.test(request.url)
      && new URL(request.url).origin !== home).length,
    failed: [...new Set(failed.map(({ id }) => id))],
  };
}

const chrome = await launch({ chromePath: process.argv[2], chromeFlags: QUIET });
try {
  for await (const address of createInterface({ input: process.stdin })) {
    const options = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "silent" };
    const { lhr } = await lighthouse(address, options);
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    console.log(JSON.stringify(summary(lhr, new URL(address).origin)));
  }
} finally {
  await chrome.kill();
}
