namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>What a stream of random numbers is for, so that no two uses share numbers. The values belong to what a seed means.</summary>
internal static class Purpose
{
    /// <summary>Errors of observations and values in place of missing ones; the source is the leaf, the owner the country.</summary>
    public const byte Values = 0;

    /// <summary>Weights; the source is the element, the owner 0, or the number of a try where numbers may be rejected.</summary>
    public const byte Weights = 1;

    /// <summary>Choices of method; the source is the choice.</summary>
    public const byte Choices = 2;

    /// <summary>Values of missing children; the source is the node, times the rows of numbers that it may use.</summary>
    public const byte Missing = 5;

    /// <summary>The second sample of a Saltelli design has the purpose of the first and this bit.</summary>
    public const byte Second = 0x80;

    /// <summary>The first sample of a function's inputs.</summary>
    public const byte SampleA = 3;

    /// <summary>The second sample of a function's inputs.</summary>
    public const byte SampleB = SampleA | Second;

    /// <summary>The points that a bootstrap draws again; the source is the resample.</summary>
    public const byte Bootstrap = 4;
}
