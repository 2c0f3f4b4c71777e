namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>What a rule's condition comes to.</summary>
internal enum WatchReading
{
    /// <summary>There is no score.</summary>
    Unknown,

    /// <summary>Holds.</summary>
    Met,

    /// <summary>Does not hold, but has not been passed back far enough to end a warning.</summary>
    NotMet,

    /// <summary>Has been passed back.</summary>
    Cleared,
}
