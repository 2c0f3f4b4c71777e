using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>What is unsure, and how often it is drawn.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>The most draws of one run.</summary>
    public const int MostDraws = 10_000_000;

    /// <summary>Gets how many draws are made; 2 to 10 million, 10,000 by default.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>Gets the seed: the same seed and inputs give the same bits. See <see cref="Numerics.Seed"/>.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Gets the share of the draws that intervals hold, above 0 and below 1, as much left out on either side; 0.9 by default.
    /// </summary>
    public double Confidence { get; init; } = 0.9;

    /// <summary>
    /// Gets a value indicating whether each observation is drawn with its error, independently between indicators and countries; true by
    /// default. One whose error is not known stays as it is.
    /// </summary>
    public bool ObservationErrors { get; init; } = true;

    /// <summary>Gets what stands for a missing observation.</summary>
    public MissingDraw Missing { get; init; }

    /// <summary>Gets how unsure the weights are, at most once a level; not at all by default.</summary>
    public ImmutableArray<WeightNoise> Weights { get; init; } = [];

    /// <summary>Gets the choices of method that are drawn; none by default.</summary>
    public ImmutableArray<MethodChoice> Choices { get; init; } = [];

    /// <summary>Gets the code of the node whose score is looked at; null for the root. Every combination of choices must have it.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the values for which the probability of being at or above them is asked.</summary>
    public ImmutableArray<double> AtLeast { get; init; } = [];

    /// <summary>
    /// Gets how many threads may work; 0, the default, for as many as there are processors. It changes nothing in the result.
    /// </summary>
    public int Threads { get; init; }

    internal void Check()
    {
        if (Draws is < 2 or > MostDraws)
            throw new ArgumentOutOfRangeException(nameof(Draws), Draws, $"Give from 2 to {MostDraws} draws.");
        if (!(Confidence > 0 && Confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(Confidence), Confidence, "A confidence lies between 0 and 1.");
        if (Threads < 0)
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Give 0 or more threads.");
        foreach (var noise in Weights)
            noise.Check();
        if (Weights.Select(noise => noise.Level).Distinct().Count() != Weights.Length)
            throw new ArgumentException("A level has several kinds of weight noise.", nameof(Weights));
        if (Choices.Any(choice => choice.Options.IsDefaultOrEmpty))
            throw new ArgumentException("A choice has no options.", nameof(Choices));
        if (Choices.Any(choice => choice.Options.Any(option => !(option.Weight > 0 && double.IsFinite(option.Weight)))))
            throw new ArgumentException("The weight of an option is not above 0 and finite.", nameof(Choices));
        if (Choices.Select(choice => choice.Name).Distinct(StringComparer.Ordinal).Count() != Choices.Length)
            throw new ArgumentException("Two choices have one name.", nameof(Choices));
    }
}
