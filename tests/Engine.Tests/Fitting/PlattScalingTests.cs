using CsCheck;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Fitting;

public class PlattScalingTests
{
    [Fact]
    public void Fit_Cases_EqualsR()
    {
        // glm(t ~ qlogis(p), family = binomial) of R 4.2.2 on the smoothed targets 6/7 and 1/7.
        var calibration = PlattScaling.Fit(
            [0.05, 0.1, 0.1, 0.2, 0.3, 0.35, 0.5, 0.6, 0.7, 0.9],
            [false, false, true, false, false, true, false, true, true, true]
        );

        Assert.Equal(0.5732798049535517, calibration.Slope, 1e-8);
        Assert.Equal(0.3984112808953106, calibration.Intercept, 1e-8);
    }

    [Fact]
    public void Fit_AnyCases_IsMonotoneAndWithinBounds() =>
        Gen.Select(Gen.Double[0, 1].Array[3, 60], Gen.Bool.Array[60], Gen.Double[0, 1].Array[20])
            .Sample(
                (probabilities, outcomes, asked) =>
                {
                    var calibration = PlattScaling.Fit(probabilities, outcomes.AsSpan(0, probabilities.Length));

                    var mapped = asked.Append(0).Append(1).Order().Select(calibration.Apply).ToArray();
                    Assert.All(mapped, value => Assert.InRange(value, 0, 1));
                    Assert.Equal(mapped.Order(), mapped);
                    Assert.True(calibration.Slope > 0);
                }
            );

    [Fact]
    public void Fit_ModelThatIsTooSure_IsDrawnIn()
    {
        // What is said to be 0.99 comes in 8 of 10, what is said to be 0.01 in 2 of 10.
        double[] probabilities = [.. Enumerable.Repeat(0.99, 100), .. Enumerable.Repeat(0.01, 100)];
        bool[] outcomes = [.. Enumerable.Range(0, 100).Select(i => i % 10 < 8), .. Enumerable.Range(0, 100).Select(i => i % 10 < 2)];

        var calibration = PlattScaling.Fit(probabilities, outcomes);

        Assert.Equal(0.8, calibration.Apply(0.99), 0.02);
        Assert.Equal(0.2, calibration.Apply(0.01), 0.02);
    }

    [Fact]
    public void Fit_ModelThatIsTheWrongWayRound_IsNotTurned()
    {
        var calibration = PlattScaling.Fit([0.9, 0.8, 0.2, 0.1], [false, false, true, true]);

        Assert.Equal(1e-9, calibration.Slope);
        Assert.Equal(0.5, calibration.Apply(0.9), 1e-8);
        Assert.True(calibration.Apply(0.9) > calibration.Apply(0.1));
    }

    [Theory]
    [InlineData(true, 11.0 / 12)]
    [InlineData(false, 1.0 / 12)]
    public void Fit_OneOutcomeAlone_IsTheSmoothedRate(bool outcome, double expected)
    {
        var calibration = PlattScaling.Fit([.. Enumerable.Range(1, 10).Select(i => i / 11.0)], [.. Enumerable.Repeat(outcome, 10)]);

        Assert.Equal(expected, calibration.Apply(0.5), 1e-6);
    }

    [Fact]
    public void Fit_ValueIsNoProbability_IsRefused()
    {
        Assert.Equal("probabilities[1]", Assert.Throws<FittingException>(() => PlattScaling.Fit([0.1, 1.2], [true, false])).Subject);
        Assert.Equal("probabilities", Assert.Throws<FittingException>(() => PlattScaling.Fit([0.1], [true, false])).Subject);
    }
}
