using System.Globalization;
using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>A pub/sub component that the local sidecar stands in for.</summary>
/// <param name="Name">What publishers and subscribers call it.</param>
/// <param name="Type">The component that daprd would load.</param>
/// <param name="Version">Its version.</param>
/// <param name="Scopes">The app ids that may use it; none for all.</param>
/// <param name="Topics">Who may publish and subscribe to what.</param>
/// <param name="Concurrency">How many deliveries to an app may be under way at once.</param>
/// <param name="ProcessingTimeout">How long an attempt may take where no resiliency policy says so.</param>
internal sealed record PubSubComponent(
    string Name,
    string Type,
    string Version,
    IReadOnlyList<string> Scopes,
    TopicScopes Topics,
    int Concurrency,
    TimeSpan ProcessingTimeout
)
{
    private const string Redis = "pubsub.redis";

    /// <summary>
    /// Settings of the connection to Redis, which has no counterpart here, and of timing and trimming that only concern Redis.
    /// </summary>
    private static readonly HashSet<string> s_connection = new(StringComparer.OrdinalIgnoreCase)
    {
        "redisHost",
        "redisPort",
        "redisUsername",
        "redisPassword",
        "redisDB",
        "redisType",
        "redisMaxRetries",
        "redisMinRetryInterval",
        "redisMaxRetryInterval",
        "dialTimeout",
        "readTimeout",
        "writeTimeout",
        "poolSize",
        "poolTimeout",
        "minIdleConns",
        "maxConnAge",
        "idleTimeout",
        "idleCheckFrequency",
        "sentinelMasterName",
        "sentinelUsername",
        "sentinelPassword",
        "failover",
        "enableTLS",
        "insecureSkipTLSVerify",
        "clientCert",
        "clientKey",
        "redeliverInterval",
        "queueDepth",
        "streamTTL",
    };

    public bool Serves(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);

    /// <summary>Reads a component; <see langword="null"/> where it has no name or type that can be used, with faults.</summary>
    public static PubSubComponent? Read(YamlMap manifest)
    {
        var name = manifest.Need("metadata")?.Map()?.Required("name") ?? "";
        if (manifest.Need("spec")?.Map() is not { } spec)
        {
            return null;
        }

        var type = spec.Required("type");
        if (type is not (Redis or ""))
        {
            spec.Fault("type", $"'{type}' is not taken: the local sidecar stands in for {Redis} only. Run daprd for this component.");
        }

        var settings = Settings(spec);
        PubSubComponent component = new(
            name,
            Redis,
            spec.Text("version") ?? "v1",
            manifest.Texts("scopes"),
            new(Take("allowedTopics"), Take("protectedTopics"), Take("publishingScopes"), Take("subscriptionScopes")),
            settings.Remove("concurrency", out var concurrency) ? ConcurrencyOf(concurrency) : 10,
            settings.Remove("processingTimeout", out var timeout) ? TimeoutOf(timeout) : TimeSpan.FromSeconds(15)
        );
        foreach (var (key, value) in settings)
        {
            value.Fault($"'{key}' is not supported by the local sidecar.");
        }

        return name.Length > 0 ? component : null;

        string? Take(string key) => settings.Remove(key, out var value) ? value.Text() : null;
    }

    private static Dictionary<string, YamlValue> Settings(YamlMap spec)
    {
        Dictionary<string, YamlValue> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in spec.Maps("metadata"))
        {
            var key = item.Required("name");
            if (key.Length == 0 || s_connection.Contains(key))
            {
                continue;
            }

            if (item.Get("value") is { } value)
            {
                settings[key] = value;
            }
            else
            {
                item.Fault("", $"{key} has no plain value. A secret is supported for the connection to Redis only.");
            }
        }

        return settings;
    }

    private static int ConcurrencyOf(YamlValue value)
    {
        if (int.TryParse(value.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        value.Fault("Give a concurrency above 0, such as 10.");
        return 1;
    }

    private static TimeSpan TimeoutOf(YamlValue value)
    {
        if (value.Text() is { } text && GoDuration.Parse(text) is { Ticks: > 0 } timeout)
        {
            return timeout;
        }

        value.Fault("Give a processingTimeout above 0, such as 60s.");
        return TimeSpan.FromSeconds(15);
    }
}
