namespace EarlyWarning.Host.Options;

/// <summary>The names of the services, as <c>--services</c> and the sections of settings take them.</summary>
internal static class ServiceNames
{
    public const string Indicators = "indicators";
    public const string Risk = "risk";
    public const string Scoring = "scoring";
    public const string Notification = "notification";
    public const string Escalation = "escalation";
    public const string Ledger = "ledger";
    public const string Board = "board";

    /// <summary>What runs beside the services of a suite of several processes, where it is named.</summary>
    public const string Sidecar = "sidecar";

    /// <summary>Gets every service's, in the order in which they are added and started.</summary>
    public static IReadOnlyList<string> Services { get; } = [Indicators, Risk, Scoring, Notification, Escalation, Ledger, Board];

    /// <summary>Gets those that have a Dapr app id, which is their name.</summary>
    public static IReadOnlyList<string> WithAppId { get; } = [Risk, Notification, Escalation];

    /// <summary>Gets those of them that subscribe, and so are called back.</summary>
    public static IReadOnlyList<string> Subscribing { get; } = [Notification, Escalation];

    /// <summary>Gets all that may be named.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Services, Sidecar];
}
