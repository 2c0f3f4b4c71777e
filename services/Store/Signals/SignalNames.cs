namespace EarlyWarning.Store.Signals;

/// <summary>The signals that the store itself gives. A service names its own after the table that has something new.</summary>
internal static class SignalNames
{
    /// <summary>An event has become owed.</summary>
    public const string Owed = "outbox";
}
