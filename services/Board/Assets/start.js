// All is defined: the page begins.
pressed();
hush();
pulse();
setInterval(tick, every);
Blazor.start({
  circuit: {
    configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
    reconnectionHandler: { onConnectionDown: () => { reconnect(); }, onConnectionUp: () => { refused = 0; } },
  },
});
