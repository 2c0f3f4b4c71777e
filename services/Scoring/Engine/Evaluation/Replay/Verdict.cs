namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>What a warning came to.</summary>
public enum Verdict
{
    /// <summary>An event came in the time in which one counts.</summary>
    Hit,

    /// <summary>None came.</summary>
    FalseAlarm,

    /// <summary>
    /// Not everything that came in that time is known. What is known of it decides nothing, or warnings of the last months would be right
    /// where an event came at once and never wrong.
    /// </summary>
    Open,
}
