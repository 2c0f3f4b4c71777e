using System.Net;
using Garnet;
using Garnet.server;
using Garnet.server.Auth.Settings;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Cache;

/// <summary>One run of Garnet in this process without any disk: bounded, and empty at each start.</summary>
internal sealed class EmbeddedCache : GarnetServer
{
    private EmbeddedCache(GarnetServerOptions options, ILoggerFactory loggers)
        : base(options, loggers)
    {
    }

    /// <summary>Starts to listen.</summary>
    public static EmbeddedCache Start(IPEndPoint endpoint, string password, CacheOptions options, ILoggerFactory loggers)
    {
        EmbeddedCache server = new(
            new()
            {
                EndPoints = [endpoint],
                QuietMode = true,
                AuthSettings = new PasswordAuthenticationSettings(password),
                MaxDatabases = 1,
                EnableAOF = false,

                // Without the tier on disk what does not fit is forgotten, the oldest first: what a cache is to do. An entry must fit on a page.
                EnableStorageTier = false,
                LogMemorySize = $"{options.MemoryMegabytes}m",
                PageSize = "4m",
                IndexMemorySize = "1m",
                IndexMaxMemorySize = "64m",
            },
            loggers);
        try
        {
            server.Start();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
