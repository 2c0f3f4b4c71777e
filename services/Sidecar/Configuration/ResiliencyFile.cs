using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>One Resiliency manifest: the part of it that concerns deliveries from a component to an app.</summary>
internal sealed record ResiliencyFile(IReadOnlyList<string> Scopes, IReadOnlyDictionary<string, DeliveryPolicy> Inbound)
{
    private const string NoPart = "is not a part of a Resiliency manifest.";
    private const string OnlyInbound =
        "is not supported by the local sidecar, which knows timeouts and retries of components.<name>.inbound.";

    /// <summary>Reads a manifest; what the local sidecar does not do is a fault.</summary>
    public static ResiliencyFile Read(YamlMap manifest)
    {
        var scopes = manifest.Texts("scopes");
        var spec = manifest.Need("spec")?.Map();
        manifest.Ignore("apiVersion", "kind", "metadata");
        manifest.Done(NoPart);
        Dictionary<string, DeliveryPolicy> inbound = new(StringComparer.Ordinal);
        if (spec is null)
        {
            return new(scopes, inbound);
        }

        Dictionary<string, TimeSpan> timeouts = new(StringComparer.Ordinal);
        Dictionary<string, RetryPolicy> retries = new(StringComparer.Ordinal);
        if (spec.Map("policies") is { } policies)
        {
            ReadPolicies(policies, timeouts, retries);
        }

        if (spec.Map("targets") is { } targets)
        {
            foreach (var (name, target) in targets.Map("components")?.Pairs() ?? [])
            {
                inbound[name.Text() ?? ""] = target.Map() is { } given ? ReadTarget(given, timeouts, retries) : DeliveryPolicy.None;
            }

            targets.Done(OnlyInbound);
        }

        spec.Done(NoPart);
        return new(scopes, inbound);
    }

    private static void ReadPolicies(YamlMap policies, Dictionary<string, TimeSpan> timeouts, Dictionary<string, RetryPolicy> retries)
    {
        foreach (var (name, timeout) in Named(policies, "timeouts"))
        {
            timeouts[name] = Duration(timeout) ?? default;
        }

        foreach (var (name, retry) in Named(policies, "retries"))
        {
            if (retry.Map() is { } given)
            {
                retries[name] = ReadRetry(given);
            }
        }

        policies.Done(OnlyInbound);
    }

    private static IEnumerable<(string Name, YamlValue Value)> Named(YamlMap policies, string key)
    {
        foreach (var (name, value) in policies.Map(key)?.Pairs() ?? [])
        {
            // daprd applies policies of such names to whatever has no target. Here they would be silently without effect.
            if (
                name.Text() is { } text
                && (text.StartsWith("Default", StringComparison.Ordinal) || text.StartsWith("DaprBuiltIn", StringComparison.Ordinal))
            )
            {
                name.Fault(
                    $"'{text}' is a default policy of daprd, which the local sidecar does not support. Name it and give it a target."
                );
            }

            yield return (name.Text() ?? "", value);
        }
    }

    private static RetryPolicy ReadRetry(YamlMap retry)
    {
        var policy = retry.Text("policy")?.ToLowerInvariant() ?? "constant";
        if (policy is not ("constant" or "exponential"))
        {
            retry.Fault("policy", $"'{policy}' is no policy. Write constant or exponential.");
        }

        if (policy == "exponential" && retry.Has("duration"))
        {
            retry.Fault("duration", "It has no effect on an exponential policy, which starts at 500 ms. Leave it out.");
        }

        RetryPolicy read = new(
            policy == "exponential",
            Duration(retry.Get("duration")) ?? TimeSpan.FromSeconds(5),
            Duration(retry.Get("maxInterval")) ?? TimeSpan.FromSeconds(60),
            (int?)retry.Get("maxRetries")?.Whole(int.MinValue, int.MaxValue) ?? -1
        );
        retry.Done("is not supported by the local sidecar in a retry policy.");
        return read;
    }

    private static DeliveryPolicy ReadTarget(YamlMap target, Dictionary<string, TimeSpan> timeouts, Dictionary<string, RetryPolicy> retries)
    {
        var policy = DeliveryPolicy.None;
        if (target.Map("inbound") is { } inbound)
        {
            policy = new(
                Find(inbound.Get("timeout"), timeouts, out var timeout) ? timeout : null,
                Find(inbound.Get("retry"), retries, out var retry) ? retry : null
            );
            inbound.Done(OnlyInbound);
        }

        target.Done(OnlyInbound);
        return policy;
    }

    private static bool Find<T>(
        YamlValue? name,
        Dictionary<string, T> policies,
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T policy
    )
    {
        policy = default;
        if (name?.Text() is not { } text || policies.TryGetValue(text, out policy))
        {
            return name is not null && policy is not null;
        }

        name.Fault($"'{text}' is not among this file's policies. {KnownWords.Offer(text, policies.Keys)}");
        return false;
    }

    private static TimeSpan? Duration(YamlValue? value)
    {
        if (value?.Text() is not { } text)
        {
            return null;
        }

        if (GoDuration.Parse(text) is { } duration)
        {
            return duration;
        }

        value.Fault($"'{text}' is not a duration such as 500ms or 1m30s.");
        return null;
    }
}
