// Loaded by `node --import` into tools of others: they end with the process that started them, however that ended.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
