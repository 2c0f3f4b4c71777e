using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>One block of draws.</summary>
/// <param name="Key">The seed.</param>
/// <param name="First">The number of its first draw, a multiple of <see cref="Workspace.Block"/>.</param>
/// <param name="Samples">Which sample each source comes from; null for the first throughout.</param>
internal readonly record struct DrawBlock(ulong Key, int First, SampleSelection? Samples)
{
    /// <summary>The rows of numbers that a node's missing children may use.</summary>
    public const int MissingParts = 32;

    /// <summary>The numbers that the value of an indicator is drawn by.</summary>
    /// <param name="source">The indicator's number.</param>
    /// <param name="owner">Whose it is.</param>
    public RandomStream Values(int source, ulong owner) =>
        new(Key, (uint)source, owner, Of(Purpose.Values, Samples?.Values[source] ?? false));

    /// <summary>The numbers that the missing children of a node are drawn by.</summary>
    /// <param name="source">The node's number.</param>
    /// <param name="part">Which of its rows of numbers, below <see cref="MissingParts"/>.</param>
    /// <param name="owner">Whose it is.</param>
    public RandomStream Missing(int source, int part, ulong owner) =>
        new(Key, (uint)((source * MissingParts) + part), owner, Of(Purpose.Missing, Samples?.Missing[source] ?? false));

    /// <summary>The numbers that the weight of an element is drawn by, the same in all countries.</summary>
    /// <param name="source">The element's number.</param>
    public RandomStream Weights(int source) => new(Key, (uint)source, 0, Of(Purpose.Weights, Samples?.Weights[source] ?? false));

    /// <summary>The numbers that an option is drawn by, the same in all countries.</summary>
    /// <param name="source">The choice's number.</param>
    public RandomStream Choices(int source) => new(Key, (uint)source, 0, Of(Purpose.Choices, Samples?.Choices[source] ?? false));

    private static byte Of(byte purpose, bool second) => second ? (byte)(purpose | Purpose.Second) : purpose;
}

/// <summary>Which sources come from the second sample of a Saltelli design, by their numbers.</summary>
/// <param name="Values">The indicators.</param>
/// <param name="Weights">The elements of which the weights are drawn.</param>
/// <param name="Choices">The choices of method.</param>
/// <param name="Missing">The nodes with missing children.</param>
internal sealed record SampleSelection(bool[] Values, bool[] Weights, bool[] Choices, bool[] Missing);
