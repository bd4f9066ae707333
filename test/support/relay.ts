// A process between two ends of a channel: hands back what it is given, and can be killed.
process.on('message', (message) => process.send?.(message));
process.send?.('ready');
