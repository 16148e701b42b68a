// Preloaded into a measured process: says its own peak memory when it ends.
process.on('exit', () => process.stderr.write(`\npeak-rss-kib=${process.resourceUsage().maxRSS}\n`))
