using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>
/// The least that would have to be different for the level to be another one: at least one lower, or at least one higher.
/// </summary>
/// <param name="Level">The number of the level.</param>
/// <param name="NextLevel">The number of the level next to it, one lower or one higher.</param>
/// <param name="Alone">The indicators that could do it alone, the one that needs the least of its range first; none where none
/// could.</param>
/// <param name="Joint">
/// Every indicator the same part of its way to its best end (to its worst for a higher level); null where not even the whole way would do.
/// </param>
public sealed record NearestChange(int Level, int NextLevel, ImmutableArray<LeafMove> Alone, JointMove? Joint);

/// <summary>A change of one indicator.</summary>
/// <param name="Leaf">The leaf's number.</param>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="From">Its value, in its own unit.</param>
/// <param name="To">The value nearest to it at which the level is the other, to the precision of a double.</param>
/// <param name="Share">The distance as a share of the indicator's range; above 1 for a value that stood outside it.</param>
public sealed record LeafMove(int Leaf, string Indicator, double From, double To, double Share);

/// <summary>A change of all indicators together.</summary>
/// <param name="Fraction">How much of its way each goes, above 0 and up to 1.</param>
/// <param name="Moves">Where they would stand; those that could not help stay out.</param>
public sealed record JointMove(double Fraction, ImmutableArray<LeafMove> Moves);

/// <summary>Which level is asked for.</summary>
public enum LevelStep
{
    /// <summary>The level below.</summary>
    Lower = 0,

    /// <summary>The level above.</summary>
    Higher = 1,
}
