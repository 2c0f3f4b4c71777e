using System.Runtime.Intrinsics;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>A random quantity of one country: a number from 0 to 1, or a standard normal one, whole or cut off.</summary>
/// <param name="Source">The indicator's number.</param>
/// <param name="Owner">The country.</param>
/// <param name="IsNormal">Whether it is normal.</param>
/// <param name="Low">The least normal number; −∞ without one.</param>
/// <param name="High">The greatest.</param>
internal sealed record Deviate(int Source, ulong Owner, bool IsNormal, double Low, double High)
{
    private readonly double _below = NormalDistribution.Cumulative(Low);
    private readonly double _between = NormalDistribution.Cumulative(High) - NormalDistribution.Cumulative(Low);

    /// <summary>Gets a value indicating whether the normal distribution is cut off.</summary>
    public bool IsCut => !double.IsInfinity(Low) || !double.IsInfinity(High);

    /// <summary>Draws a block.</summary>
    /// <param name="numbers">Filled.</param>
    /// <param name="draws">Which draws.</param>
    /// <param name="tail">Room for eight more.</param>
    /// <param name="masks">Room for an eighth.</param>
    public void Draw(Span<double> numbers, in DrawBlock draws, Span<double> tail, Span<byte> masks)
    {
        draws.Values(Source, Owner).Fill(numbers, draws.First);
        if (!IsNormal) return;
        if (IsCut) Narrow(numbers);
        NormalQuantile.Apply(numbers, tail, masks);
        if (IsCut) Hold(numbers);
    }

    /// <summary>Leaves the shares of the distribution between the ends only.</summary>
    private void Narrow(Span<double> shares)
    {
        for (var i = 0; i < shares.Length; i += Vector512<double>.Count)
        {
            var share = Vector512.LoadUnsafe(ref shares[i]);
            Vector512.FusedMultiplyAdd(share, Vector512.Create(_between), Vector512.Create(_below)).StoreUnsafe(ref shares[i]);
        }
    }

    /// <summary>Far in a tail the shares cannot tell numbers apart any more: there the end holds.</summary>
    private void Hold(Span<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i += Vector512<double>.Count)
            Lanes.Clamp(Vector512.LoadUnsafe(ref numbers[i]), Low, High).StoreUnsafe(ref numbers[i]);
    }
}
