namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>Where a watch stands.</summary>
public enum WatchStage
{
    /// <summary>Its condition does not hold.</summary>
    Inactive = 0,

    /// <summary>Its condition holds, and not yet for long enough.</summary>
    Pending,

    /// <summary>It has fired, and not been passed back.</summary>
    Firing,
}
