using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

/// <summary>Points, values and counts of R 4.2's optim(method = "Nelder-Mead").</summary>
public class NelderMeadTests
{
    [Theory]
    [InlineData(500, 1.0002601387256695, 1.000505999303765, 8.8252410967227472e-08, 195, true)]
    [InlineData(40, -0.9179564666748028, 0.85021675109863049, 3.6842915508282523, 41, false)]
    public void Minimise_Rosenbrock_TakesTheStepsOfOptim(
        int most,
        double first,
        double second,
        double value,
        int evaluations,
        bool converged
    )
    {
        // The tolerance is R's default, the square root of the machine's precision.
        var tolerance = Math.Sqrt(double.BitIncrement(1) - 1);
        var found = NelderMead.Minimise(x => (100 * Square(x[1] - (x[0] * x[0]))) + Square(1 - x[0]), [-1.2, 1], tolerance, most);

        Assert.Equal((evaluations, converged), (found.Evaluations, found.Converged));
        Assert.Equal([first, second], found.Point);
        Assert.Equal(value, found.Value);
    }

    [Fact]
    public void Minimise_ThreeVariables_TakesTheStepsOfOptim()
    {
        var found = NelderMead.Minimise(
            x => Square(x[0] - 1) + Square(x[1] + 2) + Math.Pow(x[2] - 0.5, 4) + (x[0] * x[2]),
            [0, 3, 2],
            1e-10,
            500
        );

        Assert.Equal(144, found.Evaluations);
        Assert.Equal(1.072385116828511, found.Point[0], 1e-9);
        Assert.Equal(-2.000000831955465, found.Point[1], 1e-9);
        Assert.Equal(-0.14481461188875211, found.Point[2], 1e-9);
    }

    [Fact]
    public void Minimise_NothingAtTheStart_IsRefused() =>
        Assert.Throws<ArgumentException>(() => NelderMead.Minimise(_ => double.NaN, [1], 0.1, 10));

    private static double Square(double value) => value * value;
}
