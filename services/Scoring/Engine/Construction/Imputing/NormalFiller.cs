using System.Buffers;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>
/// Puts the expectation under a frozen multivariate normal distribution, given the country's other values, into leaves; the standard error
/// is what that leaves unknown. A country that has none of the leaves stays without them.
/// </summary>
/// <param name="leaves">The leaves that are taken together.</param>
/// <param name="normal">Their distribution.</param>
internal sealed class NormalFiller(int[] leaves, MultivariateNormal normal) : IFiller
{
    public void Fill(ReadOnlySpan<double> observed, Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups)
    {
        var size = leaves.Length;
        Span<int> known = size <= 128 ? stackalloc int[size] : new int[size];
        var count = 0;
        for (var i = 0; i < size; i++)
            if (!double.IsNaN(observed[leaves[i]]))
                known[count++] = i;
        if (count == 0 || count == size)
            return;
        var rented = ArrayPool<double>.Shared.Rent((count + 2) * count);
        var factor = rented.AsSpan(0, count * count);
        var distance = rented.AsSpan(count * count, count);
        var common = rented.AsSpan((count + 1) * count, count);
        for (var i = 0; i < count; i++)
        {
            var variable = known[i];
            distance[i] = ((observed[leaves[variable]] - normal.Centres[variable]) / normal.Scales[variable]) - normal.Means[variable];
            for (var j = 0; j <= i; j++)
                factor[(i * count) + j] = normal.Covariances[(variable * size) + known[j]];
        }

        if (CholeskyFactor.Decompose(factor, count))
        {
            CholeskyFactor.SolveLower(factor, count, distance);
            for (var i = 0; i < size; i++)
                if (double.IsNaN(observed[leaves[i]]))
                    FillOne(i, known[..count], factor, distance, common, row, errors);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private void FillOne(
        int variable,
        Span<int> known,
        Span<double> factor,
        Span<double> distance,
        Span<double> common,
        Span<double> row,
        Span<double> errors
    )
    {
        for (var i = 0; i < known.Length; i++)
            common[i] = normal.Covariances[(variable * leaves.Length) + known[i]];
        CholeskyFactor.SolveLower(factor, known.Length, common);
        var (mean, variance) = (normal.Means[variable], normal.Covariances[(variable * leaves.Length) + variable]);
        for (var i = 0; i < known.Length; i++)
        {
            mean += common[i] * distance[i];
            variance -= common[i] * common[i];
        }

        row[leaves[variable]] = normal.Centres[variable] + (normal.Scales[variable] * mean);
        errors[leaves[variable]] = normal.Scales[variable] * Math.Sqrt(Math.Max(0, variance));
    }
}
