namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>Where the values of an element can lie, and which scale they are meant for.</summary>
/// <param name="Low">The least value; −∞ without one.</param>
/// <param name="High">The greatest value; +∞ without one.</param>
/// <param name="Start">Where the scale starts, which values that are not capped may leave; −∞ for a scale without ends.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct ElementRange(double Low, double High, double Start, double End)
{
    /// <summary>Gets what a mirror image is taken from: start + end, or 0 without ends, so that a z-score of 1.2 counts as −1.2.</summary>
    public double Mirror => double.IsFinite(Start) && double.IsFinite(End) ? Start + End : 0;

    /// <summary>Gets where the mirror images lie.</summary>
    public ElementRange Turned => new(Mirror - High, Mirror - Low, Mirror - End, Mirror - Start);

    /// <summary>Both together.</summary>
    public ElementRange Or(ElementRange other) =>
        new(Math.Min(Low, other.Low), Math.Max(High, other.High), Math.Min(Start, other.Start), Math.Max(End, other.End));
}
