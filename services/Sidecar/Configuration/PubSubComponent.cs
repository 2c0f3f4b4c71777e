using System.Globalization;

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

    public static PubSubComponent Parse(Manifest manifest)
    {
        var name = manifest.Mapping("metadata")?.Text("name") ?? throw manifest.Wrong("metadata.name", "is missing");
        var spec = manifest.Mapping("spec") ?? throw manifest.Wrong("spec", "is missing");
        var type = spec.Text("type");
        if (type != Redis)
        {
            throw spec.Wrong("type", $"is '{type}': the local sidecar stands in for {Redis} only; run daprd for this component");
        }

        Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in spec.Mappings("metadata"))
        {
            var key = item.Text("name") ?? throw item.Wrong("name", "is missing");
            if (!s_connection.Contains(key))
            {
                metadata[key] = item.Text("value")
                    ?? throw item.Wrong(key, "has no plain value; a secret is supported for the connection to Redis only");
            }
        }

        var component = new PubSubComponent(
            name,
            Redis,
            spec.Text("version") ?? "v1",
            manifest.Texts("scopes"),
            new(Take("allowedTopics"), Take("protectedTopics"), Take("publishingScopes"), Take("subscriptionScopes")),
            Number("concurrency", 10),
            Take("processingTimeout") is not { } text ? TimeSpan.FromSeconds(15)
                : GoDuration.Parse(text) is { Ticks: > 0 } timeout ? timeout
                : throw spec.Wrong("metadata.processingTimeout", $"is '{text}': give a duration above 0, such as 60s")
        );
        return metadata.Keys.FirstOrDefault() is { } unknown
            ? throw spec.Wrong($"metadata.{unknown}", "is not supported by the local sidecar")
            : component;

        string? Take(string key) => metadata.Remove(key, out var value) ? value : null;

        int Number(string key, int otherwise) =>
            Take(key) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw spec.Wrong($"metadata.{key}", $"is '{text}', which is not a number above 0");
    }
}
