using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Names;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>The server of ServiceDefaults' tests, with what learns who calls before its services.</summary>
internal static class GuardedServer
{
    /// <summary>Starts it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="keys">Whom it lets in; <see langword="null"/> for everybody.</param>
    /// <param name="names">By which names it is called; <see langword="null"/> for loopback alone.</param>
    public static Task StartAsync(this SmallServer server, ApiKeys? keys, ServedNames? names = null) => server.StartAsync(
        builder => builder.AddAccess(keys ?? new(file: null), names ?? ServedNames.Loopback),
        names: app => app.UseServedNames(),
        callers: app => app.UseAccess());
}
