using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// What the dispatcher lives among: who may be told, whether the store may be written, the time, and who sees that it goes on.
/// </summary>
internal sealed record DispatcherContext(
    DirectorySource Directory,
    IStoreHealth Health,
    TimeProvider Time,
    ILogger<Dispatcher> Logger,
    Heartbeats? Heartbeats = null
)
{
    /// <summary>Nothing is sent: the suite is quiet, or what is sent could not be recorded.</summary>
    public bool IsHeld => Health is { Quiet.Length: > 0 } or { Status.Available: false };
}
