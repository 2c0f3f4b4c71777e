namespace EarlyWarning.Sidecar.Configuration;

/// <summary>Who may publish and subscribe to what, by Dapr's rules.</summary>
internal sealed class TopicScopes(string? allowed, string? protectedTopics, string? publishing, string? subscription)
{
    private readonly HashSet<string> _allowed = Topics(allowed);
    private readonly HashSet<string> _protected = Topics(protectedTopics);
    private readonly Dictionary<string, HashSet<string>> _publishing = Apps(publishing);
    private readonly Dictionary<string, HashSet<string>> _subscription = Apps(subscription);

    public bool MayPublish(string appId, string topic) => May(_publishing, appId, topic);

    public bool MaySubscribe(string appId, string topic) => May(_subscription, appId, topic);

    private bool May(Dictionary<string, HashSet<string>> scopes, string appId, string topic)
    {
        if (_allowed.Count > 0 && !_allowed.Contains(topic))
        {
            return false;
        }

        // As in daprd, "app=" with nothing after it scopes the app to no topic, and an app that is not named at all is not scoped.
        var scoped = scopes.GetValueOrDefault(appId);
        return scoped is null ? !_protected.Contains(topic) : scoped.Contains(topic);
    }

    private static HashSet<string> Topics(string? list) =>
        (list ?? "")
            .Replace(" ", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);

    private static Dictionary<string, HashSet<string>> Apps(string? list)
    {
        Dictionary<string, HashSet<string>> apps = new(StringComparer.Ordinal);
        foreach (var app in (list ?? "").Replace(" ", "", StringComparison.Ordinal).Split(';'))
        {
            if (app.Split('=') is [var appId, var topics, ..])
            {
                apps[appId] = Topics(topics);
            }
        }

        return apps;
    }
}
