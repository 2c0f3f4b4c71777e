namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>What a watched condition comes to at a moment.</summary>
public enum ConditionReading
{
    /// <summary>Too little data, or not sure enough: neither starts, fires nor resolves.</summary>
    Unknown = 0,

    /// <summary>Holds.</summary>
    Met,

    /// <summary>Does not hold, but has not been passed back far enough to resolve.</summary>
    NotMet,

    /// <summary>Has been passed back.</summary>
    Cleared,
}
