using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>A random quantity of one country: a number from 0 to 1, or a standard normal one.</summary>
/// <param name="Source">The number of the indicator, or of the node whose missing children are held.</param>
/// <param name="Owner">The country.</param>
/// <param name="IsNormal">Whether it is normal.</param>
/// <param name="IsHeld">Whether the source is a node.</param>
internal sealed record Deviate(int Source, ulong Owner, bool IsNormal, bool IsHeld)
{
    /// <summary>Draws a block.</summary>
    /// <param name="numbers">Filled.</param>
    /// <param name="draws">Which draws.</param>
    /// <param name="tail">Room for eight more.</param>
    /// <param name="masks">Room for an eighth.</param>
    public void Draw(Span<double> numbers, in DrawBlock draws, Span<double> tail, Span<byte> masks)
    {
        var stream = IsHeld ? draws.Missing(Source, 0, Owner) : draws.Values(Source, Owner);
        stream.Fill(numbers, draws.First);
        if (IsNormal)
            NormalQuantile.Apply(numbers, tail, masks);
    }
}
