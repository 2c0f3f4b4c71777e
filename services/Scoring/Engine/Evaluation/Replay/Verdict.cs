namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>What a warning came to.</summary>
public enum Verdict
{
    /// <summary>An event came while it stood or within the horizon after its end.</summary>
    Hit,

    /// <summary>None came.</summary>
    FalseAlarm,

    /// <summary>None has come, but the time in which one would count is not over.</summary>
    Open,
}
