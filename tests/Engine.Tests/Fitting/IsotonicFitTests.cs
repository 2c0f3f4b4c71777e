using CsCheck;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Solving;

namespace EarlyWarning.Engine.Tests.Fitting;

public class IsotonicFitTests
{
    [Fact]
    public void Fit_Cases_EqualsRAtTheBlocks()
    {
        // isoreg of R 4.2.2: 0, then three thirds, then three two-thirds, then 1.
        var calibration = IsotonicFit.Fit([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], [false, true, false, false, true, true, false, true]);

        (double Bound, double Value)[] expected = [(0.1, 0), (0.3, 1.0 / 3), (0.6, 2.0 / 3), (0.8, 1)];
        Assert.Equal(expected.Length, calibration.Points.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Bound, calibration.Points[i].Probability, 1e-12);
            Assert.Equal(expected[i].Value, calibration.Points[i].Frequency, 1e-12);
        }

        // Halfway between two blocks, and beyond the first and the last.
        Assert.Equal(0.5, calibration.Apply(0.45), 1e-12);
        Assert.Equal(0, calibration.Apply(0));
        Assert.Equal(1, calibration.Apply(1));
    }

    [Fact]
    public void Fit_AnyCases_IsMonotoneAndWithinBounds() =>
        Gen.Select(Gen.Int[0, 20].Array[1, 60], Gen.Bool.Array[60], Gen.Double[0, 1].Array[20])
            .Sample(
                (twentieths, outcomes, asked) =>
                {
                    var probabilities = twentieths.Select(value => value / 20.0).ToArray();
                    var calibration = IsotonicFit.Fit(probabilities, outcomes.AsSpan(0, probabilities.Length));

                    var mapped = asked.Concat(probabilities).Append(0).Append(1).Order().Select(calibration.Apply).ToArray();
                    Assert.All(mapped, value => Assert.InRange(value, 0, 1));
                    Assert.Equal(mapped.Order(), mapped);
                    var bounds = calibration.Points.Select(point => point.Probability).ToArray();
                    Assert.Equal(bounds.Distinct().Order(), bounds);
                }
            );

    [Fact]
    public void Fit_CasesInAnotherOrder_IsTheSame()
    {
        double[] probabilities = [0.5, 0.5, 0.1, 0.9, 0.5, 0.3];
        bool[] outcomes = [true, false, false, true, false, true];

        Assert.Equal(
            IsotonicFit.Fit(probabilities, outcomes).Points,
            IsotonicFit.Fit([.. probabilities.Reverse()], [.. outcomes.Reverse()]).Points
        );
    }

    [Fact]
    public void Fit_CasesOfOneProbability_IsTheirRate() =>
        Assert.Equal(0.25, IsotonicFit.Fit([0.4, 0.4, 0.4, 0.4], [true, false, false, false]).Apply(0.99), 1e-12);

    /// <summary>
    /// R. Barlow et al. (1972): the value at i is the largest over first ≤ i of the smallest over last ≥ i of the means between.
    /// </summary>
    [Fact]
    public void Blocks_AnyValues_EqualTheMaxMinFormula() =>
        Gen.Select(Gen.Double[-5, 5].Array[1, 25], Gen.Double[0.1, 4].Array[25])
            .Sample(
                (values, weights) =>
                {
                    weights = weights[..values.Length];
                    var blocks = IsotonicRegression.Blocks(values, weights);

                    Assert.Equal(0, blocks[0].First);
                    Assert.Equal(values.Length, blocks[^1].End);
                    foreach (var block in blocks)
                        for (var i = block.First; i < block.End; i++)
                            Assert.Equal(
                                Enumerable
                                    .Range(0, i + 1)
                                    .Max(first => Enumerable.Range(i, values.Length - i).Min(last => Mean(first, last))),
                                block.Value,
                                1e-9
                            );

                    double Mean(int first, int last)
                    {
                        var rows = Enumerable.Range(first, last - first + 1).ToArray();
                        return rows.Sum(row => values[row] * weights[row]) / rows.Sum(row => weights[row]);
                    }
                }
            );
}
