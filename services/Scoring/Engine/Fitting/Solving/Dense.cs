using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// Sums over long columns. Always four lanes and one order of adding up, so that every machine gives the same bits, whatever its vectors.
/// </summary>
internal static class Dense
{
    private const int Lanes = 4;
    private const int Block = 4 * Lanes;

    /// <summary>Σ a · b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        nuint i = 0;
        var whole = (nuint)(a.Length - (a.Length % Block));
        for (; i < whole; i += Block)
        {
            sum0 += Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref y, i);
            sum1 += Vector256.LoadUnsafe(ref x, i + Lanes) * Vector256.LoadUnsafe(ref y, i + Lanes);
            sum2 += Vector256.LoadUnsafe(ref x, i + (2 * Lanes)) * Vector256.LoadUnsafe(ref y, i + (2 * Lanes));
            sum3 += Vector256.LoadUnsafe(ref x, i + (3 * Lanes)) * Vector256.LoadUnsafe(ref y, i + (3 * Lanes));
        }

        var lanes = sum0 + sum1 + (sum2 + sum3);
        var sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
        for (var rest = (int)i; rest < a.Length; rest++)
            sum += a[rest] * b[rest];
        return sum;
    }

    /// <summary>target += factor · source.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        ref var x = ref MemoryMarshal.GetReference(target);
        ref var y = ref MemoryMarshal.GetReference(source[..target.Length]);
        var factors = Vector256.Create(factor);
        nuint i = 0;
        var whole = (nuint)(target.Length - (target.Length % Lanes));
        for (; i < whole; i += Lanes)
            (Vector256.LoadUnsafe(ref x, i) + (factors * Vector256.LoadUnsafe(ref y, i))).StoreUnsafe(ref x, i);
        for (var rest = (int)i; rest < target.Length; rest++)
            target[rest] += factor * source[rest];
    }

    /// <summary>target = a · b, item by item.</summary>
    public static void Multiply(Span<double> target, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a[..target.Length]);
        ref var y = ref MemoryMarshal.GetReference(b[..target.Length]);
        ref var z = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        var whole = (nuint)(target.Length - (target.Length % Lanes));
        for (; i < whole; i += Lanes)
            (Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref z, i);
        for (var rest = (int)i; rest < target.Length; rest++)
            target[rest] = a[rest] * b[rest];
    }
}
