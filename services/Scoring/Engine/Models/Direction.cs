namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Which way more of an element moves what its parent measures. A resilience dimension under an index of risk is <see cref="Lowers"/>: its
/// own score says how much resilience there is, and the index takes its mirror image.
/// </summary>
public enum Direction
{
    /// <summary>More of it is more of what the parent measures.</summary>
    Raises = 0,

    /// <summary>More of it is less of what the parent measures: the parent takes floor + 100 − score.</summary>
    Lowers = 1,
}
