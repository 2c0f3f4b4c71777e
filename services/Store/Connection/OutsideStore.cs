using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EarlyWarning.Store.Connection;

/// <summary>What is demanded of an outside Redis or Valkey before anything is entrusted to it.</summary>
internal static partial class OutsideStore
{
    private static readonly (string Setting, string Value, string Why)[] s_demands =
    [
        ("maxmemory-policy", "noeviction", "it may forget what it has acknowledged when memory runs short"),
        ("appendonly", "yes", "it forgets what it has acknowledged at a restart"),
        ("appendfsync", "always", "it forgets the last second of what it has acknowledged at a power cut"),
    ];

    public static async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(configuration);
        }
        catch (RedisConnectionException exception)
        {
            throw new StoreStartException(
                $"The store at {string.Join(", ", configuration.EndPoints)} cannot be reached: {exception.Message} Start it or correct its connection string.", exception);
        }
    }

    /// <summary>Asks each primary for its settings, over a connection of its own, because only an administrative one may.</summary>
    /// <exception cref="StoreStartException">It cannot be reached, or is a cache; the message says what to set.</exception>
    public static async Task CheckAsync(string connectionString, ILogger logger)
    {
        ConfigurationOptions configuration;
        try
        {
            configuration = ConfigurationOptions.Parse(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new StoreStartException($"The store's connection string cannot be read: {exception.Message}", exception);
        }

        configuration.AllowAdmin = true;
        await using var multiplexer = await ConnectAsync(configuration);
        foreach (var server in multiplexer.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
        {
            foreach (var (setting, value, why) in s_demands)
            {
                if (await ReadAsync(server, setting) is not { } found)
                {
                    LogUnchecked(logger, server.EndPoint, setting, value);
                }
                else if (!string.Equals(found, value, StringComparison.OrdinalIgnoreCase))
                {
                    throw new StoreStartException(
                        $"The store at {server.EndPoint} has {setting} {found}: {why}. Set {setting} {value} in its configuration, or name another store.");
                }
            }
        }
    }

    private static async Task<string?> ReadAsync(IServer server, string setting)
    {
        try
        {
            return await server.ConfigGetAsync(setting) is [var (_, value)] ? value : null;
        }
        catch (RedisServerException)
        {
            // Hosted stores often do not let their users ask.
            return null;
        }
    }

    [LoggerMessage(1003, LogLevel.Warning, "The store at {Endpoint} does not tell its {Setting}; make sure that it is {Value}")]
    private static partial void LogUnchecked(ILogger logger, EndPoint endpoint, string setting, string value);
}
