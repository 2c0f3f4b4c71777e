namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>Why a watch is looked at.</summary>
public enum WatchOccasion
{
    /// <summary>Time has passed, or something came that is no news of what is watched.</summary>
    Time = 0,

    /// <summary>There is news of what is watched.</summary>
    News,

    /// <summary>What is watched, or how it is scored, was defined anew.</summary>
    Definition,
}
