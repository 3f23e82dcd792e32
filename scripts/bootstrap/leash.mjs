// Loaded by `node --import` into tools of others: they end with the process that started them, however that ended.
// The tools' own children inherit the option, and are theirs to end.
if (process.env.PATCHBAY_LEASH === String(process.ppid)) {
  process.on('disconnect', () => process.exit(1))
  process.channel?.unref()
}
