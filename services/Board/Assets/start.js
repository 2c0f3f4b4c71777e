// All is defined: the page begins.
pressed();
hush();
pulse();
// Oftener than the pulse: with what it waits for, a loss is said within three seconds.
setInterval(tick, every / 4);
Blazor.start({
  circuit: {
    configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
    reconnectionHandler: { onConnectionDown: () => { reconnect(); }, onConnectionUp: () => { refused = 0; } },
  },
});
