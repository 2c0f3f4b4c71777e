using System.Globalization;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>One Resiliency manifest: the part of it that concerns deliveries from a component to an app.</summary>
internal sealed record ResiliencyFile(IReadOnlyList<string> Scopes, IReadOnlyDictionary<string, DeliveryPolicy> Inbound)
{
    private const string OnlyInbound =
        "is not supported by the local sidecar, which knows timeouts and retries of components.<name>.inbound";

    public static ResiliencyFile Parse(Manifest manifest)
    {
        var spec = manifest.Mapping("spec") ?? throw manifest.Wrong("spec", "is missing");
        var scopes = manifest.Texts("scopes");
        manifest.Ignore("apiVersion", "kind", "metadata");
        manifest.RefuseTheRest("is not a part of a Resiliency manifest");

        Dictionary<string, TimeSpan> timeouts = new(StringComparer.Ordinal);
        Dictionary<string, RetryPolicy> retries = new(StringComparer.Ordinal);
        if (spec.Mapping("policies") is { } policies)
        {
            ReadPolicies(policies, timeouts, retries);
        }

        Dictionary<string, DeliveryPolicy> inbound = new(StringComparer.Ordinal);
        if (spec.Mapping("targets") is { } targets)
        {
            if (targets.Mapping("components") is { } components)
            {
                foreach (var name in components.Keys)
                {
                    inbound[name] = ReadTarget(components.Mapping(name) ?? throw components.Wrong(name, "is empty"), timeouts, retries);
                }
            }

            targets.RefuseTheRest(OnlyInbound);
        }

        spec.RefuseTheRest("is not a part of a Resiliency manifest");
        return new(scopes, inbound);
    }

    private static void ReadPolicies(Manifest policies, Dictionary<string, TimeSpan> timeouts, Dictionary<string, RetryPolicy> retries)
    {
        if (policies.Mapping("timeouts") is { } named)
        {
            foreach (var name in named.Keys)
            {
                RefuseDefault(named, name);
                timeouts[name] = Duration(named, name) ?? throw named.Wrong(name, "is empty");
            }
        }

        if (policies.Mapping("retries") is { } policiesByName)
        {
            foreach (var name in policiesByName.Keys)
            {
                RefuseDefault(policiesByName, name);
                retries[name] = ReadRetry(policiesByName.Mapping(name) ?? throw policiesByName.Wrong(name, "is empty"));
            }
        }

        policies.RefuseTheRest(OnlyInbound);
    }

    private static RetryPolicy ReadRetry(Manifest retry)
    {
        var exponential = retry.Text("policy")?.ToLowerInvariant() switch
        {
            null or "constant" => false,
            "exponential" => true,
            var other => throw retry.Wrong("policy", $"is '{other}': constant or exponential"),
        };
        var maxRetries = -1;
        if (
            retry.Text("maxRetries") is { } text
            && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out maxRetries)
        )
        {
            throw retry.Wrong("maxRetries", $"is '{text}', which is not a number");
        }

        if (exponential && retry.Text("duration") is not null)
        {
            throw retry.Wrong("duration", "has no effect on an exponential policy, which starts at 500 ms");
        }

        var policy = new RetryPolicy(
            exponential,
            Duration(retry, "duration") ?? TimeSpan.FromSeconds(5),
            Duration(retry, "maxInterval") ?? TimeSpan.FromSeconds(60),
            maxRetries
        );
        retry.RefuseTheRest("is not supported by the local sidecar in a retry policy");
        return policy;
    }

    private static DeliveryPolicy ReadTarget(
        Manifest target,
        Dictionary<string, TimeSpan> timeouts,
        Dictionary<string, RetryPolicy> retries
    )
    {
        var policy = DeliveryPolicy.None;
        if (target.Mapping("inbound") is { } inbound)
        {
            policy = new(
                inbound.Text("timeout") is { } timeout ? Named(timeouts, timeout, inbound, "timeout") : null,
                inbound.Text("retry") is { } retry ? Named(retries, retry, inbound, "retry") : null
            );
            inbound.RefuseTheRest(OnlyInbound);
        }

        target.RefuseTheRest(OnlyInbound);
        return policy;
    }

    private static T Named<T>(Dictionary<string, T> policies, string name, Manifest target, string key) =>
        policies.TryGetValue(name, out var policy)
            ? policy
            : throw target.Wrong(key, $"names '{name}', which is not among this file's policies");

    /// <summary>daprd applies policies of such names to whatever has no target. Here they would be silently without effect.</summary>
    private static void RefuseDefault(Manifest policies, string name)
    {
        if (name.StartsWith("Default", StringComparison.Ordinal) || name.StartsWith("DaprBuiltIn", StringComparison.Ordinal))
        {
            throw policies.Wrong(
                name,
                "is a default policy of daprd, which the local sidecar does not support: name it and give it a target"
            );
        }
    }

    private static TimeSpan? Duration(Manifest manifest, string key) =>
        manifest.Text(key) is not { } text
            ? null
            : GoDuration.Parse(text) ?? throw manifest.Wrong(key, $"is '{text}', which is not a duration such as 500ms or 1m30s");
}
